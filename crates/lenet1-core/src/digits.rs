//! A set of labelled images, as the net reads them.

use alloc::vec::Vec;

use crate::error::Error;
use crate::image::{self, Image, PIXELS};
use crate::output;

/// The label of a pattern that shows no digit.
pub const NO_DIGIT: u8 = output::UNITS as u8;

/// Images, stored as [`image`] says, and their labels.
#[derive(Clone)]
pub struct Digits {
    images: Vec<f32>,
    labels: Vec<u8>,
}

impl Digits {
    /// `images`: 256 grey levels in [−1, 1] per image, row by row. `labels`: 0 to 9 or [`NO_DIGIT`], one per
    /// image.
    ///
    /// # Errors
    /// [`Error::DigitsLength`], [`Error::ImageValue`] (its index counts through all images) or [`Error::Label`].
    pub fn new(mut images: Vec<f32>, labels: Vec<u8>) -> Result<Self, Error> {
        if images.len() != labels.len() * PIXELS {
            return Err(Error::DigitsLength { images: images.len(), labels: labels.len() });
        }
        image::check(&images)?;
        labels.iter().try_for_each(|&label| check_label(label))?;
        for level in &mut images {
            *level = image::stored(*level);
        }
        Ok(Self { images, labels })
    }

    /// Patterns in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Pattern `index`: its image and its label.
    #[must_use]
    pub fn pattern(&self, index: usize) -> (&Image, u8) {
        (image::nth(&self.images, index), self.labels[index])
    }
}

/// Checks that a label is at most 9, or [`NO_DIGIT`].
pub(crate) fn check_label(label: u8) -> Result<(), Error> {
    if label <= NO_DIGIT { Ok(()) } else { Err(Error::Label { got: label }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_its_image_plus_one_and_its_label() {
        let images = (0..2 * PIXELS).map(|i| if i == PIXELS + 17 { 0.5 } else { -1.0 }).collect();
        let digits = Digits::new(images, vec![3, 9]).expect("good digits");
        let (image, label) = digits.pattern(1);
        assert_eq!((digits.len(), label, image[1][1], image[0][0]), (2, 9, 1.5, 0.0));
    }

    #[test]
    fn bad_digits_are_refused() {
        let refusal = |images: Vec<f32>, labels: Vec<u8>| Digits::new(images, labels).err();
        assert_eq!(refusal(vec![0.0; 255], vec![1]), Some(Error::DigitsLength { images: 255, labels: 1 }));
        assert_eq!(refusal(vec![1.5; 256], vec![1]), Some(Error::ImageValue { index: 0, got: 1.5 }));
        assert_eq!(refusal(vec![0.0; 256], vec![11]), Some(Error::Label { got: 11 }));
        let mut images = vec![0.0; 512];
        images[300] = f32::NAN;
        assert!(matches!(refusal(images, vec![0, 0]), Some(Error::ImageValue { index: 300, .. })));
    }
}
