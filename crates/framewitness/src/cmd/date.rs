use clap::{Args, Subcommand};
use store::number::DateNo;
use store::record::ItemDate;
use workbench::Result;
use workbench::whereabouts::NewDate;

use super::judged::{By, resting};
use super::pin::At;
use crate::context::Context;

/// Record when what an item shows came about, how precisely that is known, and what it rests on
#[derive(Args)]
pub struct Date {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Record a date; a revision supersedes, it never overwrites
    Add(Box<Add>),
    /// Show dates, of one item or of all
    List {
        /// Item by number, start of id, or file name
        item: Option<String>,
    },
}

#[derive(Args)]
struct Add {
    /// Item by number, start of id, or file name
    item: String,
    /// When, as precisely as it is known: 2026, 2026-05, 2026-05-03, 2026-05-03T18:20Z
    when: String,
    /// Last date of a range
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    #[command(flatten)]
    by: By,
    /// The earlier date that this one revises, such as D1
    #[arg(long, value_name = "DATE")]
    revises: Option<DateNo>,
    #[command(flatten)]
    at: At,
}

impl Date {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Add(add) => {
                let new = NewDate {
                    from: add.when,
                    until: add.until,
                    judged: add.by.judged(&case),
                    supersedes: add.revises,
                };
                vec![case.date_item(&case.item(&add.item)?, add.at.place(), new)?]
            }
            Verb::List { item } => {
                let item = item.map(|item| case.item(&item)).transpose()?;
                case.dates(item.as_ref())?
            }
        };
        shown
            .iter()
            .try_for_each(|date| context.output.record(date, text))
    }
}

fn text(date: &ItemDate) -> String {
    let dated = &date.dated;
    let until = dated.until.as_ref().map(|until| format!(" to {until}"));
    format!(
        "{}  [{}]  {}{} ({})  {}: {}  rests on {}{}{}{}",
        date.number,
        dated.footing,
        dated.from,
        until.unwrap_or_default(),
        dated.precision,
        dated.assessor,
        dated.reason,
        resting(&dated.grounds),
        super::pinned(&dated.pin),
        super::revision(dated.supersedes, date.superseded_by),
        super::withdrawn(date.withdrawn.as_ref())
    )
}
