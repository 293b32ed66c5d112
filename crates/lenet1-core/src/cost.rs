//! What a pattern costs: the mean over the ten output units of the squared difference to the target.
//!
//! The paper leaves this open: the targets ("within the quasi-linear range of the sigmoid") and the cost's constant
//! factor. Both modern reproductions take the mean over the ten outputs.

use crate::lanes::Lanes;
use crate::output::{UNITS, Vector};

/// 1 for an output unit, 0 for padding.
static IS_UNIT: Vector = [Lanes::splat(1.0), Lanes::splat(1.0), Lanes::new(1.0, 1.0, 0.0, 0.0)];

/// The targets of each label.
#[derive(Clone)]
pub struct Targets([Vector; UNITS]);

impl Targets {
    /// `label` for the unit of a pattern's label, `others` for the nine other units.
    #[must_use]
    pub fn new(label: f32, others: f32) -> Self {
        let value = |of: usize, unit: usize| if of == unit { label } else { others };
        Self(core::array::from_fn(|of| {
            core::array::from_fn(|i| {
                Lanes::new(value(of, 4 * i), value(of, 4 * i + 1), value(of, 4 * i + 2), value(of, 4 * i + 3))
            })
        }))
    }

    /// The cost of a pattern, and the descent −rate · ∂cost/∂output.
    #[must_use]
    #[inline(always)]
    pub fn cost(&self, outputs: &Vector, label: u8, rate: f32) -> (f32, Vector) {
        const COUNT: f32 = UNITS as f32;
        let differences = self.differences(outputs, label);
        let factor = Lanes::splat(-2.0 / COUNT * rate);
        (sum_of_squares(&differences) / COUNT, differences.map(|difference| factor * difference))
    }

    /// Σ over the ten output units of the squared difference to the target.
    #[must_use]
    #[inline(always)]
    pub fn squared_error(&self, outputs: &Vector, label: u8) -> f32 {
        sum_of_squares(&self.differences(outputs, label))
    }

    #[inline(always)]
    fn differences(&self, outputs: &Vector, label: u8) -> Vector {
        let targets = &self.0[usize::from(label)];
        core::array::from_fn(|i| (outputs[i] - targets[i]) * IS_UNIT[i])
    }
}

#[inline(always)]
fn sum_of_squares(differences: &Vector) -> f32 {
    differences.iter().fold(Lanes::ZERO, |sum, &difference| sum.plus_product(difference, difference)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cost_is_the_mean_over_ten_outputs_and_padding_costs_nothing() {
        let outputs = [Lanes::splat(0.0), Lanes::splat(0.5), Lanes::new(0.0, 1.0, 99.0, 99.0)];
        let (cost, descents) = Targets::new(1.0, 0.0).cost(&outputs, 9, 0.5);
        assert_eq!(cost, 0.1);
        assert_eq!(descents[1].as_array(), &[-0.05; 4]);
        assert_eq!(descents[2].as_array(), &[0.0; 4]);
    }
}
