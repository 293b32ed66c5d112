//! Four lanes as one WebAssembly vector.

use core::arch::wasm32::{
    f32x4, f32x4_add, f32x4_div, f32x4_mul, f32x4_pmax, f32x4_pmin, f32x4_sqrt, f32x4_sub, i32x4_shuffle,
    i64x2_shuffle, v128, v128_load32_splat,
};
use core::ops::{Add, Div, Mul, Sub};

/// Four f32, worked on side by side.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Lanes(v128);

impl Lanes {
    /// The four numbers, lane by lane.
    #[must_use]
    #[inline(always)]
    pub const fn new(a: f32, b: f32, c: f32, d: f32) -> Self {
        Self(f32x4(a, b, c, d))
    }

    /// The same number in every lane.
    #[must_use]
    #[inline(always)]
    pub const fn splat(value: f32) -> Self {
        Self(f32x4(value, value, value, value))
    }

    /// The number at `value` in every lane, in one instruction.
    #[must_use]
    #[inline(always)]
    pub fn broadcast(value: &f32) -> Self {
        // SAFETY: a reference is valid to read from; the instruction asks for no alignment.
        Self(unsafe { v128_load32_splat(core::ptr::from_ref(value).cast()) })
    }

    /// The four numbers in memory.
    #[must_use]
    #[inline(always)]
    pub const fn as_array(&self) -> &[f32; 4] {
        // SAFETY: a v128 is sixteen bytes; any bits are four valid f32, and its alignment is no less.
        unsafe { &*core::ptr::from_ref(self).cast() }
    }

    /// `other` where it is smaller, else `self`.
    #[must_use]
    #[inline(always)]
    pub fn min(self, other: Self) -> Self {
        Self(f32x4_pmin(self.0, other.0))
    }

    /// `other` where it is larger, else `self`.
    #[must_use]
    #[inline(always)]
    pub fn max(self, other: Self) -> Self {
        Self(f32x4_pmax(self.0, other.0))
    }

    /// The square root.
    #[must_use]
    #[inline(always)]
    pub fn sqrt(self) -> Self {
        Self(f32x4_sqrt(self.0))
    }

    /// The sum of the lanes of each of four, added in the order of [`Lanes::sum`].
    #[must_use]
    #[inline(always)]
    pub fn sums_of([a, b, c, d]: [Self; 4]) -> Self {
        let ab = Self::add_halves(a, b);
        let cd = Self::add_halves(c, d);
        Self(i64x2_shuffle::<0, 2>(ab.0, cd.0)) + Self(i64x2_shuffle::<1, 3>(ab.0, cd.0))
    }

    /// `[a0 + a2, b0 + b2, a1 + a3, b1 + b3]`.
    #[inline(always)]
    fn add_halves(a: Self, b: Self) -> Self {
        Self(i32x4_shuffle::<0, 4, 1, 5>(a.0, b.0)) + Self(i32x4_shuffle::<2, 6, 3, 7>(a.0, b.0))
    }
}

impl Add for Lanes {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(f32x4_add(self.0, other.0))
    }
}

impl Sub for Lanes {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(f32x4_sub(self.0, other.0))
    }
}

impl Mul for Lanes {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(f32x4_mul(self.0, other.0))
    }
}

impl Div for Lanes {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        Self(f32x4_div(self.0, other.0))
    }
}
