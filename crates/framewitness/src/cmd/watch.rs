use clap::{Args, Subcommand};
use store::number::WatchNo;
use workbench::view::{Found, SeenAgain, WatchView};
use workbench::watchlist::NewWatch;
use workbench::{Place, Result};

use super::pin::place;
use crate::context::Context;

/// Be told when footage appears again: the watch list
///
/// Each item that is inspected later is searched for what is on the list, and what is found is recorded
/// as a match.
#[derive(Args)]
pub struct Watch {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Put an item or a span of it on the list; what is in the case already is searched at once
    Add {
        /// Item by number, start of id, or file name
        item: String,
        /// First frame: number (37), seconds (12.5s), clock time (0:12.5) or pts:N; else the whole item
        #[arg(long, value_name = "PLACE", value_parser = place, allow_hyphen_values = true)]
        frame: Option<Place>,
        /// Last frame, included; else the first alone
        #[arg(long, value_name = "PLACE", value_parser = place, requires = "frame")]
        to: Option<Place>,
        /// Why, or anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Take a watch off the list; what it found stays
    End {
        /// The watch, such as W1
        #[arg(value_name = "WATCH")]
        number: WatchNo,
        /// Why, or anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Show the list and what was found
    List {
        /// Watches too that were ended
        #[arg(long)]
        ended: bool,
    },
    /// Search what was not searched yet, such as after a search that was cut off
    Search,
}

impl Watch {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Add {
                item,
                frame,
                to,
                note,
            } => {
                let new = NewWatch {
                    first: frame,
                    last: to,
                    note,
                };
                vec![case.watch_for(&case.item(&item)?, new)?]
            }
            Verb::End { number, note } => vec![case.end_watch(number, note)?],
            Verb::List { ended } => case.watches(ended)?,
            Verb::Search => {
                let seen = case.search_watches()?;
                if seen.is_empty() {
                    context.output.remark("Nothing was seen again.")?;
                }
                return seen
                    .iter()
                    .try_for_each(|one| context.output.record(one, seen_again));
            }
        };
        shown
            .iter()
            .try_for_each(|watch| context.output.record(watch, text))
    }
}

/// One line for what a watch found.
pub(super) fn seen_again(seen: &SeenAgain) -> String {
    format!(
        "{} seen again: {}",
        seen.watch,
        super::matching::text(&seen.found).trim_start()
    )
}

fn text(watch: &WatchView) -> String {
    let record = &watch.record;
    let place = match (&record.begun.span, watch.seconds) {
        (Some(span), Some([start, end])) => format!(
            "  {start:.3}-{end:.3} s (frames {}-{})",
            span.first.no, span.last.no
        ),
        _ => String::new(),
    };
    let note = record.begun.note.as_deref().unwrap_or_default();
    let ended = match &record.ended {
        None => String::new(),
        Some(end) => format!("  ended {} by {}", end.origin.at, end.origin.actor),
    };
    let line = format!(
        "{}  {} {}{place}{ended}  {note}",
        record.number, watch.item_number, watch.name
    );
    let mut lines = vec![line.trim_end().to_owned()];
    if !watch.waiting.is_empty() {
        lines.push(format!(
            "      {} items are still to be searched: `framewitness watch search`",
            watch.waiting.len()
        ));
    }
    let found = watch.matches.iter().map(Found::from);
    lines.extend(found.map(|one| format!("      {}", super::matching::text(&one).trim_start())));
    lines.join("\n")
}
