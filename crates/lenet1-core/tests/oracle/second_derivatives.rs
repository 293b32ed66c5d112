//! The second derivatives that diagonal Newton divides by: a positive, diagonal approximation, propagated backward like
//! the gradient, but with squared factors.
//!
//! ```text
//! ∂²E/∂a_i² = f′(a_i)² ∂²E/∂x_i²
//! ∂²E/∂x_j² = Σ_i w_ij² ∂²E/∂a_i²
//! h_k       = Σ_(i,j sharing k) x_j² ∂²E/∂a_i²
//! ```
//!
//! Here a are weighted sums, x activations, k a parameter. A bias is a connection from a unit that is always 1, so its
//! h is its unit's ∂²E/∂a². A connection from off the plane reads the background. Two kinds of terms of the true second
//! derivative are left out: those with f″, which may be negative (Gauss–Newton), and in the sum over i the mixed
//! derivatives by two different units.

use super::layer::Layer;
use super::rules::{Activation, Cost, Rules};
use super::{Activations, LAYERS, PARAMETERS, forward};

/// h of every parameter for one pattern with label `label`, in the parameters' order.
pub fn second_derivatives(rules: &Rules, parameters: &[f64], image: &[f64], label: usize) -> Vec<f64> {
    let Activations { h1, h2, h3, output } = forward(rules, parameters, image);
    let [layer1, layer2, layer3, layer4] = &*LAYERS;
    let mut h = vec![0.0; PARAMETERS];
    let (f, p) = (rules.hidden, parameters);
    let second_h3 = layer4.backward_second(p, &h3, &rules.second_sums(&output, label), &mut h);
    let second_h2 = layer3.backward_second(p, &h2, &second_sums(f, &h3, &second_h3), &mut h);
    let second_h1 = layer2.backward_second(p, &h1, &second_sums(f, &h2, &second_h2), &mut h);
    layer1.backward_second(p, image, &second_sums(f, &h1, &second_h1), &mut h);
    h
}

impl Rules {
    /// ∂²E/∂a² of the ten output units at the outputs `output`. With softmax and cross-entropy it is the diagonal of
    /// the true second derivatives, y(1 − y) times the sum of the targets.
    pub fn second_sums(&self, output: &[f64], label: usize) -> Vec<f64> {
        let total = self.total(label);
        let f = self.output;
        let second = |&y: &f64| match self.checked_cost() {
            Cost::MeanSquaredError => 2.0 / 10.0 * f.slope(y).powi(2),
            Cost::HalfSquaredError => f.slope(y).powi(2),
            Cost::CrossEntropy => y * (1.0 - y) * total,
        };
        output.iter().map(second).collect()
    }
}

impl Layer {
    /// Adds this layer's share to `h`; returns ∂²E/∂x² of its `input`. `second_sums`: ∂²E/∂a² of its units.
    pub fn backward_second(&self, parameters: &[f64], input: &[f64], second_sums: &[f64], h: &mut [f64]) -> Vec<f64> {
        let mut second_input = vec![0.0; input.len()];
        for (unit, connections) in self.units.iter().enumerate() {
            let second_a = second_sums[unit];
            h[self.first_bias + unit] += second_a;
            for connection in connections {
                h[connection.weight] += connection.reads(input).powi(2) * second_a;
                if let Some(position) = connection.input {
                    second_input[position] += parameters[connection.weight].powi(2) * second_a;
                }
            }
        }
        second_input
    }
}

/// ∂²E/∂a² of hidden units from their activations and ∂²E/∂x².
pub fn second_sums(f: Activation, activations: &[f64], second_activations: &[f64]) -> Vec<f64> {
    activations.iter().zip(second_activations).map(|(&x, second)| f.slope(x).powi(2) * second).collect()
}

/// The mean over patterns of their second derivatives, parameter by parameter.
pub fn mean(of_patterns: &[Vec<f64>]) -> Vec<f64> {
    let patterns = u32::try_from(of_patterns.len()).expect("some hundred patterns");
    let sum_of = |parameter: usize| of_patterns.iter().map(|h| h[parameter]).sum::<f64>();
    (0..of_patterns[0].len()).map(|parameter| sum_of(parameter) / f64::from(patterns)).collect()
}
