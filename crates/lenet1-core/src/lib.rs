//! LeNet-1, the network that read zip codes in 1989.
//!
//! Y. LeCun, B. Boser, J. S. Denker, D. Henderson, R. E. Howard, W. Hubbard, L. D. Jackel, "Backpropagation Applied to
//! Handwritten Zip Code Recognition", Neural Computation 1(4), 541–551, 1989.
//!
//! | layer | shape | inputs of one unit | parameters | connections |
//! | --- | --- | --- | --- | --- |
//! | input | 16×16, grey levels in [−1, 1] | | | |
//! | [`h1`] | 12 maps of 8×8 | 5×5 window, stride 2 | 1,068 | 19,968 |
//! | [`h2`] | 12 maps of 4×4 | 5×5 window, stride 2, in 8 of the 12 maps of H1 | 2,592 | 38,592 |
//! | [`h3`] | 30 units | all 192 units of H2 | 5,790 | 5,790 |
//! | [`output`] | 10 units, one a digit | all 30 units of H3 | 310 | 310 |
//! | total | 1,256 units (input included) | | 9,760 | 64,660 |
//!
//! Where to read on, from the outside in:
//!
//! - [`network`] trains a net on [`digits`] as a [`recipe`] says. It draws initial weights ([`initial`]), orders,
//!   distortions ([`distortion`]) and dropout from [`random`], and passes each pattern's descents to [`update`], with
//!   [`adamw`] beside it.
//! - `layers` chooses between the two nets: [`lenet1`], whose parameters [`state`] lays out, and the baseline,
//!   [`fully_connected`].
//! - Each layer's file has its shapes, its computation as plain loops, and its forward and backward: [`h1`], [`h2`],
//!   [`h3`], [`output`]. H1 and H2 share [`window`], H3 and the outputs share [`dense`]; [`activation`] and [`cost`]
//!   stand beside them.
//! - [`snapshot`] lays out what a training needs to go on to the bit.
//! - [`image`] says how images are stored, [`lanes`] has the one vector type, [`positions`] helps to lay out a state
//!   dict, and [`error`] lists what can be wrong with input.
//!
//! The modules use each other in one direction, without a circle (tested).
//!
//! What flows back is not the gradient (`grad_*`) but the *descent* (`descent_*`), −rate · ∂E/∂·. The learning rate
//! enters at the outputs, so SGD updates a parameter in place with one addition, without a multiplication or a gradient
//! buffer (measured on the prototype). Diagonal Newton multiplies the descent by the parameter's own rate. For AdamW,
//! and where a gradient is asked for, descents add up elsewhere, in `descent_parameters`.

// In WebAssembly std's panics alone would be a tenth of the module.
#![cfg_attr(target_arch = "wasm32", no_std)]
// Loops are over the paper's coordinates (`map, y, x, dy, dx`) and index several arrays at once.
#![allow(clippy::needless_range_loop)]
// Operations on lanes and kernels are a few instructions each; a call would cost as much again (measured).
#![allow(clippy::inline_always)]
// Counts here are small and known; every cast of one is exact.
#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
// Only a broken invariant panics, with a sentence; bad input is an `Error`.
#![allow(clippy::missing_panics_doc)]
// Tests compare bits where equal bits are promised.
#![cfg_attr(test, allow(clippy::float_cmp))]

extern crate alloc;

pub mod activation;
pub mod adamw;
pub mod cost;
pub mod dense;
pub mod digits;
pub mod distortion;
pub mod error;
pub mod exponential;
pub mod fully_connected;
pub mod h1;
pub mod h2;
pub mod h3;
pub mod image;
pub mod initial;
pub mod lanes;
mod layers;
pub mod lenet1;
pub mod network;
pub mod output;
#[cfg(feature = "phases")]
pub mod phases;
pub mod positions;
pub mod random;
pub mod recipe;
pub mod snapshot;
pub mod state;
pub mod update;
pub mod window;

pub use digits::Digits;
pub use error::Error;
pub use network::{Evaluation, Network};
pub use recipe::Recipe;
