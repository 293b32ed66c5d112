//! Runs a named recipe in native code, on digits from a file, for the test that every engine gives the same bits.
//!
//! `whole_run RECIPE SEED PASSES FILE` reads n as u32, n · 256 grey levels as f32 and n labels as bytes, all little-endian.
//! It writes the 9,760 parameters to standard output as little-endian f32.

use std::io::Write;

use lenet1_core::activation::Activation;
use lenet1_core::cost::Cost;
use lenet1_core::distortion::Distortion;
use lenet1_core::recipe::{Architecture, Draws, Limit, Teachers, UpdateRule};
use lenet1_core::{Digits, Network, Recipe};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, name, seed, passes, file] = args.as_slice() else { return Err("expected RECIPE SEED PASSES FILE".into()) };
    let mut net = Network::new(recipe(name, seed.parse()?)?);
    let digits = read_digits(&std::fs::read(file)?)?;
    for _ in 0..passes.parse()? {
        net.pass(&digits);
    }
    let bytes: Vec<u8> = net.state().into_iter().flat_map(f32::to_le_bytes).collect();
    std::io::stdout().write_all(&bytes)?;
    Ok(())
}

fn recipe(name: &str, seed: u32) -> Result<Recipe, String> {
    let senn = Recipe {
        architecture: Architecture::LeNet1,
        seed,
        limit: Limit::FanIn,
        draws: Draws::Senn2025,
        output_bias: 0.0,
        hidden_activation: Activation::Tanh,
        output_activation: Activation::Logistic,
        target_label: 1.0,
        target_others: 0.0,
        cost: Cost::MeanSquaredError,
        update: UpdateRule::Descent,
        learning_rate: 0.1725,
        final_learning_rate: 0.1725,
        passes: 23,
        shuffled: true,
        dropout: 0.0,
        distortion: Distortion::default(),
        teachers: Teachers::default(),
    };
    let karpathy = Recipe {
        limit: Limit::SquareRootOfFanIn,
        draws: Draws::Karpathy2022,
        output_bias: -1.0,
        output_activation: Activation::Tanh,
        target_others: -1.0,
        learning_rate: 0.03,
        final_learning_rate: 0.03,
        shuffled: false,
        ..senn
    };
    let modern = Recipe {
        output_bias: 0.0,
        hidden_activation: Activation::Relu,
        output_activation: Activation::Softmax,
        target_others: 0.0,
        cost: Cost::CrossEntropy,
        ..karpathy
    };
    match name {
        "senn2025" => Ok(senn),
        "karpathy2022" => Ok(karpathy),
        "lecun1989" => Ok(Recipe {
            output_activation: Activation::Tanh,
            target_label: 0.75,
            target_others: -0.75,
            cost: Cost::HalfSquaredError,
            update: UpdateRule::DiagonalNewton { damping: 0.2, patterns: 500, measured_passes: 23 },
            learning_rate: 0.004,
            final_learning_rate: 0.0012,
            shuffled: false,
            ..senn
        }),
        "modern2022" => Ok(Recipe {
            update: UpdateRule::AdamW { weight_decay: 0.01, batch: 1 },
            learning_rate: 3e-4,
            final_learning_rate: 1e-4,
            passes: 80,
            dropout: 0.25,
            distortion: Distortion { roll: 1, ..Distortion::default() },
            ..modern
        }),
        "lenet1best" => Ok(Recipe {
            update: UpdateRule::AdamW { weight_decay: 0.0, batch: 8 },
            learning_rate: 2e-3,
            final_learning_rate: 1e-5,
            passes: 500,
            shuffled: true,
            distortion: Distortion { rotation: 0.2, scale: 0.15, shear: 0.15, shift: 1.0, elastic: 0.8, roll: 0 },
            teachers: Teachers { count: 4, weight: 0.9 },
            ..modern
        }),
        _ => Err(format!("RECIPE: expected the name of a recipe; got {name}")),
    }
}

fn read_digits(bytes: &[u8]) -> Result<Digits, Box<dyn std::error::Error>> {
    let (count, rest) =
        bytes.split_first_chunk().ok_or("FILE: expected the number of digits; got less than 4 bytes")?;
    let (images, labels) = rest
        .split_at_checked(u32::from_le_bytes(*count) as usize * 1024)
        .ok_or("FILE: expected as many images as its head says; got fewer")?;
    let images = images.as_chunks().0.iter().map(|&value| f32::from_le_bytes(value)).collect();
    Ok(Digits::new(images, labels.to_vec())?)
}
