//! A net and its training: forward, evaluate, learn one pattern, one pass.

use alloc::vec;
use alloc::vec::Vec;

use crate::activation::Activation;
use crate::adamw::AdamW;
use crate::cost::Targets;
use crate::digits::{Digits, check_label, shifted_image};
use crate::distortion::Distortion;
use crate::h1::Image;
use crate::lanes::{Lanes, flat, flat_mut};
use crate::layers::{Layers, ones};
use crate::random::TorchRandom;
use crate::recipe::{Architecture, Recipe, Teachers, UpdateRule};
use crate::{Error, fully_connected, h2, initial, lenet1, output, state};

/// From one teacher's seed to the next one's, so far that nets of neighbouring seeds have none in common.
const TEACHER_SEEDS: u32 = 1 << 24;

/// How well a net does on a set of digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evaluation {
    /// Mean over patterns and output units of the squared difference to the target.
    pub mean_squared_error: f64,
    /// Patterns whose most active output is not their label.
    pub misclassified: usize,
}

/// A net and its training.
#[derive(Clone)]
pub struct Network {
    recipe: Recipe,
    targets: Targets,
    /// The stream that initial weights, orders, distortions and what is dropped are drawn from.
    random: TorchRandom,
    pub(crate) layers: Layers,
    /// What each parameter's descent is multiplied by: 1 / (μ + h) for diagonal Newton, else 1.
    pub(crate) rates: Vec<Lanes>,
    /// The moments, and where descents add up; with AdamW.
    adamw: Option<(AdamW, Vec<Lanes>)>,
    /// Patterns whose descents wait for AdamW's next step.
    waiting: u32,
    /// Passes made.
    passes: u32,
    /// Patterns still to learn of a pass whose order was drawn.
    left: usize,
    /// The nets that this one learns from too.
    teachers: Vec<Network>,
}

impl Network {
    /// A net with the recipe's initial weights.
    #[must_use]
    pub fn new(recipe: Recipe) -> Self {
        let mut random = TorchRandom::new(recipe.seed);
        let layers = Layers::new(recipe.architecture, &initial::parameters(&mut random, &recipe));
        let lanes = layers.parameters().len();
        let is_adamw = matches!(recipe.update, UpdateRule::AdamW { .. });
        Self {
            recipe,
            targets: Targets::new(recipe.cost, recipe.target_label, recipe.target_others),
            random,
            layers,
            rates: vec![initial_rate(&recipe); lanes],
            adamw: is_adamw.then(|| (AdamW::new(lanes), vec![Lanes::ZERO; lanes])),
            waiting: 0,
            passes: 0,
            left: 0,
            teachers: teachers(&recipe),
        }
    }

    /// The ten outputs for an image of 256 grey levels in [−1, 1], row by row.
    ///
    /// # Errors
    /// [`Error::ImageLength`] or [`Error::ImageValue`].
    #[inline(never)]
    pub fn forward(&mut self, image: &[f32]) -> Result<[f32; output::UNITS], Error> {
        let image = shifted_image(image)?;
        self.forward_image(&image, None);
        Ok(self.outputs())
    }

    /// The activations of all units but the input's for an image as [`Network::forward`] takes it: H1 `[map][y][x]`, H2
    /// `[map][y][x]`, H3, outputs; none of the fully connected net.
    ///
    /// # Errors
    /// [`Error::ImageLength`] or [`Error::ImageValue`].
    pub fn inspect(&mut self, image: &[f32]) -> Result<Vec<f32>, Error> {
        self.forward(image)?;
        Ok(match &self.layers {
            Layers::LeNet1(net) => lenet1::units(&net.activations),
            Layers::FullyConnected(_) => Vec::new(),
        })
    }

    /// Learns one pattern as a pass does, distorted where the recipe says so; its cost before the update. `label`: 0 to 9.
    /// A pass begun by [`Network::begin_pass`] counts as made after as many as it has patterns.
    ///
    /// # Errors
    /// [`Error::ImageLength`], [`Error::ImageValue`] or [`Error::Label`].
    pub fn learn(&mut self, image: &[f32], label: u8) -> Result<f32, Error> {
        let image = shifted_image(image)?;
        check_label(label)?;
        let cost = self.learn_pattern(&image, label);
        if self.left > 0 {
            self.left -= 1;
            self.passes = self.passes.saturating_add(u32::from(self.left == 0));
        }
        Ok(cost)
    }

    /// The gradient of one pattern's cost, in the state dict's order, nothing distorted or dropped. Nothing is learned.
    ///
    /// # Errors
    /// [`Error::ImageLength`], [`Error::ImageValue`] or [`Error::Label`].
    pub fn gradient(&mut self, image: &[f32], label: u8) -> Result<Vec<f32>, Error> {
        let image = shifted_image(image)?;
        check_label(label)?;
        self.forward_image(&image, None);
        let (_, descents) = self.targets.cost(self.layers.output(), self.targets.of(label), -1.0);
        let mut gradients = vec![Lanes::ZERO; self.rates.len()];
        let (activations, ones) = (self.activations(), ones(self.rates.len()));
        self.layers.backward(activations, &image, None, descents, (&ones, false), Some(&mut gradients));
        Ok(self.layers.in_state_order(&gradients))
    }

    /// Learns every pattern once, in the recipe's order.
    pub fn pass(&mut self, digits: &Digits) {
        let order = self.begin_pass(digits);
        self.left = 0;
        for step in 0..digits.len() {
            let index = order.as_ref().map_or(step, |order| order[step] as usize);
            let (image, label) = digits.pattern(index);
            self.learn_pattern(image, label);
        }
        self.passes = self.passes.saturating_add(1);
    }

    /// Passes made since the net was made or loaded.
    #[must_use]
    pub fn passes(&self) -> u32 {
        self.passes
    }

    /// The mean second derivative (Gauss–Newton, the diagonal) of the cost over `patterns` patterns, spread evenly over the
    /// digits, with respect to every parameter, in the state dict's order; zeros of no digits.
    pub fn second_derivatives(&mut self, digits: &Digits, patterns: usize) -> Vec<f32> {
        let second = self.measure(digits, patterns);
        self.layers.in_state_order(&second)
    }

    /// What comes before a pass: diagonal Newton's measuring where it is due, and the order of patterns, which is returned;
    /// none where it is the digits' own.
    ///
    /// Where patterns are shuffled, the reproduction walks both splits through shuffled loaders after each pass, to
    /// evaluate them. Their draws are used up here, so that the orders do not depend on whether anything is evaluated.
    pub fn begin_pass(&mut self, digits: &Digits) -> Option<Vec<u32>> {
        for teacher in &mut self.teachers {
            teacher.passes = self.passes;
            teacher.measure_rates(digits);
        }
        self.measure_rates(digits);
        self.left = digits.len();
        if !self.recipe.shuffled {
            return None;
        }
        let patterns = u32::try_from(digits.len()).expect("that many images do not fit in memory");
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
            self.forward_image(image, None);
            squared_error += f64::from(self.targets.squared_error(self.layers.output(), label));
            misclassified += usize::from(self.most_active() != label);
        }
        let values = (digits.len() * output::UNITS).max(1);
        Evaluation { mean_squared_error: squared_error / values as f64, misclassified }
    }

    /// The ten outputs for each pattern, pattern after pattern.
    pub fn answers(&mut self, digits: &Digits) -> Vec<f32> {
        let mut answers = Vec::with_capacity(digits.len() * output::UNITS);
        for index in 0..digits.len() {
            self.forward_image(digits.pattern(index).0, None);
            answers.extend_from_slice(&self.outputs());
        }
        answers
    }

    /// The ten outputs for each of the images, 256 grey levels in [−1, 1] each.
    ///
    /// # Errors
    /// [`Error::ImageLength`] unless there is a whole number of images, or [`Error::ImageValue`].
    pub fn answers_to(&mut self, images: &[f32]) -> Result<Vec<f32>, Error> {
        let (each, rest) = images.as_chunks::<{ crate::digits::IMAGE }>();
        if !rest.is_empty() {
            return Err(Error::ImageLength { got: images.len() });
        }
        let mut answers = Vec::with_capacity(each.len() * output::UNITS);
        for image in each {
            answers.extend_from_slice(&self.forward(image)?);
        }
        Ok(answers)
    }

    /// The parameters in the state dict's order.
    #[must_use]
    pub fn state(&self) -> Vec<f32> {
        self.layers.in_state_order(self.layers.parameters())
    }

    /// Takes parameters in the state dict's order; passes count from 0 again, what an update rule has gathered is
    /// gone, and so are the teachers: they know less than a net that has learned.
    ///
    /// # Errors
    /// [`Error::StateLength`] or [`Error::StateValue`]; the net is as it was then.
    pub fn load_state(&mut self, values: &[f32], passes: u32) -> Result<(), Error> {
        state::check(values, self.tensors())?;
        self.layers.load(values);
        (self.passes, self.left) = (passes, 0);
        self.rates.fill(initial_rate(&self.recipe));
        self.teachers.clear();
        if let Some((adamw, descents)) = &mut self.adamw {
            *adamw = AdamW::new(self.rates.len());
            descents.fill(Lanes::ZERO);
            self.waiting = 0;
        }
        Ok(())
    }

    fn tensors(&self) -> &'static [(&'static str, usize)] {
        match self.recipe.architecture {
            Architecture::LeNet1 => &state::TENSORS,
            Architecture::FullyConnected => &fully_connected::TENSORS,
        }
    }

    fn activations(&self) -> [Activation; 2] {
        [self.recipe.hidden_activation, self.recipe.output_activation]
    }

    fn learn_pattern(&mut self, image: &Image, label: u8) -> f32 {
        let rate = self.recipe.learning_rate_after(self.passes);
        let distorted;
        let image = if self.recipe.distortion.is_none() {
            image
        } else {
            distorted = self.recipe.distortion.apply(image, &mut self.random);
            &distorted
        };
        let wanted = self.wanted(image, label);
        let kept = (self.recipe.dropout > 0.0).then(|| kept_units(self.recipe.dropout, &mut self.random));
        self.forward_image(image, kept.as_ref());
        let activations = self.activations();
        let Self { layers, rates, targets, adamw, .. } = self;
        let (cost, descents) = targets.cost(
            layers.output(),
            &wanted,
            match self.recipe.update {
                UpdateRule::AdamW { batch, .. } => 1.0 / batch as f32,
                UpdateRule::Descent | UpdateRule::DiagonalNewton { .. } => rate,
            },
        );
        let gradients = adamw.as_mut().map(|(_, gradients)| &mut gradients[..]);
        let vary = matches!(self.recipe.update, UpdateRule::DiagonalNewton { .. });
        layers.backward(activations, image, kept.as_ref(), descents, (rates, vary), gradients);
        if let (UpdateRule::AdamW { weight_decay, batch }, Some((adamw, gradients))) = (self.recipe.update, adamw) {
            self.waiting += 1;
            if self.waiting == batch {
                self.waiting = 0;
                adamw.step(layers.parameters_mut(), gradients, rate, weight_decay);
                layers.parameters_changed();
            }
        }
        cost
    }

    /// What the outputs should be: the label's targets, and what the teachers say, who learn the pattern.
    #[inline(always)]
    fn wanted(&mut self, image: &Image, label: u8) -> output::Vector {
        let mut wanted = *self.targets.of(label);
        if !self.teachers.is_empty() {
            self.ask_teachers(image, label, &mut wanted);
        }
        wanted
    }

    #[inline(never)]
    fn ask_teachers(&mut self, image: &Image, label: u8, wanted: &mut output::Vector) {
        let Teachers { count, weight } = self.recipe.teachers;
        for target in wanted.iter_mut() {
            *target = *target * Lanes::splat(1.0 - weight);
        }
        for teacher in &mut self.teachers {
            teacher.learn_pattern(image, label);
            for (target, &output) in wanted.iter_mut().zip(teacher.layers.output()) {
                *target = target.plus_product(output, Lanes::splat(weight / count as f32));
            }
        }
    }

    pub(crate) fn forward_image(&mut self, image: &Image, kept: Option<&h2::Planes>) {
        let activations = self.activations();
        self.layers.forward(activations, image, kept);
    }

    /// Measures diagonal Newton's second derivatives, where it is due.
    fn measure_rates(&mut self, digits: &Digits) {
        if let UpdateRule::DiagonalNewton { damping, patterns, measured_passes } = self.recipe.update
            && self.passes < measured_passes
            && !digits.is_empty()
        {
            let second = self.measure(digits, patterns);
            for (rate, second) in self.rates.iter_mut().zip(second) {
                *rate = Lanes::splat(1.0) / (Lanes::splat(damping) + second);
            }
        }
    }

    fn measure(&mut self, digits: &Digits, patterns: usize) -> Vec<Lanes> {
        let lanes = self.rates.len();
        let mut squares: Vec<Lanes> = self.layers.parameters().iter().map(|&value| value * value).collect();
        let (ones, mut sums) = (ones(lanes), vec![Lanes::ZERO; lanes]);
        let patterns = patterns.min(digits.len());
        let activations = self.activations();
        for step in 0..patterns {
            // No product of the two fits 32 bits for sure.
            let index = (step as u64 * digits.len() as u64 / patterns as u64) as usize;
            let (image, _) = digits.pattern(index);
            self.forward_image(image, None);
            let second_output = self.targets.second_derivatives(self.layers.output());
            self.layers.add_second_derivatives(activations, image, second_output, &mut squares, &ones, &mut sums);
        }
        for sum in flat_mut(&mut sums) {
            *sum = sum.abs() / patterns.max(1) as f32;
        }
        sums
    }

    fn outputs(&self) -> [f32; output::UNITS] {
        core::array::from_fn(|unit| flat(self.layers.output())[unit])
    }

    /// The first of the most active outputs.
    #[inline(never)]
    fn most_active(&self) -> u8 {
        let outputs = self.outputs();
        let mut best = 0;
        for (unit, output) in outputs.iter().enumerate() {
            if *output > outputs[best] {
                best = unit;
            }
        }
        best as u8
    }
}

/// The nets that a net of this recipe learns from, before their first pass. They see patterns as the net does, distorted already.
fn teachers(recipe: &Recipe) -> Vec<Network> {
    let Teachers { count, .. } = recipe.teachers;
    let own = Recipe { distortion: Distortion::default(), teachers: Teachers::default(), ..*recipe };
    (1..=count)
        .map(|nth| Network::new(Recipe { seed: recipe.seed.wrapping_add(nth.wrapping_mul(TEACHER_SEEDS)), ..own }))
        .collect()
}

/// What every descent is multiplied by before anything is measured.
fn initial_rate(recipe: &Recipe) -> Lanes {
    Lanes::splat(match recipe.update {
        // h is 0 until it is measured.
        UpdateRule::DiagonalNewton { damping, .. } => 1.0 / damping,
        UpdateRule::Descent | UpdateRule::AdamW { .. } => 1.0,
    })
}

/// For each unit of H2, 0 with probability `dropout`, else 1 / (1 − `dropout`).
fn kept_units(dropout: f32, random: &mut TorchRandom) -> h2::Planes {
    let mut kept = [[Lanes::ZERO; h2::SIDE]; h2::MAPS];
    for unit in flat_mut(kept.as_flattened_mut()) {
        *unit = if random.uniform() < dropout { 0.0 } else { 1.0 / (1.0 - dropout) };
    }
    kept
}
