//! What each kind of bad input is called, and what is said of it.

use lenet1_core::Error;

#[test]
fn every_error_has_its_code_and_says_what_was_expected_and_what_came() {
    let cases = [
        (Error::ImageLength { got: 3 }, "invalid-image", "image: expected 256 grey levels; got 3"),
        (
            Error::ImageValue { index: 5, got: 1.5 },
            "invalid-image",
            "image: expected grey levels from -1 to 1; got 1.5 at 5",
        ),
        (Error::Label { got: 11 }, "invalid-label", "label: expected 0 to 9, or 10 for no digit; got 11"),
        (
            Error::DigitsLength { images: 256, labels: 2 },
            "invalid-digits",
            "digits: expected 256 grey levels a label; got 256 grey levels and 2 labels",
        ),
        (Error::StateLength { expected: "so many", got: 7 }, "invalid-state-dict", "so many; got 7"),
        (
            Error::StateValue { tensor: "H1w", index: 2, got: f32::NAN },
            "invalid-state-dict",
            "state dict: expected finite numbers; got NaN at H1w[2]",
        ),
    ];
    for (error, code, message) in cases {
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        assert!(message.starts_with(error.expected()));
    }
}
