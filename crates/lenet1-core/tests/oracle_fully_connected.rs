//! The oracle's fully connected baseline: its counts, its wiring, its gradient.
//! (Its second derivatives: `oracle_second_derivatives.rs`.)

mod oracle;

use oracle::differences::{assert_near_by_tensor, shifted, slope, spread_indices};
use oracle::fully_connected::{LAYERS, PARAMETERS, TENSORS, forward, gradient};
use oracle::{Draws, all_rules, cost, random_fully_connected, random_image};

#[test]
fn it_has_the_10690_connections_of_the_paper_each_with_its_own_parameter() {
    let mut used = vec![0; PARAMETERS];
    for layer in &*LAYERS {
        for (unit, connections) in layer.units.iter().enumerate() {
            used[layer.first_bias + unit] += 1;
            for connection in connections {
                used[connection.weight] += 1;
            }
        }
    }
    assert_eq!(PARAMETERS, 256 * 40 + 40 + 40 * 10 + 10);
    assert!(used.iter().all(|&uses| uses == 1));
    let mut next = 0;
    for (name, first, length) in TENSORS {
        assert_eq!(first, next, "{name} begins where the one before ends");
        next = first + length;
    }
    assert_eq!(next, PARAMETERS);
}

#[test]
fn each_weight_joins_its_own_pixel_unit_and_output() {
    let rules = all_rules()[0];
    let image = random_image(&mut Draws(1));
    for (pixel, unit, digit) in [(0, 0, 0), (255, 39, 9), (17, 39, 0), (130, 1, 9), (16, 20, 4)] {
        let mut parameters = vec![0.0; PARAMETERS];
        parameters[unit * 256 + pixel] = 0.7;
        parameters[10_240 + unit] = 0.1;
        parameters[10_280 + digit * 40 + unit] = -1.3;
        parameters[10_680 + digit] = 0.2;
        let activations = forward(&rules, &parameters, &image);
        let hidden = (0.7 * image[pixel] + 0.1).tanh();
        for (other, got) in activations.hidden.iter().enumerate() {
            assert_near(*got, if other == unit { hidden } else { 0.0 });
        }
        for (other, got) in activations.output.iter().enumerate() {
            assert_near(*got, if other == digit { (0.2 - 1.3 * hidden).tanh() } else { 0.0 });
        }
    }
}

fn assert_near(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-14, "expected {expected}, got {got}");
}

#[test]
fn the_gradient_equals_central_differences_under_all_rules() {
    let indices = spread_indices(&TENSORS, 200);
    for (seed, rules) in (900..).zip(all_rules()) {
        let mut draws = Draws(seed);
        let (parameters, image) = (random_fully_connected(&mut draws), random_image(&mut draws));
        let label = usize::try_from(seed % 10).expect("a digit");
        let got = gradient(&rules, &parameters, &image, label);
        assert_eq!(got.len(), PARAMETERS);
        let cost_of = |parameters: &[f64]| cost(&rules, &forward(&rules, parameters, &image).output, label);
        let difference = |&index: &usize| (index, slope(|by| cost_of(&shifted(&parameters, index, by))));
        let expected: Vec<(usize, f64)> = indices.iter().map(difference).collect();
        assert_near_by_tensor(&got, &expected, &TENSORS, &format!("{rules:?}, net {seed}"));
    }
}
