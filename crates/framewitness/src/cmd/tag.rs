use clap::{Args, Subcommand};
use store::record;
use workbench::Result;

use crate::context::Context;

/// Why something was removed, where nobody says.
pub const REMOVED: &str = "removed";

/// Tag anything recorded: items, claims, sources, matches, hypotheses and more
#[derive(Args)]
pub struct Tag {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Add tags
    Add {
        /// What to tag: a number such as C1, S2 or M1, or an item
        on: String,
        /// The tags, each a line of at most 100 characters
        #[arg(required = true)]
        tags: Vec<String>,
    },
    /// Remove a tag; that it was there stays on record
    Remove {
        /// What is tagged
        on: String,
        /// The tag
        tag: String,
        /// Why
        #[arg(long, default_value = REMOVED)]
        reason: String,
    },
    /// Show tags, of one thing or of all, removed ones included
    List {
        /// What is tagged: a number such as C1, S2 or M1, or an item
        on: Option<String>,
    },
}

impl Tag {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Add { on, tags } => {
                let on = case.named(&on)?;
                let tags = tags.into_iter().map(|tag| case.tag(on.clone(), tag));
                tags.collect::<Result<Vec<_>>>()?
            }
            Verb::Remove { on, tag, reason } => {
                vec![case.untag(&case.named(&on)?, &tag, reason)?]
            }
            Verb::List { on } => {
                let on = on.map(|on| case.named(&on)).transpose()?;
                case.tags(on.as_deref())?
            }
        };
        shown
            .iter()
            .try_for_each(|tag| context.output.record(tag, text))
    }
}

fn text(tag: &record::Tag) -> String {
    format!(
        "{}  {}  {}{}",
        tag.number,
        tag.added.on,
        tag.added.tag,
        super::withdrawn(tag.withdrawn.as_ref())
    )
}
