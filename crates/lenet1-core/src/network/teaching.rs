//! A pass by several threads: the teachers learn in some, the net in another.
//!
//! Teachers do not depend on the net that they teach. So each thread has a copy of the net, with some of its teachers or
//! with none, which begins the pass and draws the same order and the same distortions. Copies with teachers let these
//! learn; the copy without learns from what they answered. The net's part of that copy's snapshot, and the teachers' of
//! the others', are then to the bit those after [`Network::pass`].

use super::{Network, add_answer, label_part};
use crate::digits::Digits;
use crate::lanes::{LANES, Lanes, flat, flat_mut};
use crate::output;

/// Numbers of an answer; the padding is part of the targets.
const VALUES: usize = output::WIDTH * LANES;

impl Network {
    /// Takes part in the next patterns of a pass that [`Network::begin_pass`] began, at `positions` in the digits.
    ///
    /// `answers`: `[teacher][pattern]`, the numbers of an [`output::Vector`] each. A net with teachers lets them learn
    /// and writes what they answered just before; it learns nothing itself, but its random stream moves on as if it had.
    /// A net without learns from the answers of all the recipe's teachers.
    #[inline(never)]
    pub fn learn_apart(&mut self, digits: &Digits, positions: &[u32], answers: &mut [f32]) {
        let (patterns, rule) = (positions.len(), self.recipe.teachers);
        let teachers = if self.teachers.is_empty() { rule.count as usize } else { self.teachers.len() };
        let (each, rest) = answers.as_chunks_mut::<VALUES>();
        assert!(each.len() == teachers * patterns && rest.is_empty(), "an answer of each teacher to each pattern");
        for (step, &position) in positions.iter().enumerate() {
            let (image, label) = digits.pattern(position as usize);
            let image = self.presented(image);
            let mut wanted = label_part(self.targets.of(label), rule);
            for nth in 0..teachers {
                let values = &mut each[nth * patterns + step];
                if let Some(teacher) = self.teachers.get_mut(nth) {
                    teacher.learn_pattern(&image, label);
                    values.copy_from_slice(flat(teacher.layers.output()));
                } else {
                    let mut answer = [Lanes::ZERO; output::WIDTH];
                    flat_mut(&mut answer).copy_from_slice(values);
                    add_answer(&mut wanted, &answer, rule);
                }
            }
            if self.teachers.is_empty() {
                self.learn_wanted(&image, &wanted);
                self.count_pattern();
            } else {
                self.kept();
            }
        }
    }
}
