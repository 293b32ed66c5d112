//! The paper's baseline: one hidden layer of 40 units between the image and the ten outputs, every unit connected to
//! the whole layer before. No weight is shared, so there are as many connections as parameters: 256·40 + 40 + 40·10 +
//! 10 = 10,690.
//!
//! Parameters, gradient and second derivatives: the tensors of [`TENSORS`] one after the other.

use std::sync::LazyLock;

use super::layer::{Layer, full, grad_sums};
use super::rules::Rules;
use super::second_derivatives::second_sums;

/// In this order, each row-major: hiddenw [40,256], hiddenb [40], outw [10,40], outb [10].
pub const PARAMETERS: usize = 10_690;
/// (name, first index, length) of each tensor in that order.
pub const TENSORS: [(&str, usize, usize); 4] =
    [("hiddenw", 0, 10_240), ("hiddenb", 10_240, 40), ("outw", 10_280, 400), ("outb", 10_680, 10)];

/// The hidden layer and the output.
pub static LAYERS: LazyLock<[Layer; 2]> = LazyLock::new(|| {
    let [hiddenw, hiddenb, outw, outb] = TENSORS.map(|(_, first, _)| first);
    [full(hiddenw, hiddenb, 40, 256), full(outw, outb, 10, 40)]
});

/// The activations of one forward pass.
pub struct Activations {
    /// 40.
    pub hidden: Vec<f64>,
    /// 10.
    pub output: Vec<f64>,
}

/// The activations of both layers on `image`, 256 values row by row in [−1, 1].
pub fn forward(rules: &Rules, parameters: &[f64], image: &[f64]) -> Activations {
    let [layer1, layer2] = &*LAYERS;
    let hidden = layer1.forward(rules.hidden, parameters, image);
    let output = layer2.forward(rules.output, parameters, &hidden);
    Activations { hidden, output }
}

/// The cost's gradient by every parameter, in the parameters' order.
pub fn gradient(rules: &Rules, parameters: &[f64], image: &[f64], label: usize) -> Vec<f64> {
    let Activations { hidden, output } = forward(rules, parameters, image);
    let [layer1, layer2] = &*LAYERS;
    let mut gradient = vec![0.0; PARAMETERS];
    let grad_hidden = layer2.backward(parameters, &hidden, &rules.grad_sums(&output, label), &mut gradient);
    layer1.backward(parameters, image, &grad_sums(rules.hidden, &hidden, &grad_hidden), &mut gradient);
    gradient
}

/// The second derivatives of one pattern's cost, as in [`super::second_derivatives`], in the parameters' order.
pub fn second_derivatives(rules: &Rules, parameters: &[f64], image: &[f64], label: usize) -> Vec<f64> {
    let Activations { hidden, output } = forward(rules, parameters, image);
    let [layer1, layer2] = &*LAYERS;
    let mut h = vec![0.0; PARAMETERS];
    let second_hidden = layer2.backward_second(parameters, &hidden, &rules.second_sums(&output, label), &mut h);
    layer1.backward_second(parameters, image, &second_sums(rules.hidden, &hidden, &second_hidden), &mut h);
    h
}
