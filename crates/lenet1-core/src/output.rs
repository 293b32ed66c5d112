//! The output layer: 10 units, one a digit, each connected to all 30 units of H3: 310 parameters. (Paper, §3.) Its
//! loops are in [`dense`].

use alloc::vec::Vec;
use core::cell::Cell;

use crate::lanes::{LANES, Lanes, flat};
use crate::positions::push_run;
use crate::{dense, h3};

/// Units of the layer.
pub const UNITS: usize = 10;
/// Weights and biases of the layer.
pub const PARAMETERS: usize = UNITS * h3::UNITS + UNITS;
/// Connections of the layer: no weight is shared.
pub const CONNECTIONS: usize = PARAMETERS;
/// Lanes that hold the units; the last two numbers are padding.
pub const WIDTH: usize = UNITS.div_ceil(LANES);

/// A number for each output unit, and two of padding.
pub type Vector = [Lanes; WIDTH];

/// What the layer learns. Rates and collected descents have the same layout.
#[derive(Clone)]
#[repr(C)]
pub struct Parameters {
    /// `[unit][H3 unit]`, each row padded with two zeros.
    pub weights: [h3::Vector; UNITS],
    /// `[unit]`, padded with two zeros.
    pub biases: Vector,
}

/// Appends the position of each parameter among the numbers of [`Parameters`], which begin at `at`, in the state dict's
/// order: `outw [unit][H3 unit]`, then `outb [unit]`.
pub fn push_positions(positions: &mut Vec<usize>, at: usize) {
    const ROW: usize = h3::WIDTH * LANES;
    for unit in 0..UNITS {
        push_run(positions, at + unit * ROW, 1, h3::UNITS);
    }
    push_run(positions, at + UNITS * ROW, 1, UNITS);
}

/// Weighted sums of all units, biases included; the padding has no meaning. `input`: H3's activations.
#[inline(never)]
pub fn weighted_sums(parameters: &Parameters, input: &h3::Vector, sums: &mut Vector) {
    dense::forward(&parameters.weights, &parameters.biases, input, sums);
}

/// Writes the descent with respect to H3's activations to `descent_input`. Adds the descents of the layer's parameters,
/// each times its rate, to `descent_parameters` if given, else to the parameters. `descent_output`: with respect to the
/// weighted sums, 0 in the padding.
#[inline(never)]
pub fn backward(
    parameters: &mut Parameters,
    mut descent_parameters: Option<&mut Parameters>,
    rates: &Parameters,
    input: &h3::Vector,
    descent_output: &Vector,
    descent_input: &mut h3::Vector,
) {
    let target = descent_parameters.as_deref_mut();
    let biases = target.map_or(&mut parameters.biases, |target| &mut target.biases);
    for unit in 0..WIDTH {
        biases[unit] = biases[unit].plus_product(descent_output[unit], rates.biases[unit]);
    }
    let weights = Cell::from_mut(&mut parameters.weights);
    dense::backward::<true, _, _>(
        weights,
        descent_parameters.map_or(weights, |target| Cell::from_mut(&mut target.weights)),
        &rates.weights,
        input,
        flat(descent_output),
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
