//! The oracle's second derivatives against central second differences. These know nothing of its rule: they see forward
//! passes only.
//!
//! The rule drops terms, so its results are not second derivatives of the cost. But layer by layer they are those of
//! another function, Q. Let D = ∂²E/∂x² be given, unit by unit, at a layer's activations x, and call these x⁰.
//!
//! ```text
//! Q              = ½ Σ_i D_i (x_i − x_i⁰)²
//! ∂²Q/∂weight_k² = Σ_(i,j sharing k) D_i f′(a_i)² x_j²
//! ∂²Q/∂bias_i²   = D_i f′(a_i)²
//! ∂²Q/∂x_j²      = Σ_i D_i f′(a_i)² w_ij²
//! ```
//!
//! This holds exactly at x⁰, if all units that share a weight move with it. Q is least there, so ∂Q/∂x is 0 and f″
//! plays no part; ∂²Q/∂x² is D, with zeros off the diagonal; and a unit has each weight and each input once, hence
//! squares of single terms. The rule gives just that, with nothing left out.

mod oracle;

use oracle::differences::{assert_near_by_tensor, curvature, shifted, spread_indices};
use oracle::positions::{CONNECTION_TABLE, bordered, grid, h1b, h1w, h2b, h2w, h3w, outw};
use oracle::second_derivatives::{mean, second_sums};
use oracle::{
    Activation, Cost, Draws, LAYERS, Layer, PARAMETERS, Rules, TENSORS, all_rules, cost, forward, fully_connected,
    random_fully_connected, random_image, random_parameters, second_derivatives,
};

/// Step of the differences from the least value of Q, which rounding hardly blurs: small, so that no `ReLU` passes its
/// corner.
const REACH_OF_Q: f64 = 1e-6;
/// Step of the differences where a cost is far from 0.
const REACH_OF_COST: f64 = 3e-4;

type Tensors = [(&'static str, usize, usize)];

/// The second derivatives of Q by the parameters at `indices`, each with its index, and by each input. D is given at
/// `values(parameters, input)`.
fn by_differences(
    values: impl Fn(&[f64], &[f64]) -> Vec<f64>,
    parameters: &[f64],
    input: &[f64],
    d: &[f64],
    indices: &[usize],
) -> (Vec<(usize, f64)>, Vec<f64>) {
    let least = values(parameters, input);
    let q = |values: Vec<f64>| {
        let terms = values.iter().zip(&least).zip(d).map(|((x, least), d)| d * (x - least).powi(2));
        terms.sum::<f64>() / 2.0
    };
    let by_parameter =
        |&index: &usize| (index, curvature(REACH_OF_Q, |by| q(values(&shifted(parameters, index, by), input))));
    let by_input = |index| curvature(REACH_OF_Q, |by| q(values(parameters, &shifted(input, index, by))));
    (indices.iter().map(by_parameter).collect(), (0..input.len()).map(by_input).collect())
}

/// The tensors of a layer: its weights and its biases.
fn tensors_of(layer: usize, tensors: &Tensors) -> &Tensors {
    &tensors[2 * layer..][..2]
}

/// Some 150 of a layer's weights, and as many of its biases.
fn indices(layer: usize, tensors: &Tensors) -> Vec<usize> {
    spread_indices(tensors_of(layer, tensors), 150)
}

fn assert_layer_passes_on(layer: &Layer, tensors: &Tensors, number: usize, f: Activation, parameters: &[f64]) {
    let mut draws = Draws(400);
    let inputs =
        layer.units.iter().flatten().filter_map(|connection| connection.input).max().expect("it has inputs") + 1;
    let input = draws.uniforms(inputs, -1.0, 1.0);
    let d = draws.uniforms(layer.units.len(), 0.1, 2.0);
    let activations = layer.forward(f, parameters, &input);
    let mut h = vec![0.0; parameters.len()];
    let second_input = layer.backward_second(parameters, &input, &second_sums(f, &activations, &d), &mut h);

    let values = |parameters: &[f64], input: &[f64]| layer.forward(f, parameters, input);
    let (expected, by_input) = by_differences(values, parameters, &input, &d, &indices(number, tensors));
    let what = format!("layer {number}, {f:?}");
    assert_near_by_tensor(&h, &expected, tensors, &what);
    let by_input: Vec<(usize, f64)> = by_input.into_iter().enumerate().collect();
    assert_near_by_tensor(&second_input, &by_input, &[("input", 0, inputs)], &what);
    for &(name, first, length) in tensors {
        let own = tensors_of(number, tensors).iter().any(|tensor| tensor.0 == name);
        assert!(own || h[first..][..length].iter().all(|h| h.abs() == 0.0), "{what} leaves {name} alone");
    }
}

#[test]
fn every_layer_passes_on_any_second_derivatives_as_central_differences_do() {
    let parameters = random_parameters(&mut Draws(401));
    let fully_connected_parameters = random_fully_connected(&mut Draws(402));
    for f in [Activation::Tanh, Activation::ScaledTanh, Activation::Relu, Activation::LeakyRelu, Activation::Logistic] {
        for (number, layer) in LAYERS.iter().enumerate() {
            assert_layer_passes_on(layer, &TENSORS, number, f, &parameters);
        }
        for (number, layer) in fully_connected::LAYERS.iter().enumerate() {
            assert_layer_passes_on(layer, &fully_connected::TENSORS, number, f, &fully_connected_parameters);
        }
    }
}

/// h of some of the parameters by second differences, from the cost down, layer by layer.
fn whole_net_by_differences(
    rules: &Rules,
    layers: &[Layer],
    tensors: &Tensors,
    parameters: &[f64],
    image: &[f64],
    label: usize,
) -> Vec<(usize, f64)> {
    let mut inputs = vec![image.to_vec()];
    for layer in layers {
        inputs.push(layer.forward(rules.hidden, parameters, inputs.last().expect("the image at least")));
    }
    inputs.pop();
    let last = layers.len() - 1;
    let softmax = rules.cost == Cost::CrossEntropy;
    // Softmax: the rule starts at the weighted sums, and so does D.
    let values = |number: usize, parameters: &[f64], input: &[f64]| match (number == last, softmax) {
        (true, true) => layers[number].sums(parameters, input),
        (true, false) => layers[number].forward(rules.output, parameters, input),
        (false, _) => layers[number].forward(rules.hidden, parameters, input),
    };
    let cost_of = |values: &[f64]| {
        if softmax { cost(rules, &rules.output.values(values), label) } else { cost(rules, values, label) }
    };
    let output = values(last, parameters, &inputs[last]);
    let mut d: Vec<f64> =
        (0..10).map(|unit| curvature(REACH_OF_COST, |by| cost_of(&shifted(&output, unit, by)))).collect();
    let mut h = Vec::new();
    for number in (0..layers.len()).rev() {
        let of_layer = |parameters: &[f64], input: &[f64]| values(number, parameters, input);
        let (by_parameter, by_input) =
            by_differences(of_layer, parameters, &inputs[number], &d, &indices(number, tensors));
        h.extend(by_parameter);
        d = by_input;
    }
    h
}

/// Some of all rules: each cost, each kind of output and each kind of hidden unit is among them.
fn some_rules() -> Vec<Rules> {
    let (all, some) = (all_rules(), all_rules().into_iter().step_by(5).collect::<Vec<_>>());
    for rules in &all {
        assert!(some.iter().any(|one| one.hidden == rules.hidden), "{:?} is among them", rules.hidden);
        assert!(some.iter().any(|one| one.output == rules.output), "{:?} is among them", rules.output);
        assert!(some.iter().any(|one| one.cost == rules.cost), "{:?} is among them", rules.cost);
    }
    some
}

#[test]
fn the_second_derivatives_equal_central_differences_all_the_way_down() {
    for (seed, rules) in (500..).zip(some_rules()) {
        let mut draws = Draws(seed);
        let (parameters, image) = (random_parameters(&mut draws), random_image(&mut draws));
        let got = second_derivatives(&rules, &parameters, &image, 7);
        let expected = whole_net_by_differences(&rules, &*LAYERS, &TENSORS, &parameters, &image, 7);
        assert_eq!(got.len(), PARAMETERS);
        assert!(got.iter().all(|&h| h >= 0.0), "{rules:?}: none is negative");
        assert_near_by_tensor(&got, &expected, &TENSORS, &format!("{rules:?}, net {seed}"));
    }
}

#[test]
fn those_of_the_fully_connected_net_do_too() {
    for (seed, rules) in (600..).zip(some_rules()) {
        let mut draws = Draws(seed);
        let (parameters, image) = (random_fully_connected(&mut draws), random_image(&mut draws));
        let got = fully_connected::second_derivatives(&rules, &parameters, &image, 2);
        let (layers, tensors) = (&*fully_connected::LAYERS, &fully_connected::TENSORS);
        let expected = whole_net_by_differences(&rules, layers, tensors, &parameters, &image, 2);
        assert_eq!(got.len(), fully_connected::PARAMETERS);
        assert_near_by_tensor(&got, &expected, tensors, &format!("{rules:?}, net {seed}"));
    }
}

#[test]
fn with_cross_entropy_those_of_the_output_layer_are_the_costs_own() {
    for (seed, rules) in (700..).zip(all_rules().into_iter().filter(|rules| rules.cost == Cost::CrossEntropy)) {
        let mut draws = Draws(seed);
        let (parameters, image) = (random_parameters(&mut draws), random_image(&mut draws));
        let cost_of = |parameters: &[f64]| cost(&rules, &forward(&rules, parameters, &image).output, 3);
        let difference = |index| (index, curvature(REACH_OF_COST, |by| cost_of(&shifted(&parameters, index, by))));
        let expected: Vec<(usize, f64)> =
            spread_indices(tensors_of(3, &TENSORS), 300).into_iter().map(difference).collect();
        let got = second_derivatives(&rules, &parameters, &image, 3);
        assert_near_by_tensor(&got, &expected, &TENSORS, &format!("{rules:?}, net {seed}"));
    }
}

#[test]
fn a_shared_weight_has_the_sum_over_its_maps_units_the_border_read_as_background() {
    let rules = all_rules()[0];
    let mut draws = Draws(800);
    let (parameters, image) = (random_parameters(&mut draws), random_image(&mut draws));
    let h = second_derivatives(&rules, &parameters, &image, 5);
    let h1 = forward(&rules, &parameters, &image).h1;
    let (plane, mut compared) = (bordered(&image, 16), 0);
    for (map, (dy, dx)) in (0..12).flat_map(|map| grid(5).map(move |tap| (map, tap))) {
        let terms = grid(8).map(|(y, x)| plane[2 * y + dy][2 * x + dx].powi(2) * h[h1b(map, y, x)]);
        assert_relative(h[h1w(map, dy, dx)], terms.sum(), &format!("H1 map {map}, tap ({dy}, {dx})"));
        for slot in 0..8 {
            let plane = bordered(&h1[CONNECTION_TABLE[map / 4][slot] * 64..][..64], 8);
            let terms = grid(4).map(|(y, x)| plane[2 * y + dy][2 * x + dx].powi(2) * h[h2b(map, y, x)]);
            let what = format!("H2 map {map}, slot {slot}, tap ({dy}, {dx})");
            assert_relative(h[h2w(map, slot, dy, dx)], terms.sum(), &what);
            compared += 1;
        }
    }
    assert_eq!(compared, 2400);
}

#[test]
fn a_corner_unit_counts_the_background_squared_for_each_tap_off_the_plane() {
    // One unit of H1 reaches one output, by one weight after the other.
    let mut parameters = vec![0.0; PARAMETERS];
    for index in [h2w(9, 2, 2, 2), h3w(4, 9, 0, 0), outw(6, 4)] {
        parameters[index] = 0.5;
    }
    let rules = all_rules()[0];
    let h = second_derivatives(&rules, &parameters, &[0.5; 256], 6);
    // H2 map 9 sees H1 map 2 in slot 2; the middle tap of its unit (0, 0) reads unit (0, 0). With no
    // weight below, that unit's activation is 0 and all slopes are 1.
    let expected = 0.2 * 0.25 * 0.25 * 0.25;
    assert_relative(h[h1b(2, 0, 0)], expected, "the bias of the unit");
    assert_relative(h[h1w(2, 0, 0)], expected, "a tap off the plane: the background squared");
    assert_relative(h[h1w(2, 1, 4)], expected, "another");
    assert_relative(h[h1w(2, 2, 2)], 0.25 * expected, "a tap on the plane");
    assert_relative(h[h1w(2, 4, 4)], 0.25 * expected, "the last tap, on the plane");
    assert!(h[h1b(2, 0, 1)].abs() == 0.0 && h[h1b(1, 0, 0)].abs() == 0.0, "no other unit of H1 counts");
}

fn assert_relative(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() <= 1e-12 * expected, "{what}: expected {expected}, got {got}");
}

#[test]
fn the_mean_over_patterns_is_taken_parameter_by_parameter() {
    assert_eq!(mean(&[vec![1.0, 0.0, 8.0], vec![3.0, 0.5, 0.0]]), [2.0, 0.25, 4.0]);
    assert_eq!(mean(&[vec![1.0, 7.0]]), [1.0, 7.0]);
}
