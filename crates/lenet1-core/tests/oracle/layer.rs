//! A layer taken literally: units, each with a bias and a list of connections, several of which may share a weight.
//! Weighted sums and their gradients are written once, for all layers.
//!
//! ```text
//! a_i = bias_i + Σ_j w_ij x_j, a unit's weighted sum
//! x_i = f(a_i), its activation
//! ```

use super::rules::Activation;

/// What a window reads off the plane, in H1 and in H2.
pub const BACKGROUND: f64 = -1.0;

/// The units of a layer, in the order of its activations and of its biases.
pub struct Layer {
    /// Where the bias of the first unit lies among the parameters.
    pub first_bias: usize,
    /// The connections of each unit, without its bias.
    pub units: Vec<Vec<Connection>>,
}

/// One multiply-add of a unit's weighted sum.
pub struct Connection {
    /// Where the weight lies among the parameters.
    pub weight: usize,
    /// Position of the activation in the layer before that it weighs; `None` off the plane.
    pub input: Option<usize>,
}

impl Connection {
    /// What this connection weighs: an activation of the layer before, or the background off the plane.
    pub fn reads(&self, input: &[f64]) -> f64 {
        self.input.map_or(BACKGROUND, |position| input[position])
    }
}

/// Units that see every input. Their weights `[unit][input]` begin at `first_weight`.
pub fn full(first_weight: usize, first_bias: usize, units: usize, inputs: usize) -> Layer {
    let mut layer = Vec::new();
    for unit in 0..units {
        let mut connections = Vec::new();
        for input in 0..inputs {
            let weight = first_weight + unit * inputs + input;
            connections.push(Connection { weight, input: Some(input) });
        }
        layer.push(connections);
    }
    Layer { first_bias, units: layer }
}

impl Layer {
    /// The weighted sums of all units.
    pub fn sums(&self, parameters: &[f64], input: &[f64]) -> Vec<f64> {
        let mut sums = Vec::new();
        for (unit, connections) in self.units.iter().enumerate() {
            let mut a = parameters[self.first_bias + unit];
            for connection in connections {
                a += parameters[connection.weight] * connection.reads(input);
            }
            sums.push(a);
        }
        sums
    }

    /// The activations of all units.
    pub fn forward(&self, f: Activation, parameters: &[f64], input: &[f64]) -> Vec<f64> {
        f.values(&self.sums(parameters, input))
    }

    /// Adds this layer's share to `gradient`; returns ∂E/∂x of its `input`. `grad_sums`: ∂E/∂a of its units.
    pub fn backward(&self, parameters: &[f64], input: &[f64], grad_sums: &[f64], gradient: &mut [f64]) -> Vec<f64> {
        let mut grad_input = vec![0.0; input.len()];
        for (unit, connections) in self.units.iter().enumerate() {
            let grad_a = grad_sums[unit];
            gradient[self.first_bias + unit] += grad_a;
            for connection in connections {
                gradient[connection.weight] += grad_a * connection.reads(input);
                if let Some(position) = connection.input {
                    grad_input[position] += grad_a * parameters[connection.weight];
                }
            }
        }
        grad_input
    }
}

/// ∂E/∂a of hidden units from their activations and ∂E/∂x.
pub fn grad_sums(f: Activation, activations: &[f64], grad_activations: &[f64]) -> Vec<f64> {
    activations.iter().zip(grad_activations).map(|(&x, grad)| f.slope(x) * grad).collect()
}
