//! One pattern split into its kernels, each run by itself many times: for `npm run bench -- --phases` alone.

use core::hint::black_box;

use crate::activation::{Tanh, activate};
use crate::h1::Image;
use crate::lanes::Lanes;
use crate::network::{Activations, KernelSums, Network};
use crate::state::Parameters;
use crate::update::Descend;
use crate::{h1, h2, h3, output};

/// A kernel's name and the multiply-adds that the net's definition asks of it for one pattern; taps on the background,
/// whose stored value is 0, are not counted.
pub const PHASES: [(&str, u32); 9] = [
    ("H1 forward", H1_TAPS * 12),
    ("H1 activation", 0),
    ("H2 forward", H2_TAPS * 96),
    ("H2 activation", 0),
    ("H3, outputs forward", 6_060),
    ("H3, outputs backward and update", 12_120),
    ("H2 input gradient", H2_TAPS * 96),
    ("H2 weight gradient and update", H2_TAPS * 96),
    ("H1 weight gradient and update", H1_TAPS * 12),
];

/// Taps of all windows of one map of H1 that fall on the plane: (8·5 − 3)².
const H1_TAPS: u32 = 37 * 37;
/// The same for one pair of maps of H1 and H2: (4·5 − 3)².
const H2_TAPS: u32 = 17 * 17;

/// A net, a real pattern, and what flows back to its layers.
pub struct Phases {
    net: Network,
    image: Image,
    descents: Descents,
}

/// Descents with respect to the activations of each layer: so small that the net stays what it is.
#[derive(Clone)]
struct Descents {
    output: output::Vector,
    h3: h3::Vector,
    h2: h2::Planes,
    h1: h1::Planes,
}

impl Phases {
    /// From a net and an image of 256 grey levels in [−1, 1].
    ///
    /// # Errors
    /// As [`Network::forward`].
    pub fn new(mut net: Network, image: &[f32]) -> Result<Self, crate::Error> {
        net.forward(image)?;
        let tiny = Lanes::splat(1e-12);
        let descents = Descents {
            output: [tiny; output::WIDTH],
            h3: [tiny; h3::WIDTH],
            h2: [[tiny; h2::SIDE]; h2::MAPS],
            h1: [[[tiny; h1::GROUPS]; h1::SIDE]; h1::SIDE],
        };
        Ok(Self { net, image: crate::digits::shifted_image(image)?, descents })
    }

    /// Runs kernel `phase` of [`PHASES`] `times` times, from what a real pattern leaves. Kernels that overwrite descents
    /// get fresh ones each time; that copy is in their time.
    pub fn run(&mut self, phase: usize, times: u32) {
        self.net.forward_image(&self.image);
        let mut descents = self.descents.clone();
        for _ in 0..times {
            let fresh = black_box(&self.descents);
            match phase {
                5 => (descents.output, descents.h3) = (fresh.output, fresh.h3),
                8 => descents.h1 = fresh.h1,
                _ => {}
            }
            let (parameters, beside, sums, activations) = self.net.parts();
            run_kernel(phase, black_box(&self.image), parameters, beside, sums, activations, &mut descents);
        }
        black_box(&descents);
    }
}

fn run_kernel(
    phase: usize,
    image: &Image,
    parameters: &mut Parameters,
    beside: &mut Parameters,
    sums: &mut KernelSums,
    activations: &mut Activations,
    descents: &mut Descents,
) {
    let tanh = output::OutputActivation::Tanh;
    let Activations { h1: at_h1, h2: at_h2, h3: at_h3, output: at_output } = activations;
    match phase {
        0 => h1::weighted_sums(&parameters.h1, &sums.h1, image, at_h1),
        1 => h1::activate::<Tanh>(at_h1),
        2 => h2::weighted_sums(&parameters.h2, &sums.h2, at_h1, at_h2),
        3 => activate::<Tanh>(at_h2.as_flattened_mut(), parameters.h2.biases.as_flattened()),
        4 => {
            h3::forward::<Tanh>(&parameters.h3, at_h2, at_h3);
            output::forward(&parameters.output, tanh, at_h3, at_output);
        }
        5 => {
            let (layer, beside_layer) = (&mut parameters.output, &mut beside.output);
            let back = (&mut descents.output, &mut descents.h3);
            output::backward::<Descend>(layer, beside_layer, tanh, at_h3, at_output, back.0, back.1);
            let (layer, beside_layer) = (&mut parameters.h3, &mut beside.h3);
            let back = (&mut descents.h3, &mut descents.h2);
            h3::backward::<Tanh, Descend>(layer, beside_layer, at_h2, at_h3, back.0, back.1);
        }
        6 => h2::backward_to_input(&parameters.h2, &descents.h2, &mut descents.h1),
        7 => {
            let (layer, beside_layer) = (&mut parameters.h2, &mut beside.h2);
            h2::backward_to_weights::<Descend>(layer, beside_layer, &mut sums.h2, at_h1, &descents.h2);
        }
        _ => {
            let (layer, beside_layer) = (&mut parameters.h1, &mut beside.h1);
            h1::backward::<Tanh, Descend>(layer, beside_layer, &mut sums.h1, image, at_h1, &mut descents.h1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_multiply_adds_are_the_connections_that_do_not_read_the_background() {
        let forward: u32 = [0, 2, 4].map(|phase| PHASES[phase].1).iter().sum();
        assert_eq!(forward, 16_428 + 27_744 + 6_060);
    }
}
