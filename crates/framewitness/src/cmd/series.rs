use clap::{Args, Subcommand};
use store::event::{SeriesBegun, SeriesPlaced};
use store::number::{SeriesNo, SourceNo};
use store::record;
use workbench::Result;

use crate::context::Context;

/// Record series of releases: which items came out one after the other, and which part is missing
#[derive(Args)]
pub struct Series {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Enter a series
    Add {
        /// What it is called
        name: String,
        /// Who releases it, such as S1
        #[arg(long)]
        source: Option<SourceNo>,
        /// Anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Give an item its place in a series
    Place {
        /// The series, such as G1
        series: SeriesNo,
        /// Item by number, start of id, or file name
        item: String,
        /// Which of the releases it is, from 1; releases that the case does not have leave a gap
        position: u32,
        /// What the release calls itself, such as "Part 3"
        #[arg(long)]
        label: Option<String>,
        /// When it was released, such as 2026-05-03
        #[arg(long, value_name = "TIME")]
        released: Option<String>,
        /// Anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Show series, those of one item or all
    List {
        /// Item by number, start of id, or file name
        item: Option<String>,
    },
}

impl Series {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Add { name, source, note } => {
                vec![case.begin_series(SeriesBegun { name, source, note })?]
            }
            Verb::Place {
                series,
                item,
                position,
                label,
                released,
                note,
            } => vec![case.place_in_series(SeriesPlaced {
                series,
                item: case.item(&item)?.id,
                position,
                label,
                released,
                note,
            })?],
            Verb::List { item } => {
                let item = item.map(|item| case.item(&item)).transpose()?;
                case.series(item.as_ref())?
            }
        };
        let items = case.all()?;
        shown
            .iter()
            .try_for_each(|series| context.output.record(series, |series| text(series, &items)))
    }
}

fn text(series: &record::Series, items: &[workbench::Item]) -> String {
    let begun = &series.begun;
    let source = begun.source.map(|source| format!("  by {source}"));
    let mut lines = vec![format!(
        "{}  {}{}{}{}",
        series.number,
        begun.name,
        source.unwrap_or_default(),
        suffix(begun.note.as_deref()),
        super::withdrawn(series.withdrawn.as_ref())
    )];
    lines.extend(series.items.iter().map(|it| {
        let placed = &it.placed;
        let item = items.iter().find(|item| item.id == placed.item);
        let name = item.map_or_else(
            || placed.item.to_string(),
            |item| format!("{} {}", item.number, item.name),
        );
        format!(
            "      {:>3}  {name}{}{}{}{}",
            placed.position,
            suffix(placed.label.as_deref()),
            suffix(placed.released.as_deref()),
            suffix(placed.note.as_deref()),
            super::withdrawn(it.withdrawn.as_ref())
        )
    }));
    let gaps: Vec<String> = series.gaps().iter().map(ToString::to_string).collect();
    if !gaps.is_empty() {
        lines.push(format!("      not in the case: {}", gaps.join(" ")));
    }
    lines.join("\n")
}

fn suffix(text: Option<&str>) -> String {
    text.map(|text| format!("  {text}")).unwrap_or_default()
}
