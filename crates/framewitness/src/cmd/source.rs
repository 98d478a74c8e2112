mod text;
mod timeline;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use store::event::{
    Proof, SourceAliased, SourceGraded, SourceNamed, SourceObserved, SourceRelated,
};
use store::number::SourceNo;
use store::vocabulary::{Reliability, SourceKind, SourceState, SourceTie};
use workbench::{Case, Result};

use self::text::{Sources, text};
use crate::context::Context;

/// Record who a video comes from, what they are worth, and what became of them
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
    /// Record the state of a source when somebody looked, with what shows it
    State(State),
    /// Record another name of a source, with the time that it was used
    Alias {
        /// The source, such as S1
        source: SourceNo,
        /// The other name
        name: String,
        /// Where it is, or was, found under that name
        #[arg(long)]
        url: Option<String>,
        #[command(flatten)]
        period: Period,
        /// Anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Record what a source has to do with another: an account with its outlet, say
    Relate {
        /// The source, such as S1
        source: SourceNo,
        /// belongs-to, publishes-for, run-by, succeeds or same-as
        tie: SourceTie,
        /// The other source, such as S2
        to: SourceNo,
        #[command(flatten)]
        period: Period,
        /// How that is known, or anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Judge how reliable a source is; your earlier grade of it is superseded and stays in its history
    Grade {
        /// The source, such as S1
        source: SourceNo,
        /// Admiralty grade, A (reliable) to E (unreliable), or F (cannot be judged)
        grade: Reliability,
        /// Whose judgement it is; else yours
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Write a file that shows a state of a source, as it was kept
    Proof {
        /// The source, such as S1
        source: SourceNo,
        /// The file, by its name or its content id
        file: String,
        /// File to write; `-` for standard output
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
    },
    /// Show what is known of a source over time: states, captures, items, claims, names and ties
    Timeline {
        /// The source, such as S1; else every one
        source: Option<SourceNo>,
    },
    /// Show every source
    List,
}

#[derive(Args)]
struct State {
    /// The source, such as S1
    source: SourceNo,
    /// live, renamed, suspended, deleted or unknown
    state: SourceState,
    /// When it was seen so, such as 2026-05-03 or 2026-05-03T18:20:00Z; else now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// What it was called then, where that is another name
    #[arg(long)]
    name: Option<String>,
    /// An item that shows it, such as a screenshot: by number, start of id, or file name
    #[arg(long, value_name = "ITEM")]
    proof_item: Vec<String>,
    /// Any other file that shows it, such as a saved page; the case keeps it
    #[arg(long, value_name = "FILE")]
    proof_file: Vec<PathBuf>,
    /// An address where it can be seen
    #[arg(long, value_name = "URL")]
    proof_url: Vec<String>,
    /// Anything else
    #[arg(long)]
    note: Option<String>,
}

/// Since when and until when something was so.
#[derive(Args)]
struct Period {
    /// Since when, such as 2025 or 2026-05-03; left out where that is not known
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Until when; left out where it lasts, or where that is not known
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

impl Source {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        if let Verb::Proof {
            source,
            file,
            output,
        } = &self.verb
        {
            let (_, bytes) = case.proof_file(*source, file)?;
            if output.as_os_str() == "-" {
                return context.output.bytes(&bytes);
            }
            return super::write(output, &bytes);
        }
        if let Verb::Timeline { source } = &self.verb {
            let lines = case.source_timelines(*source)?;
            return { lines.iter() }.try_for_each(|it| context.output.record(it, timeline::text));
        }
        let shown = self.verb.run(&case)?;
        let known = Sources::of(&case)?;
        shown
            .iter()
            .try_for_each(|source| context.output.record(source, |source| text(source, &known)))
    }
}

impl Verb {
    fn run(self, case: &Case) -> Result<Vec<store::record::Source>> {
        let recorded = match self {
            Self::List | Self::Proof { .. } | Self::Timeline { .. } => return case.sources(),
            Self::Add {
                name,
                kind,
                url,
                grade,
                note,
            } => case.add_source(SourceNamed {
                name,
                kind,
                url,
                grade,
                note,
            }),
            Self::State(state) => state.record(case),
            Self::Alias {
                source,
                name,
                url,
                period: Period { from, until },
                note,
            } => case.alias_source(SourceAliased {
                source,
                name,
                url,
                from,
                until,
                note,
            }),
            Self::Relate {
                source,
                tie,
                to,
                period: Period { from, until },
                note,
            } => case.relate_source(SourceRelated {
                source,
                tie,
                to,
                from,
                until,
                note,
            }),
            Self::Grade {
                source,
                grade,
                by,
                reason,
            } => case.grade_source(SourceGraded {
                source,
                grade,
                assessor: by.unwrap_or_else(|| case.actor().to_owned()),
                reason,
            }),
        };
        recorded.map(|source| vec![source])
    }
}

impl State {
    fn record(self, case: &Case) -> Result<store::record::Source> {
        let mut proof = Vec::new();
        for name in &self.proof_item {
            let item = case.item(name)?.id;
            proof.push(Proof::Item { item });
        }
        for path in &self.proof_file {
            proof.push(case.keep_proof(path)?);
        }
        proof.extend(self.proof_url.into_iter().map(|url| Proof::Url { url }));
        case.observe_source(SourceObserved {
            source: self.source,
            state: self.state,
            observed: self.at,
            note: self.note,
            name: self.name,
            proof,
        })
    }
}
