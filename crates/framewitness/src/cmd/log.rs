use clap::Args;
use workbench::Result;
use workbench::view::EntryView;

use crate::context::Context;

/// Show the journal
#[derive(Args)]
pub struct Log {
    /// First entry to show
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many to show; else all
    #[arg(long)]
    count: Option<usize>,
    /// Print the signed head of the journal (C2SP checkpoint), for somebody else to keep
    #[arg(long, conflicts_with_all = ["from", "count"])]
    checkpoint: bool,
    /// Print the entries as they were signed, an envelope a line: what other programs verify
    #[arg(long, conflicts_with = "checkpoint")]
    envelopes: bool,
}

impl Log {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        if self.checkpoint {
            return context.output.bytes(case.checkpoint()?.as_bytes());
        }
        if self.envelopes {
            let count = self.count.unwrap_or(usize::MAX);
            return case.envelopes(self.from, count, &mut |line| context.output.bytes(line));
        }
        let page = case.journal(self.from, self.count.unwrap_or(usize::MAX))?;
        page.entries
            .iter()
            .try_for_each(|entry| context.output.record(entry, text))?;
        context
            .output
            .remark(&format!("{} entries, root {}", page.size, page.root))
    }
}

fn text(entry: &EntryView) -> String {
    format!(
        "{:>5}  {}  {}  {}  {}",
        entry.seq, entry.at, entry.actor, entry.kind, entry.summary
    )
}
