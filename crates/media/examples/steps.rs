//! Reads frames of a file at random and in both directions, and says how often the pixels were the
//! recorded ones: `cargo run -p media --example steps -- FILE [COUNT]`.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use media::decoder::{Decoder, Limits, PROGRAM};
use media::inspect::inspect;
use media::reader::FrameReader;
use media::time::FrameNo;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("give me a file")?;
    let count: u32 = match std::env::args().nth(2) {
        Some(count) => count.parse()?,
        None => 40,
    };
    let decoder = Decoder::new(program()?, Limits::default());
    let found = inspect(&decoder, File::open(&path)?, &mut ())?;
    let total = u32::try_from(found.frames.frames.len())?;
    if total == 0 {
        return Err("no frames".into());
    }
    let mut reader = FrameReader::open(
        &decoder,
        File::open(&path)?,
        found.facts,
        Arc::new(found.frames),
    )?;
    // A fixed walk through all residues: every run asks for the same frames.
    let random: Vec<_> = (0..count).map(|step| (step * 7919 + 13) % total).collect();
    let last = total.min(count);
    for (name, numbers) in [
        ("random", random),
        ("forward", (0..last).collect()),
        ("backward", (0..last).rev().collect()),
    ] {
        let start = Instant::now();
        let missed = numbers
            .iter()
            .filter(|no| reader.still(FrameNo(**no)).is_err())
            .count();
        let each = start.elapsed() / u32::try_from(numbers.len())?;
        println!(
            "{name}: {} frames, {missed} missed, {each:?} each",
            numbers.len()
        );
    }
    Ok(())
}

/// Examples are built one folder below programs.
fn program() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let exe = std::env::current_exe()?;
    let folder = exe.parent().and_then(|folder| folder.parent());
    Ok(folder.ok_or("nowhere")?.join(PROGRAM))
}
