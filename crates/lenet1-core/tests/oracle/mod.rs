//! The oracle: the 1989 net and its gradient in plain loops and f64, written from the paper so that
//! the fast code can be checked against it.
//!
//! The net is taken literally: layers of units, each with a bias and a list of connections, several
//! of which may share a weight. `windows` and `full` write these lists down; the forward pass and
//! the gradient only walk them.
//!
//! Image: 256 values `[y][x]`, 16×16, in [−1, 1]. H1: `[map][y][x]`, 12 maps of 8×8.
//! H2: `[map][y][x]`, 12 maps of 4×4. H3: 30 units. Output: 10 units, one a digit.
//! Parameters and gradient: the tensors of [`TENSORS`] one after the other.
#![allow(dead_code, reason = "each test that includes the oracle uses a part of it")]

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

/// What a window reads off the plane, in H1 and in H2 alike.
pub const BACKGROUND: f64 = -1.0;

/// H1, H2, H3 and the output.
pub static LAYERS: LazyLock<[Layer; 4]> =
    LazyLock::new(|| [windows(0, 8, |_| &[0]), windows(2, 4, h1_maps_seen), full(4, 30, 192), full(6, 10, 30)]);

/// The maps of H1 that a map of H2 sees, ascending.
/// The paper leaves this open: these are those of both modern reproductions.
pub fn h1_maps_seen(map: usize) -> &'static [usize] {
    match map {
        0..=3 => &[0, 1, 2, 3, 4, 5, 6, 7],
        4..=7 => &[4, 5, 6, 7, 8, 9, 10, 11],
        _ => &[0, 1, 2, 3, 8, 9, 10, 11],
    }
}

/// The units of a layer, in the order of its activations, which is that of its biases too.
pub struct Layer {
    /// Where the bias of the first unit lies among the parameters.
    pub first_bias: usize,
    /// The connections of each unit, its bias apart.
    pub units: Vec<Vec<Connection>>,
}

/// One multiply-add of a unit's weighted sum.
pub struct Connection {
    /// Where the weight lies among the parameters.
    pub weight: usize,
    /// Which activation of the layer before it weighs; `None` is off the plane.
    pub input: Option<usize>,
}

/// 12 maps of `side`×`side` units over input maps of twice that side: 5×5 windows, stride 2, a kernel
/// for each input map that `maps_seen` gives. The tensor numbered `weights` holds
/// `[map][slot][dy][dx]`, the next one the biases.
fn windows(weights: usize, side: usize, maps_seen: fn(usize) -> &'static [usize]) -> Layer {
    let (first_weight, first_bias) = (TENSORS[weights].1, TENSORS[weights + 1].1);
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

/// The row that tap `dy` of a window of row `y` reads, 2y + dy − 2, or `None` off the plane; columns
/// alike. The paper leaves this open: as in both modern reproductions, windows reach two past the
/// top and left borders and one past the others.
fn on_plane(input_side: usize, y: usize, dy: usize) -> Option<usize> {
    let row = (2 * y + dy).checked_sub(2)?;
    (row < input_side).then_some(row)
}

/// Units that see every input. The tensor numbered `weights` holds `[unit][input]`, the next one the
/// biases.
fn full(weights: usize, units: usize, inputs: usize) -> Layer {
    let (first_weight, first_bias) = (TENSORS[weights].1, TENSORS[weights + 1].1);
    let mut layer = Vec::new();
    for unit in 0..units {
        let mut connections = Vec::new();
        for input in 0..inputs {
            let weight = first_weight + unit * inputs + input;
            let input = Some(input);
            connections.push(Connection { weight, input });
        }
        layer.push(connections);
    }
    Layer { first_bias, units: layer }
}

/// A unit's squashing function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// tanh(a), unscaled.
    Tanh,
    /// 1 / (1 + exp(−a)).
    Logistic,
}

impl Activation {
    /// The activation of a unit whose weighted sum is `a`.
    pub fn value(self, a: f64) -> f64 {
        match self {
            Self::Tanh => a.tanh(),
            Self::Logistic => 1.0 / (1.0 + (-a).exp()),
        }
    }
    /// The derivative where the activation is `y`.
    pub fn slope(self, y: f64) -> f64 {
        match self {
            Self::Tanh => 1.0 - y * y,
            Self::Logistic => y * (1.0 - y),
        }
    }
}

/// What the recipes differ in.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The units of H1, H2 and H3.
    pub hidden: Activation,
    /// The output units.
    pub output: Activation,
    /// The target of the output unit of the pattern's digit.
    pub target_label: f64,
    /// The target of the nine others.
    pub target_others: f64,
}

impl Rules {
    fn target(&self, unit: usize, label: usize) -> f64 {
        if unit == label { self.target_label } else { self.target_others }
    }
}

/// The activations of one forward pass.
pub struct Activations {
    /// `[map][y][x]`, 12·8·8.
    pub h1: Vec<f64>,
    /// `[map][y][x]`, 12·4·4.
    pub h2: Vec<f64>,
    /// 30.
    pub h3: Vec<f64>,
    /// 10.
    pub output: Vec<f64>,
}

/// The activations of every layer on `image`, 256 values row by row in [−1, 1].
pub fn forward(rules: &Rules, parameters: &[f64], image: &[f64]) -> Activations {
    let [layer1, layer2, layer3, layer4] = &*LAYERS;
    let h1 = layer1.forward(rules.hidden, parameters, image);
    let h2 = layer2.forward(rules.hidden, parameters, &h1);
    let h3 = layer3.forward(rules.hidden, parameters, &h2);
    let output = layer4.forward(rules.output, parameters, &h3);
    Activations { h1, h2, h3, output }
}

/// The cost of a pattern: the mean over the ten outputs of the squared difference to the target.
pub fn cost(rules: &Rules, output: &[f64], label: usize) -> f64 {
    let square = |unit| (output[unit] - rules.target(unit, label)).powi(2);
    (0..10).map(square).sum::<f64>() / 10.0
}

/// The cost's gradient by every parameter, in the parameters' order.
pub fn gradient(rules: &Rules, parameters: &[f64], image: &[f64], label: usize) -> Vec<f64> {
    let Activations { h1, h2, h3, output } = forward(rules, parameters, image);
    let [layer1, layer2, layer3, layer4] = &*LAYERS;
    let grad = |unit: usize| 2.0 * (output[unit] - rules.target(unit, label)) / 10.0;
    let grad_output: Vec<f64> = (0..10).map(grad).collect();
    let mut gradient = vec![0.0; PARAMETERS];
    let (f, p, g) = (rules.hidden, parameters, &mut gradient);
    let grad_h3 = layer4.backward(rules.output, p, &h3, &output, &grad_output, g);
    let grad_h2 = layer3.backward(f, p, &h2, &h3, &grad_h3, g);
    let grad_h1 = layer2.backward(f, p, &h1, &h2, &grad_h2, g);
    layer1.backward(f, p, image, &h1, &grad_h1, g);
    gradient
}

impl Layer {
    fn forward(&self, f: Activation, parameters: &[f64], input: &[f64]) -> Vec<f64> {
        let mut output = Vec::new();
        for (unit, connections) in self.units.iter().enumerate() {
            let mut a = parameters[self.first_bias + unit];
            for connection in connections {
                a += parameters[connection.weight] * background_or(input, connection.input);
            }
            output.push(f.value(a));
        }
        output
    }

    /// Adds this layer's share to `gradient`; returns the gradient by `input`. `output` is what
    /// `forward` gave on `input`.
    fn backward(
        &self,
        f: Activation,
        parameters: &[f64],
        input: &[f64],
        output: &[f64],
        grad_output: &[f64],
        gradient: &mut [f64],
    ) -> Vec<f64> {
        let mut grad_input = vec![0.0; input.len()];
        for (unit, connections) in self.units.iter().enumerate() {
            let grad_a = grad_output[unit] * f.slope(output[unit]);
            gradient[self.first_bias + unit] += grad_a;
            for connection in connections {
                gradient[connection.weight] += grad_a * background_or(input, connection.input);
                if let Some(position) = connection.input {
                    grad_input[position] += grad_a * parameters[connection.weight];
                }
            }
        }
        grad_input
    }
}

/// The value at a position of the layer before, or the background off the plane.
fn background_or(input: &[f64], position: Option<usize>) -> f64 {
    position.map_or(BACKGROUND, |position| input[position])
}

/// `SplitMix64`, seeded by its field: the same draws on every machine.
pub struct Draws(pub u64);

impl Draws {
    /// Uniform in [low, high), one of 2^32 values.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let word = u32::try_from((z ^ (z >> 31)) >> 32).expect("the upper half has 32 bits");
        low + f64::from(word) / 4_294_967_296.0 * (high - low)
    }
}

/// Weights uniform in ±2.4/√F, F the unit's inputs, biases in ±0.5.
pub fn random_parameters(draws: &mut Draws) -> Vec<f64> {
    let mut parameters = Vec::new();
    for (name, _, length) in TENSORS {
        let bound = match name {
            "H1w" => 2.4 / 25_f64.sqrt(),
            "H2w" => 2.4 / 200_f64.sqrt(),
            "H3w" => 2.4 / 192_f64.sqrt(),
            "outw" => 2.4 / 30_f64.sqrt(),
            _ => 0.5,
        };
        parameters.extend((0..length).map(|_| draws.uniform(-bound, bound)));
    }
    parameters
}

/// 256 values: a third exactly −1, a tenth exactly 1, the others uniform in [−1, 1).
pub fn random_image(draws: &mut Draws) -> Vec<f64> {
    let pixel = |_| match draws.uniform(0.0, 30.0) {
        kind if kind < 10.0 => -1.0,
        kind if kind < 13.0 => 1.0,
        _ => draws.uniform(-1.0, 1.0),
    };
    (0..256).map(pixel).collect()
}
