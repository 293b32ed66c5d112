//! H1, the first hidden layer: one 16×16 plane in, 12 feature maps of 8×8 out.
//!
//! The 64 units of a map share one 5×5 kernel but not a bias: 12·25 + 12·64 = 1068 parameters.
//! Stride 2; what lies off the plane reads [`BACKGROUND`](crate::window::BACKGROUND). (Paper, §3.)
//!
//! Lanes are output maps, so that one input value times one vector of weights serves four maps.

use crate::activation::Activation;
use crate::lanes::{LANES, Lanes};
use crate::update::Update;
use crate::window::{KERNEL, STRIDE, below, outputs_on_plane, taps_on_plane};

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

/// A number for each unit of H1, `[y][x][map]`.
pub type Planes = [[[Lanes; GROUPS]; SIDE]; SIDE];

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

/// Where each parameter stands among the numbers of [`Parameters`], in the state dict's order:
/// `H1w [map][dy][dx]`, then `H1b [map][y][x]`.
pub fn positions() -> impl Iterator<Item = usize> {
    const BIASES_AT: usize = GROUPS * KERNEL * KERNEL * LANES;
    let weights = (0..MAPS).flat_map(|map| {
        (0..KERNEL * KERNEL).map(move |tap| ((map / LANES) * KERNEL * KERNEL + tap) * LANES + map % LANES)
    });
    let biases = (0..MAPS).flat_map(|map| (0..SIDE * SIDE).map(move |unit| BIASES_AT + unit * MAPS + map));
    weights.chain(biases)
}

/// Σ weights of each map.
#[must_use]
pub fn kernel_sums(parameters: &Parameters) -> KernelSums {
    core::array::from_fn(|group| parameters.kernels[group].as_flattened().iter().fold(Lanes::ZERO, |sum, &w| sum + w))
}

/// Activations + 1 of all units.
pub fn forward<A: Activation>(
    parameters: &Parameters,
    kernel_sums: &KernelSums,
    image: &Image,
    activations: &mut Planes,
) {
    for y in 0..SIDE {
        for group in 0..GROUPS {
            let mut sums: [Lanes; SIDE] = core::array::from_fn(|x| parameters.biases[y][x][group] - kernel_sums[group]);
            for dy in taps_on_plane(y, SIDE) {
                let row = &image[below(y, dy)];
                for dx in 0..KERNEL {
                    let weight = parameters.kernels[group][dy][dx];
                    for x in outputs_on_plane(dx, SIDE) {
                        sums[x] = sums[x].plus_product(Lanes::splat(row[below(x, dx)]), weight);
                    }
                }
            }
            for x in 0..SIDE {
                activations[y][x][group] = sums[x];
            }
        }
    }
    for activation in activations.as_flattened_mut().as_flattened_mut() {
        *activation = A::value(*activation) + Lanes::splat(1.0);
    }
}

/// Updates the layer. `grad_output`: the descent with respect to the activations; it is overwritten by the descent
/// with respect to the weighted sums.
pub fn backward<A: Activation, U: Update>(
    parameters: &mut Parameters,
    beside: &mut Parameters,
    kernel_sums: &mut KernelSums,
    image: &Image,
    activations: &Planes,
    grad_output: &mut Planes,
) {
    let mut bias_descents = [Lanes::ZERO; GROUPS];
    for y in 0..SIDE {
        for x in 0..SIDE {
            for group in 0..GROUPS {
                let descent = &mut grad_output[y][x][group];
                *descent = *descent * A::slope_of_shifted(activations[y][x][group]);
                U::step(&mut parameters.biases[y][x][group], &mut beside.biases[y][x][group], *descent);
                bias_descents[group] = bias_descents[group] + *descent;
            }
        }
    }
    for group in 0..GROUPS {
        let mut kernel_sum = Lanes::ZERO;
        for dy in 0..KERNEL {
            // Every tap of every unit reads stored value − 1: the −1 of all of them together is −Σ descents.
            let mut descents = [Lanes::ZERO - bias_descents[group]; KERNEL];
            for y in outputs_on_plane(dy, SIDE) {
                let row = &image[below(y, dy)];
                for x in 0..SIDE {
                    let descent = grad_output[y][x][group];
                    for dx in taps_on_plane(x, SIDE) {
                        descents[dx] = descents[dx].plus_product(Lanes::splat(row[below(x, dx)]), descent);
                    }
                }
            }
            for dx in 0..KERNEL {
                let weight = &mut parameters.kernels[group][dy][dx];
                U::step(weight, &mut beside.kernels[group][dy][dx], descents[dx]);
                kernel_sum = kernel_sum + *weight;
            }
        }
        kernel_sums[group] = kernel_sum;
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
        let mut positions: Vec<usize> = positions().collect();
        positions.sort_unstable();
        assert_eq!(positions, (0..PARAMETERS).collect::<Vec<_>>());
    }
}
