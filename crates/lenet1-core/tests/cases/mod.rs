//! Nets and patterns for the tests of the net over lanes, beside the f64 oracle.

#![allow(dead_code, reason = "each test takes what it needs")]

use crate::oracle::{self, Activation, Draws as Random, Rules};
use lenet1_core::activation::Activation as Units;
use lenet1_core::cost::Cost;
use lenet1_core::distortion::Distortion;
use lenet1_core::recipe::{Architecture, Draws, Limit, Teachers, UpdateRule};
use lenet1_core::{Network, Recipe};

/// A recipe with the oracle's rules, for LeNet-1 and SGD.
pub fn recipe_of(rules: &Rules) -> Recipe {
    let units = |activation| match activation {
        Activation::Tanh => Units::Tanh,
        Activation::ScaledTanh => Units::ScaledTanh,
        Activation::Relu => Units::Relu,
        Activation::LeakyRelu => Units::LeakyRelu,
        Activation::Logistic => Units::Logistic,
        Activation::Softmax => Units::Softmax,
        Activation::SoftmaxOrNone => Units::SoftmaxOrNone,
    };
    Recipe {
        architecture: Architecture::LeNet1,
        seed: 1,
        limit: Limit::FanIn,
        draws: Draws::Senn2025,
        output_bias: 0.0,
        hidden_activation: units(rules.hidden),
        output_activation: units(rules.output),
        target_label: narrow(rules.target_label),
        target_others: narrow(rules.target_others),
        no_digit_below: f32::NEG_INFINITY,
        cost: match rules.cost {
            oracle::Cost::MeanSquaredError => Cost::MeanSquaredError,
            oracle::Cost::HalfSquaredError => Cost::HalfSquaredError,
            oracle::Cost::CrossEntropy => Cost::CrossEntropy,
        },
        update: UpdateRule::Descent,
        learning_rate: 0.05,
        final_learning_rate: 0.05,
        passes: 23,
        shuffled: false,
        dropout: 0.0,
        distortion: Distortion::default(),
        teachers: Teachers::default(),
    }
}

/// The rules of the two reproductions: tanh outputs with targets ±1, logistic ones with 1 and 0.
pub fn recipe(output: Activation) -> (Recipe, Rules) {
    let target_others = if output == Activation::Tanh { -1.0 } else { 0.0 };
    let cost = oracle::Cost::MeanSquaredError;
    let rules = Rules { hidden: Activation::Tanh, output, cost, target_label: 1.0, target_others };
    (recipe_of(&rules), rules)
}

#[expect(clippy::cast_possible_truncation, reason = "the net works in f32")]
pub fn narrow(value: f64) -> f32 {
    value as f32
}

#[expect(clippy::cast_possible_truncation, reason = "the net works in f32")]
pub fn to_f32(values: &[f64]) -> Vec<f32> {
    values.iter().map(|&value| value as f32).collect()
}

/// The f32 values in f64, so that the net and the oracle start from the same numbers.
pub fn to_f64(values: &[f32]) -> Vec<f64> {
    values.iter().map(|&value| f64::from(value)).collect()
}

/// A random net, its parameters for the oracle, a random image and its label.
pub fn random_case(seed: u64, recipe: Recipe) -> (Network, Vec<f64>, Vec<f32>, u8) {
    let mut random = Random(seed);
    let state = to_f32(&oracle::random_parameters(&mut random));
    let image = to_f32(&oracle::random_image(&mut random));
    let mut net = Network::new(recipe);
    net.load_state(&state, 0).expect("random parameters are finite");
    (net, to_f64(&state), image, u8::try_from(seed % 11).expect("a digit, or none"))
}

pub fn largest_difference(got: &[f32], expected: &[f64]) -> f64 {
    assert_eq!(got.len(), expected.len());
    assert!(got.iter().all(|value| value.is_finite()), "a value is not finite");
    got.iter().zip(expected).map(|(&got, expected)| (f64::from(got) - expected).abs()).fold(0.0, f64::max)
}

pub fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest, value| largest.max(value.abs()))
}
