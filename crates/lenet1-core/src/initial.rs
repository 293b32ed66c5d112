//! Initial parameters: weights uniform within a limit that falls with the fan-in. They are drawn as either reproduction
//! draws them, so that its runs can be repeated from the seed.

use alloc::vec::Vec;

use crate::image::PIXELS;
use crate::lanes::square_root;
use crate::random::TorchRandom;
use crate::recipe::{Architecture, Draws, Limit, Recipe};
use crate::{fully_connected, h1, h2, h3, output, window};

/// The parameters before the first pattern, in the state dict's order. All biases are 0 except the outputs', which are
/// `output_bias`. Takes one word per weight from `random`.
#[must_use]
pub fn parameters(random: &mut TorchRandom, recipe: &Recipe) -> Vec<f32> {
    let Recipe { limit, draws, output_bias, .. } = *recipe;
    let layers = match recipe.architecture {
        Architecture::LeNet1 => &LENET1[..],
        Architecture::FullyConnected => &FULLY_CONNECTED,
    };
    let mut parameters = Vec::with_capacity(fully_connected::CONNECTIONS);
    for (place, layer) in layers.iter().enumerate() {
        let from = parameters.len();
        let fan_in = f64::from(layer.fan_in);
        parameters.extend((0..layer.weights).map(|_| weight(random.uniform(), fan_in, limit, draws)));
        if layer.is_dense && draws == Draws::Karpathy2022 {
            transpose(&mut parameters[from..], layer.biases);
        }
        let bias = if place == layers.len() - 1 { output_bias } else { 0.0 };
        parameters.extend(core::iter::repeat_n(bias, layer.biases));
    }
    parameters
}

/// What a layer's initial parameters depend on.
struct Layer {
    weights: usize,
    fan_in: u16,
    is_dense: bool,
    biases: usize,
}

const fn windows(weights: usize, fan_in: usize, biases: usize) -> Layer {
    Layer { weights, fan_in: fan_in as u16, is_dense: false, biases }
}

const fn dense(inputs: usize, units: usize) -> Layer {
    Layer { weights: units * inputs, fan_in: inputs as u16, is_dense: true, biases: units }
}

const TAPS: usize = window::KERNEL * window::KERNEL;

static LENET1: [Layer; 4] = [
    windows(h1::WEIGHTS, TAPS, h1::UNITS),
    windows(h2::WEIGHTS, h2::SEEN * TAPS, h2::UNITS),
    dense(h2::UNITS, h3::UNITS),
    dense(h3::UNITS, output::UNITS),
];

static FULLY_CONNECTED: [Layer; 2] =
    [dense(PIXELS, fully_connected::HIDDEN), dense(fully_connected::HIDDEN, output::UNITS)];

/// One weight from a number in [0, 1). Constants are computed in f64 and rounded once, as Python hands them to PyTorch.
fn weight(uniform: f32, fan_in: f64, limit: Limit, draws: Draws) -> f32 {
    let divisor = match limit {
        Limit::FanIn => fan_in,
        Limit::SquareRootOfFanIn => square_root(fan_in),
    };
    match draws {
        Draws::Senn2025 => {
            let high = (2.4 / divisor) as f32;
            -high + uniform * (high + high)
        }
        Draws::Karpathy2022 => (uniform - 0.5) * 2.0 * 2.4 / divisor as f32,
    }
}

/// From `[input][output]` to `[output][input]`.
fn transpose(weights: &mut [f32], outputs: usize) {
    let drawn = weights.to_vec();
    let inputs = drawn.len() / outputs;
    for output in 0..outputs {
        for input in 0..inputs {
            weights[output * inputs + input] = drawn[input * outputs + output];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::tests::recipe;
    use crate::state::PARAMETERS;

    #[test]
    fn weights_stay_within_their_limit_and_fill_it() {
        for (limit, largest) in [(Limit::FanIn, 2.4 / 30.0), (Limit::SquareRootOfFanIn, 2.4 / 30_f32.sqrt())] {
            for draws in [Draws::Senn2025, Draws::Karpathy2022] {
                let recipe = Recipe { limit, draws, output_bias: -1.0, ..recipe() };
                let parameters = parameters(&mut TorchRandom::new(3), &recipe);
                assert_eq!(parameters.len(), PARAMETERS);
                let (weights, biases) = parameters[PARAMETERS - output::PARAMETERS..].split_at(300);
                let found = weights.iter().fold(0.0, |largest: f32, w| largest.max(w.abs()));
                assert!(found <= largest * 1.000_001 && found > largest * 0.95, "{found} of {largest}");
                assert_eq!(biases, [-1.0; 10]);
            }
        }
    }

    #[test]
    fn karpathy_draws_dense_layers_input_by_input() {
        let draw = |draws| parameters(&mut TorchRandom::new(3), &Recipe { draws, ..recipe() });
        let (senn, karpathy) = (draw(Draws::Senn2025), draw(Draws::Karpathy2022));
        let close = |a: f32, b: f32| (a - b).abs() < 1e-6;
        assert!(close(senn[299], karpathy[299]), "H1w is drawn in one order by both");
        let h3 = h1::PARAMETERS + h2::PARAMETERS;
        assert!(close(senn[h3 + 1], karpathy[h3 + 192]));
        assert!(close(senn[h3 + 30], karpathy[h3 + 1]));
    }
}
