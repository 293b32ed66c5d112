//! The layers wired: forward, learn one pattern, one pass, evaluate.

use crate::activation::Tanh;
use crate::cost::Targets;
use crate::digits::{Digits, check_label, shifted_image};
use crate::h1::Image;
use crate::initial::{self, Draws, Limit};
use crate::lanes::{self, Lanes};
use crate::output::OutputActivation;
use crate::random::TorchRandom;
use crate::state::Parameters;
use crate::update::{Accumulate, Descend, Update};
use crate::{Error, h1, h2, h3, output};

/// All that a run depends on, but for its digits.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Seeds the initial weights and, where it is shuffled, the order of patterns.
    pub seed: u32,
    /// Spread of the initial weights.
    pub limit: Limit,
    /// How they are drawn.
    pub draws: Draws,
    /// Where the ten output biases start.
    pub output_bias: f32,
    /// Activation of the output units.
    pub output_activation: OutputActivation,
    /// Target of the label's output unit.
    pub target_label: f32,
    /// Target of the other nine.
    pub target_others: f32,
    /// Step of an update; above 0.
    pub learning_rate: f32,
    /// Whether the order of patterns is shuffled anew each pass.
    pub shuffled: bool,
}

/// How well a net does on a set of digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evaluation {
    /// Mean over patterns and output units of the squared difference to the target.
    pub mean_squared_error: f64,
    /// Patterns whose most active output is not their label.
    pub misclassified: usize,
}

/// What the units of each layer gave for the last image.
#[derive(Clone)]
pub(crate) struct Activations {
    /// Activation + 1.
    pub(crate) h1: h1::Planes,
    pub(crate) h2: h2::Planes,
    pub(crate) h3: h3::Vector,
    pub(crate) output: output::Vector,
}

/// What flows back to the units of each hidden layer: written whole by one layer's backward, then read by the next.
#[derive(Clone)]
struct Descents {
    h1: h1::Planes,
    h2: h2::Planes,
    h3: h3::Vector,
}

/// Σ weights of each map of H1 and H2, kept up to date with the weights: what shift by one adds to every unit.
#[derive(Clone)]
pub(crate) struct KernelSums {
    pub(crate) h1: h1::KernelSums,
    pub(crate) h2: h2::KernelSums,
}

impl KernelSums {
    fn new(parameters: &Parameters) -> Self {
        Self { h1: h1::kernel_sums(&parameters.h1), h2: h2::kernel_sums(&parameters.h2) }
    }
}

/// LeNet-1 and its training.
#[derive(Clone)]
pub struct Network {
    recipe: Recipe,
    targets: Targets,
    /// The stream that initial weights and orders are drawn from.
    random: TorchRandom,
    parameters: Box<Parameters>,
    /// What an update rule keeps beside each parameter.
    beside: Box<Parameters>,
    kernel_sums: KernelSums,
    activations: Activations,
    descents: Descents,
}

impl Network {
    /// A net with the recipe's initial weights.
    #[must_use]
    pub fn new(recipe: Recipe) -> Self {
        let mut random = TorchRandom::new(recipe.seed);
        let state = initial::parameters(&mut random, recipe.limit, recipe.draws, recipe.output_bias);
        let parameters = Parameters::from_finite(&state);
        Self {
            recipe,
            targets: Targets::new(recipe.target_label, recipe.target_others),
            random,
            kernel_sums: KernelSums::new(&parameters),
            parameters,
            beside: Parameters::zeros(),
            activations: Activations {
                h1: [[[Lanes::ZERO; h1::GROUPS]; h1::SIDE]; h1::SIDE],
                h2: [[Lanes::ZERO; h2::SIDE]; h2::MAPS],
                h3: [Lanes::ZERO; h3::WIDTH],
                output: [Lanes::ZERO; output::WIDTH],
            },
            descents: Descents {
                h1: [[[Lanes::ZERO; h1::GROUPS]; h1::SIDE]; h1::SIDE],
                h2: [[Lanes::ZERO; h2::SIDE]; h2::MAPS],
                h3: [Lanes::ZERO; h3::WIDTH],
            },
        }
    }

    /// The ten outputs for an image of 256 grey levels in [−1, 1], row by row.
    ///
    /// # Errors
    /// [`Error::ImageLength`] or [`Error::ImageValue`].
    pub fn forward(&mut self, image: &[f32]) -> Result<[f32; output::UNITS], Error> {
        let image = shifted_image(image)?;
        self.forward_image(&image);
        Ok(self.outputs())
    }

    /// The activations of all 1,000 units for an image as [`Network::forward`] takes it: H1 `[map][y][x]`, H2
    /// `[map][y][x]`, H3, outputs.
    ///
    /// # Errors
    /// [`Error::ImageLength`] or [`Error::ImageValue`].
    pub fn inspect(&mut self, image: &[f32]) -> Result<Vec<f32>, Error> {
        self.forward(image)?;
        let h1 = lanes::flat(self.activations.h1.as_flattened().as_flattened());
        let plane = h1::SIDE * h1::SIDE;
        let mut all: Vec<f32> = (0..h1::UNITS).map(|unit| h1[(unit % plane) * h1::MAPS + unit / plane] - 1.0).collect();
        all.extend_from_slice(lanes::flat(self.activations.h2.as_flattened()));
        all.extend_from_slice(&lanes::flat(&self.activations.h3)[..h3::UNITS]);
        all.extend_from_slice(&lanes::flat(&self.activations.output)[..output::UNITS]);
        Ok(all)
    }

    /// Learns one pattern; its cost before the update. `label`: 0 to 9.
    ///
    /// # Errors
    /// [`Error::ImageLength`], [`Error::ImageValue`] or [`Error::Label`].
    pub fn learn(&mut self, image: &[f32], label: u8) -> Result<f32, Error> {
        let image = shifted_image(image)?;
        check_label(label)?;
        Ok(self.learn_pattern(&image, label))
    }

    /// The gradient of one pattern's cost, in the state dict's order. Nothing is learned.
    ///
    /// # Errors
    /// [`Error::ImageLength`], [`Error::ImageValue`] or [`Error::Label`].
    pub fn gradient(&mut self, image: &[f32], label: u8) -> Result<Vec<f32>, Error> {
        let image = shifted_image(image)?;
        check_label(label)?;
        // What an update rule keeps beside the parameters is set aside meanwhile.
        let kept = core::mem::replace(&mut self.beside, Parameters::zeros());
        self.forward_image(&image);
        self.backward::<Accumulate>(&image, label, 1.0);
        let descents = core::mem::replace(&mut self.beside, kept);
        Ok(descents.to_state().into_iter().map(|descent| -descent).collect())
    }

    /// Learns every pattern once, in the recipe's order.
    pub fn pass(&mut self, digits: &Digits) {
        let order = self.draw_order(digits.len());
        for step in 0..digits.len() {
            let index = order.as_ref().map_or(step, |order| order[step] as usize);
            let (image, label) = digits.pattern(index);
            self.learn_pattern(image, label);
        }
    }

    /// The order of the next pass over `patterns` patterns; none where it is the digits' own.
    ///
    /// Where patterns are shuffled, the reproduction walks both splits through shuffled loaders after each pass, to
    /// evaluate them. Their draws are used up here, so that the orders do not depend on whether anything is evaluated.
    pub fn draw_order(&mut self, patterns: usize) -> Option<Vec<u32>> {
        if !self.recipe.shuffled {
            return None;
        }
        let patterns = u32::try_from(patterns).expect("that many images do not fit in memory");
        let order = self.random.loader_order(patterns);
        self.random.skip_loader();
        self.random.skip_loader();
        Some(order)
    }

    /// Cost and misclassified patterns of a set of digits; 0 and 0 of an empty one.
    pub fn evaluate(&mut self, digits: &Digits) -> Evaluation {
        let mut squared_error = 0.0;
        let mut misclassified = 0;
        for index in 0..digits.len() {
            let (image, label) = digits.pattern(index);
            self.forward_image(image);
            squared_error += f64::from(self.targets.squared_error(&self.activations.output, label));
            misclassified += usize::from(most_active(&self.outputs()) != label);
        }
        let values = (digits.len() * output::UNITS).max(1);
        Evaluation { mean_squared_error: squared_error / values as f64, misclassified }
    }

    /// The label of the most active output for each pattern.
    pub fn classify_digits(&mut self, digits: &Digits) -> Vec<u8> {
        (0..digits.len())
            .map(|index| {
                self.forward_image(digits.pattern(index).0);
                most_active(&self.outputs())
            })
            .collect()
    }

    /// The label of the most active output for each of the images, 256 grey levels in [−1, 1] each.
    ///
    /// # Errors
    /// [`Error::ImageLength`] unless there is a whole number of images, or [`Error::ImageValue`].
    pub fn classify_all(&mut self, images: &[f32]) -> Result<Vec<u8>, Error> {
        let (each, rest) = images.as_chunks::<{ crate::digits::IMAGE }>();
        if !rest.is_empty() {
            return Err(Error::ImageLength { got: images.len() });
        }
        each.iter().map(|image| Ok(most_active(&self.forward(image)?))).collect()
    }

    /// The 9,760 parameters in the state dict's order.
    #[must_use]
    pub fn state(&self) -> Vec<f32> {
        self.parameters.to_state()
    }

    /// Takes 9,760 parameters in the state dict's order.
    ///
    /// # Errors
    /// [`Error::StateLength`] or [`Error::StateValue`]; the net is as it was then.
    pub fn load_state(&mut self, state: &[f32]) -> Result<(), Error> {
        self.parameters = Parameters::from_state(state)?;
        self.kernel_sums = KernelSums::new(&self.parameters);
        Ok(())
    }

    /// What the kernels work on.
    #[cfg(feature = "phases")]
    pub(crate) fn parts(&mut self) -> (&mut Parameters, &mut Parameters, &mut KernelSums, &mut Activations) {
        (&mut self.parameters, &mut self.beside, &mut self.kernel_sums, &mut self.activations)
    }

    fn learn_pattern(&mut self, image: &Image, label: u8) -> f32 {
        self.forward_image(image);
        self.backward::<Descend>(image, label, self.recipe.learning_rate)
    }

    pub(crate) fn forward_image(&mut self, image: &Image) {
        let Self { parameters, activations, .. } = self;
        h1::forward::<Tanh>(&parameters.h1, &self.kernel_sums.h1, image, &mut activations.h1);
        h2::forward::<Tanh>(&parameters.h2, &self.kernel_sums.h2, &activations.h1, &mut activations.h2);
        h3::forward::<Tanh>(&parameters.h3, &activations.h2, &mut activations.h3);
        output::forward(&parameters.output, self.recipe.output_activation, &activations.h3, &mut activations.output);
    }

    /// Carries the descent −rate · ∂cost/∂· from the outputs of the last forward to every parameter; the cost.
    fn backward<U: Update>(&mut self, image: &Image, label: u8, rate: f32) -> f32 {
        let Self { parameters, beside, activations, descents, .. } = self;
        let (cost, mut output_descents) = self.targets.cost(&activations.output, label, rate);
        output::backward::<U>(
            &mut parameters.output,
            &mut beside.output,
            self.recipe.output_activation,
            &activations.h3,
            &activations.output,
            &mut output_descents,
            &mut descents.h3,
        );
        h3::backward::<Tanh, U>(
            &mut parameters.h3,
            &mut beside.h3,
            &activations.h2,
            &activations.h3,
            &mut descents.h3,
            &mut descents.h2,
        );
        h2::backward::<Tanh, U>(
            &mut parameters.h2,
            &mut beside.h2,
            &mut self.kernel_sums.h2,
            &activations.h1,
            &activations.h2,
            &mut descents.h2,
            &mut descents.h1,
        );
        h1::backward::<Tanh, U>(
            &mut parameters.h1,
            &mut beside.h1,
            &mut self.kernel_sums.h1,
            image,
            &activations.h1,
            &mut descents.h1,
        );
        cost
    }

    fn outputs(&self) -> [f32; output::UNITS] {
        core::array::from_fn(|unit| lanes::flat(&self.activations.output)[unit])
    }
}

/// The first of the most active outputs.
fn most_active(outputs: &[f32; output::UNITS]) -> u8 {
    let mut best = 0;
    for (unit, output) in outputs.iter().enumerate() {
        if *output > outputs[best] {
            best = unit;
        }
    }
    best as u8
}
