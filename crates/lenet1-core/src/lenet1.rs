//! The paper's network: its four layers wired, forward and backward. Each layer's kernels are functions of their own: the module is a
//! hundredth faster and smaller (measured) than with one large function.

use alloc::vec::Vec;

use crate::activation::Activation;
use crate::h1::Image;
use crate::lanes::{Lanes, flat};
use crate::state::Parameters;
use crate::{h1, h2, h3, output};

/// Planes of H1 are stored as activation + 1.
const SHIFT: f32 = 1.0;

/// What the units of each layer gave for the last image.
#[derive(Clone)]
pub struct Activations {
    /// Activation + 1.
    pub h1: h1::Planes,
    /// H2's activations.
    pub h2: h2::Planes,
    /// What H3 reads instead of them where some are dropped.
    pub dropped_h2: h2::Planes,
    /// H3's activations.
    pub h3: h3::Vector,
    /// The outputs; 0 in the padding, or what it happens to hold.
    pub output: output::Vector,
}

impl Activations {
    /// All zeros.
    #[must_use]
    pub const fn zeros() -> Self {
        Self {
            h1: [[[Lanes::ZERO; h1::GROUPS]; h1::SIDE]; h1::SIDE],
            h2: [[Lanes::ZERO; h2::SIDE]; h2::MAPS],
            dropped_h2: [[Lanes::ZERO; h2::SIDE]; h2::MAPS],
            h3: [Lanes::ZERO; h3::WIDTH],
            output: [Lanes::ZERO; output::WIDTH],
        }
    }
}

/// Σ weights of each map of H1 and H2, kept up to date with the weights: what shift by one adds to every unit.
#[derive(Clone)]
pub struct KernelSums {
    /// Of H1.
    pub h1: h1::KernelSums,
    /// Of H2.
    pub h2: h2::KernelSums,
}

impl KernelSums {
    /// Of weights that are all 0.
    #[must_use]
    pub const fn zeros() -> Self {
        Self { h1: [Lanes::ZERO; h1::GROUPS], h2: [Lanes::ZERO; h2::MAPS] }
    }

    /// Of these weights.
    #[must_use]
    pub fn new(parameters: &Parameters) -> Self {
        Self { h1: h1::kernel_sums(&parameters.h1), h2: h2::kernel_sums(&parameters.h2) }
    }
}

/// What a backward pass works on.
pub struct Backward<'a> {
    /// Read for what flows back; updated in place where there are no gradients.
    pub parameters: &'a mut Parameters,
    /// Where descents add up instead.
    pub gradients: Option<&'a mut Parameters>,
    /// What a parameter's descent is multiplied by.
    pub rates: &'a Parameters,
    /// Whether any rate is not 1. H1 and the outputs always multiply by their rates, which costs next to nothing; in H2 and
    /// H3 it does (measured: 12 % of a pattern's time), so that they are compiled with and without.
    pub rated: bool,
    /// Kept up to date with the parameters.
    pub kernel_sums: &'a mut KernelSums,
    /// The image, each value + 1.
    pub image: &'a Image,
    /// What layers read, for the gradients of their weights.
    pub inputs: &'a Activations,
    /// What layers gave, for their slopes.
    pub activations: &'a Activations,
    /// 1 / (1 − p) for units of H2 that are kept, 0 for dropped ones.
    pub kept: Option<&'a h2::Planes>,
    /// Whether slopes count squared, for second derivatives.
    pub squared: bool,
    /// What flows back to each layer's units: written whole by one layer, then read by the next.
    pub descents: &'a mut Activations,
}

/// The four layers' activations of an image whose H2 is multiplied by `kept`, if that is given.
pub fn forward(
    parameters: &Parameters,
    kernel_sums: &KernelSums,
    [hidden, outputs]: [Activation; 2],
    image: &Image,
    kept: Option<&h2::Planes>,
    activations: &mut Activations,
) {
    let Activations { h1, h2, dropped_h2, h3, output } = activations;
    h1::weighted_sums(&parameters.h1, &kernel_sums.h1, image, h1);
    hidden.activate(h1.as_flattened_mut().as_flattened_mut(), h1::UNITS, Lanes::splat(SHIFT));
    h2::weighted_sums(&parameters.h2, &kernel_sums.h2, h1, h2);
    hidden.activate(h2.as_flattened_mut(), h2::UNITS, Lanes::ZERO);
    if let Some(kept) = kept {
        *dropped_h2 = *h2;
        multiply(dropped_h2.as_flattened_mut(), kept.as_flattened());
    }
    h3::weighted_sums(&parameters.h3, if kept.is_some() { dropped_h2 } else { h2 }, h3);
    hidden.activate(h3, h3::UNITS, Lanes::ZERO);
    output::weighted_sums(&parameters.output, h3, output);
    outputs.activate(output, output::UNITS, Lanes::ZERO);
}

/// Carries the descent with respect to the outputs to every parameter.
#[inline(never)]
pub fn backward(work: Backward, [hidden, outputs]: [Activation; 2], mut descent_output: output::Vector) {
    let Backward {
        parameters,
        gradients,
        rates,
        rated,
        kernel_sums,
        image,
        inputs,
        activations,
        kept,
        squared,
        descents,
    } = work;
    let (to_h1, to_h2, to_h3, to_output) = match gradients {
        Some(to) => (Some(&mut to.h1), Some(&mut to.h2), Some(&mut to.h3), Some(&mut to.output)),
        None => (None, None, None, None),
    };
    let Activations { h1, h2, h3, .. } = descents;

    outputs.times_slopes(&mut descent_output, &activations.output, 0.0, squared);
    output::backward(&mut parameters.output, to_output, &rates.output, &inputs.h3, &descent_output, h3);
    hidden.times_slopes(h3, &activations.h3, 0.0, squared);
    let of_h3 = if rated { h3::backward::<true> } else { h3::backward::<false> };
    let h3_input = if kept.is_some() { &inputs.dropped_h2 } else { &inputs.h2 };
    of_h3(&mut parameters.h3, to_h3, &rates.h3, h3_input, h3, h2);
    if let Some(kept) = kept {
        multiply(h2.as_flattened_mut(), kept.as_flattened());
    }
    hidden.times_slopes(h2.as_flattened_mut(), activations.h2.as_flattened(), 0.0, squared);
    h2::backward_to_input(&parameters.h2, h2, h1);
    let of_h2 = if rated { h2::backward::<true> } else { h2::backward::<false> };
    of_h2(&mut parameters.h2, to_h2, &rates.h2, &mut kernel_sums.h2, &inputs.h1, h2);
    let at_h1 = activations.h1.as_flattened().as_flattened();
    hidden.times_slopes(h1.as_flattened_mut().as_flattened_mut(), at_h1, SHIFT, squared);
    h1::backward(&mut parameters.h1, to_h1, &rates.h1, &mut kernel_sums.h1, image, h1);
}

fn multiply(lanes: &mut [Lanes], factors: &[Lanes]) {
    for (lane, &factor) in lanes.iter_mut().zip(factors) {
        *lane = *lane * factor;
    }
}

/// The activations of all 1,000 units: H1 `[map][y][x]`, H2 `[map][y][x]`, H3, outputs.
#[must_use]
pub fn units(activations: &Activations) -> Vec<f32> {
    let h1 = flat(activations.h1.as_flattened().as_flattened());
    let plane = h1::SIDE * h1::SIDE;
    let mut all: Vec<f32> = (0..h1::UNITS).map(|unit| h1[(unit % plane) * h1::MAPS + unit / plane] - SHIFT).collect();
    all.extend_from_slice(flat(activations.h2.as_flattened()));
    all.extend_from_slice(&flat(&activations.h3)[..h3::UNITS]);
    all.extend_from_slice(&flat(&activations.output)[..output::UNITS]);
    all
}
