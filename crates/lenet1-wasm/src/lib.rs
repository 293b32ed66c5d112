//! `lenet1-core` for JavaScript: the classes `Raw*`, which the TypeScript package wraps. No arithmetic here.

#![cfg_attr(target_arch = "wasm32", no_std)]
// Every error is the core's; its docs say when it comes.
#![allow(clippy::missing_errors_doc)]
// For code that wasm-bindgen generates for enums.
#![allow(clippy::float_cmp)]

extern crate alloc;

use alloc::string::String;
use alloc::vec::Vec;

use lenet1_core as core;
use lenet1_core::activation::Activation;
use lenet1_core::cost::Cost;
use lenet1_core::distortion::Distortion;
use lenet1_core::random::NumpyRandom;
use lenet1_core::recipe::{Architecture, Draws, Limit, Teachers, UpdateRule};
use wasm_bindgen::prelude::*;

/// Half the size of std's allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A broken invariant ends the module: JavaScript sees a `WebAssembly.RuntimeError`. It has no message: messages would
/// be a tenth of the module.
#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &::core::panic::PanicInfo) -> ! {
    ::core::arch::wasm32::unreachable()
}

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

    /// What was expected. The TypeScript code checks first and says what it got: turning numbers into text here would
    /// add a quarter to the module.
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

/// How the initial weights are drawn.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum RawDraws {
    /// As raphaelsenn/lenet-1 does.
    Senn2025,
    /// As karpathy/lecun1989-repro does.
    Karpathy2022,
}

/// Activation of a layer's units.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum RawActivation {
    /// tanh.
    Tanh,
    /// 1.7159 · tanh(2a/3).
    ScaledTanh,
    /// 1 / (1 + e⁻ᵃ).
    Logistic,
    /// max(a, 0).
    Relu,
    /// max(a, 0.1·a).
    LeakyRelu,
    /// Probabilities.
    Softmax,
    /// Probabilities, with a rest for no digit.
    SoftmaxOrNone,
}

impl RawActivation {
    #[inline(never)]
    fn to_core(self) -> Activation {
        match self {
            Self::Tanh => Activation::Tanh,
            Self::ScaledTanh => Activation::ScaledTanh,
            Self::Logistic => Activation::Logistic,
            Self::Relu => Activation::Relu,
            Self::LeakyRelu => Activation::LeakyRelu,
            Self::Softmax => Activation::Softmax,
            Self::SoftmaxOrNone => Activation::SoftmaxOrNone,
        }
    }
}

/// The cost of a pattern.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum RawCost {
    /// Σ (y − t)² / 10.
    MeanSquaredError,
    /// Σ (y − t)² / 2.
    HalfSquaredError,
    /// −Σ t · ln y.
    CrossEntropy,
}

/// Everything that a run depends on except its digits: `lenet1_core::Recipe`, set a few fields at a time. Getters and
/// setters for each field would be a tenth of the module.
#[wasm_bindgen]
pub struct RawRecipe(core::Recipe);

#[wasm_bindgen]
impl RawRecipe {
    /// A recipe to fill in. `seed` decides all that is random.
    #[must_use]
    #[wasm_bindgen(constructor)]
    pub fn new(seed: u32, is_fully_connected: bool) -> Self {
        Self(core::Recipe {
            architecture: if is_fully_connected { Architecture::FullyConnected } else { Architecture::LeNet1 },
            seed,
            limit: Limit::FanIn,
            draws: Draws::Senn2025,
            output_bias: 0.0,
            hidden_activation: Activation::Tanh,
            output_activation: Activation::Tanh,
            target_label: 1.0,
            target_others: -1.0,
            no_digit_below: f32::NEG_INFINITY,
            cost: Cost::MeanSquaredError,
            update: UpdateRule::Descent,
            learning_rate: 1.0,
            final_learning_rate: 1.0,
            passes: 1,
            shuffled: false,
            dropout: 0.0,
            distortion: Distortion::default(),
            teachers: Teachers::default(),
        })
    }

    /// Initial parameters.
    pub fn set_initial(&mut self, limit: RawLimit, draws: RawDraws, output_bias: f32) {
        self.0.limit = match limit {
            RawLimit::FanIn => Limit::FanIn,
            RawLimit::SquareRootOfFanIn => Limit::SquareRootOfFanIn,
        };
        self.0.draws = match draws {
            RawDraws::Senn2025 => Draws::Senn2025,
            RawDraws::Karpathy2022 => Draws::Karpathy2022,
        };
        self.0.output_bias = output_bias;
    }

    /// Activations of the hidden and the output units.
    pub fn set_activations(&mut self, hidden: RawActivation, output: RawActivation) {
        self.0.hidden_activation = hidden.to_core();
        self.0.output_activation = output.to_core();
    }

    /// Cost and targets.
    pub fn set_cost(&mut self, cost: RawCost, target_label: f32, target_others: f32) {
        self.0.cost = match cost {
            RawCost::MeanSquaredError => Cost::MeanSquaredError,
            RawCost::HalfSquaredError => Cost::HalfSquaredError,
            RawCost::CrossEntropy => Cost::CrossEntropy,
        };
        self.0.target_label = target_label;
        self.0.target_others = target_others;
    }

    /// The least output of a digit.
    pub fn set_no_digit_below(&mut self, least: f32) {
        self.0.no_digit_below = least;
    }

    /// Learning rate of the first pass and of the last of `passes`; whether patterns are shuffled.
    pub fn set_schedule(&mut self, learning_rate: f32, final_learning_rate: f32, passes: u32, shuffled: bool) {
        self.0.learning_rate = learning_rate;
        self.0.final_learning_rate = final_learning_rate;
        self.0.passes = passes;
        self.0.shuffled = shuffled;
    }

    /// Makes diagonal Newton the update rule.
    pub fn set_diagonal_newton(&mut self, damping: f32, patterns: usize, measured_passes: u32) {
        self.0.update = UpdateRule::DiagonalNewton { damping, patterns, measured_passes };
    }

    /// Makes `AdamW` the update rule.
    pub fn set_adamw(&mut self, weight_decay: f32, batch: u32) {
        self.0.update = UpdateRule::AdamW { weight_decay, batch };
    }

    /// Probability that a unit of H2 is dropped.
    pub fn set_dropout(&mut self, dropout: f32) {
        self.0.dropout = dropout;
    }

    /// How far patterns are distorted.
    pub fn set_distortion(&mut self, rotation: f32, scale: f32, shear: f32, shift: f32, elastic: f32, roll: u32) {
        self.0.distortion = Distortion { rotation, scale, shear, shift, elastic, roll };
    }

    /// How many other nets teach this one, and their share in its targets.
    pub fn set_teachers(&mut self, count: u32, weight: f32) {
        self.0.teachers = Teachers { count, weight };
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
    /// Digits in the set.
    #[must_use]
    #[wasm_bindgen(getter)]
    pub fn digits(&self) -> usize {
        self.0.digits
    }

    /// Mean over digits and output units of the squared difference to the target.
    #[must_use]
    #[wasm_bindgen(getter)]
    pub fn mean_squared_error(&self) -> f64 {
        self.0.mean_squared_error
    }

    /// Digits whose most active output is not their label.
    #[must_use]
    #[wasm_bindgen(getter)]
    pub fn misclassified(&self) -> usize {
        self.0.misclassified
    }

    /// Digits taken for no digit.
    #[must_use]
    #[wasm_bindgen(getter)]
    pub fn digits_refused(&self) -> usize {
        self.0.digits_refused
    }

    /// Patterns without a digit that are taken for one.
    #[must_use]
    #[wasm_bindgen(getter)]
    pub fn no_digits_accepted(&self) -> usize {
        self.0.no_digits_accepted
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
        Self(core::Network::new(recipe.0))
    }

    /// The ten outputs for an image.
    pub fn forward(&mut self, image: &[f32]) -> Result<Vec<f32>, RawError> {
        self.0.forward(image).map(Vec::from).map_err(RawError)
    }

    /// The activations of all 1,000 units for an image.
    pub fn inspect(&mut self, image: &[f32]) -> Result<Vec<f32>, RawError> {
        self.0.inspect(image).map_err(RawError)
    }

    /// Learns one pattern and returns its cost before the update.
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

    /// Begins a pass by hand and returns its order, or nothing if it is the digits' own.
    pub fn begin_pass(&mut self, digits: &RawDigits) -> Option<Vec<u32>> {
        self.0.begin_pass(&digits.0)
    }

    /// Passes made, including those of loaded parameters.
    #[must_use]
    pub fn passes(&self) -> u32 {
        self.0.passes()
    }

    /// The mean second derivatives of the cost over `patterns` of the digits, in the state dict's order.
    pub fn second_derivatives(&mut self, digits: &RawDigits, patterns: usize) -> Vec<f32> {
        self.0.second_derivatives(&digits.0, patterns)
    }

    /// How well the net does on a set of digits.
    pub fn evaluate(&mut self, digits: &RawDigits) -> RawEvaluation {
        RawEvaluation(self.0.evaluate(&digits.0))
    }

    /// The ten outputs for each of the digits, one after the other.
    pub fn answers_to_digits(&mut self, digits: &RawDigits) -> Vec<f32> {
        self.0.answers(&digits.0)
    }

    /// The ten outputs for each of the images, 256 grey levels each, one after the other.
    pub fn answers(&mut self, images: &[f32]) -> Result<Vec<f32>, RawError> {
        self.0.answers_to(images).map_err(RawError)
    }

    /// The output units' ten weighted sums for each of the images, one after the other.
    pub fn sums(&mut self, images: &[f32]) -> Result<Vec<f32>, RawError> {
        self.0.sums_of(images).map_err(RawError)
    }

    /// The gradient of a cost, in the state dict's order, from its gradients with respect to these sums.
    pub fn gradient_from_sums(&mut self, images: &[f32], gradients: &[f32]) -> Result<Vec<f32>, RawError> {
        self.0.gradient_from_sums(images, gradients).map_err(RawError)
    }

    /// A copy, equal in everything, that goes its own way from here.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    /// The parameters in the state dict's order.
    #[must_use]
    pub fn state(&self) -> Vec<f32> {
        self.0.state()
    }

    /// Loads parameters in the state dict's order, learned in `passes` passes.
    pub fn load_state(&mut self, state: &[f32], passes: u32) -> Result<(), RawError> {
        self.0.load_state(state, passes).map_err(RawError)
    }

    /// Everything that the net needs to go on learning to the bit.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        self.0.snapshot()
    }

    /// Goes back to a snapshot of a net of the same recipe.
    pub fn restore(&mut self, snapshot: &[u8]) -> Result<(), RawError> {
        self.0.restore(snapshot).map_err(RawError)
    }

    /// The next patterns of a pass, as they are learned.
    pub fn present(&mut self, digits: &RawDigits, positions: &[u32]) -> Vec<f32> {
        self.0.present(&digits.0, positions)
    }

    /// Takes part in patterns as another copy presents them: teachers learn and answer, or the net learns from answers.
    pub fn learn_apart(&mut self, presented: &[f32], labels: &[u8], answers: Vec<f32>) -> Vec<f32> {
        self.0.learn_apart(presented, labels, answers)
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
        core::phases::Phases::new(core::Network::new(recipe.0), image).map(Self).map_err(RawError)
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
