//! Four lanes as an array, for every target but WebAssembly with SIMD, and for tests there too.

use core::ops::{Add, Div, Mul, Sub};

/// Four f32, worked on side by side.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(16))]
pub struct Lanes([f32; 4]);

impl Lanes {
    /// The four numbers, lane by lane.
    #[must_use]
    #[inline(always)]
    pub const fn new(a: f32, b: f32, c: f32, d: f32) -> Self {
        Self([a, b, c, d])
    }

    /// The same number in every lane.
    #[must_use]
    #[inline(always)]
    pub const fn splat(value: f32) -> Self {
        Self([value; 4])
    }

    /// The number at `value` in every lane.
    #[must_use]
    #[inline(always)]
    pub const fn broadcast(value: &f32) -> Self {
        Self::splat(*value)
    }

    /// The four numbers in memory.
    #[must_use]
    #[inline(always)]
    pub const fn as_array(&self) -> &[f32; 4] {
        &self.0
    }

    /// `other` where it is smaller, else `self`.
    #[must_use]
    #[inline(always)]
    pub fn min(self, other: Self) -> Self {
        self.zip(other, |a, b| if b < a { b } else { a })
    }

    /// `other` where it is larger, else `self`.
    #[must_use]
    #[inline(always)]
    pub fn max(self, other: Self) -> Self {
        self.zip(other, |a, b| if a < b { b } else { a })
    }

    /// The square root.
    #[must_use]
    #[inline(always)]
    pub fn sqrt(self) -> Self {
        // The f64 root, rounded, is the f32 root: f64 has more than twice as many bits.
        Self(self.0.map(|value| super::square_root(f64::from(value)) as f32))
    }

    /// The sum of the lanes of each of four, added in the order of [`Lanes::sum`].
    #[must_use]
    #[inline(always)]
    pub fn sums_of(four: [Self; 4]) -> Self {
        Self(four.map(Self::sum))
    }

    #[inline(always)]
    fn zip(self, other: Self, of: impl Fn(f32, f32) -> f32) -> Self {
        Self(core::array::from_fn(|lane| of(self.0[lane], other.0[lane])))
    }
}

impl Add for Lanes {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
}

impl Sub for Lanes {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
}

impl Mul for Lanes {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }
}

impl Div for Lanes {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self.zip(other, |a, b| a / b)
    }
}
