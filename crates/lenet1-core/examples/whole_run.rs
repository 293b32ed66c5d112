//! A run in native code, on digits from a file, for the test that every engine gives the same bits:
//! `whole_run SEED PASSES FILE FIELD=VALUE…` reads n as u32, n · 256 grey levels as f32 and n labels as bytes, little-endian, and
//! writes the 9,760 parameters to standard output likewise. The fields are those of the TypeScript package's recipe,
//! by their names there; what one holds in turn is named after a dot: `targets.label=1`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::str::FromStr;

use lenet1_core::activation::Activation;
use lenet1_core::cost::Cost;
use lenet1_core::distortion::Distortion;
use lenet1_core::recipe::{Architecture, Draws, Limit, Teachers, UpdateRule};
use lenet1_core::{Digits, Network, Recipe};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, seed, passes, file, fields @ ..] = args.as_slice() else {
        return Err("whole_run SEED PASSES FILE FIELD=VALUE…".into());
    };
    let mut net = Network::new(recipe(seed.parse()?, Fields::new(fields)?)?);
    let digits = read_digits(&std::fs::read(file)?)?;
    for _ in 0..passes.parse()? {
        net.pass(&digits);
    }
    let bytes: Vec<u8> = net.state().into_iter().flat_map(f32::to_le_bytes).collect();
    std::io::stdout().write_all(&bytes)?;
    Ok(())
}

/// Values by the names of their fields. Each is taken once, so that those that nobody asked for are seen.
struct Fields<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Fields<'a> {
    fn new(args: &'a [String]) -> Result<Self, String> {
        let field = |arg: &'a String| arg.split_once('=').ok_or_else(|| format!("expected FIELD=VALUE; got {arg}"));
        args.iter().map(field).collect::<Result<_, _>>().map(Self)
    }

    fn text(&mut self, name: &str) -> Result<&'a str, String> {
        self.0.remove(name).ok_or_else(|| format!("expected the field {name}; got none"))
    }

    fn number<T: FromStr>(&mut self, name: &str) -> Result<T, String> {
        let text = self.text(name)?;
        text.parse().map_err(|_| format!("{name}: expected a number; got {text}"))
    }

    /// A field that a recipe may lack.
    fn number_or<T: FromStr>(&mut self, name: &str, default: T) -> Result<T, String> {
        if self.0.contains_key(name) { self.number(name) } else { Ok(default) }
    }

    /// What a field's word stands for.
    fn one_of<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Result<T, String> {
        let text = self.text(name)?;
        let found = words.iter().find(|(word, _)| *word == text);
        found.map(|(_, value)| *value).ok_or_else(|| format!("{name}: expected one of its words; got {text}"))
    }
}

fn recipe(seed: u32, mut fields: Fields) -> Result<Recipe, String> {
    // What a run on given digits does not ask for.
    for name in ["name", "digits", "resize"] {
        fields.text(name)?;
    }
    let learning_rate = fields.number("learningRate")?;
    let recipe = Recipe {
        architecture: Architecture::LeNet1,
        seed,
        limit: fields
            .one_of("initialWeights.limit", &[("2.4/F", Limit::FanIn), ("2.4/sqrt(F)", Limit::SquareRootOfFanIn)])?,
        draws: fields
            .one_of("initialWeights.draws", &[("senn2025", Draws::Senn2025), ("karpathy2022", Draws::Karpathy2022)])?,
        output_bias: fields.number("initialOutputBias")?,
        hidden_activation: fields.one_of("hiddenActivation", &ACTIVATIONS)?,
        output_activation: fields.one_of("outputActivation", &ACTIVATIONS)?,
        target_label: fields.number("targets.label")?,
        target_others: fields.number("targets.others")?,
        no_digit_below: f32::NEG_INFINITY,
        cost: fields.one_of("cost", &COSTS)?,
        update: update_rule(&mut fields)?,
        learning_rate,
        final_learning_rate: fields.number_or("finalLearningRate", learning_rate)?,
        passes: fields.number("passes")?,
        shuffled: fields.one_of("order", &[("constant", false), ("shuffled", true)])?,
        dropout: fields.number_or("dropout", 0.0)?,
        distortion: Distortion {
            rotation: fields.number_or("distortion.rotation", 0.0)?,
            scale: fields.number_or("distortion.scale", 0.0)?,
            shear: fields.number_or("distortion.shear", 0.0)?,
            shift: fields.number_or("distortion.shift", 0.0)?,
            elastic: fields.number_or("distortion.elastic", 0.0)?,
            roll: fields.number_or("distortion.roll", 0)?,
        },
        teachers: Teachers {
            count: fields.number_or("teachers.count", 0)?,
            weight: fields.number_or("teachers.weight", 0.0)?,
        },
    };
    match fields.0.first_key_value() {
        Some((name, value)) => Err(format!("expected fields of a recipe; got {name}={value}")),
        None => Ok(recipe),
    }
}

const ACTIVATIONS: [(&str, Activation); 7] = [
    ("tanh", Activation::Tanh),
    ("scaled-tanh", Activation::ScaledTanh),
    ("logistic", Activation::Logistic),
    ("relu", Activation::Relu),
    ("leaky-relu", Activation::LeakyRelu),
    ("softmax", Activation::Softmax),
    ("softmax-or-none", Activation::SoftmaxOrNone),
];

const COSTS: [(&str, Cost); 3] = [
    ("mean-squared-error", Cost::MeanSquaredError),
    ("half-squared-error", Cost::HalfSquaredError),
    ("cross-entropy", Cost::CrossEntropy),
];

fn update_rule(fields: &mut Fields) -> Result<UpdateRule, String> {
    match fields.text("update")? {
        "sgd" => Ok(UpdateRule::Descent),
        "diagonal-newton" => Ok(UpdateRule::DiagonalNewton {
            damping: fields.number("diagonalNewton.damping")?,
            patterns: fields.number("diagonalNewton.patterns")?,
            measured_passes: fields.number("diagonalNewton.measuredPasses")?,
        }),
        "adamw" => Ok(UpdateRule::AdamW {
            weight_decay: fields.number_or("weightDecay", 0.01)?,
            batch: fields.number_or("batch", 1)?,
        }),
        other => Err(format!("update: expected one of its words; got {other}")),
    }
}

fn read_digits(bytes: &[u8]) -> Result<Digits, Box<dyn Error>> {
    let (count, rest) = bytes.split_first_chunk().ok_or("expected a count of digits")?;
    let (images, labels) = rest.split_at_checked(u32::from_le_bytes(*count) as usize * 1024).ok_or("too few images")?;
    let images = images.as_chunks().0.iter().map(|&value| f32::from_le_bytes(value)).collect();
    Ok(Digits::new(images, labels.to_vec())?)
}
