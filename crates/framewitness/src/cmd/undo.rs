use clap::Args;
use workbench::Result;

use crate::context::Context;

/// Take back what an entry recorded, by a new entry; it stays in sight as withdrawn
#[derive(Args)]
pub struct Undo {
    /// Number of the entry, as `log` shows it
    entry: u64,
    /// Why
    #[arg(long)]
    reason: String,
}

impl Undo {
    pub fn run(self, context: &Context) -> Result<()> {
        let undone = context.open()?.undo(self.entry, self.reason)?;
        context.output.record(&undone, |undone| {
            let number = undone.number.as_deref().unwrap_or_default();
            format!(
                "{number}  entry {} is undone by entry {}",
                undone.undone, undone.entry
            )
        })
    }
}
