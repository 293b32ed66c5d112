//! Four f32 lanes: the one vector type of the network's code.
//!
//! [`Lanes`] has two forms with the same operations in the same order, so that their results are equal to the bit:
//! `simd128` on WebAssembly and `scalar` everywhere else. A product is always rounded before it is added (never fused).
use alloc::vec;
use alloc::vec::Vec;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128", not(feature = "scalar-lanes")))]
mod simd128;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128", not(feature = "scalar-lanes")))]
pub use simd128::Lanes;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128", not(feature = "scalar-lanes"))))]
mod scalar;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128", not(feature = "scalar-lanes"))))]
pub use scalar::Lanes;

mod hold;
pub(crate) use hold::hold;

/// Numbers in one [`Lanes`].
pub const LANES: usize = 4;

/// Repeats a block for each number in turn, as the index. The compiler's own unrolling stops short of the blocks that
/// matter, and then keeps their sums in memory (measured).
macro_rules! unroll {
    ($index:ident in [$($value:literal),+] $body:block) => {
        $({ let $index: usize = $value; $body })+
    };
}
pub(crate) use unroll;

impl Lanes {
    /// Four zeros.
    pub const ZERO: Self = Self::splat(0.0);

    /// `self + a · b`, the product rounded first.
    #[must_use]
    #[inline(always)]
    pub fn plus_product(self, a: Self, b: Self) -> Self {
        self + a * b
    }

    /// The sum of the four lanes, `(0 + 2) + (1 + 3)`.
    #[must_use]
    #[inline(always)]
    pub fn sum(self) -> f32 {
        let [a, b, c, d] = *self.as_array();
        (a + c) + (b + d)
    }
}

/// The square root, which `core` lacks.
#[must_use]
#[inline]
pub fn square_root(value: f64) -> f64 {
    #[cfg(not(target_arch = "wasm32"))]
    return value.sqrt();
    #[cfg(target_arch = "wasm32")]
    {
        use core::arch::wasm32::{f64x2_extract_lane, f64x2_splat, f64x2_sqrt};
        f64x2_extract_lane::<0>(f64x2_sqrt(f64x2_splat(value)))
    }
}

/// `start` plus all lanes of a run, added in their order, lane by lane. Not inlined, for the module's size.
#[must_use]
#[inline(never)]
pub fn total(start: Lanes, lanes: &[Lanes]) -> Lanes {
    lanes.iter().fold(start, |sum, &value| sum + value)
}

/// `lanes` lanes of the same number. Not inlined, for the module's size.
#[must_use]
#[inline(never)]
pub fn filled(lanes: usize, value: f32) -> Vec<Lanes> {
    vec![Lanes::splat(value); lanes]
}

/// All numbers of a run of lanes, in order.
#[must_use]
pub fn flat(lanes: &[Lanes]) -> &[f32] {
    // SAFETY: `Lanes` is four f32 without padding, and its alignment is no less than f32's.
    unsafe { core::slice::from_raw_parts(lanes.as_ptr().cast(), lanes.len() * LANES) }
}

/// All numbers of a run of lanes, in order, writable.
#[must_use]
pub fn flat_mut(lanes: &mut [Lanes]) -> &mut [f32] {
    // SAFETY: as in `flat`; the borrow is exclusive, and every bit pattern is a valid f32.
    unsafe { core::slice::from_raw_parts_mut(lanes.as_mut_ptr().cast(), lanes.len() * LANES) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Lanes = Lanes::new(1.0, -2.0, 3.5, 0.25);
    const B: Lanes = Lanes::new(0.5, 4.0, -1.0, 8.0);

    #[test]
    fn arithmetic_works_lane_by_lane() {
        assert_eq!((A + B).as_array(), &[1.5, 2.0, 2.5, 8.25]);
        assert_eq!((A - B).as_array(), &[0.5, -6.0, 4.5, -7.75]);
        assert_eq!((A * B).as_array(), &[0.5, -8.0, -3.5, 2.0]);
        assert_eq!((A / B).as_array(), &[2.0, -0.5, -3.5, 0.03125]);
        assert_eq!(A.min(B).as_array(), &[0.5, -2.0, -1.0, 0.25]);
        assert_eq!(A.max(B).as_array(), &[1.0, 4.0, 3.5, 8.0]);
        assert_eq!((A * A).sqrt().as_array(), &[1.0, 2.0, 3.5, 0.25]);
    }

    #[test]
    fn a_product_is_rounded_before_it_is_added() {
        let a = 1.000_1;
        let sum = Lanes::splat(-1.0).plus_product(Lanes::splat(a), Lanes::splat(a));
        assert_eq!(sum.as_array(), &[a * a - 1.0; 4]);
        assert_ne!(sum.as_array()[0], f32::mul_add(a, a, -1.0));
    }

    #[test]
    fn sums_of_four_are_each_added_in_one_order() {
        let tiny = Lanes::new(1.0, 1e-8, -1.0, 1e-8);
        let sums = Lanes::sums_of([A, B, tiny, Lanes::ZERO]);
        assert_eq!(sums.as_array(), &[A.sum(), B.sum(), tiny.sum(), 0.0]);
        assert_eq!(tiny.sum(), 2e-8);
    }

    #[test]
    fn flat_views_keep_the_order() {
        let mut lanes = [A, B];
        flat_mut(&mut lanes)[5] = 7.0;
        assert_eq!(flat(&lanes), &[1.0, -2.0, 3.5, 0.25, 0.5, 7.0, -1.0, 8.0]);
    }
}
