use clap::Args;
use store::number::MediaReviewNo;
use store::vocabulary::MediaCode;
use workbench::Result;
use workbench::reviewed::NewMediaReview;
use workbench::view::MediaReviewView;

use crate::context::Context;

/// Code an item as schema.org's MediaReview does; without a code, show how it was coded
#[derive(Args)]
pub struct MediaReview {
    /// Item by number, start of id, or file name
    item: String,
    /// What applies: DecontextualizedContent, EditedOrCroppedContent, OriginalMediaContent,
    /// SatireOrParodyContent, StagedContent or TransformedContent. May be given several times
    #[arg(long, requires = "reasons")]
    code: Vec<MediaCode>,
    /// Why
    #[arg(long, requires = "code")]
    reasons: Option<String>,
    /// Whose review it is; else yours
    #[arg(long, value_name = "NAME", requires = "code")]
    by: Option<String>,
    /// How the item was shared or published when this applied
    #[arg(long, requires = "code")]
    context: Option<String>,
    /// Addresses of the evidence: numbers (O2, M1, S1), findings (F:#1:4), frames (#1#frame=37), entries (E12)
    #[arg(long, value_name = "NUMBER", num_args = 1.., requires = "code")]
    evidence: Vec<String>,
    /// The earlier review that this one revises, such as V1
    #[arg(long, value_name = "REVIEW", requires = "code")]
    revises: Option<MediaReviewNo>,
}

impl MediaReview {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        let shown = match self.reasons {
            None => case.media_reviews(Some(&item))?,
            Some(reasons) => {
                let new = NewMediaReview {
                    reviewer: self.by.unwrap_or_else(|| case.actor().to_owned()),
                    codes: self.code,
                    context: self.context,
                    reasons,
                    evidence: self.evidence,
                    supersedes: self.revises,
                };
                vec![case.review_media(&item, new)?]
            }
        };
        shown
            .iter()
            .try_for_each(|review| context.output.record(review, text))
    }
}

fn text(review: &MediaReviewView) -> String {
    let made = &review.record.made;
    let codes: Vec<&str> = made.codes.iter().map(|code| code.word()).collect();
    let mut line = format!(
        "{}  {}: {}",
        review.record.number,
        made.reviewer,
        codes.join(", ")
    );
    if let Some(context) = &made.context {
        line.push_str(&format!("  as {context}"));
    }
    line.push_str(&super::revision(
        made.supersedes,
        review.record.superseded_by,
    ));
    for other in &review.contradicts {
        line.push_str(&format!("  CONTRADICTS {other}"));
    }
    let withdrawn = super::withdrawn(review.record.withdrawn.as_ref());
    format!("{line}  {}{withdrawn}", made.reasons)
}
