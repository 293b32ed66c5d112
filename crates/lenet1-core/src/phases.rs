//! One pattern split into its kernels, each run by itself many times: for `npm run bench -- --phases` alone.

use core::hint::black_box;

use crate::activation::{Tanh, activate};
use crate::h1::Image;
use crate::lanes::Lanes;
use crate::network::Network;
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

/// What flows between the kernels, kept from a real pattern.
pub struct Phases {
    net: Network,
    image: Image,
}

impl Phases {
    /// From a net and an image of 256 grey levels in [−1, 1].
    ///
    /// # Errors
    /// As [`Network::forward`].
    pub fn new(mut net: Network, image: &[f32]) -> Result<Self, crate::Error> {
        net.forward(image)?;
        let image = crate::digits::shifted_image(image)?;
        Ok(Self { net, image })
    }

    /// Runs kernel `phase` of [`PHASES`] `times` times. The descents are tiny, so that the net stays about what it is.
    pub fn run(&mut self, phase: usize, times: u32) {
        let (parameters, beside, sums, activations) = self.net.parts();
        let tiny = Lanes::splat(1e-12);
        let mut at_output = [tiny; output::WIDTH];
        let mut at_h3 = [tiny; h3::WIDTH];
        let mut at_h2 = [[tiny; h2::SIDE]; h2::MAPS];
        let mut at_h1 = [[[tiny; h1::GROUPS]; h1::SIDE]; h1::SIDE];
        for _ in 0..times {
            let image = black_box(&self.image);
            match phase {
                0 => h1::weighted_sums(&parameters.h1, &sums.h1, image, &mut activations.h1),
                1 => h1::activate::<Tanh>(&mut activations.h1),
                2 => h2::weighted_sums(&parameters.h2, &sums.h2, &activations.h1, &mut activations.h2),
                3 => activate::<Tanh>(activations.h2.as_flattened_mut(), parameters.h2.biases.as_flattened()),
                4 => {
                    h3::forward::<Tanh>(&parameters.h3, &activations.h2, &mut activations.h3);
                    output::forward(
                        &parameters.output,
                        output::OutputActivation::Tanh,
                        &activations.h3,
                        &mut activations.output,
                    );
                }
                5 => {
                    output::backward::<Descend>(
                        &mut parameters.output,
                        &mut beside.output,
                        output::OutputActivation::Tanh,
                        &activations.h3,
                        &activations.output,
                        &mut at_output,
                        &mut at_h3,
                    );
                    h3::backward::<Tanh, Descend>(
                        &mut parameters.h3,
                        &mut beside.h3,
                        &activations.h2,
                        &activations.h3,
                        &mut at_h3,
                        &mut at_h2,
                    );
                }
                6 => h2::backward_to_input(&parameters.h2, &at_h2, &mut at_h1),
                7 => h2::backward_to_weights::<Descend>(
                    &mut parameters.h2,
                    &mut beside.h2,
                    &mut sums.h2,
                    &activations.h1,
                    &at_h2,
                ),
                _ => h1::backward::<Tanh, Descend>(
                    &mut parameters.h1,
                    &mut beside.h1,
                    &mut sums.h1,
                    image,
                    &activations.h1,
                    &mut at_h1,
                ),
            }
        }
        black_box((&at_output, &at_h3, &at_h2, &at_h1));
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
