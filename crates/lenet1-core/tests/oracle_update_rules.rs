//! The oracle's update rules: SGD and diagonal Newton by hand, `AdamW` against PyTorch's.

mod oracle;

use oracle::update_rules::{AdamW, adamw, diagonal_newton, sgd};

fn assert_all_near(got: &[f64], expected: &[f64], what: &str) {
    assert_eq!(got.len(), expected.len());
    for (got_one, expected_one) in got.iter().zip(expected) {
        assert!((got_one - expected_one).abs() < 1e-14, "{what}: expected {expected:?}, got {got:?}");
    }
}

#[test]
fn sgd_goes_down_the_gradient_by_the_learning_rate() {
    let mut parameters = [1.0, -2.0, 0.5];
    sgd(&mut parameters, &[0.5, -1.0, 0.0], 0.1);
    assert_all_near(&parameters, &[0.95, -1.9, 0.5], "one step");
}

#[test]
fn diagonal_newton_has_a_learning_rate_a_parameter() {
    let mut parameters = [1.0, -2.0, 0.5, 1.0];
    diagonal_newton(&mut parameters, &[0.5, -1.0, 0.0, 2.0], &[0.0, 0.3, 1.0, 0.9], 0.02, 0.1);
    // Learning rates of 0.2, 0.05 and 0.02; where the second derivative is 0 it is η/μ.
    assert_all_near(&parameters, &[0.9, -1.95, 0.5, 0.96], "one step");
}

#[test]
fn where_second_derivatives_are_one_value_diagonal_newton_is_sgd() {
    let gradient = [0.3, -0.7, 1.1];
    let (mut newton, mut plain) = ([0.1, 0.2, 0.3], [0.1, 0.2, 0.3]);
    diagonal_newton(&mut newton, &gradient, &[0.4; 3], 0.01, 0.1);
    sgd(&mut plain, &gradient, 0.02);
    assert_all_near(&newton, &plain, "η/(μ + h) = 0.02");
}

/// Learning rate and gradient of each step: large and tiny gradients (so that ε counts), zeros, and changes of sign.
const STEPS: [(f64, [f64; 5]); 4] = [
    (3e-4, [0.1, -2.0, 1e-9, 0.0, 0.5]),
    (3e-4, [0.2, 3.0, -2e-9, 0.0, 0.0]),
    (2e-4, [-0.3, 0.5, 4e-8, 1e-3, 0.0]),
    (1e-2, [0.0, 0.25, 0.0, -20.0, -0.5]),
];

// The parameters after each of STEPS. Made with PyTorch 2.15.0 by
//
//     import torch
//     w = torch.tensor([0.5, -1.0, 2.0, 0.0, 0.001], dtype=torch.float64)
//     for weight_decay in (0.01, 0.0):
//         parameters = w.clone().requires_grad_()
//         optimizer = torch.optim.AdamW([parameters], lr=3e-4, weight_decay=weight_decay)
//         for learning_rate, gradient in (
//             (3e-4, [0.1, -2.0, 1e-9, 0.0, 0.5]),
//             (3e-4, [0.2, 3.0, -2e-9, 0.0, 0.0]),
//             (2e-4, [-0.3, 0.5, 4e-8, 1e-3, 0.0]),
//             (1e-2, [0.0, 0.25, 0.0, -20.0, -0.5]),
//         ):
//             optimizer.param_groups[0]["lr"] = learning_rate
//             parameters.grad = torch.tensor(gradient, dtype=torch.float64)
//             optimizer.step()
//             print(weight_decay, parameters.tolist())
const WITH_DECAY: [[f64; 5]; 4] = [
    [0.499_698_500_03, -0.999_697_000_001_500_1, 1.999_966_727_272_727_3, 0.0, 0.000_699_997_006],
    [0.499_407_446_345_063_7, -0.999_768_311_455_048_9, 1.999_975_724_226_891_6, 0.0, 0.000_498_977_435_455_077_5],
    [
        0.499_419_767_332_670_4,
        -0.999_821_804_127_225_3,
        1.999_884_855_586_422,
        -0.000_127_760_508_109_136_8,
        0.000_395_385_046_593_455_6,
    ],
    [
        0.499_915_363_938_162_2,
        -1.002_387_895_790_722_8,
        1.996_285_943_523_688_2,
        0.005_683_274_369_035_036,
        0.001_509_773_448_345_611,
    ],
];
const WITHOUT_DECAY: [[f64; 5]; 4] = [
    [0.499_700_000_03, -0.999_700_000_001_5, 1.999_972_727_272_727_2, 0.0, 0.000_700_000_006],
    [0.499_410_445_440_563_7, -0.999_774_310_546_048_8, 1.999_987_724_127_073_4, 0.0, 0.000_498_982_535_446_093_7],
    [
        0.499_423_765_243_063_1,
        -0.999_829_802_754_848_1,
        1.999_900_855_438_052,
        -0.000_127_760_508_109_136_8,
        0.000_395_391_144_539_344_4,
    ],
    [
        0.499_969_303_825_288_2,
        -1.002_495_876_598_758_4,
        1.996_501_931_860_876_8,
        0.005_683_261_592_984_224,
        0.001_509_819_084_796_159_2,
    ],
];

#[test]
fn adamw_steps_as_pytorchs_does() {
    for (weight_decay, expected) in [(0.01, WITH_DECAY), (0.0, WITHOUT_DECAY)] {
        let mut parameters = [0.5, -1.0, 2.0, 0.0, 0.001];
        let mut state = AdamW::new(5);
        for (step, ((learning_rate, gradient), expected)) in STEPS.iter().zip(expected).enumerate() {
            adamw(&mut parameters, gradient, &mut state, *learning_rate, weight_decay);
            assert_all_near(&parameters, &expected, &format!("weight decay {weight_decay}, step {}", step + 1));
        }
    }
}
