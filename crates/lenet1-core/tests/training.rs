//! Training over lanes against the f64 oracle: update rules, passes, dropout, teachers, and loaded or copied nets.

use cases::{largest, largest_difference, narrow, recipe, recipe_of, to_f32, to_f64};
use lenet1_core::digits::NO_DIGIT;
use lenet1_core::recipe::{Architecture, Teachers, UpdateRule};
use lenet1_core::{Digits, Evaluation, Network, Recipe};
use oracle::{Activation, Draws as Random, Rules};

mod cases;
mod oracle;

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
        // Adam's step is as long for a tiny gradient as for a large one, and a tiny one is all rounding.
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
    // A pattern moves H3's weights from a unit exactly if the unit was kept.
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
    let answers = by_pass.answers(&digits);
    assert_eq!(by_pass.answers_to(&images.concat()).expect("good images"), answers);
    let one_by_one = images.iter().map(|image| by_pass.forward(image).expect("a good image"));
    assert_eq!(one_by_one.collect::<Vec<_>>().concat(), answers);
    let is_wrong = |(outputs, &label): (&[f32; 10], &u8)| outputs.iter().any(|&y| y > outputs[usize::from(label)]);
    let wrong = answers.as_chunks().0.iter().zip(&labels).filter(|&pattern| is_wrong(pattern)).count();
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
        used.load_state(&fresh.state(), 0).expect("finite parameters");
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
    // A net with loaded parameters learns alone.
    let (mut alone, state) = (Network::new(plain), net.state());
    for net in [&mut net, &mut alone] {
        net.load_state(&state, 0).expect("a good state");
        net.learn(&image, label).expect("a good pattern");
    }
    assert_eq!(net.state(), alone.state());
}

#[test]
fn digits_and_what_is_none_are_evaluated_apart() {
    let (recipe, _) = recipe(Activation::Tanh);
    let mut random = Random(31);
    let images: Vec<Vec<f32>> = (0..40).map(|_| to_f32(&oracle::random_image(&mut random))).collect();
    let labels: Vec<u8> = (0..40).map(|k| if k < 30 { k % 10 } else { NO_DIGIT }).collect();
    let largest: Vec<f32> = {
        let mut net = Network::new(recipe);
        let outputs = images.iter().map(|image| net.forward(image).expect("a good image"));
        outputs.map(|outputs| outputs.into_iter().fold(f32::MIN, f32::max)).collect()
    };
    let mut sorted = largest.clone();
    sorted.sort_by(f32::total_cmp);
    let no_digit_below = sorted[20];

    let mut net = Network::new(Recipe { no_digit_below, ..recipe });
    let of_all = net.evaluate(&Digits::new(images.concat(), labels).expect("good patterns"));
    let of_digits = Digits::new(images[..30].concat(), (0..30).map(|k| k % 10).collect()).expect("good digits");
    let count = |some: &[f32], below: bool| some.iter().filter(|&&most| (most < no_digit_below) == below).count();
    assert_eq!((of_all.digits, of_all.digits_refused), (30, count(&largest[..30], true)));
    assert_eq!(of_all.no_digits_accepted, count(&largest[30..], false));
    let expected = Evaluation { no_digits_accepted: 0, ..of_all };
    assert_eq!(net.evaluate(&of_digits), expected, "patterns without a digit do not change the figures of the digits");
    assert_eq!(Network::new(recipe).evaluate(&of_digits).digits_refused, 0, "without a threshold all are digits");
}

#[test]
fn a_net_learns_to_answer_with_no_digit() {
    for output in [Activation::Tanh, Activation::Logistic, Activation::Softmax, Activation::SoftmaxOrNone] {
        let softmax = matches!(output, Activation::Softmax | Activation::SoftmaxOrNone);
        let (cost, target_others) = match output {
            Activation::Tanh => (oracle::Cost::MeanSquaredError, -1.0),
            Activation::Logistic => (oracle::Cost::MeanSquaredError, 0.0),
            _ => (oracle::Cost::CrossEntropy, 0.0),
        };
        let rules = Rules { hidden: Activation::Tanh, output, cost, target_label: 1.0, target_others };
        let mut net = Network::new(Recipe { learning_rate: 0.1, ..cases::recipe_of(&rules) });
        let image = to_f32(&oracle::random_image(&mut Random(3)));
        for _ in 0..300 {
            net.learn(&image, NO_DIGIT).expect("a good pattern");
        }
        let outputs = net.forward(&image).expect("a good image");
        let wanted = if output == Activation::Softmax { 0.1 } else { narrow(target_others) };
        let furthest = outputs.iter().map(|output| (output - wanted).abs()).fold(0.0, f32::max);
        assert!(furthest < if softmax { 0.05 } else { 0.2 }, "{output:?}: {furthest}");
    }
}
