//! Everything that a run depends on except its digits.

use crate::activation::Activation;
use crate::cost::Cost;
use crate::distortion::Distortion;

/// The net that is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// The paper's network.
    LeNet1,
    /// The paper's baseline: one hidden layer of 40 units, fully connected.
    FullyConnected,
}

/// Limit of the initial weights of a unit with fan-in F.
///
/// The paper leaves this open: its "2.4/F" may or may not lack a square root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// ±2.4/F.
    FanIn,
    /// ±2.4/√F.
    SquareRootOfFanIn,
}

/// How PyTorch's stream becomes weights. The reproductions differ in their rounding, and in the layout in which H3 and
/// the outputs are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draws {
    /// `low + rand · (high − low)`; H3 `[30][192]`, outputs `[10][30]`.
    Senn2025,
    /// `(rand − 0.5) · 2 · 2.4 / limit's divisor`; H3 `[192][30]`, outputs `[30][10]`.
    Karpathy2022,
}

/// How a gradient changes the parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UpdateRule {
    /// Stochastic gradient descent, a pattern at a time.
    Descent,
    /// The paper's: each parameter has its own learning rate, η / (μ + h), with h the mean second derivative of the
    /// cost over some patterns.
    DiagonalNewton {
        /// μ, above 0.
        damping: f32,
        /// How many patterns h is measured over, spread evenly over the digits.
        patterns: usize,
        /// h is measured anew before each of the first `measured_passes` passes; at least 1.
        measured_passes: u32,
    },
    /// Adam with decoupled weight decay. (Loshchilov and Hutter, "Decoupled Weight Decay
    /// Regularization", 2019.)
    AdamW {
        /// λ, 0 or above: each step takes the part learning rate · λ off every parameter.
        weight_decay: f32,
        /// Patterns per step, at least 1. A step takes the mean of their gradients.
        batch: u32,
    },
}

/// Everything that a run depends on except its digits.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// The net.
    pub architecture: Architecture,
    /// Seeds all draws: initial weights, orders of patterns, distortions, dropout.
    pub seed: u32,
    /// Spread of the initial weights.
    pub limit: Limit,
    /// How they are drawn.
    pub draws: Draws,
    /// Initial value of the ten output biases.
    pub output_bias: f32,
    /// Activation of the hidden units; not softmax.
    pub hidden_activation: Activation,
    /// Activation of the output units; a softmax with the cross-entropy, and only then.
    pub output_activation: Activation,
    /// Target of the label's output unit.
    pub target_label: f32,
    /// Target of the other nine.
    pub target_others: f32,
    /// Where the most active output is below this, no digit is shown; −∞ if one always is.
    pub no_digit_below: f32,
    /// Cost of a pattern.
    pub cost: Cost,
    /// How a gradient changes the parameters.
    pub update: UpdateRule,
    /// Learning rate of the first pass; above 0.
    pub learning_rate: f32,
    /// Learning rate of pass `passes` and later ones. In between it changes linearly, pass by pass.
    pub final_learning_rate: f32,
    /// Passes over which the learning rate changes; at least 1.
    pub passes: u32,
    /// Whether the order of patterns is shuffled anew each pass.
    pub shuffled: bool,
    /// Probability that a unit of H2 is dropped for a pattern, from 0 to below 1. (Srivastava et al., "Dropout", 2014.)
    pub dropout: f32,
    /// How patterns are distorted before they are learned.
    pub distortion: Distortion,
    /// Other nets that learn beside this one and teach it.
    pub teachers: Teachers,
}

/// Other nets of the same recipe, each with its own initial weights. They learn each pattern, distorted alike, just
/// before the net does. (Knowledge distillation: Hinton, Vinyals, Dean, "Distilling the Knowledge in a Neural Network",
/// 2015; with teachers that learn at the same time: Anil et al., "Large scale distributed neural network training
/// through online distillation", 2018.)
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Teachers {
    /// How many; 0 for none.
    pub count: u32,
    /// Share of the teachers' mean outputs in a pattern's targets, from 0 to 1; the rest are the label's targets.
    pub weight: f32,
}

impl Recipe {
    /// The learning rate of the pass after `passes` passes.
    #[must_use]
    pub fn learning_rate_after(&self, passes: u32) -> f32 {
        let last = self.passes - 1;
        if passes == 0 {
            self.learning_rate
        } else if passes >= last {
            self.final_learning_rate
        } else {
            let part = passes as f32 / last as f32;
            // In this form the rate stays exactly the same if both ends are equal.
            self.learning_rate + part * (self.final_learning_rate - self.learning_rate)
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// `karpathy2022`.
    pub(crate) fn recipe() -> Recipe {
        Recipe {
            architecture: Architecture::LeNet1,
            seed: 3,
            limit: Limit::SquareRootOfFanIn,
            draws: Draws::Karpathy2022,
            output_bias: 0.0,
            hidden_activation: Activation::Tanh,
            output_activation: Activation::Tanh,
            target_label: 1.0,
            target_others: -1.0,
            no_digit_below: f32::NEG_INFINITY,
            cost: Cost::MeanSquaredError,
            update: UpdateRule::Descent,
            learning_rate: 0.03,
            final_learning_rate: 0.03,
            passes: 23,
            shuffled: false,
            dropout: 0.0,
            distortion: Distortion::default(),
            teachers: Teachers::default(),
        }
    }

    #[test]
    fn the_learning_rate_changes_linearly_from_the_first_pass_to_the_last_and_stays_there() {
        let recipe = Recipe { learning_rate: 3.0, final_learning_rate: 1.0, passes: 5, ..recipe() };
        let rates: Vec<f32> = (0..7).map(|passes| recipe.learning_rate_after(passes)).collect();
        assert_eq!(rates, [3.0, 2.5, 2.0, 1.5, 1.0, 1.0, 1.0]);
        assert_eq!(Recipe { passes: 1, ..recipe }.learning_rate_after(0), 3.0);
    }
}
