//! A pass by several threads: the teachers learn in some, the net in another.
//!
//! Teachers do not depend on the net that they teach. So a copy of it begins the pass and presents its patterns, some
//! at a time. Copies in other threads, with some of the teachers each, let these learn. Another, without teachers,
//! learns from what they answered; it may be the copy that presents. The net's part of its snapshot, and the teachers'
//! of the others', are then to the bit those after [`Network::pass`].

use alloc::vec;
use alloc::vec::Vec;

use super::{Network, add_answer, label_part};
use crate::digits::Digits;
use crate::image::{self, PIXELS};
use crate::lanes::{LANES, Lanes, flat, flat_mut};
use crate::{h2, output};

/// Numbers of an answer; the padding is part of the targets.
const ANSWER: usize = output::WIDTH * LANES;

impl Network {
    /// The next patterns of a pass that [`Network::begin_pass`] began, at `positions` in the digits, as they are
    /// learned: for each its stored image, distorted, and with dropout a factor for each unit of H2.
    /// `[pattern][number]`.
    #[inline(never)]
    pub fn present(&mut self, digits: &Digits, positions: &[u32]) -> Vec<f32> {
        let numbers = self.presented_numbers();
        let mut presented = vec![0.0; positions.len() * numbers];
        for (row, &position) in presented.chunks_exact_mut(numbers).zip(positions) {
            let (image, _) = digits.pattern(position as usize);
            let (levels, factors) = row.split_at_mut(PIXELS);
            levels.copy_from_slice(self.presented(image).as_flattened());
            if let Some(kept) = self.kept() {
                factors.copy_from_slice(flat(kept.as_flattened()));
            }
        }
        presented
    }

    /// Takes part in patterns as another copy presents them. A net with teachers lets them learn and returns what they
    /// answered just before; it learns nothing itself. A net without learns from the answers of all the recipe's
    /// teachers, and returns them.
    ///
    /// `labels`: as [`Digits`] have them. `answers`: `[teacher][pattern]`, the numbers of an [`output::Vector`] each;
    /// not read by teachers.
    #[inline(never)]
    #[must_use]
    pub fn learn_apart(&mut self, presented: &[f32], labels: &[u8], mut answers: Vec<f32>) -> Vec<f32> {
        let (patterns, rule) = (labels.len(), self.recipe.teachers);
        let teachers = if self.teachers.is_empty() { rule.count as usize } else { self.teachers.len() };
        let (numbers, drops) = (self.presented_numbers(), self.recipe.dropout > 0.0);
        assert!(presented.len() == patterns * numbers, "a label for each image");
        assert!(answers.len() == patterns * teachers * ANSWER, "an answer of each teacher for each image");
        let (each, _) = answers.as_chunks_mut::<ANSWER>();
        for (pattern, (row, &label)) in presented.chunks_exact(numbers).zip(labels).enumerate() {
            let (levels, factors) = row.split_at(PIXELS);
            let image = image::nth(levels, 0);
            let mut wanted = label_part(self.targets.of(label), rule);
            for nth in 0..teachers {
                let values = &mut each[nth * patterns + pattern];
                if let Some(teacher) = self.teachers.get_mut(nth) {
                    teacher.learn_pattern(image, label);
                    values.copy_from_slice(flat(teacher.layers.output()));
                } else {
                    let mut answer = [Lanes::ZERO; output::WIDTH];
                    flat_mut(&mut answer).copy_from_slice(values);
                    add_answer(&mut wanted, &answer, rule);
                }
            }
            if self.teachers.is_empty() {
                let mut kept = [[Lanes::ZERO; h2::SIDE]; h2::MAPS];
                if drops {
                    flat_mut(kept.as_flattened_mut()).copy_from_slice(factors);
                }
                self.learn_wanted(image, &wanted, drops.then_some(&kept));
                self.count_pattern();
            }
        }
        answers
    }

    /// How many numbers [`Network::present`] gives for a pattern.
    fn presented_numbers(&self) -> usize {
        PIXELS + if self.recipe.dropout > 0.0 { h2::UNITS } else { 0 }
    }
}
