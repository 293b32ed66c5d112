//! The oracle's activations, targets and costs against values computed by hand or by definition.

mod oracle;

use oracle::differences::{curvature, slope};
use oracle::{Activation, Cost, Rules, all_rules, cost};

/// The activations of single units: all but softmax.
const ACTIVATIONS: [Activation; 5] =
    [Activation::Tanh, Activation::ScaledTanh, Activation::Relu, Activation::LeakyRelu, Activation::Logistic];

const MEAN: Rules = Rules {
    hidden: Activation::Tanh,
    output: Activation::Tanh,
    cost: Cost::MeanSquaredError,
    target_label: 1.0,
    target_others: -1.0,
};
const HALF: Rules = Rules { cost: Cost::HalfSquaredError, ..MEAN };
const CROSS_ENTROPY: Rules =
    Rules { output: Activation::Softmax, cost: Cost::CrossEntropy, target_label: 0.91, target_others: 0.01, ..MEAN };

fn assert_near(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() < 1e-14, "{what}: expected {expected}, got {got}");
}

#[test]
fn activations_are_what_they_are_called() {
    // (e − 1/e) / (e + 1/e) is tanh(1), e / (e + 1) is the logistic function of 1.
    let e = std::f64::consts::E;
    let tanh_of_1 = (e - 1.0 / e) / (e + 1.0 / e);
    assert_near(Activation::Tanh.value(1.0), tanh_of_1, "tanh");
    assert_near(Activation::ScaledTanh.value(-1.5), -1.7159 * tanh_of_1, "scaled tanh");
    assert_near(Activation::Logistic.value(1.0), e / (e + 1.0), "logistic");
    assert_near(Activation::Relu.value(0.3), 0.3, "ReLU of a positive sum");
    assert_near(Activation::Relu.value(-0.3), 0.0, "ReLU of a negative sum");
    assert_near(Activation::Relu.slope(0.0), 0.0, "slope of ReLU at 0");
    assert_near(Activation::LeakyRelu.value(-0.3), -0.03, "leaky ReLU of a negative sum");
}

#[test]
fn scaled_tanh_leaves_1_and_minus_1_about_where_they_are() {
    for end in [1.0, -1.0] {
        assert!((Activation::ScaledTanh.value(end) - end).abs() < 1e-4, "its constants are chosen for this");
    }
}

#[test]
fn a_slope_taken_from_the_activation_is_that_of_the_sum() {
    for f in ACTIVATIONS {
        for a in [-4.0, -1.1, -0.2, 0.05, 0.7, 2.5] {
            let (got, expected) = (f.slope(f.value(a)), slope(|by| f.value(a + by)));
            assert!((got - expected).abs() < 1e-9, "{f:?} at {a}: slope {got}, central difference {expected}");
        }
    }
}

#[test]
fn softmax_gives_probabilities_in_the_ratio_of_the_exponentials_and_stands_large_sums() {
    let sums = [0.3, -1.2, 2.0, 0.0, 0.1, -0.5, 1.0, 1.5, -2.0, 0.7];
    let outputs = Activation::Softmax.values(&sums);
    assert_near(outputs.iter().sum(), 1.0, "the sum");
    for (unit, &a) in sums.iter().enumerate() {
        assert_near(outputs[unit] / outputs[3], a.exp(), &format!("output {unit} over that of a sum of 0"));
    }
    let moved = Activation::Softmax.values(&sums.map(|a| a + 1000.0));
    for (&moved, &output) in moved.iter().zip(&outputs) {
        assert!((moved - output).abs() < 1e-12, "the same for sums that are all larger by 1000");
    }
}

#[test]
fn the_squared_errors_are_the_mean_and_half_the_sum() {
    let mut output = [0.5; 10];
    output[3] = 0.0;
    for (rules, share) in [(MEAN, 0.1), (HALF, 0.5)] {
        assert_near(cost(&rules, &output, 3), (9.0 * 2.25 + 1.0) * share, "targets of ±1");
        assert_near(cost(&rules, &output, 4), (8.0 * 2.25 + 1.0 + 0.25) * share, "another label");
        let rules = Rules { target_others: 0.0, ..rules };
        assert_near(cost(&rules, &output, 3), (9.0 * 0.25 + 1.0) * share, "targets of 1 and 0");
    }
}

#[test]
fn cross_entropy_is_minus_the_logarithms_weighted_by_the_targets() {
    let mut output = [0.05; 10];
    output[3] = 0.55;
    let (low, high) = (20_f64.ln(), (20.0_f64 / 11.0).ln());
    assert_near(cost(&CROSS_ENTROPY, &output, 3), 0.91 * high + 0.09 * low, "the label is 3");
    assert_near(cost(&CROSS_ENTROPY, &output, 8), 0.91 * low + 0.08 * low + 0.01 * high, "the label is 8");
    let rules = Rules { target_label: 1.0, target_others: 0.0, ..CROSS_ENTROPY };
    assert_near(cost(&rules, &output, 3), high, "targets of 1 and 0");
}

#[test]
fn gradient_and_second_derivatives_by_the_output_sums_equal_central_differences() {
    let sums = [0.3, -1.2, 2.0, 0.0, 0.1, -0.5, 1.0, 1.5, -2.0, 0.7];
    for rules in all_rules() {
        let output = rules.output.values(&sums);
        let (grad, second) = (rules.grad_sums(&output, 6), rules.second_sums(&output, 6));
        for unit in 0..10 {
            let output_at = |by: f64| {
                let mut sums = sums;
                sums[unit] += by;
                rules.output.values(&sums)
            };
            let expected = slope(|by| cost(&rules, &output_at(by), 6));
            assert!((grad[unit] - expected).abs() < 1e-8, "{rules:?}, unit {unit}: {} for {expected}", grad[unit]);
            // Gauss–Newton leaves out f″ times the error. So squared errors are measured from targets equal to the
            // outputs, where there is no error. For the cross-entropy nothing is left out.
            let moved_cost = |by: f64| match rules.cost {
                Cost::MeanSquaredError => (output_at(by)[unit] - output[unit]).powi(2) / 10.0,
                Cost::HalfSquaredError => (output_at(by)[unit] - output[unit]).powi(2) / 2.0,
                Cost::CrossEntropy => cost(&rules, &output_at(by), 6),
            };
            let expected = curvature(3e-4, moved_cost);
            assert!((second[unit] - expected).abs() < 1e-6, "{rules:?}, unit {unit}: {} for {expected}", second[unit]);
        }
    }
}

#[test]
#[should_panic(expected = "softmax outputs and cross-entropy go together")]
fn squared_errors_of_softmax_outputs_are_refused() {
    cost(&Rules { output: Activation::Softmax, ..MEAN }, &[0.1; 10], 0);
}

#[test]
#[should_panic(expected = "softmax outputs and cross-entropy go together")]
fn cross_entropy_of_other_outputs_is_refused() {
    cost(&Rules { output: Activation::Logistic, ..CROSS_ENTROPY }, &[0.1; 10], 0);
}
