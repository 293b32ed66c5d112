//! The paper's baseline: 256 inputs, one hidden layer of 40 units, 10 outputs, fully connected: 10,690 parameters.
//!
//! It is there to be compared with, and so its loops are plain ones.

use crate::activation::Activation;
use crate::digits::IMAGE;
use crate::h1::Image;
use crate::lanes::{LANES, Lanes, flat, flat_mut};
use crate::output;

/// Hidden units.
pub const HIDDEN: usize = 40;
/// Connections, and parameters: none is shared.
pub const CONNECTIONS: usize = HIDDEN * (IMAGE + 1) + output::UNITS * (HIDDEN + 1);
/// The tensors of the state dict, in its order: name and number of values.
pub const TENSORS: [(&str, usize); 4] =
    [("hiddenw", HIDDEN * IMAGE), ("hiddenb", HIDDEN), ("outw", output::UNITS * HIDDEN), ("outb", output::UNITS)];

const INPUT_LANES: usize = IMAGE / LANES;
const HIDDEN_LANES: usize = HIDDEN / LANES;

/// Lanes of all parameters: hidden weights `[unit][y][x]`, hidden biases, output weights `[unit][hidden unit]`, output
/// biases; two numbers of padding.
pub const LANES_IN_ALL: usize = HIDDEN * INPUT_LANES + HIDDEN_LANES + output::UNITS * HIDDEN_LANES + output::WIDTH;

/// What the layers read and gave for the last image.
#[derive(Clone)]
pub struct Activations {
    input: [Lanes; INPUT_LANES],
    hidden: [Lanes; HIDDEN_LANES],
    /// The outputs.
    pub output: output::Vector,
}

impl Activations {
    /// All zeros.
    #[must_use]
    pub const fn zeros() -> Self {
        Self {
            input: [Lanes::ZERO; INPUT_LANES],
            hidden: [Lanes::ZERO; HIDDEN_LANES],
            output: [Lanes::ZERO; output::WIDTH],
        }
    }

    /// The squares of all that layers read.
    #[must_use]
    pub fn squares(&self) -> Self {
        let mut squares = self.clone();
        for value in squares.input.iter_mut().chain(&mut squares.hidden) {
            *value = *value * *value;
        }
        squares
    }
}

/// The activations of an image, whose values are stored + 1.
pub fn forward(parameters: &[Lanes], [hidden, outputs]: [Activation; 2], image: &Image, at: &mut Activations) {
    for (input, four) in at.input.iter_mut().zip(image.as_flattened().as_chunks::<LANES>().0) {
        let [a, b, c, d] = *four;
        *input = Lanes::new(a, b, c, d) - Lanes::splat(1.0);
    }
    let (hidden_layer, output_layer) = parameters.split_at(HIDDEN * INPUT_LANES + HIDDEN_LANES);
    weighted_sums(hidden_layer, &at.input, HIDDEN, &mut at.hidden);
    hidden.activate(&mut at.hidden, HIDDEN, Lanes::ZERO);
    weighted_sums(output_layer, &at.hidden, output::UNITS, &mut at.output);
    outputs.activate(&mut at.output, output::UNITS, Lanes::ZERO);
}

/// Weighted sums of a layer: its weights `[unit][input]`, then its biases.
#[inline(never)]
fn weighted_sums(layer: &[Lanes], input: &[Lanes], units: usize, sums: &mut [Lanes]) {
    let (weights, biases) = layer.split_at(units * input.len());
    sums.copy_from_slice(biases);
    for (sum, row) in flat_mut(sums).iter_mut().zip(weights.chunks_exact(input.len())) {
        *sum += row.iter().zip(input).fold(Lanes::ZERO, |sum, (&a, &b)| sum.plus_product(a, b)).sum();
    }
}

/// Carries the descent with respect to the outputs to every parameter: adds each, times its rate, to the parameters, or to
/// `gradients` where there are some. `inputs`: what layers read, `at`: what they gave, for slopes; `squared`: whether those
/// count squared, for second derivatives.
pub fn backward(
    parameters: &mut [Lanes],
    gradients: Option<&mut [Lanes]>,
    rates: &[Lanes],
    [hidden, outputs]: [Activation; 2],
    [inputs, at]: [&Activations; 2],
    mut descent_output: output::Vector,
    squared: bool,
) {
    let first_output = HIDDEN * INPUT_LANES + HIDDEN_LANES;
    outputs.times_slopes(&mut descent_output, &at.output, 0.0, squared);
    let mut descent_hidden = [Lanes::ZERO; HIDDEN_LANES];
    let weights = parameters[first_output..].chunks_exact(HIDDEN_LANES);
    for (row, &descent) in weights.zip(&flat(&descent_output)[..output::UNITS]) {
        add_products(&mut descent_hidden, row, descent);
    }
    hidden.times_slopes(&mut descent_hidden, &at.hidden, 0.0, squared);
    let target = gradients.unwrap_or(parameters);
    let (hidden_target, output_target) = target.split_at_mut(first_output);
    let (hidden_rates, output_rates) = rates.split_at(first_output);
    add_descents(hidden_target, hidden_rates, &inputs.input, &descent_hidden, HIDDEN);
    add_descents(output_target, output_rates, &inputs.hidden, &descent_output, output::UNITS);
}

/// Adds a layer's descents, each times its rate: weights `[unit][input]`, then biases.
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
        assert_eq!(LANES_IN_ALL * LANES, CONNECTIONS + 2);
    }
}
