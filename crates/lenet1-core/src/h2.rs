//! H2, the second hidden layer: the 12 maps of H1 in, 12 feature maps of 4×4 out.
//!
//! A unit sees 5×5 windows, stride 2, in eight of H1's maps: 12·200 weights + 192 biases = 2592 parameters.
//!
//! The paper leaves this open: which eight maps. As in both modern reproductions, maps 0–3 see H1's 0–7, maps 4–7 see
//! 4–11, maps 8–11 see 0–3 and 8–11 ([`SOURCES`]).
//!
//! The computation as plain loops, where `h1` are H1's activations, −1 off the plane, and `seen` runs over the eight
//! maps that `map` sees:
//!
//! ```text
//! forward:
//!     for map in 0..12, y in 0..4, x in 0..4:
//!         sum[map][y][x] = bias[map][y][x]
//!         for seen, dy in 0..5, dx in 0..5:
//!             sum[map][y][x] += kernel[map][seen][dy][dx] · h1[seen][2y + dy − 2][2x + dx − 2]
//!
//! backward, where d[map][y][x] is the descent with respect to sum[map][y][x]:
//!     for map in 0..12, y in 0..4, x in 0..4:
//!         for seen, dy in 0..5, dx in 0..5:
//!             d_h1[seen][2y + dy − 2][2x + dx − 2] += kernel[map][seen][dy][dx] · d[map][y][x]
//!     for map in 0..12, y in 0..4, x in 0..4:
//!         bias[map][y][x] += rate · d[map][y][x]
//!     for map in 0..12, seen, dy in 0..5, dx in 0..5:
//!         own = 0
//!         for y in 0..4, x in 0..4:
//!             own += d[map][y][x] · h1[seen][2y + dy − 2][2x + dx − 2]
//!         kernel[map][seen][dy][dx] += rate · own
//! ```
//!
//! The code differs in eight points, marked with their numbers:
//!
//! 1. It takes four maps of *H1* at a time, one per lane. Such a group feeds eight maps of H2, its *slots*. So the
//!    weights `[input group][slot][dy][dx]` are dense, and one copy serves all three loops. Forward multiplies vector
//!    by vector and adds across lanes once per row of units; both halves of backward broadcast the descent.
//! 2. H1's activations are stored + 1 ([`image`](crate::image)); taps off the plane, which would add 0, are left out
//!    ([`window`](crate::window)). To take the 1 off, forward starts from −Σ kernel, a kernel's descents from −Σ d.
//! 3. Several sums run side by side, none waiting for the one before: as many as fit into V8's 15 vector registers
//!    beside their factors. Forward takes two rows of units: eight sums; backward to H1 a row of its units: eight;
//!    backward to the kernels a row of taps of two maps that see the same: ten.
//! 4. Forward reads even columns of H1, which taps 0, 2 and 4 read, before odd ones, which taps 1 and 3 read.
//! 5. A row of taps may lie on the plane for only one of the two rows of units. Then it is added to that row alone.
//! 6. [`hold!`](crate::lanes) keeps this order.
//! 7. The loop that changes the kernels adds up Σ kernel anew.
//! 8. Without `RATED` every rate is 1, and the multiplication is left out.
//!
//! This file is longer than others so that the three loops stand beside the one layout that they share.

use alloc::vec::Vec;

use crate::h1;
use crate::lanes::{LANES, Lanes, hold, total, unroll};
use crate::positions::push_run;
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

/// Groups of four output maps that see the same input maps.
const OUTPUT_GROUPS: usize = MAPS / LANES;
/// Output maps that one group of input maps feeds.
const FED: usize = 8;

/// The connection table in groups of four maps: the two groups of H1 that each group of H2 sees, ascending.
pub const SOURCES: [[usize; 2]; OUTPUT_GROUPS] = [[0, 1], [1, 2], [0, 2]];

/// A number for each unit of H2, `[map][y][x]`, lanes along x.
pub type Planes = [[Lanes; SIDE]; MAPS];

/// A 5×5 kernel for each of four input maps, `[dy][dx][input map in group]`.
type Kernels = [[Lanes; KERNEL]; KERNEL];

/// What the layer learns. Rates and collected descents have the same layout.
#[derive(Clone)]
#[repr(C)]
pub struct Parameters {
    /// `[input group][slot of the output map][dy][dx][input map in group]` (1).
    pub kernels: [[Kernels; FED]; h1::GROUPS],
    /// `[map][y][x]`.
    pub biases: Planes,
}

/// Σ kernel of each output map, lane by lane over its input groups (2).
pub type KernelSums = [Lanes; MAPS];

/// Where the weights from an output map to its `nth` input group (0 or 1) lie: `(input group, slot)`.
#[inline(always)]
const fn place(map: usize, nth: usize) -> (usize, usize) {
    const FIRST_SLOT: [[usize; 2]; OUTPUT_GROUPS] = [[0, 0], [LANES, 0], [LANES, LANES]];
    (SOURCES[map / LANES][nth], FIRST_SLOT[map / LANES][nth] + map % LANES)
}

/// The two groups of four output maps that a group of input maps feeds: slots 0 to 3, then 4 to 7.
const OUTPUTS: [[usize; 2]; h1::GROUPS] = [[0, 2], [0, 1], [1, 2]];

/// Appends the position of each parameter among the numbers of [`Parameters`], which begin at `at`, in the state dict's
/// order: `H2w [map][seen map, ascending][dy][dx]`, then `H2b [map][y][x]`.
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

/// Σ kernel of each output map, in the order in which `backward` adds. So a net that resumes from its state dict gives
/// the same bits as one that never stopped.
#[must_use]
pub fn kernel_sums(parameters: &Parameters) -> KernelSums {
    core::array::from_fn(|map| {
        (0..2).fold(Lanes::ZERO, |sum, nth| {
            let (group, slot) = place(map, nth);
            total(sum, parameters.kernels[group][slot].as_flattened())
        })
    })
}

/// Weighted sums of all units, biases included. `input`: H1's activations as stored.
#[inline(never)]
pub fn weighted_sums(parameters: &Parameters, kernel_sums: &KernelSums, input: &h1::Planes, sums: &mut Planes) {
    for map in 0..MAPS {
        // (3)
        unroll!(first in [0, 2] {
            let mut rows = [[Lanes::ZERO - kernel_sums[map]; SIDE]; 2]; // (2)
            for nth in 0..2 {
                let (group, slot) = place(map, nth);
                add_maps(&mut rows, first, input, group, &parameters.kernels[group][slot]);
            }
            sums[map][first] = Lanes::sums_of(rows[0]) + parameters.biases[map][first];
            sums[map][first + 1] = Lanes::sums_of(rows[1]) + parameters.biases[map][first + 1];
        });
    }
}

/// Adds the share of four maps of H1 to rows `first` and `first + 1` of a map.
#[inline(always)]
fn add_maps(rows: &mut [[Lanes; SIDE]; 2], first: usize, input: &h1::Planes, group: usize, kernels: &Kernels) {
    // (5)
    let (upper, lower) = (taps_on_plane(first, SIDE), taps_on_plane(first + 1, SIDE));
    let upper_rows = &input[below(first, upper.start)..];
    let (alone, lower_rows) = input[below(first + 1, lower.start)..].split_at(upper.start - lower.start);
    add_to_one_row(&mut rows[1], alone, group, &kernels[lower.start..upper.start]);
    add_to_two_rows(rows, upper_rows, lower_rows, group, &kernels[upper.start..lower.end]);
    add_to_one_row(&mut rows[0], &upper_rows[lower.end - upper.start..], group, &kernels[lower.end..upper.end]);
}

/// Adds some rows of four maps of H1, each weighted by the row of the kernels that reads it, to a row of units.
#[inline(always)]
fn add_to_one_row(sums: &mut [Lanes; SIDE], input: &[h1::Row], group: usize, kernel_rows: &[[Lanes; KERNEL]]) {
    for (row, weights) in input.iter().zip(kernel_rows) {
        for x in 0..SIDE {
            add_even(sums, x, row[2 * x][group], weights);
            if x % 2 == 1 {
                hold!(weights, 1 + x); // (6)
            }
        }
        for x in 0..SIDE {
            add_odd(sums, x, row[2 * x + 1][group], weights);
            if x == 1 {
                hold!(weights, 1 + SIDE + x);
            }
        }
    }
}

/// The same for two rows of units.
#[inline(always)]
fn add_to_two_rows(
    [first, second]: &mut [[Lanes; SIDE]; 2],
    first_input: &[h1::Row],
    second_input: &[h1::Row],
    group: usize,
    kernel_rows: &[[Lanes; KERNEL]],
) {
    for ((first_row, second_row), weights) in first_input.iter().zip(second_input).zip(kernel_rows) {
        for x in 0..SIDE {
            add_even(first, x, first_row[2 * x][group], weights);
            add_even(second, x, second_row[2 * x][group], weights);
            hold!(weights, 1 + x); // (6)
        }
        for x in 0..SIDE {
            add_odd(first, x, first_row[2 * x + 1][group], weights);
            add_odd(second, x, second_row[2 * x + 1][group], weights);
            if x < SIDE - 1 {
                hold!(weights, 1 + SIDE + x);
            }
        }
    }
}

/// Adds column `2 · x`, weighted (4).
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

/// Adds column `2 · x + 1`, weighted (4).
#[inline(always)]
fn add_odd(sums: &mut [Lanes; SIDE], x: usize, value: Lanes, weights: &[Lanes; KERNEL]) {
    sums[x] = sums[x].plus_product(value, weights[3]);
    if x < SIDE - 1 {
        sums[x + 1] = sums[x + 1].plus_product(value, weights[1]);
    }
}

/// The descent with respect to H1's activations.
#[inline(never)]
pub fn backward_to_input(parameters: &Parameters, descent_output: &Planes, descent_input: &mut h1::Planes) {
    for group in 0..h1::GROUPS {
        for row in 0..h1::SIDE {
            let mut sums = [Lanes::ZERO; h1::SIDE]; // (3)
            for y in outputs_reading(row, SIDE) {
                let dy = row + MARGIN - STRIDE * y;
                let (first, second) = parameters.kernels[group].split_at(LANES);
                let [first_maps, second_maps] = OUTPUTS[group].map(|maps| &descent_output[maps * LANES..]);
                add_windows(&mut sums, first, dy, first_maps, y);
                add_windows(&mut sums, second, dy, second_maps, y);
            }
            for x in 0..h1::SIDE {
                descent_input[row][x][group] = sums[x];
            }
        }
    }
}

/// Carries row `y` of four output maps back to a row of four maps of H1.
#[inline(always)]
fn add_windows(
    sums: &mut [Lanes; h1::SIDE],
    kernels: &[Kernels],
    dy: usize,
    descent_output: &[[Lanes; SIDE]],
    y: usize,
) {
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
                hold!(weights, 1 + x); // (6)
            }
        }
    }
}

/// Adds the descents of the layer's parameters (if `RATED`, times their rates) to `descent_parameters` if given, else
/// to the parameters. `descent_output`: with respect to the weighted sums.
#[inline(never)]
pub fn backward<const RATED: bool>(
    parameters: &mut Parameters,
    descent_parameters: Option<&mut Parameters>,
    rates: &Parameters,
    kernel_sums: &mut KernelSums,
    input: &h1::Planes,
    descent_output: &Planes,
) {
    let learns = descent_parameters.is_none();
    let target = descent_parameters.unwrap_or(parameters);
    for map in 0..MAPS {
        for y in 0..SIDE {
            let bias = &mut target.biases[map][y];
            let own = descent_output[map][y];
            *bias = *bias + if RATED { own * rates.biases[map][y] } else { own };
        }
    }
    for first in (0..MAPS).step_by(2) {
        let maps = [first, first + 1];
        // (2) Every tap of every unit reads the stored value − 1.
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
                        weights[dx] = weights[dx] + if RATED { own * rates[dx] } else { own }; // (8)
                        sums[map] = sums[map] + weights[dx]; // (7)
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

/// The descents of row `dy` of the kernels through which two maps see four maps of H1 (3).
#[inline(always)]
fn row_descents(
    shift: [Lanes; 2],
    dy: usize,
    input: &h1::Planes,
    group: usize,
    descent_output: [&[Lanes; SIDE]; 2],
) -> [[Lanes; KERNEL]; 2] {
    let mut descents = shift.map(|shift| [shift; KERNEL]);
    add_products(&mut descents, dy, input, group, descent_output);
    descents
}

/// Adds up the products for these taps over the rows of the two maps that have them on the plane.
#[inline(always)]
fn add_products(
    descents: &mut [[Lanes; KERNEL]; 2],
    dy: usize,
    input: &h1::Planes,
    group: usize,
    descent_output: [&[Lanes; SIDE]; 2],
) {
    let rows = outputs_on_plane(dy, SIDE);
    let [first, second] = descent_output.map(|map| &map[rows.clone()]);
    for ((row, first), second) in rows_below(input, dy).zip(first).zip(second) {
        let descent_output = [first.as_array(), second.as_array()];
        unroll!(x in [0, 1, 2, 3] {
            let [first, second] = descent_output.map(|row| Lanes::broadcast(&row[x]));
            for dx in taps_on_plane(x, SIDE) {
                let value = row[below(x, dx)][group];
                descents[0][dx] = descents[0][dx].plus_product(value, first);
                descents[1][dx] = descents[1][dx].plus_product(value, second);
                if dx % 2 == 0 {
                    hold!(row, 1 + 5 * x + dx); // (6)
                }
            }
        });
    }
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
