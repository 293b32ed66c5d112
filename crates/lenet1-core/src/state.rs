//! The parameters of LeNet-1, and their order in the state dict: PyTorch's, row by row.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::mem::offset_of;

use crate::error::Error;
use crate::lanes::{LANES, Lanes};
use crate::{h1, h2, h3, output};

/// Weights and biases of the net.
pub const PARAMETERS: usize = h1::PARAMETERS + h2::PARAMETERS + h3::PARAMETERS + output::PARAMETERS;
/// [`Error::expected`] for a wrong number of them.
pub const EXPECTED: &str = "state dict: expected 9760 parameters";

/// The parameters of all layers, each laid out for its kernels.
#[derive(Clone)]
#[repr(C)]
pub struct Parameters {
    /// 12 kernels, 768 biases.
    pub h1: h1::Parameters,
    /// 12 · 8 kernels, 192 biases.
    pub h2: h2::Parameters,
    /// 30 units.
    pub h3: h3::Parameters,
    /// 10 units.
    pub output: output::Parameters,
}

/// The tensors of the state dict, in its order: name and number of values.
pub const TENSORS: [(&str, usize); 8] = [
    ("H1w", h1::WEIGHTS),
    ("H1b", h1::UNITS),
    ("H2w", h2::WEIGHTS),
    ("H2b", h2::UNITS),
    ("H3w", h3::UNITS * h2::UNITS),
    ("H3b", h3::UNITS),
    ("outw", output::UNITS * h3::UNITS),
    ("outb", output::UNITS),
];

impl Parameters {
    /// All zeros, on the heap.
    #[must_use]
    pub fn zeros() -> Box<Self> {
        // SAFETY: the struct is made of `Lanes` alone, for which zero bits are the number 0.
        unsafe { Box::<Self>::new_zeroed().assume_init() }
    }

    /// All numbers, in the layout of [`Parameters`].
    #[must_use]
    pub fn lanes(&self) -> &[Lanes] {
        // SAFETY: `repr(C)` all the way down, and every field an array of `Lanes`, so that there is no padding.
        unsafe { core::slice::from_raw_parts(core::ptr::from_ref(self).cast(), LANES_IN_ALL) }
    }

    /// All numbers, writable.
    #[must_use]
    pub fn lanes_mut(&mut self) -> &mut [Lanes] {
        // SAFETY: as in `lanes`; the borrow is exclusive.
        unsafe { core::slice::from_raw_parts_mut(core::ptr::from_mut(self).cast(), LANES_IN_ALL) }
    }

    /// The inverse of [`Parameters::lanes`], for any numbers laid out like parameters.
    #[must_use]
    pub fn of_lanes(lanes: &[Lanes]) -> &Self {
        assert!(lanes.len() == LANES_IN_ALL, "a number for each parameter");
        // SAFETY: as in `lanes`, the other way round; the length is right.
        unsafe { &*lanes.as_ptr().cast() }
    }

    /// The same, writable.
    #[must_use]
    pub fn of_lanes_mut(lanes: &mut [Lanes]) -> &mut Self {
        assert!(lanes.len() == LANES_IN_ALL, "a number for each parameter");
        // SAFETY: as in `of_lanes`; the borrow is exclusive.
        unsafe { &mut *lanes.as_mut_ptr().cast() }
    }
}

/// Lanes of [`Parameters`].
const LANES_IN_ALL: usize = size_of::<Parameters>() / size_of::<Lanes>();

/// Checks that a state dict has as many values as `tensors` ask for, all finite. `expected`: [`Error::expected`] for a
/// wrong number of values.
///
/// # Errors
/// [`Error::StateLength`] or [`Error::StateValue`].
pub fn check(state: &[f32], tensors: &[(&'static str, usize)], expected: &'static str) -> Result<(), Error> {
    if state.len() != tensors.iter().map(|(_, length)| length).sum() {
        return Err(Error::StateLength { expected, got: state.len() });
    }
    let Some(mut at) = state.iter().position(|value| !value.is_finite()) else {
        return Ok(());
    };
    let got = state[at];
    for &(tensor, length) in tensors {
        if at < length {
            return Err(Error::StateValue { tensor, index: at, got });
        }
        at -= length;
    }
    unreachable!("the tensors hold all values");
}

/// The position of each value of the state dict among the numbers of [`Parameters`].
#[must_use]
pub fn positions() -> Vec<usize> {
    const NUMBER: usize = size_of::<Lanes>() / LANES;
    let mut positions = Vec::with_capacity(PARAMETERS);
    h1::push_positions(&mut positions, offset_of!(Parameters, h1) / NUMBER);
    h2::push_positions(&mut positions, offset_of!(Parameters, h2) / NUMBER);
    h3::push_positions(&mut positions, offset_of!(Parameters, h3) / NUMBER);
    output::push_positions(&mut positions, offset_of!(Parameters, output) / NUMBER);
    positions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_a_state_dict_has_a_place_of_its_own() {
        let mut positions = positions();
        assert_eq!(positions.len(), PARAMETERS);
        positions.sort_unstable();
        positions.dedup();
        assert_eq!(positions.len(), PARAMETERS);
        assert!(positions.iter().all(|&position| position < LANES_IN_ALL * LANES));
    }

    #[test]
    fn a_bad_state_dict_is_refused_by_tensor_and_place() {
        let check = |state: &[f32]| check(state, &TENSORS, EXPECTED);
        assert_eq!(check(&[0.0; 3]), Err(Error::StateLength { expected: EXPECTED, got: 3 }));
        let mut state = vec![0.0; PARAMETERS];
        assert_eq!(check(&state), Ok(()));
        state[h1::PARAMETERS + 7] = f32::INFINITY;
        assert_eq!(check(&state), Err(Error::StateValue { tensor: "H2w", index: 7, got: f32::INFINITY }));
    }

    #[test]
    fn the_tensors_hold_all_parameters() {
        assert_eq!(PARAMETERS, 9_760);
        assert!(EXPECTED.contains(&PARAMETERS.to_string()));
        assert_eq!(TENSORS.map(|(_, length)| length).iter().sum::<usize>(), PARAMETERS);
    }
}
