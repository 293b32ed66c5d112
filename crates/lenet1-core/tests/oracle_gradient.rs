//! The oracle's gradient against central differences of its cost, with dropout and without.

mod oracle;

use oracle::differences::{assert_near_by_tensor, shifted, slope, spread_indices};
use oracle::positions::{h1b, h1w, h2b, h2w, h3w};
use oracle::{
    Activation, Draws, PARAMETERS, Rules, TENSORS, all_rules, cost, forward, forward_with_dropout, gradient,
    gradient_with_dropout, random_dropout, random_image, random_parameters,
};

#[test]
fn the_gradient_equals_central_differences_under_all_rules() {
    for (seed, rules) in (100..).zip(all_rules()) {
        assert_gradient_equals_central_differences(&rules, seed, &[1.0; 192]);
    }
}

#[test]
fn the_gradient_with_dropout_equals_central_differences() {
    for (seed, rules) in (200..).zip(all_rules().into_iter().step_by(5)) {
        let dropout = random_dropout(&mut Draws(1000 + seed), 0.25);
        assert_gradient_equals_central_differences(&rules, seed, &dropout);
    }
}

/// Allows a difference of a millionth of the tensor's largest gradient.
fn assert_gradient_equals_central_differences(rules: &Rules, seed: u64, dropout: &[f64]) {
    let mut draws = Draws(seed);
    let parameters = random_parameters(&mut draws);
    let image = random_image(&mut draws);
    let label = usize::try_from(seed % 11).expect("a digit, or none");
    let got = gradient_with_dropout(rules, &parameters, &image, label, dropout);
    assert_eq!(got.len(), PARAMETERS);
    let cost_of =
        |parameters: &[f64]| cost(rules, &forward_with_dropout(rules, parameters, &image, dropout).output, label);
    let difference = |index| (index, slope(|by| cost_of(&shifted(&parameters, index, by))));
    let indices = named_indices().into_iter().chain(spread_indices(&TENSORS, 32));
    let expected: Vec<(usize, f64)> = indices.map(difference).collect();
    assert_near_by_tensor(&got, &expected, &TENSORS, &format!("{rules:?}, net {seed}"));
}

/// Corners, edges and the inside of the maps of H1 and H2; corners and middles of their kernels.
fn named_indices() -> Vec<usize> {
    let mut indices = Vec::new();
    for map in [0, 5, 11] {
        for (dy, dx) in [(0, 0), (4, 4), (2, 2), (0, 4), (3, 0)] {
            indices.push(h1w(map, dy, dx));
            indices.extend([0, 4, 7].map(|slot| h2w(map, slot, dy, dx)));
        }
        for (y, x) in [(0, 0), (7, 7), (0, 7), (7, 0), (0, 3), (4, 0), (7, 2), (5, 7), (3, 4)] {
            indices.push(h1b(map, y, x));
        }
        for (y, x) in [(0, 0), (3, 3), (0, 3), (3, 0), (0, 1), (2, 3), (1, 2)] {
            indices.push(h2b(map, y, x));
        }
    }
    indices
}

#[test]
fn dropout_is_a_net_whose_h3_weights_have_its_factors() {
    let rules = all_rules()[0];
    let mut draws = Draws(300);
    let parameters = random_parameters(&mut draws);
    let image = random_image(&mut draws);
    let dropout = random_dropout(&mut draws, 0.25);
    let mut scaled = parameters.clone();
    for unit in 0..30 {
        for (input, factor) in dropout.iter().enumerate() {
            scaled[h3w(unit, 0, 0, input)] *= factor;
        }
    }
    let (got, expected) =
        (forward_with_dropout(&rules, &parameters, &image, &dropout), forward(&rules, &scaled, &image));
    assert_eq!(got.h1, expected.h1);
    assert_eq!(got.h2, expected.h2, "h2 is given before dropout");
    assert_ne!(got.h3, forward(&rules, &parameters, &image).h3);
    for (got, expected) in got.h3.iter().chain(&got.output).zip(expected.h3.iter().chain(&expected.output)) {
        assert!((got - expected).abs() < 1e-14, "expected {expected}, got {got}");
    }
}

#[test]
fn what_only_a_dropped_unit_sees_has_no_gradient_and_a_whole_mask_changes_nothing() {
    let rules = all_rules().into_iter().find(|rules| rules.output == Activation::Softmax).expect("some have");
    let mut draws = Draws(301);
    let parameters = random_parameters(&mut draws);
    let image = random_image(&mut draws);
    let mut dropout = [1.0; 192];
    let whole = gradient(&rules, &parameters, &image, 4);
    assert_eq!(gradient_with_dropout(&rules, &parameters, &image, 4, &dropout), whole);
    dropout[7 * 16 + 2 * 4 + 3] = 0.0;
    let got = gradient_with_dropout(&rules, &parameters, &image, 4, &dropout);
    let unseen = (0..30).map(|unit| h3w(unit, 7, 2, 3)).chain([h2b(7, 2, 3)]);
    for index in unseen {
        assert!(got[index].abs() == 0.0 && whole[index].abs() > 0.0, "parameter {index}: {}", got[index]);
    }
}
