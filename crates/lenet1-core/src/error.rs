//! Errors for bad input.

use core::fmt;

/// Bad input. A call that returns it has changed nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Error {
    /// An image whose length is not 256.
    ImageLength {
        /// Number of values given.
        got: usize,
    },
    /// A grey level that is not a number in [−1, 1].
    ImageValue {
        /// Its index among all values given.
        index: usize,
        /// The value given.
        got: f32,
    },
    /// A label above 10, which is no digit.
    Label {
        /// The label given.
        got: u8,
    },
    /// Images and labels for different numbers of patterns.
    DigitsLength {
        /// Number of grey levels given.
        images: usize,
        /// Number of labels given.
        labels: usize,
    },
    /// Another number of gradients than ten for an image.
    GradientLength {
        /// Number of images given.
        images: usize,
        /// Number of gradients given.
        got: usize,
    },
    /// A number of parameters that is not the net's.
    StateLength {
        /// [`Error::expected`] for this net.
        expected: &'static str,
        /// Number of parameters given.
        got: usize,
    },
    /// A snapshot with too few bytes or too many.
    SnapshotLength {
        /// Number of bytes given.
        got: usize,
    },
    /// A whole number in a snapshot that no snapshot of this net has there.
    SnapshotValue {
        /// Its first byte.
        at: usize,
        /// The number given.
        got: u32,
    },
    /// A parameter that is infinite or not a number.
    StateValue {
        /// The tensor's name.
        tensor: &'static str,
        /// Index in the tensor.
        index: usize,
        /// The value given.
        got: f32,
    },
}

impl Error {
    /// The kind of error in a word, the same in all versions.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ImageLength { .. } | Self::ImageValue { .. } => "invalid-image",
            Self::Label { .. } => "invalid-label",
            Self::DigitsLength { .. } => "invalid-digits",
            Self::GradientLength { .. } => "invalid-argument",
            Self::StateLength { .. } | Self::StateValue { .. } => "invalid-state-dict",
            Self::SnapshotLength { .. } | Self::SnapshotValue { .. } => "invalid-file",
        }
    }

    /// What was expected, in a sentence.
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        match self {
            Self::ImageLength { .. } => "image: expected 256 grey levels",
            Self::ImageValue { .. } => "image: expected grey levels from -1 to 1",
            Self::Label { .. } => "label: expected 0 to 9, or 10 for no digit",
            Self::DigitsLength { .. } => "digits: expected 256 grey levels a label",
            Self::GradientLength { .. } => "gradients: expected ten an image",
            Self::StateLength { expected, .. } => expected,
            Self::StateValue { .. } => "state dict: expected finite numbers",
            Self::SnapshotLength { .. } | Self::SnapshotValue { .. } => "snapshot: expected one of a net like this",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected())?;
        match self {
            Self::ImageLength { got } | Self::StateLength { got, .. } => write!(f, "; got {got}"),
            Self::SnapshotLength { got } => write!(f, "; got {got} bytes"),
            Self::SnapshotValue { at, got } => write!(f, "; got {got} at byte {at}"),
            Self::ImageValue { index, got } => write!(f, "; got {got} at {index}"),
            Self::Label { got } => write!(f, "; got {got}"),
            Self::DigitsLength { images, labels } => write!(f, "; got {images} grey levels and {labels} labels"),
            Self::GradientLength { images, got } => write!(f, "; got {got} for {images} images"),
            Self::StateValue { tensor, index, got } => write!(f, "; got {got} at {tensor}[{index}]"),
        }
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_what_was_expected_and_what_came() {
        let error = Error::StateValue { tensor: "H2w", index: 7, got: f32::INFINITY };
        assert_eq!(error.to_string(), "state dict: expected finite numbers; got inf at H2w[7]");
        assert_eq!(error.code(), "invalid-state-dict");
        let error = Error::SnapshotValue { at: 8, got: 3 };
        assert_eq!(error.to_string(), "snapshot: expected one of a net like this; got 3 at byte 8");
        let error = Error::SnapshotLength { got: 5 };
        assert_eq!(error.to_string(), "snapshot: expected one of a net like this; got 5 bytes");
        assert_eq!(error.code(), "invalid-file");
    }
}
