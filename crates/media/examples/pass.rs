//! One whole pass over a file and nothing else, for measuring what it costs:
//! `cargo run --release -p media --example pass -- FILE [THREADS] [unjailed]`.

use std::fs::File;
use std::path::PathBuf;

use media::decoder::{Decoder, Limits, PROGRAM};
use media::inspect::inspect;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("give me a file")?;
    let mut limits = Limits::default();
    if let Some(threads) = args.next() {
        limits.threads = threads.parse()?;
    }
    let mut decoder = Decoder::new(program()?, limits);
    if args.next().as_deref() == Some("unjailed") {
        decoder = decoder.without_jail();
    }
    let found = inspect(&decoder, File::open(path)?, &mut ())?;
    println!(
        "{} frames, {} findings",
        found.frames.frames.len(),
        found.findings.len()
    );
    Ok(())
}

/// Examples are built one folder below programs.
fn program() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let exe = std::env::current_exe()?;
    let folder = exe.parent().and_then(|folder| folder.parent());
    Ok(folder.ok_or("nowhere")?.join(PROGRAM))
}
