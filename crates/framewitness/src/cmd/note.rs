use clap::{Args, Subcommand};
use store::number::NoteNo;
use store::record;
use workbench::Result;

use super::tag::REMOVED;
use crate::context::Context;

/// Write notes on anything recorded: items, claims, sources, matches, hypotheses and more
#[derive(Args)]
pub struct Note {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Write a note
    Add {
        /// What it is on: a number such as C1, S2 or M1, or an item
        on: String,
        /// The note
        text: String,
    },
    /// Remove a note; what it said stays on record
    Remove {
        /// The note, such as N1
        note: NoteNo,
        /// Why
        #[arg(long, default_value = REMOVED)]
        reason: String,
    },
    /// Show notes, on one thing or on all, removed ones included
    List {
        /// What they are on: a number such as C1, S2 or M1, or an item
        on: Option<String>,
    },
}

impl Note {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Add { on, text } => vec![case.write_note(case.named(&on)?, text)?],
            Verb::Remove { note, reason } => vec![case.remove_note(note, reason)?],
            Verb::List { on } => {
                let on = on.map(|on| case.named(&on)).transpose()?;
                case.notes(on.as_deref())?
            }
        };
        shown
            .iter()
            .try_for_each(|note| context.output.record(note, text))
    }
}

fn text(note: &record::Note) -> String {
    format!(
        "{}  {}  {}: {}{}",
        note.number,
        note.written.on,
        note.origin.actor,
        note.written.text,
        super::withdrawn(note.withdrawn.as_ref())
    )
}
