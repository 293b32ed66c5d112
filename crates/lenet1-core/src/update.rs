//! What becomes of a gradient.
//!
//! The backward pass is written once and compiled for each [`Update`]. What flows back through it is not the gradient
//! (`grad_*`) but the *descent* (`descent_*`), −rate · ∂E/∂·: with the learning rate folded in at the outputs an update in place is one addition
//! (measured on the prototype: no multiply and no gradient buffer).

use crate::lanes::Lanes;

/// What becomes of the descent of four parameters.
pub trait Update {
    /// Takes in `descent`, one pattern's −rate · ∂E/∂parameter. `beside` is what an update rule keeps beside each
    /// parameter.
    fn update(parameter: &mut Lanes, beside: &mut Lanes, descent: Lanes);
}

/// Stochastic gradient descent: the parameter moves at once; nothing is kept beside it. The rate is the learning rate.
pub struct Descend;

/// The parameter stays; descents add up beside it. The rate is 1.
pub struct Accumulate;

impl Update for Descend {
    #[inline(always)]
    fn update(parameter: &mut Lanes, _beside: &mut Lanes, descent: Lanes) {
        *parameter = *parameter + descent;
    }
}

impl Update for Accumulate {
    #[inline(always)]
    fn update(_parameter: &mut Lanes, beside: &mut Lanes, descent: Lanes) {
        *beside = *beside + descent;
    }
}
