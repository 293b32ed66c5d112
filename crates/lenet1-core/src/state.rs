//! All that the net learns, and the state dict's order of it: PyTorch's, row by row.

use core::mem::offset_of;

use crate::lanes::{LANES, Lanes};
use crate::{Error, PARAMETERS, h1, h2, h3, output};

/// The parameters of all layers, each in the layout that its kernels want.
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

    /// From the 9,760 values of a state dict.
    ///
    /// # Errors
    /// [`Error::StateLength`] or [`Error::StateValue`].
    pub fn from_state(state: &[f32]) -> Result<Box<Self>, Error> {
        if state.len() != PARAMETERS {
            return Err(Error::StateLength { got: state.len() });
        }
        if let Some(at) = state.iter().position(|value| !value.is_finite()) {
            let (tensor, index) = tensor_at(at);
            return Err(Error::StateValue { tensor, index, got: state[at] });
        }
        Ok(Self::from_finite(state))
    }

    /// From the 9,760 values of a state dict that are known to be good.
    pub(crate) fn from_finite(state: &[f32]) -> Box<Self> {
        let mut parameters = Self::zeros();
        let numbers = crate::lanes::flat_mut(parameters.lanes_mut());
        for (position, &value) in positions().into_iter().zip(state) {
            numbers[position] = value;
        }
        parameters
    }

    /// The 9,760 values of the state dict.
    #[must_use]
    pub fn to_state(&self) -> Vec<f32> {
        let numbers = crate::lanes::flat(self.lanes());
        positions().into_iter().map(|position| numbers[position]).collect()
    }

    fn lanes(&self) -> &[Lanes] {
        // SAFETY: `repr(C)` all the way down, and every field an array of `Lanes`, so that there is no padding.
        unsafe { core::slice::from_raw_parts(core::ptr::from_ref(self).cast(), size_of::<Self>() / size_of::<Lanes>()) }
    }

    fn lanes_mut(&mut self) -> &mut [Lanes] {
        // SAFETY: as in `lanes`; the borrow is exclusive.
        unsafe {
            core::slice::from_raw_parts_mut(core::ptr::from_mut(self).cast(), size_of::<Self>() / size_of::<Lanes>())
        }
    }
}

/// Where each value of the state dict stands among the numbers of [`Parameters`].
fn positions() -> Vec<usize> {
    const NUMBER: usize = size_of::<Lanes>() / LANES;
    let mut positions = Vec::with_capacity(PARAMETERS);
    h1::push_positions(&mut positions, offset_of!(Parameters, h1) / NUMBER);
    h2::push_positions(&mut positions, offset_of!(Parameters, h2) / NUMBER);
    h3::push_positions(&mut positions, offset_of!(Parameters, h3) / NUMBER);
    output::push_positions(&mut positions, offset_of!(Parameters, output) / NUMBER);
    positions
}

/// Appends `first`, `first + step`, … : `count` positions. Not inlined: its copies alone would be a tenth of the module.
#[inline(never)]
pub(crate) fn push_run(positions: &mut Vec<usize>, first: usize, step: usize, count: usize) {
    positions.extend((0..count).map(|i| first + i * step));
}

/// The tensor that holds value `at` of a state dict, and the value's place in it.
fn tensor_at(mut at: usize) -> (&'static str, usize) {
    for (name, length) in TENSORS {
        if at < length {
            return (name, at);
        }
        at -= length;
    }
    unreachable!("the tensors hold all 9,760 values");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_dict_comes_back_as_it_went_in() {
        let state: Vec<f32> = (0..PARAMETERS as u16).map(f32::from).collect();
        assert_eq!(Parameters::from_state(&state).expect("a good state").to_state(), state);
    }

    #[test]
    fn a_bad_state_dict_is_refused_by_tensor_and_place() {
        let refusal = |state: &[f32]| Parameters::from_state(state).err();
        assert_eq!(refusal(&[0.0; 3]), Some(Error::StateLength { got: 3 }));
        let mut state = vec![0.0; PARAMETERS];
        state[h1::PARAMETERS + 7] = f32::INFINITY;
        assert_eq!(refusal(&state), Some(Error::StateValue { tensor: "H2w", index: 7, got: f32::INFINITY }));
    }

    #[test]
    fn the_tensors_hold_all_parameters() {
        assert_eq!(TENSORS.map(|(_, length)| length).iter().sum::<usize>(), PARAMETERS);
    }
}
