//! AdamW: a step from accumulated descents. (Loshchilov and Hutter, 2019; as `torch.optim.AdamW` with its defaults.)

use alloc::vec::Vec;

use crate::error::Error;
use crate::lanes::{Lanes, filled};
use crate::snapshot::Snapshot;

/// β₁ and β₂: the part of each moment that a step keeps.
const BETAS: [f64; 2] = [0.9, 0.999];
/// ε: keeps a step finite where there was no gradient.
const EPSILON: f32 = 1e-8;

/// The state of AdamW for each parameter.
#[derive(Clone)]
pub struct AdamW {
    /// Running mean of the descents.
    first: Vec<Lanes>,
    /// Running mean of their squares.
    second: Vec<Lanes>,
    /// β₁ⁿ and β₂ⁿ after n steps.
    powers: [f64; 2],
}

impl AdamW {
    /// The state before the first step, for `lanes` lanes of parameters.
    #[must_use]
    pub fn new(lanes: usize) -> Self {
        Self { first: filled(lanes, 0.0), second: filled(lanes, 0.0), powers: [1.0; 2] }
    }

    /// Makes one step. `descents`: −∂cost/∂parameter; set to 0 for the next pattern.
    pub fn step(&mut self, parameters: &mut [Lanes], descents: &mut [Lanes], rate: f32, weight_decay: f32) {
        for (power, beta) in self.powers.iter_mut().zip(BETAS) {
            *power *= beta;
        }
        let [first_part, second_part] = self.powers.map(|power| 1.0 - power);
        let [keep_first, keep_second] = BETAS.map(|beta| Lanes::splat(beta as f32));
        let [take_first, take_second] = BETAS.map(|beta| Lanes::splat((1.0 - beta) as f32));
        let step = Lanes::splat((f64::from(rate) / first_part) as f32);
        let root = Lanes::splat((1.0 / second_part) as f32).sqrt();
        let (epsilon, kept) = (Lanes::splat(EPSILON), Lanes::splat(1.0 - rate * weight_decay));
        let moments = self.first.iter_mut().zip(&mut self.second);
        for ((parameter, descent), (first, second)) in parameters.iter_mut().zip(descents).zip(moments) {
            *first = without_denormals(*first * keep_first + *descent * take_first);
            *second = without_denormals(*second * keep_second + *descent * *descent * take_second);
            *parameter = *parameter * kept + step * *first / (second.sqrt() * root + epsilon);
            *descent = Lanes::ZERO;
        }
    }

    /// Writes the state into a snapshot, or reads it from one.
    ///
    /// # Errors
    /// [`Error::SnapshotLength`].
    pub fn walk(&mut self, snapshot: &mut Snapshot) -> Result<(), Error> {
        snapshot.parameters(&mut self.first)?;
        snapshot.parameters(&mut self.second)?;
        self.powers.iter_mut().try_for_each(|power| snapshot.double(power))
    }
}

/// Rounds numbers below about 10⁻²⁷ to 0. The moments of a unit that is never active would fade into denormal numbers,
/// which are slow to compute with.
#[inline(always)]
fn without_denormals(moment: Lanes) -> Lanes {
    let large = Lanes::splat(1e-20);
    (moment + large) - large
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gradients, and p after each step of `torch.optim.AdamW([p], lr=0.01, weight_decay=0.1)` from p = 0.5.
    const STEPS: [(f32, f32); 3] = [(0.3, 0.489_5), (-0.2, 0.487_565_3), (0.1, 0.484_292_64)];

    #[test]
    fn steps_are_those_of_pytorch() {
        let mut adamw = AdamW::new(1);
        let mut parameters = [Lanes::splat(0.5)];
        for (gradient, expected) in STEPS {
            adamw.step(&mut parameters, &mut [Lanes::splat(-gradient)], 0.01, 0.1);
            assert!((parameters[0].as_array()[3] - expected).abs() < 2e-7);
        }
    }

    #[test]
    fn a_parameter_at_0_without_a_gradient_stays_there() {
        let mut parameters = [Lanes::ZERO];
        AdamW::new(1).step(&mut parameters, &mut [Lanes::ZERO], 0.01, 0.1);
        assert_eq!(parameters[0].as_array(), &[0.0; 4]);
    }
}
