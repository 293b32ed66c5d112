//! The update rules: descent, diagonal Newton and AdamW, with what each keeps from pattern to pattern.

use alloc::vec::Vec;

use crate::adamw::AdamW;
use crate::error::Error;
use crate::lanes::{Lanes, filled};
use crate::recipe::UpdateRule;
use crate::snapshot::Snapshot;

/// Where a backward pass puts the parameters' descents. All slices are laid out as the parameters are.
pub struct Target<'a> {
    /// The factor of each descent.
    pub rates: &'a [Lanes],
    /// Whether any rate is not 1.
    pub rated: bool,
    /// Where descents add up instead of in the parameters themselves.
    pub descent_parameters: Option<&'a mut [Lanes]>,
}

/// An update rule, and what it keeps between patterns.
#[derive(Clone)]
pub struct Update {
    rule: UpdateRule,
    /// 1 / (μ + h) for diagonal Newton, else 1.
    rates: Vec<Lanes>,
    /// Whether h must be measured before the next pass in any case, since parameters were loaded.
    owes_measuring: bool,
    /// Only for AdamW.
    batch: Option<Batch>,
}

/// Patterns that wait for AdamW's next step.
#[derive(Clone)]
struct Batch {
    adamw: AdamW,
    descent_parameters: Vec<Lanes>,
    waiting: u32,
}

impl Update {
    /// The rule before the first pattern, for `lanes` lanes of parameters.
    #[must_use]
    #[inline(never)]
    pub fn new(rule: UpdateRule, lanes: usize) -> Self {
        let (rate, batch) = match rule {
            UpdateRule::Descent => (1.0, None),
            // h is 0 until it is measured.
            UpdateRule::DiagonalNewton { damping, .. } => (1.0 / damping, None),
            UpdateRule::AdamW { .. } => (1.0, Some(Batch::new(lanes))),
        };
        Self { rule, rates: filled(lanes, rate), owes_measuring: false, batch }
    }

    /// Forgets what it kept, since parameters were loaded.
    pub fn start_anew(&mut self) {
        *self = Self::new(self.rule, self.rates.len());
        self.owes_measuring = true;
    }

    /// The rate that enters a pattern's descents: the learning rate, or with AdamW the pattern's part of the batch.
    #[must_use]
    #[inline(always)]
    pub fn rate_of_a_pattern(&self, learning_rate: f32) -> f32 {
        match self.rule {
            UpdateRule::Descent | UpdateRule::DiagonalNewton { .. } => learning_rate,
            UpdateRule::AdamW { batch, .. } => 1.0 / batch as f32,
        }
    }

    /// Where the descents of the next pattern go.
    #[inline(always)]
    pub fn target(&mut self) -> Target<'_> {
        Target {
            rates: &self.rates,
            rated: matches!(self.rule, UpdateRule::DiagonalNewton { .. }),
            descent_parameters: self.batch.as_mut().map(|batch| &mut batch.descent_parameters[..]),
        }
    }

    /// Counts a pattern whose descents have reached their target. Returns whether [`Update::step`] is due.
    #[inline(always)]
    pub fn ends_batch(&mut self) -> bool {
        let (UpdateRule::AdamW { batch: patterns, .. }, Some(batch)) = (self.rule, &mut self.batch) else {
            return false;
        };
        batch.waiting += 1;
        batch.waiting == patterns
    }

    /// Changes the parameters by the batch's mean descent.
    pub fn step(&mut self, parameters: &mut [Lanes], learning_rate: f32) {
        if let (UpdateRule::AdamW { weight_decay, .. }, Some(batch)) = (self.rule, &mut self.batch) {
            batch.adamw.step(parameters, &mut batch.descent_parameters, learning_rate, weight_decay);
            batch.waiting = 0;
        }
    }

    /// How many patterns to measure second derivatives over before the pass after `passes` passes; `None` if that is
    /// not due.
    #[must_use]
    pub fn patterns_to_measure(&self, passes: u32) -> Option<usize> {
        match self.rule {
            UpdateRule::DiagonalNewton { patterns, measured_passes, .. } => {
                (passes < measured_passes || self.owes_measuring).then_some(patterns)
            }
            UpdateRule::Descent | UpdateRule::AdamW { .. } => None,
        }
    }

    /// Sets the rates from measured second derivatives.
    pub fn take_second_derivatives(&mut self, second: &[Lanes]) {
        if let UpdateRule::DiagonalNewton { damping, .. } = self.rule {
            for (rate, &second) in self.rates.iter_mut().zip(second) {
                *rate = Lanes::splat(1.0) / (Lanes::splat(damping) + second);
            }
            self.owes_measuring = false;
        }
    }

    /// The number of the rule in snapshots.
    #[must_use]
    pub fn number(&self) -> u32 {
        match self.rule {
            UpdateRule::Descent => 0,
            UpdateRule::DiagonalNewton { .. } => 1,
            UpdateRule::AdamW { .. } => 2,
        }
    }

    /// Writes what it kept into a snapshot, or reads it from one of the same rule.
    ///
    /// # Errors
    /// [`Error::SnapshotLength`] or [`Error::SnapshotValue`].
    pub fn walk(&mut self, snapshot: &mut Snapshot) -> Result<(), Error> {
        let mut owes_measuring = u32::from(self.owes_measuring);
        snapshot.at_most(1, &mut owes_measuring)?;
        self.owes_measuring = owes_measuring == 1;
        match (self.rule, &mut self.batch) {
            (UpdateRule::DiagonalNewton { .. }, _) => snapshot.parameters(&mut self.rates),
            (UpdateRule::AdamW { batch: patterns, .. }, Some(batch)) => {
                batch.adamw.walk(snapshot)?;
                snapshot.parameters(&mut batch.descent_parameters)?;
                snapshot.at_most(patterns - 1, &mut batch.waiting)
            }
            _ => Ok(()),
        }
    }
}

impl Batch {
    fn new(lanes: usize) -> Self {
        Self { adamw: AdamW::new(lanes), descent_parameters: filled(lanes, 0.0), waiting: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWTON: UpdateRule = UpdateRule::DiagonalNewton { damping: 0.5, patterns: 100, measured_passes: 2 };
    const ADAMW: UpdateRule = UpdateRule::AdamW { weight_decay: 0.0, batch: 2 };

    #[test]
    fn only_diagonal_newton_has_rates_and_only_adamw_lets_descents_wait() {
        for (rule, rate, rated, waits) in
            [(UpdateRule::Descent, 1.0, false, false), (NEWTON, 2.0, true, false), (ADAMW, 1.0, false, true)]
        {
            let mut update = Update::new(rule, 3);
            let Target { rates, rated: is_rated, descent_parameters } = update.target();
            assert_eq!((rates.len(), rates[2].as_array()[3], is_rated), (3, rate, rated), "{rule:?}");
            assert_eq!(descent_parameters.map(|lanes| lanes.len()), waits.then_some(3), "{rule:?}");
            assert_eq!([update.ends_batch(), update.ends_batch()], [false, waits], "{rule:?}");
        }
    }

    #[test]
    fn second_derivatives_are_measured_before_the_first_passes_and_once_after_loading() {
        let mut update = Update::new(NEWTON, 1);
        assert_eq!([0, 1, 2].map(|passes| update.patterns_to_measure(passes)), [Some(100), Some(100), None]);
        update.take_second_derivatives(&[Lanes::splat(1.5)]);
        assert_eq!(update.target().rates[0].as_array(), &[0.5; 4]);
        update.start_anew();
        assert_eq!(update.target().rates[0].as_array(), &[2.0; 4]);
        assert_eq!(update.patterns_to_measure(7), Some(100));
        update.take_second_derivatives(&[Lanes::ZERO]);
        assert_eq!(update.patterns_to_measure(7), None);
        assert_eq!(Update::new(ADAMW, 1).patterns_to_measure(0), None);
    }
}
