//! The oracle: the 1989 net and its gradient in plain loops and f64, written from the paper to check the fast code
//! against.
//!
//! The net is taken literally: layers of units, each with a bias and a list of connections, several of which may share
//! a weight. `windows` and [`full`] write these lists; the forward pass, the gradient and the second derivatives only
//! walk them.
//!
//! Image: 256 values `[y][x]`, 16×16, in [−1, 1]. H1: `[map][y][x]`, 12 maps of 8×8.
//! H2: `[map][y][x]`, 12 maps of 4×4. H3: 30 units. Output: 10 units, one a digit.
//! Parameters, gradient and second derivatives: the tensors of [`TENSORS`] one after the other.
//!
//! This file: the net, forward and gradient. [`layer`]: its units. [`rules`]: activations, targets, costs.
//! [`second_derivatives`], [`update_rules`]: diagonal Newton and the others. [`fully_connected`]: the paper's baseline.
//! [`draws`]: random nets and patterns. [`differences`]: the central differences that check all of it. [`positions`]:
//! where parameters lie, for tests.
#![allow(dead_code, unused_imports, reason = "each test that includes the oracle uses a part of it")]

pub mod differences;
pub mod draws;
pub mod fully_connected;
pub mod layer;
pub mod positions;
pub mod rules;
pub mod second_derivatives;
pub mod update_rules;

pub use draws::{Draws, random_dropout, random_fully_connected, random_image, random_parameters};
pub use layer::{BACKGROUND, Connection, Layer};
pub use rules::{Activation, Cost, Rules, all_rules, cost};
pub use second_derivatives::second_derivatives;

use layer::{full, grad_sums};
use std::sync::LazyLock;

/// Parameters in the state dict's order, each row-major: H1w [12,1,5,5], H1b [12,8,8],
/// H2w [12,8,5,5], H2b [12,4,4], H3w [30,192], H3b [30], outw [10,30], outb [10].
pub const PARAMETERS: usize = 9760;
/// (name, first index, length) of each tensor in that order.
pub const TENSORS: [(&str, usize, usize); 8] = [
    ("H1w", 0, 300),
    ("H1b", 300, 768),
    ("H2w", 1068, 2400),
    ("H2b", 3468, 192),
    ("H3w", 3660, 5760),
    ("H3b", 9420, 30),
    ("outw", 9450, 300),
    ("outb", 9750, 10),
];

/// H1, H2, H3 and the output.
pub static LAYERS: LazyLock<[Layer; 4]> = LazyLock::new(|| {
    let [h1w, h1b, h2w, h2b, h3w, h3b, outw, outb] = TENSORS.map(|(_, first, _)| first);
    [
        windows(h1w, h1b, 8, |_| &[0]),
        windows(h2w, h2b, 4, h1_maps_seen),
        full(h3w, h3b, 30, 192),
        full(outw, outb, 10, 30),
    ]
});

/// The maps of H1 that a map of H2 sees, ascending.
/// The paper leaves this open: here as in both modern reproductions.
pub fn h1_maps_seen(map: usize) -> &'static [usize] {
    match map {
        0..=3 => &[0, 1, 2, 3, 4, 5, 6, 7],
        4..=7 => &[4, 5, 6, 7, 8, 9, 10, 11],
        _ => &[0, 1, 2, 3, 8, 9, 10, 11],
    }
}

/// 12 maps of `side`×`side` units over input maps of twice that side: 5×5 windows, stride 2, a kernel for each input
/// map that `maps_seen` gives. The kernels, `[map][slot][dy][dx]`, begin at `first_weight`.
fn windows(first_weight: usize, first_bias: usize, side: usize, maps_seen: fn(usize) -> &'static [usize]) -> Layer {
    let input_side = 2 * side;
    let mut units = Vec::new();
    for map in 0..12 {
        let slots = maps_seen(map).len();
        for y in 0..side {
            for x in 0..side {
                let mut connections = Vec::new();
                for (slot, input_map) in maps_seen(map).iter().enumerate() {
                    for dy in 0..5 {
                        for dx in 0..5 {
                            let row = on_plane(input_side, y, dy);
                            let column = on_plane(input_side, x, dx);
                            let input = row
                                .zip(column)
                                .map(|(row, column)| (input_map * input_side + row) * input_side + column);
                            let weight = first_weight + ((map * slots + slot) * 5 + dy) * 5 + dx;
                            connections.push(Connection { weight, input });
                        }
                    }
                }
                units.push(connections);
            }
        }
    }
    Layer { first_bias, units }
}

/// The row that tap `dy` of a window of row `y` reads, 2y + dy − 2, or `None` off the plane; columns alike. The paper
/// leaves this open: as in both modern reproductions, windows reach two past the top and left borders and one past the
/// others.
fn on_plane(input_side: usize, y: usize, dy: usize) -> Option<usize> {
    let row = (2 * y + dy).checked_sub(2)?;
    (row < input_side).then_some(row)
}

/// The activations of one forward pass.
pub struct Activations {
    /// `[map][y][x]`, 12·8·8.
    pub h1: Vec<f64>,
    /// `[map][y][x]`, 12·4·4; before dropout.
    pub h2: Vec<f64>,
    /// 30.
    pub h3: Vec<f64>,
    /// 10.
    pub output: Vec<f64>,
}

/// No dropout: every unit of H2 reaches H3 as it is.
const NO_DROPOUT: [f64; 192] = [1.0; 192];

/// The activations of every layer on `image`, 256 values row by row in [−1, 1].
pub fn forward(rules: &Rules, parameters: &[f64], image: &[f64]) -> Activations {
    forward_with_dropout(rules, parameters, image, &NO_DROPOUT)
}

/// The same, but H3 reads each of the 192 units of H2 times its factor in `dropout`.
pub fn forward_with_dropout(rules: &Rules, parameters: &[f64], image: &[f64], dropout: &[f64]) -> Activations {
    let [layer1, layer2, layer3, layer4] = &*LAYERS;
    let h1 = layer1.forward(rules.hidden, parameters, image);
    let h2 = layer2.forward(rules.hidden, parameters, &h1);
    let h3 = layer3.forward(rules.hidden, parameters, &products(&h2, dropout));
    let output = layer4.forward(rules.output, parameters, &h3);
    Activations { h1, h2, h3, output }
}

/// The cost's gradient by every parameter, in the parameters' order.
pub fn gradient(rules: &Rules, parameters: &[f64], image: &[f64], label: usize) -> Vec<f64> {
    gradient_with_dropout(rules, parameters, image, label, &NO_DROPOUT)
}

/// The same, but H3 reads each of the 192 units of H2 times its factor in `dropout`.
pub fn gradient_with_dropout(
    rules: &Rules,
    parameters: &[f64],
    image: &[f64],
    label: usize,
    dropout: &[f64],
) -> Vec<f64> {
    let Activations { h1, h2, h3, output } = forward_with_dropout(rules, parameters, image, dropout);
    let [layer1, layer2, layer3, layer4] = &*LAYERS;
    let mut gradient = vec![0.0; PARAMETERS];
    let (f, p, g) = (rules.hidden, parameters, &mut gradient);
    let grad_h3 = layer4.backward(p, &h3, &rules.grad_sums(&output, label), g);
    let grad_dropped = layer3.backward(p, &products(&h2, dropout), &grad_sums(f, &h3, &grad_h3), g);
    let grad_h2 = products(&grad_dropped, dropout);
    let grad_h1 = layer2.backward(p, &h1, &grad_sums(f, &h2, &grad_h2), g);
    layer1.backward(p, image, &grad_sums(f, &h1, &grad_h1), g);
    gradient
}

fn products(left: &[f64], right: &[f64]) -> Vec<f64> {
    assert_eq!(left.len(), right.len(), "a factor for each unit");
    left.iter().zip(right).map(|(left, right)| left * right).collect()
}
