//! Random nets, images and dropout, the same on every machine.

use super::{TENSORS, fully_connected};

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

    /// `length` values, uniform in [low, high).
    pub fn uniforms(&mut self, length: usize, low: f64, high: f64) -> Vec<f64> {
        (0..length).map(|_| self.uniform(low, high)).collect()
    }
}

/// The 1989 net's parameters: weights uniform in ±2.4/√F, F the unit's inputs, biases in ±0.5.
pub fn random_parameters(draws: &mut Draws) -> Vec<f64> {
    let bound = |name| match name {
        "H1w" => 2.4 / 25_f64.sqrt(),
        "H2w" => 2.4 / 200_f64.sqrt(),
        "H3w" => 2.4 / 192_f64.sqrt(),
        "outw" => 2.4 / 30_f64.sqrt(),
        _ => 0.5,
    };
    TENSORS.into_iter().flat_map(|(name, _, length)| draws.uniforms(length, -bound(name), bound(name))).collect()
}

/// The baseline's parameters, drawn alike.
pub fn random_fully_connected(draws: &mut Draws) -> Vec<f64> {
    let bound = |name| match name {
        "hiddenw" => 2.4 / 256_f64.sqrt(),
        "outw" => 2.4 / 40_f64.sqrt(),
        _ => 0.5,
    };
    let tensors = fully_connected::TENSORS.into_iter();
    tensors.flat_map(|(name, _, length)| draws.uniforms(length, -bound(name), bound(name))).collect()
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

/// The 192 factors of one pattern's dropout between H2 and H3: 0 with probability `rate`, otherwise
/// 1 / (1 − `rate`).
pub fn random_dropout(draws: &mut Draws, rate: f64) -> Vec<f64> {
    (0..192).map(|_| if draws.uniform(0.0, 1.0) < rate { 0.0 } else { 1.0 / (1.0 - rate) }).collect()
}
