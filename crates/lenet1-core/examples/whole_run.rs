//! A whole run of `senn2025` or `karpathy2022` in native code, on digits from a file, for the test that every engine gives
//! the same bits: `whole_run RECIPE SEED PASSES FILE` reads n as u32, n · 256 grey levels as f32 and n labels as bytes,
//! little-endian, and writes the 9,760 parameters to standard output likewise.

use std::io::Write;

use lenet1_core::initial::{Draws, Limit};
use lenet1_core::output::OutputActivation;
use lenet1_core::{Digits, Network, Recipe};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, name, seed, passes, file] = args.as_slice() else { return Err("whole_run RECIPE SEED PASSES FILE".into()) };
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
        seed,
        limit: Limit::FanIn,
        draws: Draws::Senn2025,
        output_bias: 0.0,
        output_activation: OutputActivation::Logistic,
        target_label: 1.0,
        target_others: 0.0,
        learning_rate: 0.1725,
        shuffled: true,
    };
    match name {
        "senn2025" => Ok(senn),
        "karpathy2022" => Ok(Recipe {
            limit: Limit::SquareRootOfFanIn,
            draws: Draws::Karpathy2022,
            output_bias: -1.0,
            output_activation: OutputActivation::Tanh,
            target_others: -1.0,
            learning_rate: 0.03,
            shuffled: false,
            ..senn
        }),
        _ => Err(format!("expected senn2025 or karpathy2022; got {name}")),
    }
}

fn read_digits(bytes: &[u8]) -> Result<Digits, Box<dyn std::error::Error>> {
    let (count, rest) = bytes.split_first_chunk().ok_or("expected a count of digits")?;
    let (images, labels) = rest.split_at_checked(u32::from_le_bytes(*count) as usize * 1024).ok_or("too few images")?;
    let images = images.as_chunks().0.iter().map(|&value| f32::from_le_bytes(value)).collect();
    Ok(Digits::new(images, labels.to_vec())?)
}
