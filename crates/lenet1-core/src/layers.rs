//! The choice between the two nets, and nothing else.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::activation::Activation;
use crate::error::Error;
use crate::fully_connected::{self, FullyConnected};
use crate::h2;
use crate::image::Image;
use crate::lanes::Lanes;
use crate::lenet1::LeNet1;
use crate::output;
use crate::recipe::Architecture;
use crate::state;
use crate::update::Target;

/// A net's layers: its parameters, and its activations for the last image.
#[derive(Clone)]
pub(crate) enum Layers {
    LeNet1(Box<LeNet1>),
    FullyConnected(Box<FullyConnected>),
}

/// The same expression for either net.
macro_rules! of_either {
    ($layers:expr, $net:ident => $result:expr) => {
        match $layers {
            Layers::LeNet1($net) => $result,
            Layers::FullyConnected($net) => $result,
        }
    };
}

impl Layers {
    /// A net whose parameters are all 0.
    pub(crate) fn new(architecture: Architecture) -> Self {
        match architecture {
            Architecture::LeNet1 => Self::LeNet1(Box::default()),
            Architecture::FullyConnected => Self::FullyConnected(Box::default()),
        }
    }

    pub(crate) fn check(&self, state: &[f32]) -> Result<(), Error> {
        match self {
            Self::LeNet1(_) => LeNet1::check(state),
            Self::FullyConnected(_) => FullyConnected::check(state),
        }
    }

    /// Loads the values of a state dict that passed [`Layers::check`].
    pub(crate) fn load(&mut self, state: &[f32]) {
        of_either!(self, net => net.load(state));
    }

    /// Puts a number for each parameter, laid out as the parameters are, into the state dict's order.
    pub(crate) fn in_state_order(&self, lanes: &[Lanes]) -> Vec<f32> {
        of_either!(self, net => net.in_state_order(lanes))
    }

    /// The position of each parameter among the numbers of [`Layers::parameters`], in the state dict's order.
    pub(crate) fn positions(&self) -> Vec<usize> {
        match self {
            Self::LeNet1(_) => state::positions(),
            Self::FullyConnected(_) => (0..fully_connected::CONNECTIONS).collect(),
        }
    }

    pub(crate) fn parameters(&self) -> &[Lanes] {
        of_either!(self, net => net.parameters())
    }

    pub(crate) fn change_parameters<Changed>(&mut self, change: impl FnOnce(&mut [Lanes]) -> Changed) -> Changed {
        let changed = change(of_either!(self, net => net.parameters_mut()));
        if let Self::LeNet1(net) = self {
            net.parameters_changed();
        }
        changed
    }

    pub(crate) fn output(&self) -> &output::Vector {
        of_either!(self, net => net.output())
    }

    /// The activations of LeNet-1's units; none for the fully connected net.
    pub(crate) fn units(&self) -> Vec<f32> {
        match self {
            Self::LeNet1(net) => net.units(),
            Self::FullyConnected(_) => Vec::new(),
        }
    }

    /// Computes the activations for an image. `kept`: the factors of H2's activations, for dropout.
    pub(crate) fn forward(&mut self, activations: [Activation; 2], image: &Image, kept: Option<&h2::Planes>) {
        match self {
            Self::LeNet1(net) => net.forward(activations, image, kept),
            Self::FullyConnected(net) => net.forward(activations, image),
        }
    }

    /// Carries the descent with respect to the outputs, after [`Layers::forward`], back to every parameter.
    pub(crate) fn backward(
        &mut self,
        activations: [Activation; 2],
        image: &Image,
        kept: Option<&h2::Planes>,
        descent_output: output::Vector,
        target: Target,
    ) {
        match self {
            Self::LeNet1(net) => net.backward(activations, image, kept, descent_output, target),
            Self::FullyConnected(net) => net.backward(activations, descent_output, target),
        }
    }

    /// Adds the second derivatives of the last image's cost with respect to every parameter to `sums`, up to their
    /// sign. `squares`: the squares of all parameters; `ones`: a 1 for each; `second_output`: the second derivatives
    /// with respect to the outputs.
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
                net.add_second_derivatives(activations, image, second_output, squares, ones, sums);
            }
            Self::FullyConnected(net) => {
                net.add_second_derivatives(activations, second_output, squares, ones, sums);
            }
        }
    }
}
