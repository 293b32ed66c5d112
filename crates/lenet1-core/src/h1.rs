//! H1, the first hidden layer: one 16×16 plane in, 12 feature maps of 8×8 out.
//!
//! The 64 units of a map share one 5×5 kernel but not a bias: 12·25 + 12·64 = 1068 parameters.
//! Stride 2; what lies off the plane reads [`BACKGROUND`](crate::window::BACKGROUND). (Paper, §3.)
//!
//! Lanes are output maps, so that one input value times one vector of weights serves four maps. Blocks keep six to nine
//! sums that do not wait on each other, within V8's 15 vector registers; [`hold`] keeps a block's order.

use alloc::vec::Vec;
use core::ops::ControlFlow;

use crate::lanes::{LANES, Lanes, hold, total, unroll};
use crate::state::push_run;
use crate::window::{KERNEL, STRIDE, below, outputs_on_plane, rows_below, taps_on_plane};

/// Feature maps.
pub const MAPS: usize = 12;
/// Side of a map.
pub const SIDE: usize = 8;
/// Side of the input plane.
pub const INPUT_SIDE: usize = SIDE * STRIDE;
/// Groups of four maps.
pub const GROUPS: usize = MAPS / LANES;
/// Units of the layer.
pub const UNITS: usize = MAPS * SIDE * SIDE;
/// Weights of the layer.
pub const WEIGHTS: usize = MAPS * KERNEL * KERNEL;
/// Weights and biases of the layer.
pub const PARAMETERS: usize = WEIGHTS + UNITS;
/// Connections of the layer: every unit's weights and its bias.
pub const CONNECTIONS: usize = UNITS * (KERNEL * KERNEL + 1);

/// A grey-level image, each value + 1, `[y][x]`.
pub type Image = [[f32; INPUT_SIDE]; INPUT_SIDE];

/// A number for each unit in one row of H1, `[x][map]`.
pub type Row = [[Lanes; GROUPS]; SIDE];

/// A number for each unit of H1, `[y][x][map]`.
pub type Planes = [Row; SIDE];

/// What the layer learns; also the shape of what an update rule keeps beside it.
#[derive(Clone)]
#[repr(C)]
pub struct Parameters {
    /// `[map group][dy][dx][map in group]`.
    pub kernels: [[[Lanes; KERNEL]; KERNEL]; GROUPS],
    /// `[y][x][map]`.
    pub biases: Planes,
}

/// Σ weights of each map, `[map]`: what shift by one adds to every unit of it.
pub type KernelSums = [Lanes; GROUPS];

/// Appends where each parameter stands among the numbers of [`Parameters`], which begin at `at`, in the state dict's order:
/// `H1w [map][dy][dx]`, then `H1b [map][y][x]`.
pub fn push_positions(positions: &mut Vec<usize>, at: usize) {
    const TAPS: usize = KERNEL * KERNEL;
    for map in 0..MAPS {
        push_run(positions, at + (map / LANES) * TAPS * LANES + map % LANES, LANES, TAPS);
    }
    for map in 0..MAPS {
        push_run(positions, at + WEIGHTS + map, MAPS, SIDE * SIDE);
    }
}

/// Σ weights of each map.
#[must_use]
pub fn kernel_sums(parameters: &Parameters) -> KernelSums {
    parameters.kernels.each_ref().map(|kernels| total(Lanes::ZERO, kernels.as_flattened()))
}

/// Weighted sums of all units, biases included.
#[inline(never)]
pub fn weighted_sums(parameters: &Parameters, kernel_sums: &KernelSums, image: &Image, sums: &mut Planes) {
    for group in 0..GROUPS {
        let kernel = &parameters.kernels[group];
        for y in 0..SIDE {
            let mut row: [Lanes; SIDE] = core::array::from_fn(|x| parameters.biases[y][x][group] - kernel_sums[group]);
            let taps = taps_on_plane(y, SIDE);
            for (levels, weights) in image[below(y, taps.start)..].iter().zip(&kernel[taps]) {
                if add_row(&mut row, levels, weights).is_break() {
                    break;
                }
            }
            for x in 0..SIDE {
                sums[y][x][group] = row[x];
            }
        }
    }
}

/// Adds what one row of the image gives to a row of four maps. Even columns first, which taps 0, 2 and 4 read, then odd
/// ones: a grey level is broadcast once, and two or three weights at a time leave registers for the eight sums.
#[inline(always)]
fn add_row(sums: &mut [Lanes; SIDE], levels: &[f32; INPUT_SIDE], weights: &[Lanes; KERNEL]) -> ControlFlow<()> {
    for x in 0..SIDE {
        let level = Lanes::broadcast(&levels[2 * x]);
        if x > 0 {
            sums[x - 1] = sums[x - 1].plus_product(level, weights[4]);
        }
        sums[x] = sums[x].plus_product(level, weights[2]);
        if x < SIDE - 1 {
            sums[x + 1] = sums[x + 1].plus_product(level, weights[0]);
        }
        if x % 2 == 1 {
            hold(levels, x)?;
        }
    }
    for x in 0..SIDE {
        let level = Lanes::broadcast(&levels[2 * x + 1]);
        sums[x] = sums[x].plus_product(level, weights[3]);
        if x < SIDE - 1 {
            sums[x + 1] = sums[x + 1].plus_product(level, weights[1]);
        }
        if x % 2 == 1 && x < SIDE - 1 {
            hold(levels, SIDE + x)?;
        }
    }
    ControlFlow::Continue(())
}

/// Adds the layer's descents, each times its rate, to its parameters, or to `gradients` where there are some.
/// `descent_output`: with respect to the weighted sums.
#[inline(never)]
pub fn backward(
    parameters: &mut Parameters,
    gradients: Option<&mut Parameters>,
    rates: &Parameters,
    kernel_sums: &mut KernelSums,
    image: &Image,
    descent_output: &Planes,
) {
    let learns = gradients.is_none();
    let target = gradients.unwrap_or(parameters);
    let mut bias_descents = [Lanes::ZERO; GROUPS];
    for y in 0..SIDE {
        for x in 0..SIDE {
            for group in 0..GROUPS {
                let descent = descent_output[y][x][group];
                let bias = &mut target.biases[y][x][group];
                *bias = bias.plus_product(descent, rates.biases[y][x][group]);
                bias_descents[group] = bias_descents[group] + descent;
            }
        }
    }
    // Every tap of every unit reads stored value − 1: the −1 of all of them together is −Σ descents.
    let shift = bias_descents.map(|sum| Lanes::ZERO - sum);
    let mut sums = [Lanes::ZERO; GROUPS];
    for dy in 0..KERNEL {
        let even: [[Lanes; 3]; GROUPS] = row_descents::<3, 0>(shift, dy, image, descent_output);
        let odd: [[Lanes; 2]; GROUPS] = row_descents::<2, 1>(shift, dy, image, descent_output);
        for group in 0..GROUPS {
            let [d0, d2, d4] = even[group];
            let [d1, d3] = odd[group];
            let (weights, rates) = (&mut target.kernels[group][dy], &rates.kernels[group][dy]);
            for (dx, descent) in [d0, d1, d2, d3, d4].into_iter().enumerate() {
                weights[dx] = weights[dx].plus_product(descent, rates[dx]);
                sums[group] = sums[group] + weights[dx];
            }
        }
    }
    if learns {
        *kernel_sums = sums;
    }
}

/// Descents of row `dy` of all kernels, for taps `FIRST`, `FIRST` + 2, …: nine or six sums that do not wait on each other,
/// and a grey level is broadcast once for twelve maps.
#[inline(always)]
fn row_descents<const TAPS: usize, const FIRST: usize>(
    shift: [Lanes; GROUPS],
    dy: usize,
    image: &Image,
    descent_output: &Planes,
) -> [[Lanes; TAPS]; GROUPS] {
    let mut descents = shift.map(|shift| [shift; TAPS]);
    for (levels, row) in rows_below(image, dy).zip(&descent_output[outputs_on_plane(dy, SIDE)]) {
        if add_products::<TAPS, FIRST>(&mut descents, levels, row).is_break() {
            break;
        }
    }
    descents
}

/// Adds what one row of units gives.
#[inline(always)]
fn add_products<const TAPS: usize, const FIRST: usize>(
    descents: &mut [[Lanes; TAPS]; GROUPS],
    levels: &[f32; INPUT_SIDE],
    descent_output: &Row,
) -> ControlFlow<()> {
    unroll!(x in [0, 1, 2, 3, 4, 5, 6, 7] {
        for tap in 0..TAPS {
            let dx = FIRST + 2 * tap;
            if taps_on_plane(x, SIDE).contains(&dx) {
                let level = Lanes::broadcast(&levels[below(x, dx)]);
                for group in 0..GROUPS {
                    descents[group][tap] = descents[group][tap].plus_product(level, descent_output[x][group]);
                }
            }
            hold(levels, 1 + 5 * x + tap)?;
        }
    });
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h1_has_the_figures_of_the_paper() {
        assert_eq!(UNITS, 768);
        assert_eq!(PARAMETERS, 1068);
        assert_eq!(CONNECTIONS, 19_968);
        assert_eq!(size_of::<Parameters>(), PARAMETERS * size_of::<f32>());
    }

    #[test]
    fn every_parameter_has_a_place_of_its_own() {
        let mut positions = Vec::new();
        push_positions(&mut positions, 0);
        positions.sort_unstable();
        assert_eq!(positions, (0..PARAMETERS).collect::<Vec<_>>());
    }
}
