use clap::Args;
use store::number::{AssessmentNo, HypothesisNo};
use store::record::Assessment;
use store::vocabulary::{Confidence, Likelihood};
use workbench::Result;
use workbench::record::NewAssessment;

use crate::context::Context;

/// Record a judgement of a hypothesis; a revision supersedes, it never overwrites
#[derive(Args)]
pub struct Assess {
    /// The hypothesis, such as H1
    hypothesis: HypothesisNo,
    /// Whose judgement it is; else yours
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// almost-no-chance, very-unlikely, unlikely, even-chance, likely, very-likely or almost-certain
    #[arg(long)]
    likelihood: Likelihood,
    /// low, moderate or high: how sure of the basis, apart from the likelihood
    #[arg(long)]
    confidence: Confidence,
    /// Why
    #[arg(long)]
    reasons: String,
    /// Addresses of the evidence: numbers (O2, M1, S1), findings (F:#1:4), frames (#1#frame=37), entries (E12)
    #[arg(long, value_name = "NUMBER", num_args = 1..)]
    evidence: Vec<String>,
    /// The earlier assessment that this one revises, such as A1
    #[arg(long, value_name = "ASSESSMENT")]
    revises: Option<AssessmentNo>,
}

impl Assess {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let made = case.assess(NewAssessment {
            hypothesis: self.hypothesis,
            assessor: self.by.unwrap_or_else(|| case.actor().to_owned()),
            likelihood: self.likelihood,
            confidence: self.confidence,
            reasons: self.reasons,
            evidence: self.evidence,
            supersedes: self.revises,
        })?;
        context.output.record(&made, text)
    }
}

/// One assessment in a line.
pub fn text(assessment: &Assessment) -> String {
    let made = &assessment.made;
    format!(
        "{}  {} on {}: {} ({} confidence){}  {}",
        assessment.number,
        made.assessor,
        made.hypothesis,
        made.likelihood,
        made.confidence,
        super::revision(made.supersedes, assessment.superseded_by),
        made.reasons
    )
}
