//! H1, the first hidden layer: one 16×16 plane in, 12 feature maps of 8×8 out.
//!
//! The 64 units of a map share one 5×5 kernel but not a bias: 12·25 + 12·64 = 1068 parameters.
//! Stride 2; what lies off the plane reads [`BACKGROUND`](crate::image::BACKGROUND). (Paper, §3.)
//!
//! The computation as plain loops; a unit whose window reaches off the image reads −1 there:
//!
//! ```text
//! forward:
//!     for map in 0..12, y in 0..8, x in 0..8:
//!         sum[map][y][x] = bias[map][y][x]
//!         for dy in 0..5, dx in 0..5:
//!             sum[map][y][x] += kernel[map][dy][dx] · image[2y + dy − 2][2x + dx − 2]
//!
//! backward, where d[map][y][x] is the descent with respect to sum[map][y][x]:
//!     for map in 0..12, y in 0..8, x in 0..8:
//!         bias[map][y][x] += rate · d[map][y][x]
//!     for map in 0..12, dy in 0..5, dx in 0..5:
//!         own = 0
//!         for y in 0..8, x in 0..8:
//!             own += d[map][y][x] · image[2y + dy − 2][2x + dx − 2]
//!         kernel[map][dy][dx] += rate · own
//! ```
//!
//! The code differs in six points, marked with their numbers:
//!
//! 1. It takes four maps at a time, one per lane: one broadcast grey level times a vector of weights or descents serves
//!    all four.
//! 2. Values are stored + 1 ([`image`]); taps off the image, which would add 0, are left out
//!    ([`window`](crate::window)). To take the 1 off, forward starts from bias − Σ kernel, a kernel's descents from −Σ
//!    d.
//! 3. Several sums run side by side, so that none waits for the one before. Forward adds a row of the image to a row of
//!    units: eight sums. Backward takes a row of taps of all three groups of maps: nine sums or six. More would not fit
//!    into V8's 15 vector registers beside their factors.
//! 4. Even columns of the image, which taps 0, 2 and 4 read, come before odd ones, which taps 1 and 3 read. So two or
//!    three weights are needed at a time.
//! 5. [`hold!`](crate::lanes) keeps this order.
//! 6. The loop that changes the kernels adds up Σ kernel anew.

use alloc::vec::Vec;

use crate::image::{self, Image};
use crate::lanes::{LANES, Lanes, hold, total, unroll};
use crate::positions::push_run;
use crate::window::{KERNEL, STRIDE, below, outputs_on_plane, rows_below, taps_on_plane};

/// Feature maps.
pub const MAPS: usize = 12;
/// Side of a map.
pub const SIDE: usize = 8;
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

const _: () = assert!(image::SIDE == SIDE * STRIDE, "a window a unit");

/// A number for each unit in one row of H1, `[x][map]`.
pub type Row = [[Lanes; GROUPS]; SIDE];

/// A number for each unit of H1, `[y][x][map]`.
pub type Planes = [Row; SIDE];

/// What the layer learns. Rates and collected descents have the same layout.
#[derive(Clone)]
#[repr(C)]
pub struct Parameters {
    /// `[map group][dy][dx][map in group]`.
    pub kernels: [[[Lanes; KERNEL]; KERNEL]; GROUPS],
    /// `[y][x][map]`.
    pub biases: Planes,
}

/// Σ kernel of each map, `[map]` (2).
pub type KernelSums = [Lanes; GROUPS];

/// Appends the position of each parameter among the numbers of [`Parameters`], which begin at `at`, in the state dict's
/// order: `H1w [map][dy][dx]`, then `H1b [map][y][x]`.
pub fn push_positions(positions: &mut Vec<usize>, at: usize) {
    const TAPS: usize = KERNEL * KERNEL;
    for map in 0..MAPS {
        push_run(positions, at + (map / LANES) * TAPS * LANES + map % LANES, LANES, TAPS);
    }
    for map in 0..MAPS {
        push_run(positions, at + WEIGHTS + map, MAPS, SIDE * SIDE);
    }
}

/// Σ kernel of each map.
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
            // (2)
            let mut row: [Lanes; SIDE] = core::array::from_fn(|x| parameters.biases[y][x][group] - kernel_sums[group]);
            let taps = taps_on_plane(y, SIDE);
            add_windows(&mut row, &image[below(y, taps.start)..], &kernel[taps]);
            for x in 0..SIDE {
                sums[y][x][group] = row[x];
            }
        }
    }
}

/// Adds some rows of the image, each weighted by the row of the kernel that reads it, to a row of units of four maps
/// (3).
#[inline(always)]
fn add_windows(sums: &mut [Lanes; SIDE], image_rows: &[[f32; image::SIDE]], kernel_rows: &[[Lanes; KERNEL]]) {
    for (levels, weights) in image_rows.iter().zip(kernel_rows) {
        // (4) Even columns, then odd ones; (5) after every two.
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
                hold!(levels, x);
            }
        }
        for x in 0..SIDE {
            let level = Lanes::broadcast(&levels[2 * x + 1]);
            sums[x] = sums[x].plus_product(level, weights[3]);
            if x < SIDE - 1 {
                sums[x + 1] = sums[x + 1].plus_product(level, weights[1]);
            }
            if x % 2 == 1 && x < SIDE - 1 {
                hold!(levels, SIDE + x);
            }
        }
    }
}

/// Adds the descents of the layer's parameters, each times its rate, to `descent_parameters` if given, else to the
/// parameters. `descent_output`: with respect to the weighted sums.
#[inline(never)]
pub fn backward(
    parameters: &mut Parameters,
    descent_parameters: Option<&mut Parameters>,
    rates: &Parameters,
    kernel_sums: &mut KernelSums,
    image: &Image,
    descent_output: &Planes,
) {
    let learns = descent_parameters.is_none();
    let target = descent_parameters.unwrap_or(parameters);
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
    // (2) Every tap of every unit reads the stored value − 1.
    let shift = bias_descents.map(|sum| Lanes::ZERO - sum);
    let mut sums = [Lanes::ZERO; GROUPS];
    for dy in 0..KERNEL {
        // (4)
        let even: [[Lanes; 3]; GROUPS] = row_descents::<3, 0>(shift, dy, image, descent_output);
        let odd: [[Lanes; 2]; GROUPS] = row_descents::<2, 1>(shift, dy, image, descent_output);
        for group in 0..GROUPS {
            let [d0, d2, d4] = even[group];
            let [d1, d3] = odd[group];
            let (weights, rates) = (&mut target.kernels[group][dy], &rates.kernels[group][dy]);
            for (dx, descent) in [d0, d1, d2, d3, d4].into_iter().enumerate() {
                weights[dx] = weights[dx].plus_product(descent, rates[dx]);
                sums[group] = sums[group] + weights[dx]; // (6)
            }
        }
    }
    if learns {
        *kernel_sums = sums;
    }
}

/// The descents of row `dy` of all kernels, for taps `FIRST`, `FIRST` + 2, … (3).
#[inline(always)]
fn row_descents<const TAPS: usize, const FIRST: usize>(
    shift: [Lanes; GROUPS],
    dy: usize,
    image: &Image,
    descent_output: &Planes,
) -> [[Lanes; TAPS]; GROUPS] {
    let mut descents = shift.map(|shift| [shift; TAPS]);
    add_products::<TAPS, FIRST>(&mut descents, dy, image, descent_output);
    descents
}

/// Adds up the products for these taps over the rows of units that have them on the plane.
#[inline(always)]
fn add_products<const TAPS: usize, const FIRST: usize>(
    descents: &mut [[Lanes; TAPS]; GROUPS],
    dy: usize,
    image: &Image,
    descent_output: &Planes,
) {
    for (levels, descent_output) in rows_below(image, dy).zip(&descent_output[outputs_on_plane(dy, SIDE)]) {
        unroll!(x in [0, 1, 2, 3, 4, 5, 6, 7] {
            for tap in 0..TAPS {
                let dx = FIRST + 2 * tap;
                if taps_on_plane(x, SIDE).contains(&dx) {
                    let level = Lanes::broadcast(&levels[below(x, dx)]);
                    for group in 0..GROUPS {
                        descents[group][tap] = descents[group][tap].plus_product(level, descent_output[x][group]);
                    }
                }
                hold!(levels, 1 + 5 * x + tap); // (5)
            }
        });
    }
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
