//! The kernels of one pattern, each run by itself many times. Only for `npm run bench -- --phases`.

use alloc::vec::Vec;
use core::hint::black_box;

use crate::activation::Activation;
use crate::error::Error;
use crate::image::{self, Image, SHIFT};
use crate::lanes::{Lanes, filled};
use crate::layers::Layers;
use crate::lenet1::{Activations, LeNet1};
use crate::network::Network;
use crate::state::Parameters;
use crate::{h1, h2, h3, output};

/// The kernels' names, and the multiply-adds that the net's definition asks of each for one pattern. Taps on the
/// background, whose stored value is 0, are not counted.
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

/// A net, a real pattern, and the descents that flow back to its layers.
pub struct Phases {
    net: LeNet1,
    rates: Vec<Lanes>,
    image: Image,
    descents: Activations,
}

impl Phases {
    /// From a net of the paper's architecture and an image of 256 grey levels in [−1, 1].
    ///
    /// # Errors
    /// As [`Network::forward`].
    pub fn new(net: Network, image: &[f32]) -> Result<Self, Error> {
        let image = image::from_grey_levels(image)?;
        let Layers::LeNet1(net) = net.layers else { panic!("phases are LeNet-1's") };
        let rates = filled(net.parameters().len(), 1.0);
        // Too small to change the net.
        Ok(Self { net: *net, rates, image, descents: Activations::splat(1e-12) })
    }

    /// Runs kernel `phase` of [`PHASES`] `times` times, on the activations of a real pattern.
    pub fn run(&mut self, phase: usize, times: u32) {
        self.net.forward([TANH, TANH], &self.image, None);
        let mut descents = self.descents.clone();
        for _ in 0..times {
            let rates = Parameters::of_lanes(&self.rates);
            run_kernel(phase, black_box(&self.image), &mut self.net, rates, &mut descents);
        }
        black_box(&descents);
    }
}

const TANH: Activation = Activation::Tanh;

fn run_kernel(phase: usize, image: &Image, net: &mut LeNet1, rates: &Parameters, descents: &mut Activations) {
    let LeNet1 { parameters, kernel_sums: sums, activations: at, .. } = net;
    match phase {
        0 => h1::weighted_sums(&parameters.h1, &sums.h1, image, &mut at.h1),
        1 => TANH.activate(at.h1.as_flattened_mut().as_flattened_mut(), h1::UNITS, Lanes::splat(SHIFT)),
        2 => h2::weighted_sums(&parameters.h2, &sums.h2, &at.h1, &mut at.h2),
        3 => TANH.activate(at.h2.as_flattened_mut(), h2::UNITS, Lanes::ZERO),
        4 => {
            h3::weighted_sums(&parameters.h3, &at.h2, &mut at.h3);
            output::weighted_sums(&parameters.output, &at.h3, &mut at.output);
        }
        5 => {
            let (layer, back) = (&mut parameters.output, &descents.output);
            let mut to_h3 = black_box([Lanes::ZERO; h3::WIDTH]);
            output::backward(layer, None, &rates.output, &at.h3, back, &mut to_h3);
            black_box(&to_h3);
            h3::backward::<false>(&mut parameters.h3, None, &rates.h3, &at.h2, &descents.h3, &mut descents.dropped_h2);
        }
        6 => h2::backward_to_input(&parameters.h2, &descents.h2, &mut descents.h1),
        7 => h2::backward::<false>(&mut parameters.h2, None, &rates.h2, &mut sums.h2, &at.h1, &descents.h2),
        _ => h1::backward(&mut parameters.h1, None, &rates.h1, &mut sums.h1, image, &descents.h1),
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
