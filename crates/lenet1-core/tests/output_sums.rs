//! The outputs' weighted sums, and the gradient from gradients with respect to them.

mod cases;
mod oracle;

use lenet1_core::activation::Activation as Units;
use lenet1_core::cost::Cost;
use lenet1_core::{Error, Network, Recipe};
use oracle::{Activation, Draws, random_image};

fn network(hidden: Units) -> Network {
    let (recipe, _) = cases::recipe(Activation::Tanh);
    let outputs = (Units::SoftmaxOrNone, Cost::CrossEntropy);
    let targets = (1.0, 0.0);
    Network::new(Recipe {
        hidden_activation: hidden,
        output_activation: outputs.0,
        cost: outputs.1,
        target_label: targets.0,
        target_others: targets.1,
        ..recipe
    })
}

fn images(count: u64) -> Vec<f32> {
    let image = |seed| random_image(&mut Draws(seed)).iter().map(|&level| cases::narrow(level)).collect::<Vec<_>>();
    (0..count).flat_map(image).collect()
}

#[test]
fn softmax_of_the_sums_gives_the_answers() {
    let mut net = network(Units::Relu);
    let images = images(3);
    let sums = net.sums_of(&images).expect("sums");
    let answers = net.answers_to(&images).expect("answers");
    for (sums, answers) in sums.chunks_exact(10).zip(answers.chunks_exact(10)) {
        let total: f32 = 1.0 + sums.iter().map(|sum| sum.exp()).sum::<f32>();
        for (sum, answer) in sums.iter().zip(answers) {
            assert!((sum.exp() / total - answer).abs() < 1e-6);
        }
    }
}

#[test]
fn from_the_cross_entropys_own_gradients_comes_its_gradient() {
    let mut net = network(Units::Relu);
    let images = images(2);
    let answers = net.answers_to(&images).expect("answers");
    let mut gradients = answers;
    gradients[3] -= 1.0;
    gradients[17] -= 1.0;
    let got = net.gradient_from_sums(&images, &gradients).expect("a gradient");
    let first = net.gradient(&images[..256], 3).expect("a gradient");
    let second = net.gradient(&images[256..], 7).expect("a gradient");
    for ((got, first), second) in got.iter().zip(first).zip(second) {
        assert!((got - (first + second)).abs() < 1e-5 * (1.0 + got.abs()), "{got}, {first} and {second}");
    }
}

#[test]
fn the_gradient_equals_central_differences() {
    let mut net = network(Units::Tanh);
    let images = images(2);
    let gradients: Vec<f32> = (0..20_u8).map(|at| f32::from(at % 7) / 3.0 - 1.0).collect();
    let got = net.gradient_from_sums(&images, &gradients).expect("a gradient");
    let state = net.state();
    let mut cost_with = |index: usize, by: f32| {
        let mut moved = state.clone();
        moved[index] += by;
        net.load_state(&moved, 0).expect("parameters");
        let sums = net.sums_of(&images).expect("sums");
        sums.iter().zip(&gradients).map(|(&sum, &of)| f64::from(sum) * f64::from(of)).sum::<f64>()
    };
    let by = 1.0 / 128.0;
    for index in (0..state.len()).step_by(97) {
        let slope = (cost_with(index, by) - cost_with(index, -by)) / f64::from(2.0 * by);
        let difference = (slope - f64::from(got[index])).abs();
        assert!(difference < 2e-3 * (1.0 + slope.abs()), "parameter {index}: {slope}, {}", got[index]);
    }
}

#[test]
fn parts_of_images_and_a_wrong_number_of_gradients_are_errors() {
    let mut net = network(Units::Relu);
    assert_eq!(net.sums_of(&[0.0; 255]), Err(Error::ImageLength { got: 255 }));
    let error = Error::GradientLength { images: 1, got: 9 };
    assert_eq!(net.gradient_from_sums(&[0.0; 256], &[0.0; 9]), Err(error));
    assert_eq!(error.to_string(), "gradients: expected ten an image; got 9 for 1 images");
}
