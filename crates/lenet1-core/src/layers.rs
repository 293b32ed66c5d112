//! The layers of either net behind one face: what training needs of them.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

use crate::activation::Activation;
use crate::fully_connected;
use crate::h1::Image;
use crate::h2;
use crate::lanes::{Lanes, flat, flat_mut};
use crate::lenet1::{self, Backward, KernelSums};
use crate::output;
use crate::recipe::Architecture;
use crate::state::{self, Parameters};

/// A net's parameters, and what its units gave for the last image.
#[derive(Clone)]
pub(crate) enum Layers {
    LeNet1(Box<LeNet1>),
    FullyConnected(Box<FullyConnected>),
}

/// The paper's network.
#[derive(Clone)]
pub(crate) struct LeNet1 {
    pub(crate) parameters: Box<Parameters>,
    pub(crate) kernel_sums: KernelSums,
    pub(crate) activations: lenet1::Activations,
    descents: lenet1::Activations,
}

/// The baseline.
#[derive(Clone)]
pub(crate) struct FullyConnected {
    parameters: Vec<Lanes>,
    activations: fully_connected::Activations,
}

impl Layers {
    /// From a state dict of finite values.
    pub(crate) fn new(architecture: Architecture, state: &[f32]) -> Self {
        let mut layers = match architecture {
            Architecture::LeNet1 => Self::LeNet1(Box::new(LeNet1 {
                parameters: Parameters::zeros(),
                kernel_sums: KernelSums::zeros(),
                activations: lenet1::Activations::zeros(),
                descents: lenet1::Activations::zeros(),
            })),
            Architecture::FullyConnected => Self::FullyConnected(Box::new(FullyConnected {
                parameters: vec![Lanes::ZERO; fully_connected::LANES_IN_ALL],
                activations: fully_connected::Activations::zeros(),
            })),
        };
        layers.load(state);
        layers
    }

    /// Takes the finite values of a state dict.
    pub(crate) fn load(&mut self, state: &[f32]) {
        let is_lenet1 = matches!(self, Self::LeNet1(_));
        let numbers = flat_mut(self.parameters_mut());
        if is_lenet1 {
            for (position, &value) in state::positions().into_iter().zip(state) {
                numbers[position] = value;
            }
        } else {
            numbers[..state.len()].copy_from_slice(state);
        }
        self.parameters_changed();
    }

    /// A number for each parameter, laid out as they are, in the state dict's order.
    pub(crate) fn in_state_order(&self, lanes: &[Lanes]) -> Vec<f32> {
        let numbers = flat(lanes);
        match self {
            Self::LeNet1(_) => state::positions().into_iter().map(|position| numbers[position]).collect(),
            Self::FullyConnected(_) => numbers[..fully_connected::CONNECTIONS].to_vec(),
        }
    }

    pub(crate) fn parameters(&self) -> &[Lanes] {
        match self {
            Self::LeNet1(net) => net.parameters.lanes(),
            Self::FullyConnected(net) => &net.parameters,
        }
    }

    /// [`Layers::parameters_changed`] must be called after a change.
    pub(crate) fn parameters_mut(&mut self) -> &mut [Lanes] {
        match self {
            Self::LeNet1(net) => net.parameters.lanes_mut(),
            Self::FullyConnected(net) => &mut net.parameters,
        }
    }

    pub(crate) fn parameters_changed(&mut self) {
        if let Self::LeNet1(net) = self {
            net.kernel_sums = KernelSums::new(&net.parameters);
        }
    }

    pub(crate) fn output(&self) -> &output::Vector {
        match self {
            Self::LeNet1(net) => &net.activations.output,
            Self::FullyConnected(net) => &net.activations.output,
        }
    }

    /// `kept`: what H2's activations are multiplied by, for dropout.
    pub(crate) fn forward(&mut self, activations: [Activation; 2], image: &Image, kept: Option<&h2::Planes>) {
        match self {
            Self::LeNet1(net) => {
                let LeNet1 { parameters, kernel_sums, activations: at, .. } = &mut **net;
                lenet1::forward(parameters, kernel_sums, activations, image, kept, at);
            }
            Self::FullyConnected(net) => {
                fully_connected::forward(&net.parameters, activations, image, &mut net.activations);
            }
        }
    }

    /// Adds the descents of all parameters, each times its rate, to them, or to `gradients` where there are some. `vary`:
    /// whether any rate is not 1.
    pub(crate) fn backward(
        &mut self,
        activations: [Activation; 2],
        image: &Image,
        kept: Option<&h2::Planes>,
        descent_output: output::Vector,
        (rates, vary): (&[Lanes], bool),
        gradients: Option<&mut [Lanes]>,
    ) {
        match self {
            Self::LeNet1(net) => {
                let LeNet1 { parameters, kernel_sums, activations: at, descents } = &mut **net;
                let work = Backward {
                    parameters,
                    gradients: gradients.map(Parameters::of_lanes_mut),
                    rates: Parameters::of_lanes(rates),
                    rated: vary,
                    kernel_sums,
                    image,
                    inputs: at,
                    activations: at,
                    kept,
                    squared: false,
                    descents,
                };
                lenet1::backward(work, activations, descent_output);
            }
            Self::FullyConnected(net) => {
                let FullyConnected { parameters, activations: at } = &mut **net;
                fully_connected::backward(parameters, gradients, rates, activations, [at, at], descent_output, false);
            }
        }
    }

    /// Adds the second derivative of the last image's cost with respect to every parameter to `sums`, up to its sign.
    /// `squares`: the squares of all parameters; `ones`: a 1 for each; `second_output`: the second derivatives with respect
    /// to the outputs.
    ///
    /// Second derivatives flow back as first ones do, with squared weights, inputs and slopes (LeCun, Bottou, Orr,
    /// Müller, "Efficient `BackProp`", 1998, §9.1), and so through the same kernels. Planes are stored as value + 1 there, and the
    /// background reads −1: kernels are handed −value², stored as 1 − value², so that the background's square is right;
    /// kernels' sums then come out negative.
    pub(crate) fn add_second_derivatives(
        &mut self,
        activations: [Activation; 2],
        image: &Image,
        second_output: output::Vector,
        squares: &mut [Lanes],
        ones: &[Lanes],
        sums: &mut [Lanes],
    ) {
        match self {
            Self::LeNet1(net) => {
                let LeNet1 { kernel_sums, activations: at, descents, .. } = &mut **net;
                let mut inputs = at.clone();
                for stored in inputs.h1.as_flattened_mut().as_flattened_mut() {
                    let value = *stored - Lanes::splat(1.0);
                    *stored = Lanes::splat(1.0) - value * value;
                }
                for value in inputs.h2.as_flattened_mut().iter_mut().chain(&mut inputs.h3) {
                    *value = *value * *value;
                }
                let work = Backward {
                    parameters: Parameters::of_lanes_mut(squares),
                    gradients: Some(Parameters::of_lanes_mut(sums)),
                    rates: Parameters::of_lanes(ones),
                    rated: false,
                    kernel_sums,
                    image: &image.map(|row| row.map(|stored| 1.0 - (stored - 1.0) * (stored - 1.0))),
                    inputs: &inputs,
                    activations: at,
                    kept: None,
                    squared: true,
                    descents,
                };
                lenet1::backward(work, activations, second_output);
            }
            Self::FullyConnected(net) => {
                let at = &net.activations;
                let inputs = [&at.squares(), at];
                fully_connected::backward(squares, Some(sums), ones, activations, inputs, second_output, true);
            }
        }
    }
}

/// `count` lanes of ones.
pub(crate) fn ones(count: usize) -> Vec<Lanes> {
    vec![Lanes::splat(1.0); count]
}
