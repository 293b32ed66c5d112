//! Activation functions over lanes: sigmoids, ReLU, softmax.

use core::hint::black_box;

use crate::exponential::exp;
use crate::lanes::{LANES, Lanes};

/// The activation of a layer's units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// tanh(a).
    Tanh,
    /// 1.7159 · tanh(2a/3): ±1 at a = ±1. (The constants of LeCun's other papers.)
    ScaledTanh,
    /// 1 / (1 + e⁻ᵃ).
    Logistic,
    /// max(a, 0).
    Relu,
    /// max(a, 0.1·a): a unit cannot die. (Maas, Hannun, Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic
    /// Models", 2013; their slope below 0 is 0.01.)
    LeakyRelu,
    /// eᵃ / Σ eᵃ over the layer's units: probabilities. For outputs, with the cross-entropy cost.
    Softmax,
    /// eᵃ / (1 + Σ eᵃ): the same with one more unit whose sum is always 0. What the units lack of 1 is its probability,
    /// that of no digit; it is the first number of the padding. For outputs, with the cross-entropy cost.
    SoftmaxOrNone,
    /// a itself: for outputs whose sums are wanted.
    Linear,
}

/// A leaky rectifier's slope below 0.
const LEAK: f32 = 0.1;

/// A sigmoid, offset + amplitude · tanh(gain · a). Its slope, in terms of the activation v, is c₀ + (c₁ + c₂ · v) · v.
struct Sigmoid {
    offset: Lanes,
    amplitude: Lanes,
    gain: Lanes,
    slope: [Lanes; 3],
}

impl Sigmoid {
    const fn new(offset: f32, amplitude: f32, gain: f32, slope: [f32; 3]) -> Self {
        Self {
            offset: Lanes::splat(offset),
            amplitude: Lanes::splat(amplitude),
            gain: Lanes::splat(gain),
            slope: [Lanes::splat(slope[0]), Lanes::splat(slope[1]), Lanes::splat(slope[2])],
        }
    }
}

static TANH: Sigmoid = Sigmoid::new(0.0, 1.0, 1.0, [1.0, 0.0, -1.0]);
static LOGISTIC: Sigmoid = Sigmoid::new(0.5, 0.5, 0.5, [0.0, 1.0, -1.0]);
/// Its slope, with A = 1.7159 and S = 2/3, is A·S − (S/A) · v².
static SCALED_TANH: Sigmoid = Sigmoid::new(0.0, 1.7159, 2.0 / 3.0, [1.7159 * 2.0 / 3.0, 0.0, -2.0 / 3.0 / 1.7159]);

/// tanh(x) ≈ x · P(x²) / Q(x²) on |x| ≤ 7.3, where tanh is 1 − 9·10⁻⁷: a minimax fit, largest error 9·10⁻⁷ (tested).
struct Rational {
    /// P's coefficients, highest power first.
    p: [Lanes; 4],
    /// Q's coefficients, highest power first; the leading one is 1.
    q: [Lanes; 4],
    /// The range that x is clamped to.
    limits: [Lanes; 2],
}

static RATIONAL: Rational = Rational {
    p: [Lanes::splat(45.078_84), Lanes::splat(11_193.148), Lanes::splat(482_119.88), Lanes::splat(3_713_228.0)],
    q: [Lanes::splat(920.032_8), Lanes::splat(89_386.02), Lanes::splat(1_719_860.4), Lanes::splat(3_713_228.3)],
    limits: [Lanes::splat(-7.3), Lanes::splat(7.3)],
};

impl Activation {
    /// Turns weighted sums into activations + `shift`, in place. Either softmax reads the first `units` numbers
    /// and sets the rest to 0, but for the probability of no digit.
    #[inline(never)]
    pub fn activate(self, sums: &mut [Lanes], units: usize, shift: Lanes) {
        match self.sigmoid() {
            None if self == Self::Linear => {
                for sum in sums {
                    *sum = *sum + shift;
                }
            }
            Some(_) if self == Self::Tanh => activate_sigmoid::<false>(&TANH, sums, shift),
            Some(sigmoid) => activate_sigmoid::<true>(sigmoid, sums, shift),
            None if self == Self::Relu => {
                for sum in sums {
                    *sum = sum.max(Lanes::ZERO) + shift;
                }
            }
            None if self == Self::LeakyRelu => {
                for sum in sums {
                    *sum = sum.max(*sum * Lanes::splat(LEAK)) + shift;
                }
            }
            None => softmax(crate::lanes::flat_mut(sums), units + usize::from(self == Self::SoftmaxOrNone), units),
        }
    }

    /// Turns the descent with respect to activations into that with respect to weighted sums: multiplies it by the
    /// slopes or, if `squared` (for second derivatives), by their squares. `activations` are stored + `shift`. Does
    /// nothing for linear units, and for softmax: the cost gives the descent with respect to its sums.
    #[inline(never)]
    pub fn times_slopes(self, descents: &mut [Lanes], activations: &[Lanes], shift: f32, squared: bool) {
        let Some(sigmoid) = self.sigmoid() else {
            if matches!(self, Self::Relu | Self::LeakyRelu) {
                let leak = if self == Self::Relu { 0.0 } else { LEAK };
                let leak = if squared { leak * leak } else { leak };
                times_steps(descents, activations, Lanes::splat(shift), Lanes::splat(leak));
            }
            return;
        };
        // The same parabola, in terms of activation + shift. Exact if the shift is 0, and for tanh.
        let [c0, c1, c2] = sigmoid.slope;
        let shift = Lanes::splat(shift);
        let c0 = c0 - (c1 - c2 * shift) * shift;
        let c1 = c1 - Lanes::splat(2.0) * c2 * shift;
        for (descent, &activation) in descents.iter_mut().zip(activations) {
            let slope = c0 + (c1 + c2 * activation) * activation;
            *descent = *descent * slope * if squared { slope } else { Lanes::splat(1.0) };
        }
    }

    /// The constants, kept in memory by `black_box`: V8 in Node 24 rebuilds a literal on every use (measured: tanh
    /// takes twice as long).
    fn sigmoid(self) -> Option<&'static Sigmoid> {
        match self {
            Self::Tanh => Some(black_box(&TANH)),
            Self::ScaledTanh => Some(black_box(&SCALED_TANH)),
            Self::Logistic => Some(black_box(&LOGISTIC)),
            Self::Relu | Self::LeakyRelu | Self::Softmax | Self::SoftmaxOrNone | Self::Linear => None,
        }
    }
}

/// Without `SCALED` amplitude and gain are 1; leaving them out saves a fifth of tanh's time (measured).
fn activate_sigmoid<const SCALED: bool>(sigmoid: &Sigmoid, sums: &mut [Lanes], shift: Lanes) {
    let Rational { p, q, limits } = black_box(&RATIONAL);
    let offset = sigmoid.offset + shift;
    for sum in sums {
        let x = if SCALED { sigmoid.gain * *sum } else { *sum }.max(limits[0]).min(limits[1]);
        let square = x * x;
        let p = ((square * p[0] + p[1]) * square + p[2]) * square + p[3];
        let q = (((square + q[0]) * square + q[1]) * square + q[2]) * square + q[3];
        let tanh = x * p / q;
        *sum = offset + if SCALED { sigmoid.amplitude * tanh } else { tanh };
    }
}

/// A rectifier's slope: 1 above 0, else `leak`; between them for activations from 0 to 10⁻³⁸.
fn times_steps(descents: &mut [Lanes], activations: &[Lanes], shift: Lanes, leak: Lanes) {
    for (descent, &activation) in descents.iter_mut().zip(activations) {
        let steep = (activation - shift) * Lanes::splat(f32::MAX);
        *descent = *descent * steep.min(Lanes::splat(1.0)).max(leak);
    }
}

/// Over the first `among` numbers; those from `units` on are padding, and count as 0.
fn softmax(sums: &mut [f32], among: usize, units: usize) {
    sums[units..].fill(0.0);
    let units = &mut sums[..among];
    let largest = units.iter().fold(f32::MIN, |largest, &sum| largest.max(sum));
    let mut total = 0.0;
    for unit in units.iter_mut() {
        *unit = exp(*unit - largest);
        total += *unit;
    }
    for unit in units {
        *unit /= total;
    }
}

const _: () = assert!(LANES == 4, "softmax's padding is of whole lanes");

#[cfg(test)]
mod tests {
    use super::*;

    /// −12 to 12 in steps of 2⁻¹³, and the smallest numbers.
    fn arguments() -> impl Iterator<Item = f32> {
        (-98_304..=98_304_i32).map(|step| step as f32 / 8192.0).chain([f32::MIN_POSITIVE, 1e-40, 0.0, -0.0])
    }

    fn value(activation: Activation, sum: f32) -> f32 {
        let mut sums = [Lanes::splat(sum)];
        activation.activate(&mut sums, 4, Lanes::ZERO);
        sums[0].as_array()[2]
    }

    fn largest_error(activation: Activation, truth: impl Fn(f64) -> f64) -> f64 {
        arguments().fold(0.0, |largest: f64, sum| {
            largest.max((f64::from(value(activation, sum)) - truth(f64::from(sum))).abs())
        })
    }

    #[test]
    fn sigmoids_are_within_a_millionth_of_the_true_value() {
        assert!(largest_error(Activation::Tanh, f64::tanh) < 9e-7);
        assert!(largest_error(Activation::Logistic, |sum| 1.0 / (1.0 + (-sum).exp())) < 5e-7);
        assert!(largest_error(Activation::ScaledTanh, |sum| 1.7159 * (sum * 2.0 / 3.0).tanh()) < 1.6e-6);
    }

    #[test]
    fn no_sigmoid_leaves_its_range() {
        for sum in arguments() {
            assert!(value(Activation::Tanh, sum).abs() <= 1.0, "tanh({sum})");
            assert!((0.0..=1.0).contains(&value(Activation::Logistic, sum)), "logistic({sum})");
        }
    }

    #[test]
    fn slopes_are_the_differences_of_values_and_squares_their_squares() {
        for activation in
            [Activation::Tanh, Activation::ScaledTanh, Activation::Logistic, Activation::Relu, Activation::LeakyRelu]
        {
            for step in (-40..=40).filter(|&step| step != 0) {
                let sum = step as f32 / 8.0;
                let half = 1.0 / 128.0;
                let difference = (value(activation, sum + half) - value(activation, sum - half)) / (2.0 * half);
                for (shift, squared) in [(0.0, false), (0.0, true), (1.0, false), (1.0, true)] {
                    let mut descents = [Lanes::splat(2.0)];
                    let stored = [Lanes::splat(value(activation, sum) + shift)];
                    activation.times_slopes(&mut descents, &stored, shift, squared);
                    let expected = 2.0 * if squared { difference * difference } else { difference };
                    let got = descents[0].as_array()[1];
                    assert!((got - expected).abs() < 6e-4, "{activation:?} at {sum}: {got}, {expected}");
                }
            }
        }
    }

    #[test]
    fn softmax_gives_probabilities_and_zeros_for_padding() {
        let mut sums = [Lanes::new(1.0, 2.0, -3.0, 100.0), Lanes::new(99.0, 7.0, 9.0, 8.0)];
        Activation::Softmax.activate(&mut sums, 5, Lanes::ZERO);
        let values = crate::lanes::flat(&sums);
        let truth = 1.0 / (1.0 + (-1.0_f64).exp());
        assert!((f64::from(values[3]) - truth).abs() < 1e-6);
        assert!((values.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(&values[5..], &[0.0; 3]);
    }

    #[test]
    fn softmax_or_none_leaves_the_rest_to_no_digit() {
        let mut sums = [Lanes::new(1.0, 2.0, -3.0, 99.0)];
        Activation::SoftmaxOrNone.activate(&mut sums, 3, Lanes::ZERO);
        let total = 1.0 + 1.0_f64.exp() + 2.0_f64.exp() + (-3.0_f64).exp();
        for (value, sum) in sums[0].as_array().iter().zip([1.0_f64, 2.0, -3.0, 0.0]) {
            assert!((f64::from(*value) - sum.exp() / total).abs() < 1e-6);
        }
        let mut low = [Lanes::splat(-100.0)];
        Activation::SoftmaxOrNone.activate(&mut low, 3, Lanes::ZERO);
        assert_eq!(low[0].as_array()[3], 1.0);
    }
}
