//! The net over lanes against the f64 oracle: random nets, random patterns, every activation and every gradient.

use lenet1_core::initial::{Draws, Limit};
use lenet1_core::output::OutputActivation;
use lenet1_core::state::TENSORS;
use lenet1_core::{Digits, Network, Recipe};
use oracle::{Activation, Draws as Random, Rules};

mod oracle;

/// A recipe, and the oracle's rules for the same net.
fn recipe(output: Activation) -> (Recipe, Rules) {
    let (output_activation, target_label, target_others) = match output {
        Activation::Tanh => (OutputActivation::Tanh, 1.0, -1.0),
        Activation::Logistic => (OutputActivation::Logistic, 1.0, 0.0),
    };
    let recipe = Recipe {
        seed: 1,
        limit: Limit::FanIn,
        draws: Draws::Senn2025,
        output_bias: 0.0,
        output_activation,
        target_label,
        target_others,
        learning_rate: 0.05,
        shuffled: false,
    };
    let rules = Rules {
        hidden: Activation::Tanh,
        output,
        target_label: f64::from(target_label),
        target_others: f64::from(target_others),
    };
    (recipe, rules)
}

#[expect(clippy::cast_possible_truncation, reason = "the net works in f32")]
fn to_f32(values: &[f64]) -> Vec<f32> {
    values.iter().map(|&value| value as f32).collect()
}

/// The f32 values as the oracle sees them, so that both start from the same numbers.
fn to_f64(values: &[f32]) -> Vec<f64> {
    values.iter().map(|&value| f64::from(value)).collect()
}

/// A random net, its parameters as the oracle takes them, a random image and its label.
fn random_case(seed: u64, recipe: Recipe) -> (Network, Vec<f64>, Vec<f32>, u8) {
    let mut random = Random(seed);
    let state = to_f32(&oracle::random_parameters(&mut random));
    let image = to_f32(&oracle::random_image(&mut random));
    let mut net = Network::new(recipe);
    net.load_state(&state).expect("random parameters are finite");
    (net, to_f64(&state), image, u8::try_from(seed % 10).expect("a digit"))
}

fn largest_difference(got: &[f32], expected: &[f64]) -> f64 {
    assert_eq!(got.len(), expected.len());
    assert!(got.iter().all(|value| value.is_finite()), "a value is no number");
    got.iter().zip(expected).map(|(&got, expected)| (f64::from(got) - expected).abs()).fold(0.0, f64::max)
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest, value| largest.max(value.abs()))
}

#[test]
fn every_activation_is_the_oracles_to_5e_6() {
    for output in [Activation::Tanh, Activation::Logistic] {
        let (recipe, rules) = recipe(output);
        for seed in 1..=20 {
            let (mut net, parameters, image, _) = random_case(seed, recipe);
            let expected = oracle::forward(&rules, &parameters, &to_f64(&image));
            let expected = [expected.h1, expected.h2, expected.h3, expected.output].concat();
            let got = net.inspect(&image).expect("a good image");
            let difference = largest_difference(&got, &expected);
            assert!(difference < 5e-6, "{output:?}, seed {seed}: {difference:e}");
            assert_eq!(got[990..], net.forward(&image).expect("a good image"));
        }
    }
}

#[test]
fn every_gradient_is_the_oracles_to_1e_5_of_the_largest() {
    for output in [Activation::Tanh, Activation::Logistic] {
        let (recipe, rules) = recipe(output);
        for seed in 1..=20 {
            let (mut net, parameters, image, label) = random_case(seed, recipe);
            let expected = oracle::gradient(&rules, &parameters, &to_f64(&image), label.into());
            let got = net.gradient(&image, label).expect("a good pattern");
            let mut at = 0;
            for (name, length) in TENSORS {
                let (got, expected) = (&got[at..at + length], &expected[at..at + length]);
                let relative = largest_difference(got, expected) / largest(expected);
                assert!(relative < 1e-5, "{output:?}, seed {seed}: {name} differs by {relative:e} of its largest");
                at += length;
            }
        }
    }
}

#[test]
fn learning_moves_every_parameter_by_its_gradient_times_the_learning_rate() {
    for output in [Activation::Tanh, Activation::Logistic] {
        let (recipe, rules) = recipe(output);
        for seed in 1..=5 {
            let (mut net, parameters, image, label) = random_case(seed, recipe);
            let image_f64 = to_f64(&image);
            let cost = net.learn(&image, label).expect("a good pattern");
            let outputs = oracle::forward(&rules, &parameters, &image_f64).output;
            assert!((f64::from(cost) - oracle::cost(&rules, &outputs, label.into())).abs() < 2e-6);
            let gradient = oracle::gradient(&rules, &parameters, &image_f64, label.into());
            let rate = f64::from(recipe.learning_rate);
            let expected: Vec<f64> = parameters.iter().zip(&gradient).map(|(p, g)| p - rate * g).collect();
            let difference = largest_difference(&net.state(), &expected);
            assert!(difference < 1e-5 * rate * largest(&gradient) + 1e-7, "{output:?}, seed {seed}: {difference:e}");
        }
    }
}

#[test]
fn a_net_that_learned_step_by_step_gives_what_a_fresh_one_with_its_parameters_gives() {
    let (recipe, _) = recipe(Activation::Tanh);
    let (mut net, _, image, label) = random_case(3, recipe);
    for _ in 0..200 {
        net.learn(&image, label).expect("a good pattern");
    }
    let mut fresh = Network::new(recipe);
    fresh.load_state(&net.state()).expect("finite parameters");
    assert_eq!(net.inspect(&image), fresh.inspect(&image), "the sums of weights are kept up to date, to the bit");
}

#[test]
fn a_pass_learns_the_digits_in_order_and_evaluation_changes_nothing() {
    let (recipe, rules) = recipe(Activation::Tanh);
    let mut random = Random(9);
    let images: Vec<Vec<f32>> = (0..30).map(|_| to_f32(&oracle::random_image(&mut random))).collect();
    let labels: Vec<u8> = (0..30).map(|k| k % 10).collect();
    let digits = Digits::new(images.concat(), labels.clone()).expect("good digits");

    let (mut by_pass, mut by_pattern) = (Network::new(recipe), Network::new(recipe));
    by_pass.pass(&digits);
    for (image, &label) in images.iter().zip(&labels) {
        by_pattern.learn(image, label).expect("a good pattern");
    }
    assert_eq!(by_pass.state(), by_pattern.state());

    let evaluation = by_pass.evaluate(&digits);
    let parameters = to_f64(&by_pass.state());
    let outputs: Vec<Vec<f64>> =
        images.iter().map(|image| oracle::forward(&rules, &parameters, &to_f64(image)).output).collect();
    let costs = outputs.iter().zip(&labels).map(|(outputs, &label)| oracle::cost(&rules, outputs, label.into()));
    assert!((evaluation.mean_squared_error - costs.sum::<f64>() / 30.0).abs() < 1e-5);
    let classified = by_pass.classify_all(&images.concat()).expect("good images");
    assert_eq!(by_pass.classify_digits(&digits), classified);
    let wrong = classified.iter().zip(&labels).filter(|(got, label)| got != label).count();
    assert_eq!(evaluation.misclassified, wrong);
    assert_eq!(by_pass.state(), by_pattern.state());
}

#[test]
fn shuffled_orders_do_not_depend_on_evaluation() {
    let (recipe, _) = recipe(Activation::Logistic);
    let recipe = Recipe { shuffled: true, ..recipe };
    let mut random = Random(5);
    let images: Vec<f32> = (0..20).flat_map(|_| to_f32(&oracle::random_image(&mut random))).collect();
    let digits = Digits::new(images, (0..20).map(|k| k % 10).collect()).expect("good digits");
    let (mut silent, mut reporting) = (Network::new(recipe), Network::new(recipe));
    for _ in 0..3 {
        silent.pass(&digits);
        reporting.pass(&digits);
        reporting.evaluate(&digits);
    }
    assert_eq!(silent.state(), reporting.state());
}

#[test]
fn bad_input_leaves_the_net_as_it_was() {
    let (recipe, _) = recipe(Activation::Tanh);
    let mut net = Network::new(recipe);
    let before = net.state();
    assert!(net.forward(&[0.0; 255]).is_err());
    assert!(net.learn(&[2.0; 256], 3).is_err());
    assert!(net.learn(&[0.0; 256], 10).is_err());
    assert!(net.gradient(&[f32::NAN; 256], 3).is_err());
    assert!(net.classify_all(&[0.0; 300]).is_err());
    assert!(net.load_state(&vec![f32::NAN; 9760]).is_err());
    assert_eq!(net.state(), before);
}
