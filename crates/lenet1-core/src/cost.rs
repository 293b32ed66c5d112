//! The cost of a pattern, from the ten outputs and their targets.
//!
//! The paper leaves this open: the targets ("within the quasi-linear range of the sigmoid") and the cost's constant
//! factor. Both modern reproductions take the mean over the ten outputs, the authors' later papers half the sum.

use crate::activation::Activation;
use crate::exponential::ln;
use crate::lanes::{Lanes, flat, flat_mut};
use crate::output::{UNITS, Vector};

/// The cost of a pattern of outputs y and targets t.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Σ (y − t)² / 10.
    MeanSquaredError,
    /// Σ (y − t)² / 2.
    HalfSquaredError,
    /// −Σ t · ln y, of softmax outputs; the probability of no digit is one of them.
    CrossEntropy,
}

/// 1 for an output unit, 0 for padding.
static IS_UNIT: Vector = [Lanes::splat(1.0), Lanes::splat(1.0), Lanes::new(1.0, 1.0, 0.0, 0.0)];

/// A cost, with the targets for each label.
#[derive(Clone)]
pub struct Targets {
    cost: Cost,
    of: [Vector; UNITS + 1],
}

impl Targets {
    /// `label`: target of the label's output unit. `others`: target of the other nine, and of all ten where no digit is
    /// shown. Softmax outputs always add up to 1: where no digit is shown, their targets are all the mean of the ten; or
    /// the probability of no digit has a target too, what the ten lack of 1.
    #[must_use]
    pub fn new(cost: Cost, outputs: Activation, label: f32, others: f32) -> Self {
        let mut of = [[Lanes::ZERO; 3]; UNITS + 1];
        for (digit, targets) in of.iter_mut().enumerate() {
            let targets = flat_mut(targets);
            targets[..UNITS].fill(others);
            if digit < UNITS {
                targets[digit] = label;
            } else if outputs == Activation::Softmax {
                targets[..UNITS].fill(others + (label - others) / UNITS as f32);
            }
            if outputs == Activation::SoftmaxOrNone {
                targets[UNITS] = 1.0 - targets.iter().sum::<f32>();
            }
        }
        Self { cost, of }
    }

    /// The targets of a label, or of [`crate::digits::NO_DIGIT`].
    #[must_use]
    #[inline(always)]
    pub fn of(&self, label: u8) -> &Vector {
        &self.of[usize::from(label)]
    }

    /// The cost of a pattern, and the descent −rate · ∂cost/∂output. For the cross-entropy the descent is
    /// −rate · ∂cost/∂sum, with respect to softmax's weighted sums.
    #[must_use]
    pub fn cost(&self, outputs: &Vector, targets: &Vector, rate: f32) -> (f32, Vector) {
        let differences = differences(outputs, targets);
        let (cost, factor) = match self.cost {
            Cost::MeanSquaredError => (sum_of_squares(&differences) / UNITS as f32, 2.0 / UNITS as f32),
            Cost::HalfSquaredError => (sum_of_squares(&differences) / 2.0, 1.0),
            Cost::CrossEntropy => return cross_entropy(outputs, targets, rate),
        };
        let factor = Lanes::splat(-factor * rate);
        (cost, differences.map(|difference| factor * difference))
    }

    /// The diagonal of ∂²cost/∂output². For the cross-entropy it is that of ∂²cost/∂sum², with respect to softmax's
    /// weighted sums.
    #[must_use]
    pub fn second_derivatives(&self, outputs: &Vector) -> Vector {
        let factor = match self.cost {
            Cost::MeanSquaredError => 2.0 / UNITS as f32,
            Cost::HalfSquaredError => 1.0,
            Cost::CrossEntropy => {
                let all = Lanes::splat(sum(self.of(0)));
                return core::array::from_fn(|i| outputs[i] * (Lanes::splat(1.0) - outputs[i]) * all * IS_UNIT[i]);
            }
        };
        IS_UNIT.map(|is_unit| is_unit * Lanes::splat(factor))
    }

    /// Σ over the ten output units of the squared difference to the target.
    #[must_use]
    #[inline(always)]
    pub fn squared_error(&self, outputs: &Vector, label: u8) -> f32 {
        sum_of_squares(&differences(outputs, self.of(label)))
    }
}

fn cross_entropy(outputs: &Vector, targets: &Vector, rate: f32) -> (f32, Vector) {
    let all = Lanes::splat(sum(targets));
    let descents = core::array::from_fn(|i| (targets[i] - outputs[i] * all) * Lanes::splat(rate) * IS_UNIT[i]);
    let cost = flat(targets).iter().zip(flat(outputs)).map(|(target, output)| target * ln(output.max(1e-30)));
    (-cost.sum::<f32>(), descents)
}

/// Σ of the targets.
fn sum(targets: &Vector) -> f32 {
    flat(targets).iter().sum()
}

#[inline(always)]
fn differences(outputs: &Vector, targets: &Vector) -> Vector {
    core::array::from_fn(|i| (outputs[i] - targets[i]) * IS_UNIT[i])
}

#[inline(always)]
fn sum_of_squares(differences: &Vector) -> f32 {
    differences.iter().fold(Lanes::ZERO, |sum, &difference| sum.plus_product(difference, difference)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digits::NO_DIGIT;

    #[test]
    fn the_cost_is_the_mean_over_ten_outputs_and_padding_costs_nothing() {
        let outputs = [Lanes::splat(0.0), Lanes::splat(0.5), Lanes::new(0.0, 1.0, 99.0, 99.0)];
        let targets = Targets::new(Cost::MeanSquaredError, Activation::Tanh, 1.0, 0.0);
        let (cost, descents) = targets.cost(&outputs, targets.of(9), 0.5);
        assert_eq!(cost, 0.1);
        assert_eq!(descents[1].as_array(), &[-0.05; 4]);
        assert_eq!(descents[2].as_array(), &[0.0; 4]);
        let targets = Targets::new(Cost::HalfSquaredError, Activation::Tanh, 1.0, 0.0);
        let (cost, descents) = targets.cost(&outputs, targets.of(9), 0.5);
        assert_eq!(cost, 0.5);
        assert_eq!(descents[1].as_array(), &[-0.25; 4]);
    }

    #[test]
    fn cross_entropy_is_the_surprise_and_its_descent_the_difference() {
        let outputs = [Lanes::splat(0.05), Lanes::splat(0.1), Lanes::new(0.15, 0.25, 0.0, 0.0)];
        let targets = Targets::new(Cost::CrossEntropy, Activation::Softmax, 1.0, 0.0);
        let (cost, descents) = targets.cost(&outputs, targets.of(9), 2.0);
        assert!((cost - 4.0_f32.ln()).abs() < 1e-6);
        assert_eq!(descents[2].as_array(), &[-0.3, 1.5, 0.0, 0.0]);
        let second = targets.second_derivatives(&outputs);
        assert_eq!(second[2].as_array(), &[0.15 * 0.85, 0.25 * 0.75, 0.0, 0.0]);
    }

    #[test]
    fn where_no_digit_is_shown_all_outputs_are_to_be_low() {
        let of_none = |cost, outputs| {
            let targets = *Targets::new(cost, outputs, 0.75, -0.75).of(NO_DIGIT);
            flat(&targets)[..=UNITS].to_vec()
        };
        let lows = |value: f32, none: f32| [vec![value; UNITS], vec![none]].concat();
        assert_eq!(of_none(Cost::MeanSquaredError, Activation::Tanh), lows(-0.75, 0.0));
        let of_none = |outputs| {
            let targets = *Targets::new(Cost::CrossEntropy, outputs, 1.0, 0.0).of(NO_DIGIT);
            flat(&targets)[..=UNITS].to_vec()
        };
        assert_eq!(of_none(Activation::Softmax), lows(0.1, 0.0));
        assert_eq!(of_none(Activation::SoftmaxOrNone), lows(0.0, 1.0));
    }

    #[test]
    fn the_surprise_of_no_digit_is_that_of_its_probability() {
        let outputs = [Lanes::splat(0.05), Lanes::splat(0.05), Lanes::new(0.05, 0.05, 0.5, 0.0)];
        let targets = Targets::new(Cost::CrossEntropy, Activation::SoftmaxOrNone, 1.0, 0.0);
        let (cost, descents) = targets.cost(&outputs, targets.of(NO_DIGIT), 2.0);
        assert!((cost - 2.0_f32.ln()).abs() < 1e-6);
        assert_eq!(descents[2].as_array(), &[-0.1, -0.1, 0.0, 0.0], "padding has no weights to learn");
        let (cost, descents) = targets.cost(&outputs, targets.of(9), 2.0);
        assert!((cost - 20.0_f32.ln()).abs() < 1e-6);
        assert_eq!(descents[2].as_array(), &[-0.1, 1.9, 0.0, 0.0]);
    }
}
