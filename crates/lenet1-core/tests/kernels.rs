//! The net over lanes against the f64 oracle: random nets, random patterns, every activation and every gradient.

use lenet1_core::activation::Activation as Units;
use lenet1_core::cost::Cost;
use lenet1_core::distortion::Distortion;
use lenet1_core::initial::{Draws, Limit};
use lenet1_core::recipe::{Architecture, Teachers, UpdateRule};
use lenet1_core::state::TENSORS;
use lenet1_core::{Digits, Network, Recipe};
use oracle::{Activation, Draws as Random, Rules};

mod oracle;

/// A recipe with the oracle's rules, for LeNet-1 and SGD.
fn recipe_of(rules: &Rules) -> Recipe {
    let units = |activation| match activation {
        Activation::Tanh => Units::Tanh,
        Activation::ScaledTanh => Units::ScaledTanh,
        Activation::Relu => Units::Relu,
        Activation::Logistic => Units::Logistic,
        Activation::Softmax => Units::Softmax,
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
fn recipe(output: Activation) -> (Recipe, Rules) {
    let target_others = if output == Activation::Tanh { -1.0 } else { 0.0 };
    let cost = oracle::Cost::MeanSquaredError;
    let rules = Rules { hidden: Activation::Tanh, output, cost, target_label: 1.0, target_others };
    (recipe_of(&rules), rules)
}

#[expect(clippy::cast_possible_truncation, reason = "the net works in f32")]
fn narrow(value: f64) -> f32 {
    value as f32
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
            // Of ReLU, whose units have no upper end, relative to the largest.
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
        assert_eq!(got, net.second_derivatives(&digits, 9), "more patterns than there are means all");
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
        net.load_state(&to_f32(&parameters)).expect("random parameters are finite");
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
fn diagonal_newton_moves_every_parameter_by_its_own_rate() {
    let (damping, learning_rate) = (0.1, 0.01);
    let (descent, rules) = recipe(Activation::Tanh);
    let update = UpdateRule::DiagonalNewton { damping, patterns: 1, measured_passes: 1 };
    for architecture in [Architecture::LeNet1, Architecture::FullyConnected] {
        let recipe = Recipe { architecture, update, learning_rate, final_learning_rate: learning_rate, ..descent };
        let mut random = Random(21);
        let image = to_f32(&oracle::random_image(&mut random));
        let wide = to_f64(&image);
        let mut net = Network::new(recipe);
        let mut expected = to_f64(&net.state());
        let (gradient, second) = match architecture {
            Architecture::LeNet1 => {
                (oracle::gradient(&rules, &expected, &wide, 4), oracle::second_derivatives(&rules, &expected, &wide, 4))
            }
            Architecture::FullyConnected => (
                oracle::fully_connected::gradient(&rules, &expected, &wide, 4),
                oracle::fully_connected::second_derivatives(&rules, &expected, &wide, 4),
            ),
        };
        let (rate, mu) = (f64::from(learning_rate), f64::from(damping));
        let before = expected.clone();
        oracle::update_rules::diagonal_newton(&mut expected, &gradient, &second, rate, mu);
        net.pass(&Digits::new(image, vec![4]).expect("a good pattern"));
        let step: Vec<f64> = before.iter().zip(&expected).map(|(before, after)| after - before).collect();
        let difference = largest_difference(&net.state(), &expected);
        assert!(difference < 1e-5 * largest(&step) + 1e-7, "{architecture:?}: {difference:e}");
        assert!(largest(&step) > 1e-3, "{architecture:?} has learned something");
    }
}

#[test]
fn adamw_steps_as_the_oracle_does_a_pattern_or_a_batch_at_a_time() {
    let rules = Rules {
        hidden: Activation::Relu,
        output: Activation::Softmax,
        cost: oracle::Cost::CrossEntropy,
        target_label: 1.0,
        target_others: 0.0,
    };
    let mut random = Random(31);
    let images: Vec<Vec<f32>> = (0..6).map(|_| to_f32(&oracle::random_image(&mut random))).collect();
    for batch in [1, 3] {
        let update = UpdateRule::AdamW { weight_decay: 0.01, batch };
        let mut net =
            Network::new(Recipe { update, learning_rate: 1e-3, final_learning_rate: 1e-3, ..recipe_of(&rules) });
        let mut expected = to_f64(&net.state());
        let mut state = oracle::update_rules::AdamW::new(expected.len());
        let mut sum = vec![0.0; expected.len()];
        for (step, image) in images.iter().enumerate() {
            let gradient = oracle::gradient(&rules, &expected, &to_f64(image), step);
            sum.iter_mut().zip(&gradient).for_each(|(sum, gradient)| *sum += gradient / f64::from(batch));
            if (step + 1) % batch as usize == 0 {
                oracle::update_rules::adamw(&mut expected, &sum, &mut state, 1e-3, 0.01);
                sum.fill(0.0);
            }
            net.learn(image, u8::try_from(step).expect("a digit")).expect("a good pattern");
        }
        // A step of Adam is as long for a tiny gradient as for a large one, and a tiny one is all rounding.
        let close =
            net.state().iter().zip(&expected).filter(|&(&got, want)| (f64::from(got) - want).abs() < 1e-5).count();
        assert!(close > expected.len() - 20, "batch {batch}: {close} of {}", expected.len());
    }
}

#[test]
fn dropout_drops_units_of_h2_for_learning_alone_and_about_as_many_as_it_should() {
    let (recipe, _) = recipe(Activation::Tanh);
    let digits = {
        let mut random = Random(41);
        let images = (0..40).flat_map(|_| to_f32(&oracle::random_image(&mut random))).collect();
        Digits::new(images, (0..40).map(|k| k % 10).collect()).expect("good digits")
    };
    let state_after = |dropout, learning_rate| {
        let mut net = Network::new(Recipe { dropout, learning_rate, final_learning_rate: learning_rate, ..recipe });
        net.pass(&digits);
        net.state()
    };
    assert_ne!(state_after(0.25, 0.05), state_after(0.0, 0.05));
    // H3's weights from a unit move for a pattern just where the unit was kept.
    let mut kept = 0;
    for seed in 0..20 {
        let mut net = Network::new(Recipe { dropout: 0.25, seed, ..recipe });
        let before = net.state();
        let image = to_f32(&oracle::random_image(&mut Random(u64::from(seed) + 50)));
        net.learn(&image, 3).expect("a good pattern");
        let (before, after) = (&before[3660..3660 + 192], &net.state()[3660..3660 + 192]);
        kept += before.iter().zip(after).filter(|(before, after)| before.to_bits() != after.to_bits()).count();
    }
    let part = f64::from(u32::try_from(kept).expect("few")) / (20.0 * 192.0);
    assert!((part - 0.75).abs() < 0.03, "{part}");
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

#[test]
fn parameters_that_are_loaded_start_without_what_an_update_rule_had_gathered() {
    let (recipe, _) = recipe(Activation::Tanh);
    let image = to_f32(&oracle::random_image(&mut Random(61)));
    let digits = Digits::new(image.clone(), vec![4]).expect("a good pattern");
    for update in [
        UpdateRule::DiagonalNewton { damping: 0.1, patterns: 1, measured_passes: 1 },
        UpdateRule::AdamW { weight_decay: 0.01, batch: 2 },
    ] {
        let recipe = Recipe { update, learning_rate: 0.01, final_learning_rate: 0.01, ..recipe };
        let mut fresh = Network::new(recipe);
        let mut used = fresh.clone();
        for _ in 0..3 {
            used.pass(&digits);
        }
        used.load_state(&fresh.state()).expect("finite parameters");
        for net in [&mut fresh, &mut used] {
            net.learn(&image, 7).expect("a good pattern");
            net.learn(&image, 8).expect("a good pattern");
        }
        assert_eq!(used.state(), fresh.state(), "{update:?}");
    }
}
#[test]
fn teachers_learn_beside_the_net_and_their_mean_output_is_part_of_its_targets() {
    let rules = Rules {
        hidden: Activation::Relu,
        output: Activation::Softmax,
        cost: oracle::Cost::CrossEntropy,
        target_label: 1.0,
        target_others: 0.0,
    };
    let weight = 0.75;
    let plain = recipe_of(&rules);
    let mut net = Network::new(Recipe { teachers: Teachers { count: 2, weight: narrow(weight) }, ..plain });
    let (image, label) = (to_f32(&oracle::random_image(&mut Random(7))), 7);
    let mut teachers = [1, 2].map(|nth| Network::new(Recipe { seed: plain.seed + (nth << 24), ..plain }));
    let rate = f64::from(plain.learning_rate);
    for _ in 0..3 {
        let parameters = to_f64(&net.state());
        let mut targets = [0.0; 10];
        targets[usize::from(label)] = 1.0 - weight;
        for teacher in &mut teachers {
            let outputs = teacher.forward(&image).expect("a good image");
            targets.iter_mut().zip(outputs).for_each(|(target, output)| *target += weight / 2.0 * f64::from(output));
            teacher.learn(&image, label).expect("a good pattern");
        }
        net.learn(&image, label).expect("a good pattern");
        // The cross-entropy's gradient is linear in the targets.
        let mut expected = parameters.clone();
        for (digit, target) in targets.into_iter().enumerate() {
            let gradient = oracle::gradient(&rules, &parameters, &to_f64(&image), digit);
            expected.iter_mut().zip(gradient).for_each(|(parameter, g)| *parameter -= rate * target * g);
        }
        let difference = largest_difference(&net.state(), &expected);
        let moved = largest_difference(&net.state(), &parameters);
        assert!(moved > 1e-3 && difference < 1e-4 * moved, "{difference:e} of {moved:e}");
    }
    // A net that was loaded learns alone.
    let (mut alone, state) = (Network::new(plain), net.state());
    for net in [&mut net, &mut alone] {
        net.load_state(&state).expect("a good state");
        net.learn(&image, label).expect("a good pattern");
    }
    assert_eq!(net.state(), alone.state());
}
