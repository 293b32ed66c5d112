//! The paper's baseline: 256 inputs, one hidden layer of 40 units, 10 outputs, fully connected: 10,690 parameters.
//!
//! It is there for comparison, so its loops are plain.

use alloc::vec::Vec;

use crate::activation::Activation;
use crate::error::Error;
use crate::image::{Image, PIXELS, SHIFT};
use crate::lanes::{LANES, Lanes, filled, flat, flat_mut};
use crate::update::Target;
use crate::{output, state};

/// Hidden units.
pub const HIDDEN: usize = 40;
/// Connections, and as many parameters: no weight is shared.
pub const CONNECTIONS: usize = HIDDEN * (PIXELS + 1) + output::UNITS * (HIDDEN + 1);
/// The tensors of the state dict, in its order: name and number of values.
pub const TENSORS: [(&str, usize); 4] =
    [("hiddenw", HIDDEN * PIXELS), ("hiddenb", HIDDEN), ("outw", output::UNITS * HIDDEN), ("outb", output::UNITS)];

/// [`Error::expected`] for a wrong number of parameters.
pub const EXPECTED: &str = "state dict: expected 10690 parameters";

const INPUT_LANES: usize = PIXELS / LANES;
const HIDDEN_LANES: usize = HIDDEN / LANES;

/// The first lane of the output layer.
const FIRST_OUTPUT: usize = HIDDEN * INPUT_LANES + HIDDEN_LANES;

/// Lanes of all parameters: hidden weights `[unit][y][x]`, hidden biases, output weights `[unit][hidden unit]`, output
/// biases, two numbers of padding.
pub const LANES_IN_ALL: usize = FIRST_OUTPUT + output::UNITS * HIDDEN_LANES + output::WIDTH;

/// The layers' inputs and outputs for the last image.
#[derive(Clone)]
struct Activations {
    input: [Lanes; INPUT_LANES],
    hidden: [Lanes; HIDDEN_LANES],
    output: output::Vector,
}

/// The baseline: its parameters, and its activations for the last image.
#[derive(Clone)]
pub struct FullyConnected {
    parameters: Vec<Lanes>,
    activations: Activations,
}

impl FullyConnected {
    /// A net whose parameters are all 0.
    #[must_use]
    pub fn new() -> Self {
        let activations = Activations {
            input: [Lanes::ZERO; INPUT_LANES],
            hidden: [Lanes::ZERO; HIDDEN_LANES],
            output: [Lanes::ZERO; output::WIDTH],
        };
        Self { parameters: filled(LANES_IN_ALL, 0.0), activations }
    }

    /// Checks a state dict's values.
    ///
    /// # Errors
    /// [`Error::StateLength`] or [`Error::StateValue`].
    pub fn check(state: &[f32]) -> Result<(), Error> {
        state::check(state, &TENSORS, EXPECTED)
    }

    /// Loads a state dict's values.
    pub fn load(&mut self, state: &[f32]) {
        flat_mut(&mut self.parameters)[..state.len()].copy_from_slice(state);
    }

    /// Puts a number for each parameter, laid out as the parameters are, into the state dict's order.
    #[must_use]
    pub fn in_state_order(&self, lanes: &[Lanes]) -> Vec<f32> {
        flat(lanes)[..CONNECTIONS].to_vec()
    }

    /// All parameters.
    #[must_use]
    pub fn parameters(&self) -> &[Lanes] {
        &self.parameters
    }

    /// All parameters, writable.
    pub fn parameters_mut(&mut self) -> &mut [Lanes] {
        &mut self.parameters
    }

    /// The outputs for the last image.
    #[must_use]
    pub fn output(&self) -> &output::Vector {
        &self.activations.output
    }

    /// Computes the activations for an image.
    pub fn forward(&mut self, [hidden, outputs]: [Activation; 2], image: &Image) {
        let at = &mut self.activations;
        for (input, four) in at.input.iter_mut().zip(image.as_flattened().as_chunks::<LANES>().0) {
            let [a, b, c, d] = *four;
            *input = Lanes::new(a, b, c, d) - Lanes::splat(SHIFT);
        }
        let (hidden_layer, output_layer) = self.parameters.split_at(FIRST_OUTPUT);
        weighted_sums(hidden_layer, &at.input, HIDDEN, &mut at.hidden);
        hidden.activate(&mut at.hidden, HIDDEN, Lanes::ZERO);
        weighted_sums(output_layer, &at.hidden, output::UNITS, &mut at.output);
        outputs.activate(&mut at.output, output::UNITS, Lanes::ZERO);
    }

    /// Carries the descent with respect to the outputs back to every parameter.
    pub fn backward(&mut self, activations: [Activation; 2], descent_output: output::Vector, target: Target) {
        let Self { parameters, activations: at } = self;
        let Target { rates, descent_parameters, .. } = target;
        backward(parameters, descent_parameters, rates, activations, [at, at], descent_output, false);
    }

    /// Adds the second derivatives of the last image's cost with respect to every parameter to `sums`. They flow back
    /// as first derivatives do, but with squared weights, inputs and slopes. `squares`: the squares of all parameters;
    /// `ones`: a 1 for each; `second_output`: the second derivatives with respect to the outputs.
    pub fn add_second_derivatives(
        &self,
        activations: [Activation; 2],
        second_output: output::Vector,
        squares: &mut [Lanes],
        ones: &[Lanes],
        sums: &mut [Lanes],
    ) {
        let mut inputs = self.activations.clone();
        for value in inputs.input.iter_mut().chain(&mut inputs.hidden) {
            *value = *value * *value;
        }
        backward(squares, Some(sums), ones, activations, [&inputs, &self.activations], second_output, true);
    }
}

impl Default for FullyConnected {
    fn default() -> Self {
        Self::new()
    }
}

/// Weighted sums of a layer. `layer`: its weights `[unit][input]`, then its biases.
#[inline(never)]
fn weighted_sums(layer: &[Lanes], input: &[Lanes], units: usize, sums: &mut [Lanes]) {
    let (weights, biases) = layer.split_at(units * input.len());
    sums.copy_from_slice(biases);
    for (sum, row) in flat_mut(sums).iter_mut().zip(weights.chunks_exact(input.len())) {
        *sum += row.iter().zip(input).fold(Lanes::ZERO, |sum, (&a, &b)| sum.plus_product(a, b)).sum();
    }
}

/// Carries the descent with respect to the outputs back to every parameter. Adds each parameter's descent, times its
/// rate, to `descent_parameters` if given, else to the parameters. `inputs`: what the layers read; `at`: their
/// activations, for the slopes; `squared`: whether slopes are squared, for second derivatives.
fn backward(
    parameters: &mut [Lanes],
    descent_parameters: Option<&mut [Lanes]>,
    rates: &[Lanes],
    [hidden, outputs]: [Activation; 2],
    [inputs, at]: [&Activations; 2],
    mut descent_output: output::Vector,
    squared: bool,
) {
    outputs.times_slopes(&mut descent_output, &at.output, 0.0, squared);
    let mut descent_hidden = [Lanes::ZERO; HIDDEN_LANES];
    let weights = parameters[FIRST_OUTPUT..].chunks_exact(HIDDEN_LANES);
    for (row, &descent) in weights.zip(&flat(&descent_output)[..output::UNITS]) {
        add_products(&mut descent_hidden, row, descent);
    }
    hidden.times_slopes(&mut descent_hidden, &at.hidden, 0.0, squared);
    let target = descent_parameters.unwrap_or(parameters);
    let (hidden_target, output_target) = target.split_at_mut(FIRST_OUTPUT);
    let (hidden_rates, output_rates) = rates.split_at(FIRST_OUTPUT);
    add_descents(hidden_target, hidden_rates, &inputs.input, &descent_hidden, HIDDEN);
    add_descents(output_target, output_rates, &inputs.hidden, &descent_output, output::UNITS);
}

/// Adds a layer's descents, each times its rate, to `target`: weights `[unit][input]`, then biases.
#[inline(never)]
fn add_descents(target: &mut [Lanes], rates: &[Lanes], input: &[Lanes], descents: &[Lanes], units: usize) {
    let (weights, biases) = target.split_at_mut(units * input.len());
    let (weight_rates, bias_rates) = rates.split_at(units * input.len());
    let rows = weights.chunks_exact_mut(input.len()).zip(weight_rates.chunks_exact(input.len()));
    for ((row, rates), &descent) in rows.zip(flat(descents)) {
        for ((weight, &rate), &value) in row.iter_mut().zip(rates).zip(input) {
            *weight = weight.plus_product(value * Lanes::splat(descent), rate);
        }
    }
    for ((bias, &rate), &descent) in biases.iter_mut().zip(bias_rates).zip(descents) {
        *bias = bias.plus_product(descent, rate);
    }
}

fn add_products(sums: &mut [Lanes], row: &[Lanes], factor: f32) {
    for (sum, &value) in sums.iter_mut().zip(row) {
        *sum = sum.plus_product(value, Lanes::splat(factor));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_baseline_has_the_10_690_connections_of_the_paper() {
        assert_eq!(CONNECTIONS, 10_690);
        assert_eq!(TENSORS.map(|(_, length)| length).iter().sum::<usize>(), CONNECTIONS);
        assert!(EXPECTED.contains(&CONNECTIONS.to_string()));
        assert_eq!(LANES_IN_ALL * LANES, CONNECTIONS + 2);
    }
}
