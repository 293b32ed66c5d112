//! `lenet1-core` for JavaScript: the classes `Raw*`, which the TypeScript package wraps. No arithmetic here.

// Every error is the core's own, which says when it comes.
#![allow(clippy::missing_errors_doc)]
// In what wasm-bindgen generates for enums.
#![allow(clippy::float_cmp)]

use lenet1_core as core;
use lenet1_core::initial::{Draws, Limit};
use lenet1_core::output::OutputActivation;
use lenet1_core::random::NumpyRandom;
use wasm_bindgen::prelude::*;

/// Bad input, thrown.
#[wasm_bindgen]
pub struct RawError(core::Error);

#[wasm_bindgen]
impl RawError {
    /// The kind of error.
    #[must_use]
    #[wasm_bindgen(getter)]
    pub fn code(&self) -> String {
        self.0.code().into()
    }

    /// What was expected. What came is said by the TypeScript, which checks first: numbers are not turned into text
    /// here, since that alone would add a quarter to the module.
    #[must_use]
    #[wasm_bindgen(getter)]
    pub fn expected(&self) -> String {
        self.0.expected().into()
    }
}

/// Spread of the initial weights.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum RawLimit {
    /// ±2.4/F.
    FanIn,
    /// ±2.4/√F.
    SquareRootOfFanIn,
}

/// Whose way to draw the initial weights.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum RawDraws {
    /// raphaelsenn/lenet-1.
    Senn2025,
    /// karpathy/lecun1989-repro.
    Karpathy2022,
}

/// Activation of the output units.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum RawOutputActivation {
    /// tanh.
    Tanh,
    /// 1 / (1 + e⁻ˣ).
    Logistic,
}

/// All that a run depends on, but for its digits: `lenet1_core::Recipe`, field by field.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub struct RawRecipe {
    /// Seeds the initial weights and the order of patterns.
    pub seed: u32,
    /// Spread of the initial weights.
    pub limit: RawLimit,
    /// How they are drawn.
    pub draws: RawDraws,
    /// Where the ten output biases start.
    pub output_bias: f32,
    /// Activation of the output units.
    pub output_activation: RawOutputActivation,
    /// Target of the label's output unit.
    pub target_label: f32,
    /// Target of the other nine.
    pub target_others: f32,
    /// Step of an update.
    pub learning_rate: f32,
    /// Whether the order of patterns is shuffled anew each pass.
    pub shuffled: bool,
}

#[wasm_bindgen]
impl RawRecipe {
    /// A recipe to fill in.
    #[must_use]
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "only JavaScript makes one, and sets every field")]
    pub fn new() -> Self {
        Self {
            seed: 0,
            limit: RawLimit::FanIn,
            draws: RawDraws::Senn2025,
            output_bias: 0.0,
            output_activation: RawOutputActivation::Tanh,
            target_label: 1.0,
            target_others: -1.0,
            learning_rate: 0.0,
            shuffled: false,
        }
    }

    fn to_core(self) -> core::Recipe {
        core::Recipe {
            seed: self.seed,
            limit: match self.limit {
                RawLimit::FanIn => Limit::FanIn,
                RawLimit::SquareRootOfFanIn => Limit::SquareRootOfFanIn,
            },
            draws: match self.draws {
                RawDraws::Senn2025 => Draws::Senn2025,
                RawDraws::Karpathy2022 => Draws::Karpathy2022,
            },
            output_bias: self.output_bias,
            output_activation: match self.output_activation {
                RawOutputActivation::Tanh => OutputActivation::Tanh,
                RawOutputActivation::Logistic => OutputActivation::Logistic,
            },
            target_label: self.target_label,
            target_others: self.target_others,
            learning_rate: self.learning_rate,
            shuffled: self.shuffled,
        }
    }
}

/// A set of digits in WASM memory.
#[wasm_bindgen]
pub struct RawDigits(core::Digits);

#[wasm_bindgen]
impl RawDigits {
    /// Images (n · 256 grey levels in [−1, 1]) and labels (n).
    #[wasm_bindgen(constructor)]
    pub fn new(images: Vec<f32>, labels: Vec<u8>) -> Result<Self, RawError> {
        core::Digits::new(images, labels).map(Self).map_err(RawError)
    }
}

/// How well a net does on a set of digits.
#[wasm_bindgen]
pub struct RawEvaluation(core::Evaluation);

#[wasm_bindgen]
impl RawEvaluation {
    /// Mean over patterns and output units of the squared difference to the target.
    #[must_use]
    #[wasm_bindgen(getter)]
    pub fn mean_squared_error(&self) -> f64 {
        self.0.mean_squared_error
    }

    /// Patterns whose most active output is not their label.
    #[must_use]
    #[wasm_bindgen(getter)]
    pub fn misclassified(&self) -> usize {
        self.0.misclassified
    }
}

/// LeNet-1 and its training.
#[wasm_bindgen]
pub struct RawNetwork(core::Network);

#[wasm_bindgen]
impl RawNetwork {
    /// A net with the recipe's initial weights.
    #[must_use]
    #[wasm_bindgen(constructor)]
    pub fn new(recipe: &RawRecipe) -> Self {
        Self(core::Network::new(recipe.to_core()))
    }

    /// Units of the net, the input included.
    #[must_use]
    pub fn units() -> usize {
        core::UNITS
    }

    /// Connections of the net.
    #[must_use]
    pub fn connections() -> usize {
        core::CONNECTIONS
    }

    /// Weights and biases of the net.
    #[must_use]
    pub fn parameters() -> usize {
        core::PARAMETERS
    }

    /// The ten outputs for an image.
    pub fn forward(&mut self, image: &[f32]) -> Result<Vec<f32>, RawError> {
        self.0.forward(image).map(Vec::from).map_err(RawError)
    }

    /// The activations of all 1,000 units for an image.
    pub fn inspect(&mut self, image: &[f32]) -> Result<Vec<f32>, RawError> {
        self.0.inspect(image).map_err(RawError)
    }

    /// Learns one pattern; its cost before the update.
    pub fn learn(&mut self, image: &[f32], label: u8) -> Result<f32, RawError> {
        self.0.learn(image, label).map_err(RawError)
    }

    /// The gradient of one pattern's cost, in the state dict's order.
    pub fn gradient(&mut self, image: &[f32], label: u8) -> Result<Vec<f32>, RawError> {
        self.0.gradient(image, label).map_err(RawError)
    }

    /// Learns every pattern once, in the recipe's order.
    pub fn pass(&mut self, digits: &RawDigits) {
        self.0.pass(&digits.0);
    }

    /// The order of the next pass; none where it is the digits' own.
    pub fn draw_order(&mut self, patterns: usize) -> Option<Vec<u32>> {
        self.0.draw_order(patterns)
    }

    /// Cost and misclassified patterns of a set of digits.
    pub fn evaluate(&mut self, digits: &RawDigits) -> RawEvaluation {
        RawEvaluation(self.0.evaluate(&digits.0))
    }

    /// The labels that the net gives to digits.
    pub fn classify_digits(&mut self, digits: &RawDigits) -> Vec<u8> {
        self.0.classify_digits(&digits.0)
    }

    /// The labels of images, 256 grey levels each.
    pub fn classify_all(&mut self, images: &[f32]) -> Result<Vec<u8>, RawError> {
        self.0.classify_all(images).map_err(RawError)
    }

    /// The 9,760 parameters in the state dict's order.
    #[must_use]
    pub fn state(&self) -> Vec<f32> {
        self.0.state()
    }

    /// Takes 9,760 parameters in the state dict's order.
    pub fn load_state(&mut self, state: &[f32]) -> Result<(), RawError> {
        self.0.load_state(state).map_err(RawError)
    }
}

/// NumPy's draws from a seed.
#[wasm_bindgen]
pub struct RawNumpyRandom(NumpyRandom);

#[wasm_bindgen]
impl RawNumpyRandom {
    /// `numpy.random.seed(seed)`.
    #[must_use]
    #[wasm_bindgen(constructor)]
    pub fn new(seed: u32) -> Self {
        Self(NumpyRandom::new(seed))
    }

    /// `numpy.random.permutation(length)`.
    pub fn permutation(&mut self, length: u32) -> Vec<u32> {
        self.0.permutation(length)
    }
}

/// Runs of single kernels, for the benchmark of phases.
#[cfg(feature = "phases")]
#[wasm_bindgen]
pub struct RawPhases(core::phases::Phases);

#[cfg(feature = "phases")]
#[wasm_bindgen]
impl RawPhases {
    /// From a recipe and an image.
    #[wasm_bindgen(constructor)]
    pub fn new(recipe: &RawRecipe, image: &[f32]) -> Result<Self, RawError> {
        core::phases::Phases::new(core::Network::new(recipe.to_core()), image).map(Self).map_err(RawError)
    }

    /// How many phases there are.
    #[must_use]
    pub fn count() -> usize {
        core::phases::PHASES.len()
    }

    /// The name of a phase.
    #[must_use]
    pub fn name(phase: usize) -> String {
        core::phases::PHASES[phase].0.into()
    }

    /// The multiply-adds of a phase.
    #[must_use]
    pub fn multiply_adds(phase: usize) -> u32 {
        core::phases::PHASES[phase].1
    }

    /// Runs a phase `times` times.
    pub fn run(&mut self, phase: usize, times: u32) {
        self.0.run(phase, times);
    }
}
