//! A fully connected layer's two kernels, over lanes of inputs: H3 and the outputs share them.
//!
//! Weights lie `[output][input]`, as the state dict has them, each row padded with zeros to whole lanes. Forward keeps
//! ten outputs' sums at once; backward keeps four lanes of inputs and runs down their columns, so that each weight
//! is read once for the input's gradient and its own update.

use core::cell::Cell;

use crate::lanes::{LANES, Lanes, hold};

/// Outputs whose sums are kept at once.
const BLOCK: usize = 10;

/// Weighted sums, biases included. `sums`: `[output]`, padded to whole lanes.
#[inline(always)]
pub fn forward<const INPUTS: usize, const OUTPUTS: usize, const SUMS: usize>(
    weights: &[[Lanes; INPUTS]; OUTPUTS],
    biases: &[Lanes; SUMS],
    input: &[Lanes; INPUTS],
    sums: &mut [Lanes; SUMS],
) {
    const { assert!(OUTPUTS.is_multiple_of(BLOCK), "no row is left over") };
    let mut spread = [[Lanes::ZERO; LANES]; SUMS];
    let (blocks, _) = weights.as_chunks::<BLOCK>();
    for (rows, spread) in blocks.iter().zip(spread.as_flattened_mut().chunks_mut(BLOCK)) {
        spread.copy_from_slice(&weighted_sums(rows, input));
    }
    for ((sum, four), &bias) in sums.iter_mut().zip(spread).zip(biases) {
        *sum = Lanes::sums_of(four) + bias;
    }
}

/// The sums of ten rows, each still spread over lanes.
#[inline(always)]
fn weighted_sums<const INPUTS: usize>(rows: &[[Lanes; INPUTS]; BLOCK], input: &[Lanes; INPUTS]) -> [Lanes; BLOCK] {
    let mut sums = [Lanes::ZERO; BLOCK];
    for i in 0..INPUTS {
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum = sum.plus_product(input[i], row[i]);
        }
        if hold(&input[i], 1).is_break() {
            break;
        }
    }
    sums
}

/// Writes the descent with respect to the input, and adds the weights' own, where `RATED` each times its rate, to
/// `target`, which may be the weights themselves. `descents`: with respect to the weighted sums, `[output]`, padded to whole lanes.
#[inline(always)]
pub fn backward<const RATED: bool, const INPUTS: usize, const OUTPUTS: usize>(
    weights: &Cell<[[Lanes; INPUTS]; OUTPUTS]>,
    target: &Cell<[[Lanes; INPUTS]; OUTPUTS]>,
    rates: &[[Lanes; INPUTS]; OUTPUTS],
    input: &[Lanes; INPUTS],
    descents: &[f32],
    descent_input: &mut [Lanes; INPUTS],
) {
    const { assert!(INPUTS.is_multiple_of(LANES), "no input is left over") };
    let (weights, target) = (weights.as_array_of_cells(), target.as_array_of_cells());
    for first in (0..INPUTS).step_by(LANES) {
        let values: [Lanes; LANES] = core::array::from_fn(|i| input[first + i]);
        let mut sums = [Lanes::ZERO; LANES];
        for output in 0..OUTPUTS {
            let descent = Lanes::broadcast(&descents[output]);
            let (weights, target) = (weights[output].as_array_of_cells(), target[output].as_array_of_cells());
            for i in 0..LANES {
                sums[i] = sums[i].plus_product(weights[first + i].get(), descent);
                let own = values[i] * descent;
                let own = if RATED { own * rates[output][first + i] } else { own };
                target[first + i].set(target[first + i].get() + own);
            }
        }
        descent_input[first..first + LANES].copy_from_slice(&sums);
    }
}
