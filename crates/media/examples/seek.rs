//! Exact frames at random, timed: inspects a file, then reads lines from standard input, `far N` for a
//! frame and `near N` for one that waits until the frames around it are decoded, and answers each with
//! milliseconds until its exact RGB pixels were there:
//! `cargo run --release -p media --example seek -- FILE [THREADS]`.

use std::fs::File;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use media::decoder::{Decoder, Limits, PROGRAM};
use media::inspect::inspect;
use media::reader::FrameReader;
use media::time::FrameNo;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("give me a file")?;
    let mut limits = Limits::default();
    if let Some(threads) = args.next() {
        limits.threads = threads.parse()?;
    }
    let decoder = Decoder::new(program()?, limits);
    let found = inspect(&decoder, File::open(&path)?, &mut ())?;
    let count = found.frames.frames.len();
    let mut reader = FrameReader::open(
        &decoder,
        File::open(&path)?,
        found.facts,
        Arc::new(found.frames),
    )?;
    // As the workbench does for an item that is looked at.
    reader.keep(1 << 30);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{count}")?;
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (how, no) = line.split_once(' ').ok_or("far N or near N")?;
        let no = FrameNo(no.parse()?);
        if how == "near" {
            // As on the page: looked at first, which also tells how large frames are.
            reader.still(no)?;
            reader.surroundings().fill(no, &mut || true)?;
        }
        let start = Instant::now();
        reader.still(no)?;
        writeln!(out, "{:.3}", start.elapsed().as_secs_f64() * 1e3)?;
        out.flush()?;
    }
    Ok(())
}

/// Examples are built one folder below programs.
fn program() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let exe = std::env::current_exe()?;
    let folder = exe.parent().and_then(|folder| folder.parent());
    Ok(folder.ok_or("nowhere")?.join(PROGRAM))
}
