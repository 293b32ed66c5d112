//! H3, the third hidden layer: 30 units, each connected to all 192 units of H2: 5,790 parameters. (Paper, §3.)

use crate::activation::{Activation, activate};
use crate::lanes::{LANES, Lanes};
use crate::state::push_run;
use crate::update::Update;
use crate::{dense, h2};

/// Units of the layer.
pub const UNITS: usize = 30;
/// Weights and biases of the layer.
pub const PARAMETERS: usize = UNITS * h2::UNITS + UNITS;
/// Connections of the layer: none is shared.
pub const CONNECTIONS: usize = PARAMETERS;
/// Lanes that hold the units; the last two numbers are padding and stay 0.
pub const WIDTH: usize = UNITS.div_ceil(LANES);
/// Lanes of the input.
const INPUTS: usize = h2::UNITS / LANES;

/// A number for each unit of H3, padded with two zeros.
pub type Vector = [Lanes; WIDTH];

/// What the layer learns; also the shape of what an update rule keeps beside it.
#[derive(Clone)]
#[repr(C)]
pub struct Parameters {
    /// `[unit][H2 unit]`.
    pub weights: [[Lanes; INPUTS]; UNITS],
    /// `[unit]`.
    pub biases: Vector,
}

/// Appends where each parameter stands among the numbers of [`Parameters`], which begin at `at`, in the state dict's order:
/// `H3w [unit][H2 unit]`, then `H3b [unit]`.
pub fn push_positions(positions: &mut Vec<usize>, at: usize) {
    push_run(positions, at, 1, PARAMETERS);
}

/// Activations of all units.
pub fn forward<A: Activation>(parameters: &Parameters, input: &h2::Planes, activations: &mut Vector) {
    dense::forward(&parameters.weights, flattened(input), activations);
    activate::<A>(activations, &parameters.biases);
}

/// Updates the layer and writes the descent with respect to H2's activations to `descent_input`. `descent_output`: with
/// respect to its own; it is overwritten by the descent with respect to the weighted sums.
pub fn backward<A: Activation, U: Update>(
    parameters: &mut Parameters,
    beside: &mut Parameters,
    input: &h2::Planes,
    activations: &Vector,
    descent_output: &mut Vector,
    descent_input: &mut h2::Planes,
) {
    for unit in 0..WIDTH {
        descent_output[unit] = descent_output[unit] * A::slope(activations[unit]);
        U::update(&mut parameters.biases[unit], &mut beside.biases[unit], descent_output[unit]);
    }
    let descent_input = descent_input.as_flattened_mut().try_into().expect("H2's planes fill H3's inputs");
    dense::backward::<U, INPUTS, UNITS>(
        &mut parameters.weights,
        &mut beside.weights,
        flattened(input),
        crate::lanes::flat(descent_output),
        descent_input,
    );
}

/// H2's planes as the layer's input, `[map][y][x]`.
#[inline(always)]
fn flattened(planes: &h2::Planes) -> &[Lanes; INPUTS] {
    planes.as_flattened().try_into().expect("H2's planes fill H3's inputs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h3_has_the_figures_of_the_paper() {
        assert_eq!(PARAMETERS, 5790);
        assert_eq!(CONNECTIONS, 5790);
    }
}
