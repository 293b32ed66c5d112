//! eˣ and ln x from the four operations alone. Platforms' own differ in their bits; these are the same everywhere.

/// eˣ to a relative error of 2·10⁻⁷: 2ⁿ · e^r, where r is within ±ln 2 / 2 and e^r a Taylor series. 0 below −87,
/// infinite above 88.
#[must_use]
#[inline(never)]
pub fn exp(x: f32) -> f32 {
    if x < -87.0 {
        return 0.0;
    }
    if x > 88.0 {
        return f32::INFINITY;
    }
    // Rounds to a whole number: a sum this large has no bits for fractions.
    let n = (x * core::f32::consts::LOG2_E + 12_582_912.0) - 12_582_912.0;
    // ln 2 in two parts: the first has so few bits that n times it is exact.
    let r = (x - n * 0.693_359_4) + n * 2.121_944_4e-4;
    let mut series = 1.0;
    for k in [7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0] {
        series = 1.0 + series * r / k;
    }
    // n lies between −126 and 127.
    let exponent = (n as i32 + 127) as u32;
    series * f32::from_bits(exponent << 23)
}

/// ln x for x from 10⁻³⁰ to 10³⁰, to an error of 2·10⁻⁷ · max(|ln x|, 1): Halley's steps on eʸ = x, starting from the
/// exponent's bits.
#[must_use]
#[inline(never)]
pub fn ln(x: f32) -> f32 {
    let mut y = (x.to_bits() as f32 / 8_388_608.0 - 127.0) * core::f32::consts::LN_2;
    for _ in 0..3 {
        let power = exp(y);
        y += 2.0 * (x - power) / (x + power);
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_within_two_ten_millionths() {
        for step in -86_000..=88_000_i32 {
            let x = step as f32 / 1000.0;
            let (got, truth) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((got / truth - 1.0).abs() < 2e-7, "exp({x}) = {got}, not {truth}");
        }
        assert_eq!((exp(0.0), exp(-200.0), exp(200.0)), (1.0, 0.0, f32::INFINITY));
        assert!(exp(f32::NAN).is_nan());
    }

    #[test]
    fn ln_is_within_two_ten_millionths() {
        for step in -300..=300_i32 {
            let x = 10_f32.powf(step as f32 / 10.0);
            let (got, truth) = (f64::from(ln(x)), f64::from(x).ln());
            assert!((got - truth).abs() < 2e-7 * truth.abs().max(1.0), "ln({x}) = {got}, not {truth}");
        }
    }
}
