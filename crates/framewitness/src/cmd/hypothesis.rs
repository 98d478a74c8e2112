use clap::{Args, Subcommand};
use serde::Serialize;
use store::number::HypothesisNo;
use store::record;
use store::vocabulary::Bearing;
use workbench::matrix::Explained;
use workbench::{Case, Result};

use crate::context::Context;

/// State possible explanations and weigh evidence against them
#[derive(Args)]
pub struct Hypothesis {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// State an explanation
    Add {
        /// The explanation in a sentence
        text: String,
        /// The item that it explains; else the whole case
        #[arg(long)]
        item: Option<String>,
    },
    /// Weigh a piece of evidence against an explanation
    Link {
        /// The explanation, such as H1
        hypothesis: HypothesisNo,
        /// Address of the evidence: a number (C1, O2, M3, S1, #1), a finding (F:#1:4 is finding 4 of item 1), frames
        /// (#1#frame=37, #1#frame=37-52) or an entry (E12)
        evidence: String,
        /// CC, C, N, I, II (strongly consistent to strongly inconsistent) or NA
        bearing: Bearing,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Set explanations against evidence: inconsistency, diagnosticity, and what the order rests on
    Matrix {
        /// Item by number, start of id, or file name: explanations of it and of the whole case; else all
        item: Option<String>,
    },
    /// Show explanations with evidence and assessments
    List {
        /// Item by number, start of id, or file name
        item: Option<String>,
    },
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    hypothesis: record::Hypothesis,
    assessments: Vec<record::Assessment>,
}

impl Hypothesis {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let found = |item: Option<String>| item.map(|item| case.item(&item)).transpose();
        let hypotheses = match self.verb {
            Verb::Add { text, item } => vec![case.suppose(found(item)?.as_ref(), text)?],
            Verb::Link {
                hypothesis,
                evidence,
                bearing,
                reason,
            } => {
                vec![case.link(hypothesis, evidence, bearing, reason)?]
            }
            Verb::Matrix { item } => {
                let item = found(item)?;
                let explained = item.as_ref().map_or(Explained::Anything, Explained::Item);
                let matrix = case.matrix(explained)?;
                return context.output.record(&matrix, super::matrix::text);
            }
            Verb::List { item } => case.hypotheses(found(item)?.as_ref())?,
        };
        hypotheses
            .into_iter()
            .try_for_each(|hypothesis| show(context, &case, hypothesis))
    }
}

fn show(context: &Context, case: &Case, hypothesis: record::Hypothesis) -> Result<()> {
    let assessments = case.assessments(std::slice::from_ref(&hypothesis))?;
    context.output.record(
        &Shown {
            hypothesis,
            assessments,
        },
        text,
    )
}

fn text(shown: &Shown) -> String {
    let mut lines = vec![format!(
        "{}  {}{}",
        shown.hypothesis.number,
        shown.hypothesis.text,
        super::withdrawn(shown.hypothesis.withdrawn.as_ref())
    )];
    let links = shown.hypothesis.evidence.iter();
    lines.extend(links.map(|link| {
        format!(
            "      {:>2}  {}  {}{}",
            link.bearing.word(),
            link.evidence,
            link.reason,
            super::withdrawn(link.withdrawn.as_ref())
        )
    }));
    lines.extend(
        shown
            .assessments
            .iter()
            .map(|made| format!("      {}", super::assess::text(made))),
    );
    lines.join("\n")
}
