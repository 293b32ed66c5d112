//! The units' activations: hyperbolic tangent and logistic function, over lanes.

use core::hint::black_box;

use crate::lanes::Lanes;

/// What a unit makes of its weighted sum.
pub trait Activation {
    /// The activation of a weighted sum. `tanh`: what [`rational`] gives.
    fn value(sum: Lanes, tanh: &Rational) -> Lanes;
    /// The slope ∂value/∂sum, from the activation.
    fn slope(value: Lanes) -> Lanes;
    /// The slope from activation + 1, as planes store it.
    fn slope_of_shifted(shifted: Lanes) -> Lanes;
}

/// From weighted sums without biases to activations.
#[inline(always)]
pub fn activate<A: Activation>(sums: &mut [Lanes], biases: &[Lanes]) {
    let tanh = rational();
    for (value, &bias) in sums.iter_mut().zip(biases) {
        *value = A::value(*value + bias, tanh);
    }
}

/// tanh, the units of H1, H2 and H3, and in `karpathy2022` the outputs.
pub struct Tanh;

/// 1 / (1 + e⁻ˣ), the outputs of `senn2025`.
pub struct Logistic;

/// tanh(x) ≈ x · P(x²) / Q(x²) on |x| ≤ 7.3, where tanh is 1 − 9·10⁻⁷: a minimax fit, largest error 9·10⁻⁷ (tested).
pub struct Rational {
    /// P's coefficients, highest power first.
    p: [Lanes; 4],
    /// Q's coefficients, highest power first; the leading one is 1.
    q: [Lanes; 4],
    /// Where x is cut off.
    limits: [Lanes; 2],
}

static RATIONAL: Rational = Rational {
    p: [Lanes::splat(45.078_84), Lanes::splat(11_193.148), Lanes::splat(482_119.88), Lanes::splat(3_713_228.0)],
    q: [Lanes::splat(920.032_8), Lanes::splat(89_386.02), Lanes::splat(1_719_860.4), Lanes::splat(3_713_228.3)],
    limits: [Lanes::splat(-7.3), Lanes::splat(7.3)],
};

/// The constants of tanh, in memory, so that they are not turned into literals: V8 in Node 24 builds each of those anew
/// each time (measured: tanh takes twice as long).
#[inline(always)]
#[must_use]
pub fn rational() -> &'static Rational {
    black_box(&RATIONAL)
}

impl Activation for Tanh {
    #[inline(always)]
    fn value(sum: Lanes, Rational { p, q, limits }: &Rational) -> Lanes {
        let x = sum.max(limits[0]).min(limits[1]);
        let square = x * x;
        let p = ((square * p[0] + p[1]) * square + p[2]) * square + p[3];
        let q = (((square + q[0]) * square + q[1]) * square + q[2]) * square + q[3];
        x * p / q
    }

    #[inline(always)]
    fn slope(value: Lanes) -> Lanes {
        Lanes::splat(1.0) - value * value
    }

    #[inline(always)]
    fn slope_of_shifted(shifted: Lanes) -> Lanes {
        shifted * (Lanes::splat(2.0) - shifted)
    }
}

impl Activation for Logistic {
    #[inline(always)]
    fn value(sum: Lanes, tanh: &Rational) -> Lanes {
        let half = Lanes::splat(0.5);
        half + half * Tanh::value(half * sum, tanh)
    }

    #[inline(always)]
    fn slope(value: Lanes) -> Lanes {
        value * (Lanes::splat(1.0) - value)
    }

    #[inline(always)]
    fn slope_of_shifted(shifted: Lanes) -> Lanes {
        Self::slope(shifted - Lanes::splat(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// −12 to 12 in steps of 2⁻¹³, and the smallest numbers.
    fn arguments() -> impl Iterator<Item = f32> {
        (-98_304..=98_304_i32).map(|step| step as f32 / 8192.0).chain([f32::MIN_POSITIVE, 1e-40, 0.0, -0.0])
    }

    fn value<A: Activation>(sum: f32) -> f32 {
        A::value(Lanes::splat(sum), rational()).as_array()[2]
    }

    #[test]
    fn tanh_is_within_9e_7_of_the_true_value_and_never_above_1() {
        let mut largest: f64 = 0.0;
        for sum in arguments() {
            let got = value::<Tanh>(sum);
            assert!(got.abs() <= 1.0, "tanh({sum}) = {got}");
            largest = largest.max((f64::from(got) - f64::from(sum).tanh()).abs());
        }
        assert!(largest < 9e-7, "largest error {largest:e}");
    }

    #[test]
    fn the_logistic_function_is_within_5e_7_of_the_true_value_and_stays_in_0_to_1() {
        let mut largest: f64 = 0.0;
        for sum in arguments() {
            let got = value::<Logistic>(sum);
            assert!((0.0..=1.0).contains(&got), "logistic({sum}) = {got}");
            largest = largest.max((f64::from(got) - 1.0 / (1.0 + (-f64::from(sum)).exp())).abs());
        }
        assert!(largest < 5e-7, "largest error {largest:e}");
    }

    fn slope_differs_by<A: Activation>(sum: f32) -> f32 {
        let step = 1.0 / 64.0;
        let difference = (value::<A>(sum + step) - value::<A>(sum - step)) / (2.0 * step);
        let activation = Lanes::splat(value::<A>(sum));
        let [slope, ..] = *A::slope(activation).as_array();
        let [of_shifted, ..] = *A::slope_of_shifted(activation + Lanes::splat(1.0)).as_array();
        assert!((slope - of_shifted).abs() < 1e-6);
        (slope - difference).abs()
    }

    #[test]
    fn slopes_are_the_differences_of_values() {
        for step in -40..=40 {
            #[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
            let sum = step as f32 / 8.0;
            assert!(slope_differs_by::<Tanh>(sum) < 2e-4, "tanh at {sum}");
            assert!(slope_differs_by::<Logistic>(sum) < 2e-4, "logistic at {sum}");
        }
    }
}
