//! The net over lanes against the f64 oracle: random nets, random patterns, every activation and every gradient.

use cases::{largest, largest_difference, random_case, recipe, recipe_of, to_f32, to_f64};
use lenet1_core::recipe::Architecture;
use lenet1_core::state::TENSORS;
use lenet1_core::{Digits, Error, Network, Recipe};
use oracle::{Activation, Draws as Random};

mod cases;
mod oracle;

/// Each tensor within `tolerance` of its largest value.
fn assert_near(got: &[f32], expected: &[f64], tensors: &[(&str, usize)], tolerance: f64, what: &str) {
    let mut at = 0;
    for &(name, length) in tensors {
        let (got, expected) = (&got[at..at + length], &expected[at..at + length]);
        let relative = largest_difference(got, expected) / largest(expected).max(f64::MIN_POSITIVE);
        assert!(relative < tolerance, "{what}: {name} differs by {relative:e} of its largest");
        at += length;
    }
}

#[test]
fn every_activation_is_the_oracles_to_5e_6() {
    for rules in oracle::all_rules() {
        for seed in 1..=20 {
            let (mut net, parameters, image, _) = random_case(seed, recipe_of(&rules));
            let expected = oracle::forward(&rules, &parameters, &to_f64(&image));
            let expected = [expected.h1, expected.h2, expected.h3, expected.output].concat();
            let got = net.inspect(&image).expect("a good image");
            // Relative to the largest for ReLU, whose activations have no upper end.
            let difference = largest_difference(&got, &expected) / largest(&expected).max(1.0);
            assert!(difference < 5e-6, "{rules:?}, seed {seed}: {difference:e}");
            assert_eq!(got[990..], net.forward(&image).expect("a good image"));
        }
    }
}

#[test]
fn every_gradient_is_the_oracles_to_1e_5_of_the_largest() {
    for rules in oracle::all_rules() {
        for seed in 1..=20 {
            let (mut net, parameters, image, label) = random_case(seed, recipe_of(&rules));
            let expected = oracle::gradient(&rules, &parameters, &to_f64(&image), label.into());
            let got = net.gradient(&image, label).expect("a good pattern");
            assert_near(&got, &expected, &TENSORS, 1e-5, &format!("{rules:?}, seed {seed}"));
        }
    }
}

#[test]
fn every_second_derivative_is_the_oracles_to_1e_5_of_the_largest() {
    for rules in oracle::all_rules() {
        let (mut net, parameters, ..) = random_case(4, recipe_of(&rules));
        let mut random = Random(77);
        let images: Vec<Vec<f32>> = (0..3).map(|_| to_f32(&oracle::random_image(&mut random))).collect();
        let digits = Digits::new(images.concat(), vec![0, 1, 2]).expect("good digits");
        let each: Vec<Vec<f64>> =
            images.iter().map(|image| oracle::second_derivatives(&rules, &parameters, &to_f64(image), 0)).collect();
        let expected = oracle::second_derivatives::mean(&each);
        let got = net.second_derivatives(&digits, 3);
        assert!(got.iter().all(|&second| second >= 0.0), "a positive approximation");
        assert_near(&got, &expected, &TENSORS, 1e-5, &format!("{rules:?}"));
        assert_eq!(got, net.second_derivatives(&digits, 9), "asking for more patterns than there are takes all");
    }
}

#[test]
fn the_fully_connected_nets_gradients_and_second_derivatives_are_the_oracles() {
    for rules in oracle::all_rules() {
        let recipe = Recipe { architecture: Architecture::FullyConnected, ..recipe_of(&rules) };
        let mut random = Random(11);
        let parameters = to_f64(&to_f32(&oracle::random_fully_connected(&mut random)));
        let image = to_f32(&oracle::random_image(&mut random));
        let mut net = Network::new(recipe);
        net.load_state(&to_f32(&parameters), 0).expect("random parameters are finite");
        let wide = to_f64(&image);
        let outputs = oracle::fully_connected::forward(&rules, &parameters, &wide).output;
        let scale = largest(&outputs).max(1.0);
        assert!(largest_difference(&net.forward(&image).expect("a good image"), &outputs) < 5e-6 * scale, "{rules:?}");
        let tensors = lenet1_core::fully_connected::TENSORS;
        let expected = oracle::fully_connected::gradient(&rules, &parameters, &wide, 7);
        let got = net.gradient(&image, 7).expect("a good pattern");
        assert_near(&got, &expected, &tensors, 1e-5, &format!("gradient, {rules:?}"));
        let expected = oracle::fully_connected::second_derivatives(&rules, &parameters, &wide, 7);
        let digits = Digits::new(image, vec![7]).expect("a good pattern");
        let got = net.second_derivatives(&digits, 1);
        assert_near(&got, &expected, &tensors, 1e-5, &format!("second derivatives, {rules:?}"));
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
    fresh.load_state(&net.state(), 0).expect("finite parameters");
    assert_eq!(net.inspect(&image), fresh.inspect(&image), "the sums of weights are kept up to date, to the bit");
}

#[test]
fn bad_input_leaves_the_net_as_it_was() {
    let (recipe, _) = recipe(Activation::Tanh);
    let mut net = Network::new(recipe);
    let before = net.state();
    assert!(net.forward(&[0.0; 255]).is_err());
    assert!(net.learn(&[2.0; 256], 3).is_err());
    assert!(net.learn(&[0.0; 256], 11).is_err());
    assert!(net.gradient(&[f32::NAN; 256], 3).is_err());
    assert_eq!(net.answers_to(&[0.0; 300]), Err(Error::ImageLength { got: 300 }));
    let mut images = [0.0; 512];
    images[400] = -1.5;
    assert_eq!(net.answers_to(&images), Err(Error::ImageValue { index: 400, got: -1.5 }));
    assert_eq!(net.answers_to(&[]), Ok(Vec::new()));
    assert!(net.load_state(&vec![f32::NAN; 9760], 0).is_err());
    assert_eq!(net.state(), before);
}
