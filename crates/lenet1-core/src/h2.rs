//! H2, the second hidden layer: the 12 maps of H1 in, 12 feature maps of 4×4 out.
//!
//! A unit sees 5×5 windows, stride 2, in eight of H1's maps: 12·200 weights + 192 biases = 2592 parameters.
//!
//! The paper leaves this open: which eight maps. As in both modern reproductions, maps 0–3 see H1's 0–7, maps 4–7 see
//! 4–11, maps 8–11 see 0–3 and 8–11 ([`SOURCES`]).
//!
//! Lanes are *input* maps, in groups of four. Each group of four input maps feeds eight output maps, so that the
//! weights `[input group][slot of eight][dy][dx]` are dense; one copy serves all three kernels: forward multiplies
//! vector by vector and adds across lanes once a row of outputs, both gradients broadcast the descent.

use crate::activation::Activation;
use crate::h1;
use crate::lanes::{LANES, Lanes};
use crate::update::Update;
use crate::window::{KERNEL, STRIDE, below, outputs_on_plane, taps_on_plane};

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

/// The output map in slot `slot` of input group `group`.
#[inline(always)]
const fn fed(group: usize, slot: usize) -> usize {
    const OUTPUTS: [[usize; 2]; h1::GROUPS] = [[0, 2], [0, 1], [1, 2]];
    OUTPUTS[group][slot / LANES] * LANES + slot % LANES
}

/// Where each parameter stands among the numbers of [`Parameters`], in the state dict's order:
/// `H2w [map][seen map, ascending][dy][dx]`, then `H2b [map][y][x]`.
pub fn positions() -> impl Iterator<Item = usize> {
    const TAPS: usize = KERNEL * KERNEL;
    let weights = (0..MAPS).flat_map(|map| {
        (0..SEEN).flat_map(move |seen| {
            let (group, slot) = place(map, seen / LANES);
            (0..TAPS).map(move |tap| ((group * FED + slot) * TAPS + tap) * LANES + seen % LANES)
        })
    });
    weights.chain(WEIGHTS..PARAMETERS)
}

/// Σ weights of each output map.
#[must_use]
pub fn kernel_sums(parameters: &Parameters) -> KernelSums {
    core::array::from_fn(|map| {
        let [first, second] = [0, 1].map(|nth| {
            let (group, slot) = place(map, nth);
            parameters.kernels[group][slot].as_flattened()
        });
        first.iter().chain(second).fold(Lanes::ZERO, |sum, &weight| sum + weight)
    })
}

/// Activations of all units. `input`: H1's activations + 1.
pub fn forward<A: Activation>(
    parameters: &Parameters,
    kernel_sums: &KernelSums,
    input: &h1::Planes,
    activations: &mut Planes,
) {
    for map in 0..MAPS {
        for pair in 0..SIDE / 2 {
            let mut sums = [[Lanes::ZERO - kernel_sums[map]; SIDE]; 2];
            for nth in 0..2 {
                let (group, slot) = place(map, nth);
                add_row_pair(&mut sums, pair, &parameters.kernels[group][slot], input, group);
            }
            for (row, sums) in sums.into_iter().enumerate() {
                activations[map][2 * pair + row] = Lanes::sums_of(sums);
            }
        }
    }
    for (activation, bias) in activations.as_flattened_mut().iter_mut().zip(parameters.biases.as_flattened()) {
        *activation = A::value(*activation + *bias);
    }
}

/// Adds what four input maps give to output rows `2 · pair` and `2 · pair + 1`: eight sums that do not wait on each other.
#[inline(always)]
fn add_row_pair(sums: &mut [[Lanes; SIDE]; 2], pair: usize, kernels: &Kernels, input: &h1::Planes, group: usize) {
    for dy in 0..KERNEL {
        for (row, sums) in sums.iter_mut().enumerate() {
            let y = 2 * pair + row;
            if !taps_on_plane(y, SIDE).contains(&dy) {
                continue;
            }
            let plane = &input[below(y, dy)];
            for dx in 0..KERNEL {
                for x in outputs_on_plane(dx, SIDE) {
                    sums[x] = sums[x].plus_product(plane[below(x, dx)][group], kernels[dy][dx]);
                }
            }
        }
    }
}

/// Updates the layer, after it has written the descent with respect to its inputs (H1's activations) to `grad_input`.
/// `grad_output`: the descent with respect to the activations; it is overwritten by the descent with respect to the
/// weighted sums.
pub fn backward<A: Activation, U: Update>(
    parameters: &mut Parameters,
    beside: &mut Parameters,
    kernel_sums: &mut KernelSums,
    input: &h1::Planes,
    activations: &Planes,
    grad_output: &mut Planes,
    grad_input: &mut h1::Planes,
) {
    for map in 0..MAPS {
        for y in 0..SIDE {
            let descent = &mut grad_output[map][y];
            *descent = *descent * A::slope(activations[map][y]);
            U::step(&mut parameters.biases[map][y], &mut beside.biases[map][y], *descent);
        }
    }
    backward_to_input(parameters, grad_output, grad_input);
    backward_to_weights::<U>(parameters, beside, kernel_sums, input, grad_output);
}

/// The descent with respect to H1's activations.
fn backward_to_input(parameters: &Parameters, grad_output: &Planes, grad_input: &mut h1::Planes) {
    for group in 0..h1::GROUPS {
        for row in 0..h1::SIDE {
            let mut sums = [Lanes::ZERO; h1::SIDE];
            for y in 0..SIDE {
                let dy = row + crate::window::MARGIN;
                if dy < STRIDE * y || dy - STRIDE * y >= KERNEL {
                    continue;
                }
                let dy = dy - STRIDE * y;
                for slot in 0..FED {
                    let descents = grad_output[fed(group, slot)][y].as_array();
                    let weights = &parameters.kernels[group][slot][dy];
                    for x in 0..SIDE {
                        let descent = Lanes::splat(descents[x]);
                        for dx in taps_on_plane(x, SIDE) {
                            sums[below(x, dx)] = sums[below(x, dx)].plus_product(descent, weights[dx]);
                        }
                    }
                }
            }
            for x in 0..h1::SIDE {
                grad_input[row][x][group] = sums[x];
            }
        }
    }
}

/// Updates the weights.
fn backward_to_weights<U: Update>(
    parameters: &mut Parameters,
    beside: &mut Parameters,
    kernel_sums: &mut KernelSums,
    input: &h1::Planes,
    grad_output: &Planes,
) {
    for map in 0..MAPS {
        // Every tap of every unit reads stored value − 1: the −1 of all of them together is −Σ descents.
        let shift = Lanes::splat(-Lanes::sums_of(grad_output[map]).sum());
        let mut kernel_sum = Lanes::ZERO;
        for nth in 0..2 {
            let (group, slot) = place(map, nth);
            for dy in 0..KERNEL {
                let mut descents = [shift; KERNEL];
                for y in outputs_on_plane(dy, SIDE) {
                    let plane = &input[below(y, dy)];
                    let row = grad_output[map][y].as_array();
                    for x in 0..SIDE {
                        let descent = Lanes::splat(row[x]);
                        for dx in taps_on_plane(x, SIDE) {
                            descents[dx] = descents[dx].plus_product(plane[below(x, dx)][group], descent);
                        }
                    }
                }
                for dx in 0..KERNEL {
                    let weight = &mut parameters.kernels[group][slot][dy][dx];
                    U::step(weight, &mut beside.kernels[group][slot][dy][dx], descents[dx]);
                    kernel_sum = kernel_sum + *weight;
                }
            }
        }
        kernel_sums[map] = kernel_sum;
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
        let mut positions: Vec<usize> = positions().collect();
        positions.sort_unstable();
        assert_eq!(positions, (0..PARAMETERS).collect::<Vec<_>>());
    }

    #[test]
    fn the_connection_table_reads_the_same_from_either_side() {
        for map in 0..MAPS {
            for nth in 0..2 {
                let (group, slot) = place(map, nth);
                assert_eq!(fed(group, slot), map);
            }
        }
        assert_eq!(SOURCES, [[0, 1], [1, 2], [0, 2]]);
    }
}
