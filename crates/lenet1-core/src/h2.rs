//! H2, the second hidden layer: the 12 maps of H1 in, 12 feature maps of 4×4 out.
//!
//! A unit sees 5×5 windows, stride 2, in eight of H1's maps: 12·200 weights + 192 biases = 2592 parameters.
//!
//! The paper leaves this open: which eight maps. As in both modern reproductions, maps 0–3 see H1's 0–7, maps 4–7 see
//! 4–11, maps 8–11 see 0–3 and 8–11 ([`SOURCES`]).
//!
//! Lanes are *input* maps, in groups of four. Each group of four input maps feeds eight output maps, so that the
//! weights `[input group][slot of eight][dy][dx]` are dense; one copy serves all three kernels: forward multiplies
//! vector by vector and adds across lanes once a row of outputs, both gradients broadcast the descent. Blocks keep eight
//! or ten sums that do not wait on each other, within V8's 15 vector registers; [`hold`] keeps a block's order.

use alloc::vec::Vec;
use core::ops::ControlFlow;

use crate::h1;
use crate::lanes::{LANES, Lanes, hold, total, unroll};
use crate::state::push_run;
use crate::window::{KERNEL, MARGIN, STRIDE, below, outputs_on_plane, outputs_reading, rows_below, taps_on_plane};

/// Feature maps.
pub const MAPS: usize = 12;
/// Side of a map.
pub const SIDE: usize = 4;
/// Maps of H1 that a map of H2 sees.
pub const SEEN: usize = 8;
/// Units of the layer.
pub const UNITS: usize = MAPS * SIDE * SIDE;
/// Weights of the layer.
pub const WEIGHTS: usize = MAPS * SEEN * KERNEL * KERNEL;
/// Weights and biases of the layer.
pub const PARAMETERS: usize = WEIGHTS + UNITS;
/// Connections of the layer: every unit's weights and its bias.
pub const CONNECTIONS: usize = UNITS * (SEEN * KERNEL * KERNEL + 1);

/// Four output maps see the same input maps.
const OUTPUT_GROUPS: usize = MAPS / LANES;
/// Output maps that one group of input maps feeds.
const FED: usize = 8;

/// The connection table by groups of four: the two groups of H1's maps that a group of H2's maps sees, ascending.
pub const SOURCES: [[usize; 2]; OUTPUT_GROUPS] = [[0, 1], [1, 2], [0, 2]];

/// A number for each unit of H2, `[map][y][x]`, lanes along x.
pub type Planes = [[Lanes; SIDE]; MAPS];

/// A 5×5 kernel for each of four input maps, `[dy][dx][input map in group]`.
type Kernels = [[Lanes; KERNEL]; KERNEL];

/// What the layer learns; also the shape of what an update rule keeps beside it.
#[derive(Clone)]
#[repr(C)]
pub struct Parameters {
    /// `[input group][slot of the output map][dy][dx][input map in group]`.
    pub kernels: [[Kernels; FED]; h1::GROUPS],
    /// `[map][y][x]`.
    pub biases: Planes,
}

/// Σ weights of each output map, lane by lane over the maps of its input groups.
pub type KernelSums = [Lanes; MAPS];

/// Where output map `map` stands among the eight that its `nth` source (0 or 1) feeds: `(input group, slot)`.
#[inline(always)]
const fn place(map: usize, nth: usize) -> (usize, usize) {
    const FIRST_SLOT: [[usize; 2]; OUTPUT_GROUPS] = [[0, 0], [LANES, 0], [LANES, LANES]];
    (SOURCES[map / LANES][nth], FIRST_SLOT[map / LANES][nth] + map % LANES)
}

/// The two groups of four output maps that a group of input maps feeds: slots 0 to 3, then 4 to 7.
const OUTPUTS: [[usize; 2]; h1::GROUPS] = [[0, 2], [0, 1], [1, 2]];

/// Appends where each parameter stands among the numbers of [`Parameters`], which begin at `at`, in the state dict's order:
/// `H2w [map][seen map, ascending][dy][dx]`, then `H2b [map][y][x]`.
pub fn push_positions(positions: &mut Vec<usize>, at: usize) {
    const TAPS: usize = KERNEL * KERNEL;
    for map in 0..MAPS {
        for seen in 0..SEEN {
            let (group, slot) = place(map, seen / LANES);
            push_run(positions, at + (group * FED + slot) * TAPS * LANES + seen % LANES, LANES, TAPS);
        }
    }
    push_run(positions, at + WEIGHTS, 1, UNITS);
}

/// Σ weights of each output map, added in the order in which `backward` adds them: a net that goes on from its state dict
/// gives the same bits as one that was never stopped.
#[must_use]
pub fn kernel_sums(parameters: &Parameters) -> KernelSums {
    core::array::from_fn(|map| {
        (0..2).fold(Lanes::ZERO, |sum, nth| {
            let (group, slot) = place(map, nth);
            total(sum, parameters.kernels[group][slot].as_flattened())
        })
    })
}

/// Weighted sums of all units, biases included; `input`: H1's activations + 1. Two rows of outputs at a time: eight sums
/// that do not wait on each other.
#[inline(never)]
pub fn weighted_sums(parameters: &Parameters, kernel_sums: &KernelSums, input: &h1::Planes, sums: &mut Planes) {
    for map in 0..MAPS {
        unroll!(first in [0, 2] {
            let mut rows = [[Lanes::ZERO - kernel_sums[map]; SIDE]; 2];
            for nth in 0..2 {
                let (group, slot) = place(map, nth);
                if add_maps(&mut rows, first, input, group, &parameters.kernels[group][slot]).is_break() {
                    break;
                }
            }
            sums[map][first] = Lanes::sums_of(rows[0]) + parameters.biases[map][first];
            sums[map][first + 1] = Lanes::sums_of(rows[1]) + parameters.biases[map][first + 1];
        });
    }
}

/// Adds what four maps of H1 give to rows `first` and `first + 1` of a map.
#[inline(always)]
fn add_maps(
    rows: &mut [[Lanes; SIDE]; 2],
    first: usize,
    input: &h1::Planes,
    group: usize,
    kernels: &Kernels,
) -> ControlFlow<()> {
    let (upper, lower) = (taps_on_plane(first, SIDE), taps_on_plane(first + 1, SIDE));
    let upper_planes = &input[below(first, upper.start)..];
    let (alone, lower_planes) = input[below(first + 1, lower.start)..].split_at(upper.start - lower.start);
    for (plane, weights) in alone.iter().zip(&kernels[lower.start..upper.start]) {
        add_row(&mut rows[1], plane, group, weights)?;
    }
    for ((upper, lower), weights) in upper_planes.iter().zip(lower_planes).zip(&kernels[upper.start..lower.end]) {
        add_two_rows(rows, upper, lower, group, weights)?;
    }
    for (plane, weights) in upper_planes[lower.end - upper.start..].iter().zip(&kernels[lower.end..upper.end]) {
        add_row(&mut rows[0], plane, group, weights)?;
    }
    ControlFlow::Continue(())
}

/// Adds what one row of four maps of H1 gives to a row of outputs: first its even columns, which taps 0, 2 and 4 read,
/// then its odd ones.
#[inline(always)]
fn add_row(sums: &mut [Lanes; SIDE], plane: &h1::Row, group: usize, weights: &[Lanes; KERNEL]) -> ControlFlow<()> {
    for x in 0..SIDE {
        add_even(sums, x, plane[2 * x][group], weights);
        if x % 2 == 1 {
            hold(weights, 1 + x)?;
        }
    }
    for x in 0..SIDE {
        add_odd(sums, x, plane[2 * x + 1][group], weights);
        if x == 1 {
            hold(weights, 1 + SIDE + x)?;
        }
    }
    ControlFlow::Continue(())
}

/// The same for two rows of outputs.
#[inline(always)]
fn add_two_rows(
    [first, second]: &mut [[Lanes; SIDE]; 2],
    first_plane: &h1::Row,
    second_plane: &h1::Row,
    group: usize,
    weights: &[Lanes; KERNEL],
) -> ControlFlow<()> {
    for x in 0..SIDE {
        add_even(first, x, first_plane[2 * x][group], weights);
        add_even(second, x, second_plane[2 * x][group], weights);
        hold(weights, 1 + x)?;
    }
    for x in 0..SIDE {
        add_odd(first, x, first_plane[2 * x + 1][group], weights);
        add_odd(second, x, second_plane[2 * x + 1][group], weights);
        if x < SIDE - 1 {
            hold(weights, 1 + SIDE + x)?;
        }
    }
    ControlFlow::Continue(())
}

/// Adds what column `2 · x` gives.
#[inline(always)]
fn add_even(sums: &mut [Lanes; SIDE], x: usize, value: Lanes, weights: &[Lanes; KERNEL]) {
    if x > 0 {
        sums[x - 1] = sums[x - 1].plus_product(value, weights[4]);
    }
    sums[x] = sums[x].plus_product(value, weights[2]);
    if x < SIDE - 1 {
        sums[x + 1] = sums[x + 1].plus_product(value, weights[0]);
    }
}

/// Adds what column `2 · x + 1` gives.
#[inline(always)]
fn add_odd(sums: &mut [Lanes; SIDE], x: usize, value: Lanes, weights: &[Lanes; KERNEL]) {
    sums[x] = sums[x].plus_product(value, weights[3]);
    if x < SIDE - 1 {
        sums[x + 1] = sums[x + 1].plus_product(value, weights[1]);
    }
}

/// The descent with respect to H1's activations, a row of four maps at a time: eight sums.
#[inline(never)]
pub fn backward_to_input(parameters: &Parameters, descent_output: &Planes, descent_input: &mut h1::Planes) {
    for group in 0..h1::GROUPS {
        for row in 0..h1::SIDE {
            let mut sums = [Lanes::ZERO; h1::SIDE];
            for y in outputs_reading(row, SIDE) {
                let dy = row + MARGIN - STRIDE * y;
                let (first, second) = parameters.kernels[group].split_at(LANES);
                let [first_maps, second_maps] = OUTPUTS[group].map(|maps| &descent_output[maps * LANES..]);
                if add_windows(&mut sums, first, dy, first_maps, y).is_break()
                    || add_windows(&mut sums, second, dy, second_maps, y).is_break()
                {
                    break;
                }
            }
            for x in 0..h1::SIDE {
                descent_input[row][x][group] = sums[x];
            }
        }
    }
}

/// Adds what row `y` of four output maps gives to a row of four maps of H1.
#[inline(always)]
fn add_windows(
    sums: &mut [Lanes; h1::SIDE],
    kernels: &[Kernels],
    dy: usize,
    descent_output: &[[Lanes; SIDE]],
    y: usize,
) -> ControlFlow<()> {
    assert!(dy < KERNEL && y < SIDE, "the windows reach the row");
    for (kernels, descent_output) in kernels.iter().zip(descent_output) {
        let (weights, descents) = (&kernels[dy], descent_output[y].as_array());
        for x in 0..SIDE {
            let descent = Lanes::broadcast(&descents[x]);
            for dx in 0..KERNEL {
                if taps_on_plane(x, SIDE).contains(&dx) {
                    sums[below(x, dx)] = sums[below(x, dx)].plus_product(descent, weights[dx]);
                }
            }
            if x < SIDE - 1 {
                hold(weights, 1 + x)?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// Adds the layer's descents, where `RATED` each times its rate, to its parameters, or to `gradients` where there are some: of two maps
/// that see the same maps of H1 at a time, ten sums that do not wait on each other. `descent_output`: with respect to the
/// weighted sums.
#[inline(never)]
pub fn backward<const RATED: bool>(
    parameters: &mut Parameters,
    gradients: Option<&mut Parameters>,
    rates: &Parameters,
    kernel_sums: &mut KernelSums,
    input: &h1::Planes,
    descent_output: &Planes,
) {
    let learns = gradients.is_none();
    let target = gradients.unwrap_or(parameters);
    for map in 0..MAPS {
        for y in 0..SIDE {
            let bias = &mut target.biases[map][y];
            let own = descent_output[map][y];
            *bias = *bias + if RATED { own * rates.biases[map][y] } else { own };
        }
    }
    for first in (0..MAPS).step_by(2) {
        let maps = [first, first + 1];
        // Every tap of every unit reads stored value − 1: the −1 of all of them together is −Σ descents.
        let shift = maps.map(|map| Lanes::splat(-Lanes::sums_of(descent_output[map]).sum()));
        let mut sums = [Lanes::ZERO; 2];
        for nth in 0..2 {
            let (group, slot) = place(first, nth);
            for dy in 0..KERNEL {
                let descents = row_descents(shift, dy, input, group, maps.map(|map| &descent_output[map]));
                for map in 0..2 {
                    let weights = &mut target.kernels[group][slot + map][dy];
                    let rates = &rates.kernels[group][slot + map][dy];
                    for dx in 0..KERNEL {
                        let own = descents[map][dx];
                        weights[dx] = weights[dx] + if RATED { own * rates[dx] } else { own };
                        sums[map] = sums[map] + weights[dx];
                    }
                }
            }
        }
        if learns {
            kernel_sums[first] = sums[0];
            kernel_sums[first + 1] = sums[1];
        }
    }
}

/// Descents of row `dy` of the kernels with which two maps see four maps of H1.
#[inline(always)]
fn row_descents(
    shift: [Lanes; 2],
    dy: usize,
    input: &h1::Planes,
    group: usize,
    descent_output: [&[Lanes; SIDE]; 2],
) -> [[Lanes; KERNEL]; 2] {
    let mut descents = shift.map(|shift| [shift; KERNEL]);
    let rows = outputs_on_plane(dy, SIDE);
    let [first, second] = descent_output.map(|map| &map[rows.clone()]);
    for ((plane, first), second) in rows_below(input, dy).zip(first).zip(second) {
        if add_products(&mut descents, plane, group, [first.as_array(), second.as_array()]).is_break() {
            break;
        }
    }
    descents
}

/// Adds what one row of the two maps gives.
#[inline(always)]
fn add_products(
    descents: &mut [[Lanes; KERNEL]; 2],
    plane: &h1::Row,
    group: usize,
    descent_output: [&[f32; SIDE]; 2],
) -> ControlFlow<()> {
    unroll!(x in [0, 1, 2, 3] {
        let [first, second] = descent_output.map(|row| Lanes::broadcast(&row[x]));
        for dx in taps_on_plane(x, SIDE) {
            let value = plane[below(x, dx)][group];
            descents[0][dx] = descents[0][dx].plus_product(value, first);
            descents[1][dx] = descents[1][dx].plus_product(value, second);
            if dx % 2 == 0 {
                hold(plane, 1 + 5 * x + dx)?;
            }
        }
    });
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h2_has_the_figures_of_the_paper() {
        assert_eq!(UNITS, 192);
        assert_eq!(PARAMETERS, 2592);
        assert_eq!(CONNECTIONS, 38_592);
        assert_eq!(size_of::<Parameters>(), PARAMETERS * size_of::<f32>());
    }

    #[test]
    fn every_parameter_has_a_place_of_its_own() {
        let mut positions = Vec::new();
        push_positions(&mut positions, 0);
        positions.sort_unstable();
        assert_eq!(positions, (0..PARAMETERS).collect::<Vec<_>>());
    }

    #[test]
    fn the_connection_table_reads_the_same_from_either_side() {
        for map in 0..MAPS {
            for nth in 0..2 {
                let (group, slot) = place(map, nth);
                assert_eq!(OUTPUTS[group][slot / LANES] * LANES + slot % LANES, map);
            }
        }
        assert_eq!(SOURCES, [[0, 1], [1, 2], [0, 2]]);
    }
}
