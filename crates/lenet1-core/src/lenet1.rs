//! The paper's network: its four layers wired, forward and backward, and its second derivatives. Each layer's kernels
//! are separate functions: one large function makes the module a hundredth slower and larger (measured).

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::activation::Activation;
use crate::error::Error;
use crate::image::{Image, PIXELS, SHIFT, grey_level, stored};
use crate::lanes::{Lanes, flat, flat_mut};
use crate::state::{self, Parameters};
use crate::update::Target;
use crate::{h1, h2, h3, output};

/// Units of the net, the 256 of the input included.
pub const UNITS: usize = PIXELS + h1::UNITS + h2::UNITS + h3::UNITS + output::UNITS;
/// Connections of the net.
pub const CONNECTIONS: usize = h1::CONNECTIONS + h2::CONNECTIONS + h3::CONNECTIONS + output::CONNECTIONS;

/// A number for each unit, layer by layer: activations for the last image, or descents.
#[derive(Clone)]
pub struct Activations {
    /// Activation + [`SHIFT`].
    pub h1: h1::Planes,
    /// H2's activations.
    pub h2: h2::Planes,
    /// H2's activations as H3 reads them under dropout.
    pub dropped_h2: h2::Planes,
    /// H3's activations.
    pub h3: h3::Vector,
    /// The outputs; the padding has no meaning.
    pub output: output::Vector,
}

impl Activations {
    /// The same number for each unit.
    #[must_use]
    pub const fn splat(value: f32) -> Self {
        let lanes = Lanes::splat(value);
        Self {
            h1: [[[lanes; h1::GROUPS]; h1::SIDE]; h1::SIDE],
            h2: [[lanes; h2::SIDE]; h2::MAPS],
            dropped_h2: [[lanes; h2::SIDE]; h2::MAPS],
            h3: [lanes; h3::WIDTH],
            output: [lanes; output::WIDTH],
        }
    }
}

/// Σ weights of each map of H1 and H2, kept up to date with the weights: shift by one adds it to every unit.
#[derive(Clone)]
pub struct KernelSums {
    /// Of H1.
    pub h1: h1::KernelSums,
    /// Of H2.
    pub h2: h2::KernelSums,
}

impl KernelSums {
    /// Not inlined, for the module's size.
    #[inline(never)]
    fn new(parameters: &Parameters) -> Self {
        Self { h1: h1::kernel_sums(&parameters.h1), h2: h2::kernel_sums(&parameters.h2) }
    }
}

/// The paper's network: its parameters, and its activations for the last image.
#[derive(Clone)]
pub struct LeNet1 {
    /// All parameters.
    pub parameters: Box<Parameters>,
    /// Of these parameters.
    pub kernel_sums: KernelSums,
    /// For the last image.
    pub activations: Activations,
    /// The descent with respect to each layer's units: written whole by one layer, then read by the next.
    descent_activations: Activations,
}

impl LeNet1 {
    /// A net whose parameters are all 0.
    #[must_use]
    pub fn new() -> Self {
        let parameters = Parameters::zeros();
        Self {
            kernel_sums: KernelSums::new(&parameters),
            parameters,
            activations: Activations::splat(0.0),
            descent_activations: Activations::splat(0.0),
        }
    }

    /// Checks a state dict's values.
    ///
    /// # Errors
    /// [`Error::StateLength`] or [`Error::StateValue`].
    pub fn check(state: &[f32]) -> Result<(), Error> {
        state::check(state, &state::TENSORS, state::EXPECTED)
    }

    /// Loads a state dict's values.
    pub fn load(&mut self, state: &[f32]) {
        let numbers = flat_mut(self.parameters.lanes_mut());
        for (position, &value) in state::positions().into_iter().zip(state) {
            numbers[position] = value;
        }
        self.parameters_changed();
    }

    /// Puts a number for each parameter, laid out as the parameters are, into the state dict's order.
    #[must_use]
    pub fn in_state_order(&self, lanes: &[Lanes]) -> Vec<f32> {
        let numbers = flat(lanes);
        state::positions().into_iter().map(|position| numbers[position]).collect()
    }

    /// All parameters.
    #[must_use]
    pub fn parameters(&self) -> &[Lanes] {
        self.parameters.lanes()
    }

    /// All parameters, writable; [`LeNet1::parameters_changed`] must follow.
    pub fn parameters_mut(&mut self) -> &mut [Lanes] {
        self.parameters.lanes_mut()
    }

    /// Updates what depends on the parameters.
    pub fn parameters_changed(&mut self) {
        self.kernel_sums = KernelSums::new(&self.parameters);
    }

    /// The outputs for the last image.
    #[must_use]
    pub fn output(&self) -> &output::Vector {
        &self.activations.output
    }

    /// The activations of all 1,000 units: H1 `[map][y][x]`, H2 `[map][y][x]`, H3, outputs.
    #[must_use]
    pub fn units(&self) -> Vec<f32> {
        const PLANE: usize = h1::SIDE * h1::SIDE;
        let Activations { h1, h2, h3, output, .. } = &self.activations;
        let h1 = flat(h1.as_flattened().as_flattened());
        let of_h1 = |unit: usize| grey_level(h1[(unit % PLANE) * h1::MAPS + unit / PLANE]);
        let mut all: Vec<f32> = (0..h1::UNITS).map(of_h1).collect();
        all.extend_from_slice(flat(h2.as_flattened()));
        all.extend_from_slice(&flat(h3)[..h3::UNITS]);
        all.extend_from_slice(&flat(output)[..output::UNITS]);
        all
    }

    /// Computes the activations for an image. `kept`: the factors of H2's, for dropout.
    pub fn forward(&mut self, [hidden, outputs]: [Activation; 2], image: &Image, kept: Option<&h2::Planes>) {
        let Self { parameters, kernel_sums, activations, .. } = self;
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

    /// Carries the descent with respect to the outputs back to every parameter. `kept`: as for [`LeNet1::forward`].
    pub fn backward(
        &mut self,
        activations: [Activation; 2],
        image: &Image,
        kept: Option<&h2::Planes>,
        descent_output: output::Vector,
        target: Target,
    ) {
        let Self { parameters, kernel_sums, activations: at, descent_activations } = self;
        let work = Backward {
            parameters,
            descent_parameters: target.descent_parameters.map(Parameters::of_lanes_mut),
            rates: Parameters::of_lanes(target.rates),
            rated: target.rated,
            kernel_sums,
            image,
            inputs: at,
            activations: at,
            kept,
            squared: false,
            descent_activations,
        };
        backward(work, activations, descent_output);
    }

    /// Adds the second derivatives of the last image's cost with respect to every parameter to `sums`, up to their
    /// sign. `squares`: the squares of all parameters; `ones`: a 1 for each; `second_output`: the second derivatives
    /// with respect to the outputs.
    ///
    /// Second derivatives flow back as first ones do, but with squared weights, inputs and slopes (LeCun, Bottou, Orr,
    /// Müller, "Efficient `BackProp`", 1998, §9.1), and so through the same kernels. These take the background for −1,
    /// but its square is 1. So they are given −value²: the background is then right, and the sums for the kernels come
    /// out negative.
    pub fn add_second_derivatives(
        &mut self,
        activations: [Activation; 2],
        image: &Image,
        second_output: output::Vector,
        squares: &mut [Lanes],
        ones: &[Lanes],
        sums: &mut [Lanes],
    ) {
        let Self { kernel_sums, activations: at, descent_activations, .. } = self;
        let mut inputs = at.clone();
        for stored in inputs.h1.as_flattened_mut().as_flattened_mut() {
            let value = *stored - Lanes::splat(SHIFT);
            *stored = Lanes::splat(SHIFT) - value * value;
        }
        for value in inputs.h2.as_flattened_mut().iter_mut().chain(&mut inputs.h3) {
            *value = *value * *value;
        }
        let work = Backward {
            parameters: Parameters::of_lanes_mut(squares),
            descent_parameters: Some(Parameters::of_lanes_mut(sums)),
            rates: Parameters::of_lanes(ones),
            rated: false,
            kernel_sums,
            image: &image.map(|row| row.map(|level| stored(-(grey_level(level) * grey_level(level))))),
            inputs: &inputs,
            activations: at,
            kept: None,
            squared: true,
            descent_activations,
        };
        backward(work, activations, second_output);
    }
}

impl Default for LeNet1 {
    fn default() -> Self {
        Self::new()
    }
}

/// The data of a backward pass.
struct Backward<'a> {
    /// Read for the descents that flow back; updated in place if `descent_parameters` is `None`.
    parameters: &'a mut Parameters,
    /// Where the parameters' descents add up instead.
    descent_parameters: Option<&'a mut Parameters>,
    /// The factor of each parameter's descent.
    rates: &'a Parameters,
    /// Whether any rate is not 1. H1 and the outputs always multiply by their rates, which costs next to nothing. In H2
    /// and H3 it costs 12 % of a pattern's time (measured), so they are compiled with and without.
    rated: bool,
    /// Kept up to date with the parameters.
    kernel_sums: &'a mut KernelSums,
    image: &'a Image,
    /// What the layers read, for the descents of their weights.
    inputs: &'a Activations,
    /// What the layers gave, for their slopes.
    activations: &'a Activations,
    /// 1 / (1 − p) for units of H2 that are kept, 0 for dropped ones.
    kept: Option<&'a h2::Planes>,
    /// Whether slopes are squared, for second derivatives.
    squared: bool,
    descent_activations: &'a mut Activations,
}

#[inline(never)]
fn backward(work: Backward, [hidden, outputs]: [Activation; 2], mut descent_output: output::Vector) {
    let Backward { parameters, rates, rated, kernel_sums, image, inputs, activations, kept, squared, .. } = work;
    let (to_h1, to_h2, to_h3, to_output) = match work.descent_parameters {
        Some(to) => (Some(&mut to.h1), Some(&mut to.h2), Some(&mut to.h3), Some(&mut to.output)),
        None => (None, None, None, None),
    };
    let Activations { h1, h2, h3, .. } = work.descent_activations;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_net_has_the_figures_of_the_paper() {
        assert_eq!([UNITS, CONNECTIONS, state::PARAMETERS], [1_256, 64_660, 9_760]);
    }
}
