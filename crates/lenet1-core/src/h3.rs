//! H3, the third hidden layer: 30 units, each connected to all 192 units of H2: 5,790 parameters. (Paper, §3.) Its
//! loops are in [`dense`].

use alloc::vec::Vec;
use core::cell::Cell;

use crate::lanes::{LANES, Lanes, flat};
use crate::positions::push_run;
use crate::{dense, h2};

/// Units of the layer.
pub const UNITS: usize = 30;
/// Weights and biases of the layer.
pub const PARAMETERS: usize = UNITS * h2::UNITS + UNITS;
/// Connections of the layer: no weight is shared.
pub const CONNECTIONS: usize = PARAMETERS;
/// Lanes that hold the units; the last two numbers are padding and stay 0.
pub const WIDTH: usize = UNITS.div_ceil(LANES);
/// Lanes of the input.
const INPUTS: usize = h2::UNITS / LANES;

/// A number for each unit of H3, padded with two zeros.
pub type Vector = [Lanes; WIDTH];

/// What the layer learns. Rates and collected descents have the same layout.
#[derive(Clone)]
#[repr(C)]
pub struct Parameters {
    /// `[unit][H2 unit]`.
    pub weights: [[Lanes; INPUTS]; UNITS],
    /// `[unit]`.
    pub biases: Vector,
}

/// Appends the position of each parameter among the numbers of [`Parameters`], which begin at `at`, in the state dict's
/// order: `H3w [unit][H2 unit]`, then `H3b [unit]`.
pub fn push_positions(positions: &mut Vec<usize>, at: usize) {
    push_run(positions, at, 1, PARAMETERS);
}

/// Weighted sums of all units, biases included. `input`: H2's activations.
#[inline(never)]
pub fn weighted_sums(parameters: &Parameters, input: &h2::Planes, sums: &mut Vector) {
    dense::forward(&parameters.weights, &parameters.biases, flattened(input), sums);
}

/// Writes the descent with respect to H2's activations to `descent_input`. Adds the descents of the layer's parameters
/// (if `RATED`, times their rates) to `descent_parameters` if given, else to the parameters. `descent_output`: with
/// respect to the weighted sums.
#[inline(never)]
pub fn backward<const RATED: bool>(
    parameters: &mut Parameters,
    mut descent_parameters: Option<&mut Parameters>,
    rates: &Parameters,
    input: &h2::Planes,
    descent_output: &Vector,
    descent_input: &mut h2::Planes,
) {
    let target = descent_parameters.as_deref_mut();
    let biases = target.map_or(&mut parameters.biases, |target| &mut target.biases);
    for unit in 0..WIDTH {
        let own = descent_output[unit];
        biases[unit] = biases[unit] + if RATED { own * rates.biases[unit] } else { own };
    }
    let weights = Cell::from_mut(&mut parameters.weights);
    dense::backward::<RATED, _, _>(
        weights,
        descent_parameters.map_or(weights, |target| Cell::from_mut(&mut target.weights)),
        &rates.weights,
        flattened(input),
        flat(descent_output),
        descent_input.as_flattened_mut().try_into().expect("H2's planes fill H3's inputs"),
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
