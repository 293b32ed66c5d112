//! A fully connected layer's two kernels, over lanes of inputs: H3 and the outputs share them.
//!
//! Weights lie `[output][input]`, as the state dict has them, each row padded with zeros to whole lanes. Forward keeps
//! eight outputs' sums at once; backward keeps four lanes of inputs and runs down their columns, so that each weight
//! is read once for the input's gradient and its own update.

use crate::lanes::{LANES, Lanes};
use crate::update::Update;

/// Outputs whose sums are kept at once.
const BLOCK: usize = 8;

/// Weighted sums without biases. `sums`: `[output]`, padded with zeros to whole lanes.
#[inline(always)]
pub fn forward<const INPUTS: usize, const OUTPUTS: usize, const SUMS: usize>(
    weights: &[[Lanes; INPUTS]; OUTPUTS],
    input: &[Lanes; INPUTS],
    sums: &mut [Lanes; SUMS],
) {
    const { assert!(SUMS == OUTPUTS.div_ceil(LANES), "as many lanes of sums as the outputs need") };
    let (blocks, rest) = weights.as_chunks::<BLOCK>();
    for (block, rows) in blocks.iter().enumerate() {
        write_sums(weighted_sums(rows, input), &mut sums[2 * block..]);
    }
    let left = &mut sums[2 * blocks.len()..];
    match rest.len() {
        6 => write_sums(weighted_sums::<_, 6>(rest.first_chunk().expect("six rows are left"), input), left),
        2 => write_sums(weighted_sums::<_, 2>(rest.first_chunk().expect("two rows are left"), input), left),
        rows => unreachable!("30 outputs leave 6 rows and 10 leave 2, not {rows}"),
    }
}

/// The sums of up to eight rows, each still spread over lanes; 0 for those that are not there.
#[inline(always)]
fn weighted_sums<const INPUTS: usize, const ROWS: usize>(
    rows: &[[Lanes; INPUTS]; ROWS],
    input: &[Lanes; INPUTS],
) -> [Lanes; BLOCK] {
    let mut sums = [Lanes::ZERO; BLOCK];
    for (i, &value) in input.iter().enumerate() {
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum = sum.plus_product(value, row[i]);
        }
    }
    sums
}

/// Adds up the lanes of eight sums, as far as there is room for them.
#[inline(always)]
fn write_sums(sums: [Lanes; BLOCK], to: &mut [Lanes]) {
    for (lanes, four) in to.iter_mut().zip(sums.as_chunks().0) {
        *lanes = Lanes::sums_of(*four);
    }
}

/// Updates the weights and writes the descent with respect to the input. `descents`: with respect to the weighted
/// sums, `[output]`, padded to whole lanes.
#[inline(always)]
pub fn backward<U: Update, const INPUTS: usize, const OUTPUTS: usize>(
    weights: &mut [[Lanes; INPUTS]; OUTPUTS],
    beside: &mut [[Lanes; INPUTS]; OUTPUTS],
    input: &[Lanes; INPUTS],
    descents: &[f32],
    grad_input: &mut [Lanes; INPUTS],
) {
    for first in (0..INPUTS).step_by(LANES) {
        let values: [Lanes; LANES] = core::array::from_fn(|i| input[first + i]);
        let mut sums = [Lanes::ZERO; LANES];
        for output in 0..OUTPUTS {
            let descent = Lanes::splat(descents[output]);
            for i in 0..LANES {
                let weight = &mut weights[output][first + i];
                sums[i] = sums[i].plus_product(*weight, descent);
                U::step(weight, &mut beside[output][first + i], values[i] * descent);
            }
        }
        grad_input[first..first + LANES].copy_from_slice(&sums);
    }
}
