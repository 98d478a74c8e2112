use clap::{Args, Subcommand};
use store::event::SourceNamed;
use store::number::SourceNo;
use store::record;
use store::vocabulary::{SourceKind, SourceState};
use workbench::Result;

use crate::context::Context;

/// Record who a video comes from, and what became of them
#[derive(Args)]
pub struct Source {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Enter a person, account, outlet or organisation
    Add {
        /// Its name
        name: String,
        /// person, account, outlet or organisation
        #[arg(long, default_value = "account")]
        kind: SourceKind,
        /// Where it is found
        #[arg(long)]
        url: Option<String>,
        /// Admiralty grade of the source, A (reliable) to F (cannot be judged)
        #[arg(long)]
        grade: Option<String>,
        /// Anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Record the state of a source when somebody looked
    State {
        /// The source, such as S1
        source: SourceNo,
        /// live, renamed, suspended, deleted or unknown
        state: SourceState,
        /// When it was seen so, such as 2026-05-03 or 2026-05-03T18:20:00Z; else now
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Show every source
    List,
}

impl Source {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Add {
                name,
                kind,
                url,
                grade,
                note,
            } => {
                vec![case.add_source(SourceNamed {
                    name,
                    kind,
                    url,
                    grade,
                    note,
                })?]
            }
            Verb::State {
                source,
                state,
                at,
                note,
            } => vec![case.observe_source(source, state, at, note)?],
            Verb::List => case.sources()?,
        };
        shown
            .iter()
            .try_for_each(|source| context.output.record(source, text))
    }
}

fn text(source: &record::Source) -> String {
    let named = &source.named;
    let grade = named
        .grade
        .as_deref()
        .map(|grade| format!("  grade {grade}"))
        .unwrap_or_default();
    let url = named
        .url
        .as_deref()
        .map(|url| format!("  {url}"))
        .unwrap_or_default();
    let mut lines = vec![format!(
        "{}  {} ({}){grade}{url}{}",
        source.number,
        named.name,
        named.kind,
        super::withdrawn(source.withdrawn.as_ref())
    )];
    lines.extend(source.observations.iter().map(|seen| {
        let when = seen.observed.as_deref().unwrap_or(&seen.origin.at);
        format!(
            "      {when}  {}{}{}",
            seen.state,
            seen.note
                .as_deref()
                .map(|note| format!("  {note}"))
                .unwrap_or_default(),
            super::withdrawn(seen.withdrawn.as_ref())
        )
    }));
    lines.join("\n")
}
