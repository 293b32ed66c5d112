//! The output layer: 10 units, one a digit, each connected to all 30 units of H3: 310 parameters. (Paper, §3.)

use crate::activation::{Activation, Logistic, Tanh, activate};
use crate::lanes::{LANES, Lanes};
use crate::state::push_run;
use crate::update::Update;
use crate::{dense, h3};

/// Units of the layer.
pub const UNITS: usize = 10;
/// Weights and biases of the layer.
pub const PARAMETERS: usize = UNITS * h3::UNITS + UNITS;
/// Connections of the layer: none is shared.
pub const CONNECTIONS: usize = PARAMETERS;
/// Lanes that hold the units; the last two numbers are padding.
pub const WIDTH: usize = UNITS.div_ceil(LANES);

/// A number for each output unit, and two of padding.
pub type Vector = [Lanes; WIDTH];

/// Activation of the output units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputActivation {
    /// tanh.
    Tanh,
    /// 1 / (1 + e⁻ˣ).
    Logistic,
}

/// What the layer learns; also the shape of what an update rule keeps beside it.
#[derive(Clone)]
#[repr(C)]
pub struct Parameters {
    /// `[unit][H3 unit]`, each row padded with two zeros.
    pub weights: [h3::Vector; UNITS],
    /// `[unit]`, padded with two zeros.
    pub biases: Vector,
}

/// Appends where each parameter stands among the numbers of [`Parameters`], which begin at `at`, in the state dict's order:
/// `outw [unit][H3 unit]`, then `outb [unit]`.
pub fn push_positions(positions: &mut Vec<usize>, at: usize) {
    const ROW: usize = h3::WIDTH * LANES;
    for unit in 0..UNITS {
        push_run(positions, at + unit * ROW, 1, h3::UNITS);
    }
    push_run(positions, at + UNITS * ROW, 1, UNITS);
}

/// Activations of all units; what stands in the padding has no meaning.
pub fn forward(parameters: &Parameters, activation: OutputActivation, input: &h3::Vector, activations: &mut Vector) {
    dense::forward(&parameters.weights, input, activations);
    match activation {
        OutputActivation::Tanh => activate::<Tanh>(activations, &parameters.biases),
        OutputActivation::Logistic => activate::<Logistic>(activations, &parameters.biases),
    }
}

/// Updates the layer and writes the descent with respect to H3's activations to `descent_input`. `descent_output`: with
/// respect to its own, 0 in the padding; it is overwritten by the descent with respect to the weighted sums.
pub fn backward<U: Update>(
    parameters: &mut Parameters,
    beside: &mut Parameters,
    activation: OutputActivation,
    input: &h3::Vector,
    activations: &Vector,
    descent_output: &mut Vector,
    descent_input: &mut h3::Vector,
) {
    for unit in 0..WIDTH {
        let slope = match activation {
            OutputActivation::Tanh => Tanh::slope(activations[unit]),
            OutputActivation::Logistic => Logistic::slope(activations[unit]),
        };
        descent_output[unit] = descent_output[unit] * slope;
        U::update(&mut parameters.biases[unit], &mut beside.biases[unit], descent_output[unit]);
    }
    let descents = crate::lanes::flat(descent_output);
    dense::backward::<U, { h3::WIDTH }, UNITS>(
        &mut parameters.weights,
        &mut beside.weights,
        input,
        descents,
        descent_input,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_layer_has_the_figures_of_the_paper() {
        assert_eq!(PARAMETERS, 310);
        assert_eq!(CONNECTIONS, 310);
    }

    #[test]
    fn padding_is_no_parameter() {
        let mut positions = Vec::new();
        push_positions(&mut positions, 0);
        assert_eq!(positions.len(), PARAMETERS);
        assert!(positions.iter().all(|&position| position < size_of::<Parameters>() / size_of::<f32>()));
    }
}
