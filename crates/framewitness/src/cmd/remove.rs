use clap::Args;
use store::record::Removal;
use store::vocabulary::RemovalGround;
use workbench::view::RemovalPlan;
use workbench::{Error, Result};

use crate::context::Context;

/// Erase the bytes of an item for law or safety, leaving a signed tombstone; without --yes, show what would go
#[derive(Args)]
pub struct Remove {
    /// Item by number, start of id, or file name
    item: String,
    /// What for: law, safety, or other
    #[arg(long, requires = "reason")]
    ground: Option<RemovalGround>,
    /// Why, in words that stay in the journal for ever
    #[arg(long, requires = "ground")]
    reason: Option<String>,
    /// Do it. Nothing brings the bytes back
    #[arg(long, requires = "reason")]
    yes: bool,
}

impl Remove {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        match (self.ground, self.reason) {
            (Some(ground), Some(reason)) if self.yes => {
                let removal = case.remove(&item, ground, reason)?;
                context.output.record(&removal, removed)
            }
            (asked, _) => {
                context.output.record(&case.removal_plan(&item)?, plan)?;
                match asked {
                    None => Ok(()),
                    Some(_) => Err(
                        Error::usage(format!("nothing of {} was erased", item.number))
                            .hint("say it again with --yes: nothing brings the bytes back"),
                    ),
                }
            }
        }
    }
}

fn plan(plan: &RemovalPlan) -> String {
    let mut text = format!(
        "{}  {}  would erase {} blobs, {} bytes: the original, and what was derived of it alone",
        plan.item, plan.name, plan.blobs, plan.bytes
    );
    for cited in &plan.citing {
        text.push_str(&format!(
            "\n      {} cites it: {}",
            cited.number, cited.resolve
        ));
    }
    text
}

fn removed(removal: &Removal) -> String {
    let removed = &removal.removed;
    let mut text = format!(
        "{}  removed by {}, entry {} ({}): {}\n      {} bytes  {}  BLAKE3 {}  original",
        removal.number,
        removal.origin.actor,
        removal.origin.entry,
        removed.ground,
        removed.reason,
        removed.size,
        removed.item,
        removed.blake3,
    );
    for blob in &removed.derived {
        let size = blob
            .size
            .map_or_else(|| "unreadable".to_owned(), |size| format!("{size} bytes"));
        let blake3 = blob.blake3.as_deref().unwrap_or("unknown");
        text.push_str(&format!(
            "\n      {size}  {}  BLAKE3 {blake3}  {}",
            blob.id, blob.what
        ));
    }
    text
}
