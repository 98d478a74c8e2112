use clap::{Args, Subcommand};
use store::number::MatchNo;
use store::vocabulary::Verdict;
use workbench::Result;
use workbench::matching::Rejected;
use workbench::view::{Found, MatchView, OverlaysView};

use crate::context::Context;

/// Say which matches are the same footage, and see what was said
#[derive(Args)]
pub struct Review {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Show the matches on record, of one item or of all
    List {
        /// Item by number, start of id, or file name
        item: Option<String>,
        /// Those too that were rejected
        #[arg(long)]
        rejected: bool,
    },
    /// Tell where the two pictures differ throughout: a logo, a caption, a patch over one of them
    Overlays {
        /// The match, such as M1
        #[arg(value_name = "MATCH")]
        number: MatchNo,
    },
    /// It is the same footage
    Confirm(Word),
    /// It is not the same footage: it is left out of lists, and `match` does not tell it again
    Reject(Word),
    /// Take back the word that stands; it stays in the history
    Withdraw(Word),
}

#[derive(Args)]
struct Word {
    /// The match, such as M1
    #[arg(value_name = "MATCH")]
    number: MatchNo,
    /// Why, or anything else
    #[arg(long)]
    note: Option<String>,
}

impl Review {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let (word, verdict) = match self.verb {
            Verb::List { item, rejected } => {
                let item = item.map(|item| case.item(&item)).transpose()?;
                let listed = case.matches(item.as_ref(), Rejected::told(rejected))?;
                return listed
                    .iter()
                    .try_for_each(|one| context.output.record(one, text));
            }
            Verb::Overlays { number } => {
                return context.output.record(&case.overlays(number)?, overlays);
            }
            Verb::Confirm(word) => (word, Verdict::Confirmed),
            Verb::Reject(word) => (word, Verdict::Rejected),
            Verb::Withdraw(word) => (word, Verdict::Unreviewed),
        };
        let reviewed = case.review(word.number, verdict, word.note)?;
        context.output.record(&reviewed, text)
    }
}

fn text(view: &MatchView) -> String {
    let mut lines = vec![super::matching::text(&Found::from(view))];
    lines.extend(view.record.reviews.iter().map(|said| {
        let note = said.note.as_deref().unwrap_or_default();
        format!(
            "      {}  {}  {}  {note}",
            said.origin.at, said.origin.actor, said.verdict
        )
        .trim_end()
        .to_owned()
    }));
    lines.join("\n")
}

fn overlays(told: &OverlaysView) -> String {
    let compared = format!("{} pairs of frames compared", told.pairs);
    if told.boxes.is_empty() {
        return format!(
            "{}  {compared}; nothing lies over either throughout.",
            told.number
        );
    }
    let boxes = told.boxes.iter().map(|place| {
        format!(
            "{}  differs throughout in {}x{} at {},{} of {}",
            told.number, place.width, place.height, place.x, place.y, told.query
        )
    });
    boxes
        .chain([format!("      {compared}; which side is covered, look.")])
        .collect::<Vec<_>>()
        .join("\n")
}
