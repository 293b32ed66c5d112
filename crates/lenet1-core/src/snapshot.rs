//! A snapshot: everything that a training needs to go on to the bit, as bytes.
//!
//! | bytes | what |
//! | --- | --- |
//! | 4 | `LN1S` |
//! | 4 | the layout's version, [`VERSION`] |
//! | 4 | number of teachers: as many as the recipe's, or fewer |
//! | | the net |
//! | | each teacher, in as many bytes as the net |
//!
//! A net, with a number for each parameter in the state dict's order:
//!
//! | bytes | what |
//! | --- | --- |
//! | 4 | architecture: 0 for LeNet-1, 1 for the fully connected net |
//! | 4 | update rule: 0 for descent, 1 for diagonal Newton, 2 for `AdamW` |
//! | 4 | passes made |
//! | 4 | patterns left of a pass that has begun |
//! | 4 · 624 | state of the random stream |
//! | 4 | how many of its words are drawn, 0 to 624 |
//! | 4 · n | parameters |
//! | 4 | 1 if second derivatives must be measured before the next pass, else 0 |
//! | 4 · n | diagonal Newton alone: rates |
//! | 4 · n, 4 · n | `AdamW` alone: running means of the descents and of their squares |
//! | 8, 8 | β₁ⁿ and β₂ⁿ after n steps, in 64 bits |
//! | 4 · n | descents that wait for the next step |
//! | 4 | how many patterns they are from, below the batch |
//!
//! All numbers are little-endian, whole ones unsigned, others IEEE 754; a net that diverged has some that are not
//! finite. One walk both writes and reads, so the two cannot differ.

use alloc::vec::Vec;

use crate::error::Error;
use crate::lanes::{Lanes, flat_mut};

/// The version of the layout; others are refused.
pub const VERSION: u32 = 1;
/// The first four bytes, `LN1S`.
pub const MAGIC: u32 = u32::from_le_bytes(*b"LN1S");

/// A walk through all that a snapshot holds. Each method writes the value, or reads it in place; none is
/// inlined, for the module's size.
pub struct Snapshot<'a> {
    /// Written so far.
    bytes: Vec<u8>,
    /// What is left to read; `None` when writing.
    rest: Option<&'a [u8]>,
    /// Bytes there were to read.
    length: usize,
    /// The position of each parameter among the numbers of its lanes, in the state dict's order.
    positions: Vec<usize>,
}

impl<'a> Snapshot<'a> {
    /// A walk that writes.
    #[must_use]
    pub fn writing(positions: Vec<usize>) -> Self {
        Self { bytes: Vec::new(), rest: None, length: 0, positions }
    }

    /// A walk that reads `bytes`.
    #[must_use]
    pub fn reading(bytes: &'a [u8], positions: Vec<usize>) -> Self {
        Self { bytes: Vec::new(), rest: Some(bytes), length: bytes.len(), positions }
    }

    /// A whole number.
    ///
    /// # Errors
    /// [`Error::SnapshotLength`] if there are not enough bytes.
    #[inline(never)]
    pub fn whole(&mut self, value: &mut u32) -> Result<(), Error> {
        let Some(rest) = &mut self.rest else {
            self.bytes.extend_from_slice(&value.to_le_bytes());
            return Ok(());
        };
        let Some((bytes, after)) = rest.split_first_chunk() else {
            return Err(Error::SnapshotLength { got: self.length });
        };
        *value = u32::from_le_bytes(*bytes);
        *rest = after;
        Ok(())
    }

    /// A whole number that is at most `most`.
    ///
    /// # Errors
    /// [`Error::SnapshotLength`], or [`Error::SnapshotValue`] for a larger one.
    #[inline(never)]
    pub fn at_most(&mut self, most: u32, value: &mut u32) -> Result<(), Error> {
        self.whole(value)?;
        if *value <= most { Ok(()) } else { Err(self.unexpected(*value)) }
    }

    /// A whole number that is the same in all snapshots of the net.
    ///
    /// # Errors
    /// [`Error::SnapshotLength`], or [`Error::SnapshotValue`] for another one.
    #[inline(never)]
    pub fn fixed(&mut self, expected: u32) -> Result<(), Error> {
        let mut value = expected;
        self.whole(&mut value)?;
        if value == expected { Ok(()) } else { Err(self.unexpected(value)) }
    }

    /// A number in 64 bits.
    ///
    /// # Errors
    /// [`Error::SnapshotLength`].
    #[inline(never)]
    pub fn double(&mut self, value: &mut f64) -> Result<(), Error> {
        let bits = value.to_bits();
        let (mut low, mut high) = (bits as u32, (bits >> 32) as u32);
        self.whole(&mut low)?;
        self.whole(&mut high)?;
        *value = f64::from_bits(u64::from(high) << 32 | u64::from(low));
        Ok(())
    }

    /// A number for each parameter; `lanes` are laid out as the parameters are. Padding stays as it is.
    ///
    /// # Errors
    /// [`Error::SnapshotLength`].
    #[inline(never)]
    pub fn parameters(&mut self, lanes: &mut [Lanes]) -> Result<(), Error> {
        let numbers = flat_mut(lanes);
        for nth in 0..self.positions.len() {
            let number = &mut numbers[self.positions[nth]];
            let mut bits = number.to_bits();
            self.whole(&mut bits)?;
            *number = f32::from_bits(bits);
        }
        Ok(())
    }

    /// Ends the walk. Returns what was written.
    ///
    /// # Errors
    /// [`Error::SnapshotLength`] if bytes are left.
    pub fn end(self) -> Result<Vec<u8>, Error> {
        if self.rest.is_none_or(<[u8]>::is_empty) {
            Ok(self.bytes)
        } else {
            Err(Error::SnapshotLength { got: self.length })
        }
    }

    /// The error for the whole number that was read last.
    fn unexpected(&self, got: u32) -> Error {
        Error::SnapshotValue { at: self.length - self.rest.map_or(0, <[u8]>::len) - 4, got }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One walk over some values.
    fn walk(snapshot: &mut Snapshot, whole: &mut u32, double: &mut f64, lanes: &mut [Lanes]) -> Result<(), Error> {
        snapshot.fixed(MAGIC)?;
        snapshot.at_most(9, whole)?;
        snapshot.double(double)?;
        snapshot.parameters(lanes)
    }

    fn written() -> Vec<u8> {
        let mut snapshot = Snapshot::writing(vec![2, 0]);
        walk(&mut snapshot, &mut 7, &mut -0.1, &mut [Lanes::new(1.0, 2.0, 3.0, 4.0)]).expect("good values");
        snapshot.end().expect("nothing is left when writing")
    }

    #[test]
    fn bytes_are_little_endian_and_parameters_in_the_state_dicts_order() {
        let doubles = (-0.1_f64).to_le_bytes();
        let parts: [&[u8]; 5] = [b"LN1S", &[7, 0, 0, 0], &doubles, &3.0_f32.to_le_bytes(), &1.0_f32.to_le_bytes()];
        assert_eq!(written(), parts.concat());
    }

    #[test]
    fn what_is_written_is_read_and_padding_stays() {
        let bytes = written();
        let mut snapshot = Snapshot::reading(&bytes, vec![2, 0]);
        let (mut whole, mut double, mut lanes) = (0, 0.0, [Lanes::ZERO]);
        walk(&mut snapshot, &mut whole, &mut double, &mut lanes).expect("what was written");
        assert_eq!((whole, double, lanes[0].as_array()), (7, -0.1, &[1.0, 0.0, 3.0, 0.0]));
        assert_eq!(snapshot.end(), Ok(vec![]));
    }

    #[test]
    fn bad_bytes_are_refused_by_length_or_place() {
        let refusal = |bytes: &[u8]| {
            let mut snapshot = Snapshot::reading(bytes, vec![0, 1]);
            walk(&mut snapshot, &mut 0, &mut 0.0, &mut [Lanes::ZERO]).and_then(|()| snapshot.end()).err()
        };
        let bytes = written();
        for length in 0..bytes.len() {
            assert_eq!(refusal(&bytes[..length]), Some(Error::SnapshotLength { got: length }));
        }
        assert_eq!(refusal(&[&bytes[..], &[0]].concat()), Some(Error::SnapshotLength { got: bytes.len() + 1 }));
        for (place, at, got) in [(0, 0, MAGIC ^ 1), (4, 4, 6), (6, 4, 7 | 1 << 16)] {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1;
            let refused = if got == 6 { None } else { Some(Error::SnapshotValue { at, got }) };
            assert_eq!(refusal(&flipped), refused);
        }
        let mut large = bytes.clone();
        large[4] = 10;
        assert_eq!(refusal(&large), Some(Error::SnapshotValue { at: 4, got: 10 }));
    }
}
