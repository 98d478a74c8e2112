//! Prints the frame hashes of a file in ffmpeg's form, and findings on standard error:
//! `cargo run -p media --example framehash -- FILE`, after `cargo build -p media`.

use std::fs::File;
use std::path::PathBuf;

use media::decoder::{Decoder, Limits, PROGRAM};
use media::inspect::inspect;
use media::listing::framehash_listing;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("give me a file")?;
    let decoder = Decoder::new(program()?, Limits::default());
    let inspection = inspect(&decoder, File::open(path)?, &mut ())?;
    print!(
        "{}",
        framehash_listing(&inspection.facts, &inspection.frames, &inspection.versions)
    );
    for finding in &inspection.findings {
        eprintln!("{:?}: {}", finding.kind, finding.summary);
    }
    Ok(())
}

/// Examples are built one folder below programs.
fn program() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let exe = std::env::current_exe()?;
    let folder = exe.parent().and_then(|folder| folder.parent());
    Ok(folder.ok_or("nowhere")?.join(PROGRAM))
}
