use std::path::PathBuf;

use clap::Args;
use workbench::Result;

use crate::context::Context;

/// Prove that one entry is in the journal, and show nothing else of the case
///
/// The proof (C2SP tlog-proof) holds the entry and a signed checkpoint. `framewitness verify --proof FILE
/// --key KEY` checks it anywhere; `framewitness checkpoint --key` tells the key.
#[derive(Args)]
pub struct Prove {
    /// Number of the entry, as `framewitness log` shows it
    entry: u64,
    /// File to write the proof to; else standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Prove {
    pub fn run(self, context: &Context) -> Result<()> {
        let text = context.open()?.prove(self.entry)?;
        match &self.output {
            Some(path) => super::write(path, text.as_bytes()),
            None => context.output.bytes(text.as_bytes()),
        }
    }
}
