//! A net and its training: forward, evaluate, learn one pattern, one pass.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::activation::Activation;
use crate::cost::Targets;
use crate::digits::{Digits, NO_DIGIT, check_label};
use crate::distortion::Distortion;
use crate::error::Error;
use crate::image::{self, Image, PIXELS};
use crate::lanes::{Lanes, filled, flat, flat_mut};
use crate::layers::Layers;
use crate::random::TorchRandom;
use crate::recipe::{Recipe, Teachers};
use crate::update::{Target, Update};
use crate::{h2, initial, output};

mod resuming;
mod teaching;

/// Distance between the seeds of two teachers: so large that nets of neighbouring seeds share no teacher.
const TEACHER_SEEDS: u32 = 1 << 24;

/// How well a net does on a set of digits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// Digits in the set.
    pub digits: usize,
    /// Mean over digits and output units of the squared difference to the target.
    pub mean_squared_error: f64,
    /// Digits whose most active output is not their label.
    pub misclassified: usize,
    /// Digits taken for no digit: their most active output is below the recipe's threshold.
    pub digits_refused: usize,
    /// Patterns without a digit that are taken for one.
    pub no_digits_accepted: usize,
}

/// A net and its training.
#[derive(Clone)]
pub struct Network {
    recipe: Recipe,
    targets: Targets,
    /// Initial weights, orders, distortions and dropout are drawn from this stream.
    random: TorchRandom,
    pub(crate) layers: Layers,
    update: Update,
    /// Passes made.
    passes: u32,
    /// Patterns left of a pass that [`Network::begin_pass`] began.
    left: usize,
    /// Nets that this one also learns from.
    teachers: Vec<Network>,
}

impl Network {
    /// A net with the recipe's initial weights.
    #[must_use]
    pub fn new(recipe: Recipe) -> Self {
        let mut random = TorchRandom::new(recipe.seed);
        let mut layers = Layers::new(recipe.architecture);
        layers.load(&initial::parameters(&mut random, &recipe));
        Self {
            recipe,
            targets: Targets::new(recipe.cost, recipe.output_activation, recipe.target_label, recipe.target_others),
            random,
            update: Update::new(recipe.update, layers.parameters().len()),
            layers,
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
        let image = image::from_grey_levels(image)?;
        self.forward_image(&image, None);
        Ok(core::array::from_fn(|unit| self.outputs()[unit]))
    }

    /// The activations of all units except the input's: H1 `[map][y][x]`, H2 `[map][y][x]`, H3, outputs. Empty for the
    /// fully connected net. `image`: as for [`Network::forward`].
    ///
    /// # Errors
    /// [`Error::ImageLength`] or [`Error::ImageValue`].
    pub fn inspect(&mut self, image: &[f32]) -> Result<Vec<f32>, Error> {
        self.forward(image)?;
        Ok(self.layers.units())
    }

    /// Learns one pattern as a pass does, distorted if the recipe says so; returns its cost before the update. `label`:
    /// 0 to 9, or [`NO_DIGIT`]. A pass that [`Network::begin_pass`] began counts as made after as many patterns as it has.
    ///
    /// # Errors
    /// [`Error::ImageLength`], [`Error::ImageValue`] or [`Error::Label`].
    pub fn learn(&mut self, image: &[f32], label: u8) -> Result<f32, Error> {
        let image = image::from_grey_levels(image)?;
        check_label(label)?;
        let cost = self.learn_pattern(&image, label);
        self.count_pattern();
        Ok(cost)
    }

    /// The gradient of one pattern's cost, in the state dict's order, without distortion or dropout. Learns nothing.
    ///
    /// # Errors
    /// [`Error::ImageLength`], [`Error::ImageValue`] or [`Error::Label`].
    pub fn gradient(&mut self, image: &[f32], label: u8) -> Result<Vec<f32>, Error> {
        let image = image::from_grey_levels(image)?;
        check_label(label)?;
        self.forward_image(&image, None);
        let (_, descents) = self.targets.cost(self.layers.output(), self.targets.of(label), -1.0);
        let lanes = self.layers.parameters().len();
        let mut gradient = filled(lanes, 0.0);
        let rates = &filled(lanes, 1.0);
        let target = Target { rates, rated: false, descent_parameters: Some(&mut gradient) };
        self.layers.backward(self.activations(), &image, None, descents, target);
        Ok(self.layers.in_state_order(&gradient))
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

    /// Passes made, including those of loaded parameters.
    #[must_use]
    pub fn passes(&self) -> u32 {
        self.passes
    }

    /// The second derivatives of the cost with respect to every parameter (Gauss–Newton, the diagonal), in the state
    /// dict's order: their mean over `patterns` patterns, spread evenly over the digits. Zeros if there are no digits.
    pub fn second_derivatives(&mut self, digits: &Digits, patterns: usize) -> Vec<f32> {
        let second = self.measure(digits, patterns);
        self.layers.in_state_order(&second)
    }

    /// Prepares a pass: measures second derivatives for diagonal Newton if that is due, and returns the order of
    /// patterns, or `None` if it is the digits' own.
    ///
    /// If patterns are shuffled, the reproduction evaluates both splits after each pass, through shuffled loaders.
    /// Their draws are skipped here, so that the orders do not depend on whether anything is evaluated.
    pub fn begin_pass(&mut self, digits: &Digits) -> Option<Vec<u32>> {
        for teacher in &mut self.teachers {
            teacher.passes = self.passes;
            teacher.measure_if_due(digits);
        }
        self.measure_if_due(digits);
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

    /// How well the net does on a set of digits, and apart from these on patterns that show none; all 0 for an empty set.
    pub fn evaluate(&mut self, digits: &Digits) -> Evaluation {
        let mut of = Evaluation::default();
        for index in 0..digits.len() {
            let (image, label) = digits.pattern(index);
            self.forward_image(image, None);
            let most_active = self.most_active();
            let is_refused = self.outputs()[usize::from(most_active)] < self.recipe.no_digit_below;
            if label == NO_DIGIT {
                of.no_digits_accepted += usize::from(!is_refused);
                continue;
            }
            of.digits += 1;
            of.mean_squared_error += f64::from(self.targets.squared_error(self.layers.output(), label));
            of.misclassified += usize::from(most_active != label);
            of.digits_refused += usize::from(is_refused);
        }
        of.mean_squared_error /= (of.digits * output::UNITS).max(1) as f64;
        of
    }

    /// The ten outputs for each pattern, one after the other.
    pub fn answers(&mut self, digits: &Digits) -> Vec<f32> {
        let mut answers = Vec::with_capacity(digits.len() * output::UNITS);
        for index in 0..digits.len() {
            self.append_answer(digits.pattern(index).0, &mut answers);
        }
        answers
    }

    /// The ten outputs for each of the images, 256 grey levels in [−1, 1] each, one after the other.
    ///
    /// # Errors
    /// [`Error::ImageLength`] unless `images` holds whole images, or [`Error::ImageValue`].
    pub fn answers_to(&mut self, images: &[f32]) -> Result<Vec<f32>, Error> {
        let each = whole_images(images)?;
        let mut answers = Vec::with_capacity(each.len() * output::UNITS);
        for levels in each {
            self.append_answer(&image::from_checked(levels), &mut answers);
        }
        Ok(answers)
    }

    /// The output units' ten weighted sums for each of the images, before the recipe's activation, one after the other.
    ///
    /// # Errors
    /// [`Error::ImageLength`] unless `images` holds whole images, or [`Error::ImageValue`].
    pub fn sums_of(&mut self, images: &[f32]) -> Result<Vec<f32>, Error> {
        let mut sums = Vec::with_capacity(images.len() / PIXELS * output::UNITS);
        for levels in whole_images(images)? {
            self.layers.forward(self.linear(), &image::from_checked(levels), None);
            sums.extend_from_slice(self.outputs());
        }
        Ok(sums)
    }

    /// The gradient of a cost with respect to every parameter, in the state dict's order, from its gradients with
    /// respect to the sums of [`Network::sums_of`]: what the images add to it, summed. Without dropout; learns nothing.
    ///
    /// # Errors
    /// [`Error::ImageLength`], [`Error::ImageValue`], or [`Error::GradientLength`] unless there are ten for an image.
    pub fn gradient_from_sums(&mut self, images: &[f32], gradients: &[f32]) -> Result<Vec<f32>, Error> {
        let images = whole_images(images)?;
        if gradients.len() != images.len() * output::UNITS {
            return Err(Error::GradientLength { images: images.len(), got: gradients.len() });
        }
        let activations = self.linear();
        let lanes = self.layers.parameters().len();
        let (mut gradient, rates) = (filled(lanes, 0.0), filled(lanes, 1.0));
        for (levels, of_sums) in images.iter().zip(gradients.chunks_exact(output::UNITS)) {
            if of_sums.iter().all(|&value| value == 0.0) {
                continue; // most of a lattice's arcs
            }
            let image = image::from_checked(levels);
            let mut at_output = [Lanes::ZERO; output::WIDTH];
            flat_mut(&mut at_output)[..output::UNITS].copy_from_slice(of_sums);
            self.layers.forward(activations, &image, None);
            let target = Target { rates: &rates, rated: false, descent_parameters: Some(&mut gradient) };
            self.layers.backward(activations, &image, None, at_output, target);
        }
        Ok(self.layers.in_state_order(&gradient))
    }

    /// The parameters in the state dict's order.
    #[must_use]
    pub fn state(&self) -> Vec<f32> {
        self.layers.in_state_order(self.layers.parameters())
    }

    /// Loads parameters in the state dict's order, learned in `passes` passes; passes count on from there. The update
    /// rule starts anew, and the teachers are dropped: they know less than a net that has learned.
    ///
    /// # Errors
    /// [`Error::StateLength`] or [`Error::StateValue`]; the net then stays as it was.
    pub fn load_state(&mut self, values: &[f32], passes: u32) -> Result<(), Error> {
        self.layers.check(values)?;
        self.layers.load(values);
        (self.passes, self.left) = (passes, 0);
        self.update.start_anew();
        self.teachers.clear();
        Ok(())
    }

    fn activations(&self) -> [Activation; 2] {
        [self.recipe.hidden_activation, self.recipe.output_activation]
    }

    /// Counts a pattern of a pass that has begun.
    #[inline(never)]
    fn count_pattern(&mut self) {
        if self.left > 0 {
            self.left -= 1;
            self.passes = self.passes.saturating_add(u32::from(self.left == 0));
        }
    }

    /// The activations that leave the outputs' sums as they are.
    fn linear(&self) -> [Activation; 2] {
        [self.recipe.hidden_activation, Activation::Linear]
    }

    fn learn_pattern(&mut self, image: &Image, label: u8) -> f32 {
        let image = self.presented(image);
        let wanted = self.wanted(&image, label);
        let kept = self.kept();
        self.learn_wanted(&image, &wanted, kept.as_ref())
    }

    /// The image as it is learned: distorted, if the recipe says so.
    #[inline(never)]
    fn presented<'a>(&mut self, image: &'a Image) -> Cow<'a, Image> {
        if self.recipe.distortion.is_none() {
            Cow::Borrowed(image)
        } else {
            Cow::Owned(self.recipe.distortion.apply(image, &mut self.random))
        }
    }

    #[inline(never)]
    fn learn_wanted(&mut self, image: &Image, wanted: &output::Vector, kept: Option<&h2::Planes>) -> f32 {
        let learning_rate = self.recipe.learning_rate_after(self.passes);
        self.forward_image(image, kept);
        let rate = self.update.rate_of_a_pattern(learning_rate);
        let (cost, descents) = self.targets.cost(self.layers.output(), wanted, rate);
        let activations = self.activations();
        let Self { layers, update, .. } = self;
        layers.backward(activations, image, kept, descents, update.target());
        if update.ends_batch() {
            layers.change_parameters(|parameters| update.step(parameters, learning_rate));
        }
        cost
    }

    /// The factors of dropout for a pattern, if there is any.
    #[inline(never)]
    fn kept(&mut self) -> Option<h2::Planes> {
        (self.recipe.dropout > 0.0).then(|| kept_units(self.recipe.dropout, &mut self.random))
    }

    /// The targets of a pattern: the label's, mixed with the outputs of the teachers, which learn the pattern too.
    #[inline(always)]
    fn wanted(&mut self, image: &Image, label: u8) -> output::Vector {
        if self.teachers.is_empty() { *self.targets.of(label) } else { self.wanted_by_teachers(image, label) }
    }

    #[inline(never)]
    fn wanted_by_teachers(&mut self, image: &Image, label: u8) -> output::Vector {
        let mut wanted = label_part(self.targets.of(label), self.recipe.teachers);
        for teacher in &mut self.teachers {
            teacher.learn_pattern(image, label);
            add_answer(&mut wanted, teacher.layers.output(), self.recipe.teachers);
        }
        wanted
    }

    fn forward_image(&mut self, image: &Image, kept: Option<&h2::Planes>) {
        let activations = self.activations();
        self.layers.forward(activations, image, kept);
    }

    #[inline(never)]
    fn append_answer(&mut self, image: &Image, answers: &mut Vec<f32>) {
        self.forward_image(image, None);
        answers.extend_from_slice(self.outputs());
    }

    /// Measures second derivatives if the update rule needs them before the next pass.
    fn measure_if_due(&mut self, digits: &Digits) {
        if let Some(patterns) = self.update.patterns_to_measure(self.passes)
            && !digits.is_empty()
        {
            let second = self.measure(digits, patterns);
            self.update.take_second_derivatives(&second);
        }
    }

    fn measure(&mut self, digits: &Digits, patterns: usize) -> Vec<Lanes> {
        let mut squares: Vec<Lanes> = self.layers.parameters().iter().map(|&value| value * value).collect();
        let (ones, mut sums) = (filled(squares.len(), 1.0), filled(squares.len(), 0.0));
        let patterns = patterns.min(digits.len());
        let activations = self.activations();
        for step in 0..patterns {
            // In 64 bits: the product may not fit into 32.
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

    fn outputs(&self) -> &[f32] {
        &flat(self.layers.output())[..output::UNITS]
    }

    /// The most active output; of several the first.
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

/// Images of 256 grey levels each, checked.
fn whole_images(images: &[f32]) -> Result<&[[f32; PIXELS]], Error> {
    let (each, rest) = images.as_chunks::<PIXELS>();
    if !rest.is_empty() {
        return Err(Error::ImageLength { got: images.len() });
    }
    image::check(images)?;
    Ok(each)
}

/// The teachers of a net of this recipe, before their first pass. They get patterns as the net sees them, already
/// distorted.
fn teachers(recipe: &Recipe) -> Vec<Network> {
    let Teachers { count, .. } = recipe.teachers;
    let own = Recipe { distortion: Distortion::default(), teachers: Teachers::default(), ..*recipe };
    (1..=count)
        .map(|nth| Network::new(Recipe { seed: recipe.seed.wrapping_add(nth.wrapping_mul(TEACHER_SEEDS)), ..own }))
        .collect()
}

/// The label's part in the targets of a net with teachers.
fn label_part(targets: &output::Vector, teachers: Teachers) -> output::Vector {
    targets.map(|target| target * Lanes::splat(1.0 - teachers.weight))
}

/// Adds a teacher's part.
#[inline(always)]
fn add_answer(wanted: &mut output::Vector, answer: &output::Vector, teachers: Teachers) {
    let Teachers { count, weight } = teachers;
    for (target, &output) in wanted.iter_mut().zip(answer) {
        *target = target.plus_product(output, Lanes::splat(weight / count as f32));
    }
}

/// For each unit of H2 a factor: 0 with probability `dropout`, else 1 / (1 − `dropout`).
#[inline(never)]
fn kept_units(dropout: f32, random: &mut TorchRandom) -> h2::Planes {
    let mut kept = [[Lanes::ZERO; h2::SIDE]; h2::MAPS];
    for unit in flat_mut(kept.as_flattened_mut()) {
        *unit = if random.uniform() < dropout { 0.0 } else { 1.0 / (1.0 - dropout) };
    }
    kept
}
