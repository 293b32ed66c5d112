//! Nets with loaded parameters, and copies of nets.

use cases::{recipe, to_f32};
use lenet1_core::distortion::Distortion;
use lenet1_core::recipe::{Architecture, Teachers, UpdateRule};
use lenet1_core::{Digits, Error, Network, Recipe};
use oracle::{Activation, Draws as Random};

mod cases;
mod oracle;

fn digits(seed: u64) -> Digits {
    let mut random = Random(seed);
    let images = (0..12).flat_map(|_| to_f32(&oracle::random_image(&mut random))).collect();
    Digits::new(images, (0..12).map(|k| k % 10).collect()).expect("good digits")
}

/// A fresh net with the parameters that another has after `passes` passes.
fn loaded(recipe: Recipe, state: &[f32], passes: u32) -> Network {
    let mut net = Network::new(recipe);
    net.load_state(state, passes).expect("finite parameters");
    net
}

#[test]
fn a_loaded_net_goes_on_with_the_learning_rate_of_its_passes() {
    let digits = digits(71);
    let recipe = Recipe { learning_rate: 0.1, final_learning_rate: 0.01, passes: 4, ..recipe(Activation::Tanh).0 };
    let mut unbroken = Network::new(recipe);
    unbroken.pass(&digits);
    unbroken.pass(&digits);
    let (mut resumed, mut anew) = (loaded(recipe, &unbroken.state(), 2), loaded(recipe, &unbroken.state(), 0));
    assert_eq!([resumed.passes(), anew.passes()], [2, 0]);
    for net in [&mut unbroken, &mut resumed, &mut anew] {
        net.pass(&digits);
    }
    assert_eq!(resumed.passes(), 3);
    assert_eq!(resumed.state(), unbroken.state());
    assert_ne!(anew.state(), unbroken.state());
}

#[test]
fn second_derivatives_are_measured_once_for_a_net_loaded_after_the_measured_passes() {
    let digits = digits(72);
    let newton = |measured_passes| Recipe {
        update: UpdateRule::DiagonalNewton { damping: 0.1, patterns: 5, measured_passes },
        learning_rate: 0.02,
        final_learning_rate: 0.02,
        ..recipe(Activation::Tanh).0
    };
    let state = Network::new(newton(1)).state();
    let (mut once, mut always) = (loaded(newton(1), &state, 7), loaded(newton(100), &state, 7));
    once.pass(&digits);
    always.pass(&digits);
    assert_eq!(once.state(), always.state(), "measured before the first pass after loading");
    let mut never = loaded(newton(1), &state, 7);
    for index in 0..digits.len() {
        let (image, label) = digits.pattern(index);
        let levels: Vec<f32> =
            image.as_flattened().iter().map(|&value| lenet1_core::image::grey_level(value)).collect();
        never.learn(&levels, label).expect("a good pattern");
    }
    assert_ne!(never.state(), once.state(), "h counts as 0 until it is measured");
    once.pass(&digits);
    always.pass(&digits);
    assert_ne!(once.state(), always.state(), "and not again before the second");
}

#[test]
fn a_copy_is_equal_in_everything_and_goes_its_own_way() {
    let (digits, image) = (digits(73), to_f32(&oracle::random_image(&mut Random(74))));
    let plain = Recipe { learning_rate: 0.01, final_learning_rate: 0.001, ..recipe(Activation::Tanh).0 };
    let adamw = Recipe {
        update: UpdateRule::AdamW { weight_decay: 0.01, batch: 5 },
        shuffled: true,
        dropout: 0.25,
        distortion: Distortion { rotation: 0.1, elastic: 0.5, roll: 1, ..Distortion::default() },
        teachers: Teachers { count: 2, weight: 0.5 },
        ..plain
    };
    let newton = UpdateRule::DiagonalNewton { damping: 0.1, patterns: 5, measured_passes: 1 };
    for recipe in [
        adamw,
        Recipe { update: newton, shuffled: true, ..plain },
        Recipe { architecture: Architecture::FullyConnected, dropout: 0.0, teachers: Teachers::default(), ..adamw },
    ] {
        let mut net = Network::new(recipe);
        net.pass(&digits);
        net.learn(&image, 3).expect("a good pattern"); // Now some patterns of a batch are waiting.
        let mut copy = net.clone();
        let before = net.state();
        copy.pass(&digits);
        copy.learn(&image, 4).expect("a good pattern");
        assert_eq!((net.state(), net.passes()), (before, 1), "the copy's learning leaves the net alone");
        net.pass(&digits);
        net.learn(&image, 4).expect("a good pattern");
        assert_eq!((net.state(), net.passes()), (copy.state(), copy.passes()));
    }
}

#[test]
fn a_state_dict_of_another_length_is_told_how_many_parameters_this_net_has() {
    let plain = recipe(Activation::Tanh).0;
    for (architecture, length, expected) in [
        (Architecture::LeNet1, 9_760, "state dict: expected 9760 parameters"),
        (Architecture::FullyConnected, 10_690, "state dict: expected 10690 parameters"),
    ] {
        let mut net = Network::new(Recipe { architecture, ..plain });
        let before = net.state();
        assert_eq!(before.len(), length);
        let error = net.load_state(&before[1..], 3).expect_err("one parameter is missing");
        assert_eq!(error, Error::StateLength { expected, got: length - 1 });
        assert_eq!(error.expected(), expected);
        assert_eq!(error.to_string(), format!("{expected}; got {}", length - 1));
        assert_eq!((net.state(), net.passes()), (before, 0));
    }
}
