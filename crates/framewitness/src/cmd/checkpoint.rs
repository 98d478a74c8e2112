use std::path::PathBuf;

use clap::Args;
use workbench::Result;

use crate::context::Context;

/// Sign the head of the journal, for somebody else to keep: a C2SP checkpoint, recorded in the case
#[derive(Args)]
pub struct Checkpoint {
    /// File to write it to; else standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// With a proof that it continues an older one: a file with a checkpoint, or a number of entries. A
    /// cosigner asks for it
    #[arg(long, value_name = "FILE|N")]
    since: Option<String>,
    /// Print the key that checks your checkpoints of this case, for those who get them
    #[arg(long, conflicts_with_all = ["output", "since"])]
    key: bool,
}

impl Checkpoint {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        if self.key {
            return context
                .output
                .bytes(format!("{}\n", case.checkpoint_key()?).as_bytes());
        }
        let text = match &self.since {
            None => case.newest_checkpoint()?.checkpoint,
            Some(since) => match since.parse() {
                Ok(size) => case.continuation_from(size)?,
                Err(_) => case.continuation(Some(&super::read(since.as_ref())?))?,
            },
        };
        match &self.output {
            Some(path) => super::write(path, text.as_bytes()),
            None => context.output.bytes(text.as_bytes()),
        }
    }
}
