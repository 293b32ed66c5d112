//! The two kernels of a fully connected layer, over lanes of inputs. H3 and the outputs share them.
//!
//! The computation as plain loops:
//!
//! ```text
//! forward:
//!     for unit:
//!         sum[unit] = bias[unit] + Σ over inputs of weight[unit][input] · input[input]
//!
//! backward, where d[unit] is the descent with respect to sum[unit]; each layer updates its own biases:
//!     for input:
//!         d_input[input] = Σ over units of weight[unit][input] · d[unit]
//!     for unit, input:
//!         weight[unit][input] += rate · d[unit] · input[input]
//! ```
//!
//! The code differs in four points, marked with their numbers:
//!
//! 1. It takes four inputs at a time, one per lane. Weights lie `[unit][input]`, as in the state dict, each row padded
//!    with zeros to whole lanes. Forward adds across lanes at the end.
//! 2. Forward adds up ten units at once; [`hold!`](crate::lanes) keeps their sums in registers.
//! 3. Backward takes four lanes of inputs and runs down their columns, so that it reads each weight once for both
//!    loops.
//! 4. Without `RATED` every rate is 1, and the multiplication is left out.

use core::cell::Cell;

use crate::lanes::{LANES, Lanes, hold};

/// Units that forward adds up at once.
const BLOCK: usize = 10;

/// Weighted sums, biases included. `sums`: `[unit]`, padded to whole lanes.
#[inline(always)]
pub fn forward<const INPUTS: usize, const UNITS: usize, const SUMS: usize>(
    weights: &[[Lanes; INPUTS]; UNITS],
    biases: &[Lanes; SUMS],
    input: &[Lanes; INPUTS],
    sums: &mut [Lanes; SUMS],
) {
    const { assert!(UNITS.is_multiple_of(BLOCK), "no row is left over") };
    let mut spread = [[Lanes::ZERO; LANES]; SUMS];
    let (blocks, _) = weights.as_chunks::<BLOCK>();
    for (rows, spread) in blocks.iter().zip(spread.as_flattened_mut().chunks_mut(BLOCK)) {
        let mut sums = [Lanes::ZERO; BLOCK];
        add_products(&mut sums, rows, input);
        spread.copy_from_slice(&sums);
    }
    // (1)
    for ((sum, four), &bias) in sums.iter_mut().zip(spread).zip(biases) {
        *sum = Lanes::sums_of(four) + bias;
    }
}

/// Adds up ten rows, each still spread over lanes (2).
#[inline(always)]
fn add_products<const INPUTS: usize>(
    sums: &mut [Lanes; BLOCK],
    rows: &[[Lanes; INPUTS]; BLOCK],
    input: &[Lanes; INPUTS],
) {
    for i in 0..INPUTS {
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum = sum.plus_product(input[i], row[i]);
        }
        hold!(&input[i], 1);
    }
}

/// Writes the descent with respect to the input to `descent_input`, and adds the weights' descents (if `RATED`, times
/// their rates) to `target`, which may be the weights themselves. `descents`: with respect to the weighted sums,
/// `[unit]`, padded to whole lanes.
#[inline(always)]
pub fn backward<const RATED: bool, const INPUTS: usize, const UNITS: usize>(
    weights: &Cell<[[Lanes; INPUTS]; UNITS]>,
    target: &Cell<[[Lanes; INPUTS]; UNITS]>,
    rates: &[[Lanes; INPUTS]; UNITS],
    input: &[Lanes; INPUTS],
    descents: &[f32],
    descent_input: &mut [Lanes; INPUTS],
) {
    const { assert!(INPUTS.is_multiple_of(LANES), "no input is left over") };
    let (weights, target) = (weights.as_array_of_cells(), target.as_array_of_cells());
    // (3)
    for first in (0..INPUTS).step_by(LANES) {
        let values: [Lanes; LANES] = core::array::from_fn(|i| input[first + i]);
        let mut sums = [Lanes::ZERO; LANES];
        for unit in 0..UNITS {
            let descent = Lanes::broadcast(&descents[unit]);
            let (weights, target) = (weights[unit].as_array_of_cells(), target[unit].as_array_of_cells());
            for i in 0..LANES {
                sums[i] = sums[i].plus_product(weights[first + i].get(), descent);
                let own = values[i] * descent;
                let own = if RATED { own * rates[unit][first + i] } else { own }; // (4)
                target[first + i].set(target[first + i].get() + own);
            }
        }
        descent_input[first..first + LANES].copy_from_slice(&sums);
    }
}
