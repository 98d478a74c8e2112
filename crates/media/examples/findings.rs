//! Inspects files and prints every finding, one JSON object a line, with the file's name and frames.
//! `findings DECODER FILE…`, where DECODER is the program `framewitness-decoder`.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use media::decoder::{Decoder, Limits};
use media::inspect::inspect;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().ok_or("usage: findings DECODER FILE…")?;
    let decoder = Decoder::new(PathBuf::from(program), Limits::default());
    let mut output = std::io::stdout().lock();
    for name in arguments {
        let found = inspect(&decoder, File::open(&name)?, &mut ())?;
        let findings = serde_json::json!({
            "file": name,
            "frames": found.frames.frames.len(),
            "findings": found.findings,
        });
        writeln!(output, "{findings}")?;
    }
    Ok(())
}
