use clap::{Args, Subcommand};
use store::event::ClaimRated;
use store::number::{ClaimNo, SourceNo};
use store::record;
use store::vocabulary::{ClaimRelation, ClaimStatus, Credibility};
use workbench::Result;
use workbench::record::NewClaim;

use super::pin::At;
use crate::context::Context;

/// Record what is claimed in a video or about it, and how the claim stands
#[derive(Args)]
pub struct Claim {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Record a claim
    Add(Box<Add>),
    /// Change the status of a claim; the earlier one stays in its history
    Status {
        /// The claim, such as C1
        claim: ClaimNo,
        /// unverified, corroborated, contradicted, verified, refuted or unverifiable
        status: ClaimStatus,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
        /// Addresses of the evidence: numbers (O2, M1, S1), findings (F:#1:4), frames (#1#frame=37), entries (E12)
        #[arg(long, value_name = "NUMBER", num_args = 1..)]
        evidence: Vec<String>,
    },
    /// Judge how credible a claim is; your earlier rating of it is superseded and stays in its history
    Rate {
        /// The claim, such as C1
        claim: ClaimNo,
        /// Admiralty code, 1 (confirmed by other sources) to 5 (improbable), or 6 (cannot be judged)
        credibility: Credibility,
        /// Whose judgement it is; else yours
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
        /// Addresses of the evidence: numbers (O2, M1, S1), findings (F:#1:4), frames (#1#frame=37), entries (E12)
        #[arg(long, value_name = "NUMBER", num_args = 1..)]
        evidence: Vec<String>,
    },
    /// Show claims, of one item or of all
    List {
        /// Item by number, start of id, or file name
        item: Option<String>,
    },
}

#[derive(Args)]
struct Add {
    /// Item by number, start of id, or file name
    item: String,
    /// The words
    text: String,
    /// in (said or shown in the video) or about (said of it elsewhere)
    #[arg(long, default_value = "about")]
    relation: ClaimRelation,
    /// Who makes the claim
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Who makes the claim, as a source of the case, such as S1
    #[arg(long)]
    source: Option<SourceNo>,
    /// Language of the words, a tag of BCP 47 such as uk or pt-BR
    #[arg(long)]
    language: Option<String>,
    /// When it was made, such as 2026-05-03 or 2026-05-03T18:20:00Z
    #[arg(long, value_name = "TIME")]
    asserted: Option<String>,
    /// Where it was published
    #[arg(long)]
    url: Option<String>,
    #[command(flatten)]
    at: At,
}

impl Claim {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Add(add) => {
                let item = case.item(&add.item)?;
                let at = add.at.place();
                vec![case.claim(&item, at, add.claim())?]
            }
            Verb::Status {
                claim,
                status,
                reason,
                evidence,
            } => vec![case.set_status(claim, status, reason, evidence)?],
            Verb::Rate {
                claim,
                credibility,
                by,
                reason,
                evidence,
            } => vec![case.rate_claim(ClaimRated {
                claim,
                credibility,
                assessor: by.unwrap_or_else(|| case.actor().to_owned()),
                reason,
                evidence,
            })?],
            Verb::List { item } => {
                let item = item.map(|item| case.item(&item)).transpose()?;
                case.claims(item.as_ref())?
            }
        };
        shown
            .iter()
            .try_for_each(|claim| context.output.record(claim, text))
    }
}

impl Add {
    fn claim(self) -> NewClaim {
        NewClaim {
            relation: self.relation,
            text: self.text,
            claimant: self.by,
            source: self.source,
            language: self.language,
            asserted: self.asserted,
            url: self.url,
        }
    }
}

fn text(claim: &record::Claim) -> String {
    let made = &claim.made;
    let source = made.source.map(|source| source.to_string());
    let who = made
        .claimant
        .clone()
        .or(source)
        .unwrap_or_else(|| "somebody".to_owned());
    let mut lines = vec![format!(
        "{}  [{}]{}  {} the item, {who}: {}{}{}",
        claim.number,
        claim.status,
        credibility(claim),
        made.relation,
        made.text,
        super::pinned(&made.pin),
        super::withdrawn(claim.withdrawn.as_ref())
    )];
    lines.extend(claim.history.iter().map(|change| {
        format!(
            "      {}  {}  {}  {} {}{}",
            change.origin.at,
            change.origin.actor,
            change.status,
            change.reason,
            change.evidence.join(" "),
            super::withdrawn(change.withdrawn.as_ref())
        )
    }));
    lines.extend(claim.ratings.iter().map(rating));
    lines.join("\n")
}

/// The ratings that stand, each with whose it is where there are several.
fn credibility(claim: &record::Claim) -> String {
    let standing = claim.standing_ratings();
    let alone = standing.len() == 1;
    let each = standing.iter().map(|it| match alone {
        true => it.rated.credibility.to_string(),
        false => format!("{} ({})", it.rated.credibility, it.rated.assessor),
    });
    match each.collect::<Vec<_>>() {
        none if none.is_empty() => String::new(),
        some => format!("  credibility {}", some.join(", ")),
    }
}

fn rating(it: &record::Rating) -> String {
    let later = it
        .superseded_by
        .map(|entry| format!("  superseded by entry {entry}"));
    format!(
        "      {}  credibility {} by {}  {} {}{}{}",
        it.origin.at,
        it.rated.credibility,
        it.rated.assessor,
        it.rated.reason,
        it.rated.evidence.join(" "),
        later.unwrap_or_default(),
        super::withdrawn(it.withdrawn.as_ref())
    )
}
