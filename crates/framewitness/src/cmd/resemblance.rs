use clap::{Args, Subcommand};
use store::number::ResemblanceNo;
use store::record::ResemblanceRecord;
use store::vocabulary::Resemblance as Degree;
use workbench::record::Where;
use workbench::reviewed::NewResemblance;
use workbench::{Place, Region, Result};

use super::pin::{area, place};
use crate::context::Context;

/// Record how alike what two frames show is, as a person judges it; no face is ever recognised
#[derive(Args)]
pub struct Resemblance {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Record a judgement of a region on one frame beside a region on another
    Add(Box<Add>),
    /// Show judgements, of one item or of all
    List {
        /// Item by number, start of id, or file name
        item: Option<String>,
    },
}

#[derive(Args)]
struct Add {
    /// Item by number, start of id, or file name
    item: String,
    /// The other item, or the same
    other: String,
    /// Frame of the item: number (37), seconds (12.5s), clock time (0:12.5) or pts:N
    #[arg(long, value_name = "PLACE", value_parser = place)]
    frame: Place,
    /// Box on it: x,y,width,height in pixels as displayed
    #[arg(long, value_name = "BOX", value_parser = area)]
    region: Region,
    /// Frame of the other item
    #[arg(long, value_name = "PLACE", value_parser = place)]
    other_frame: Place,
    /// Box on that
    #[arg(long, value_name = "BOX", value_parser = area)]
    other_region: Region,
    /// What is compared, in words that name nobody who need not be named
    #[arg(long)]
    subject: String,
    /// What the comparison supports: strongly-same, moderately-same, slightly-same, inconclusive,
    /// slightly-different, moderately-different or strongly-different
    #[arg(long)]
    degree: Degree,
    /// What was compared, such as "left ear". May be given several times
    #[arg(long, required = true)]
    feature: Vec<String>,
    /// Why
    #[arg(long)]
    reasons: String,
    /// What the pictures did not allow to compare: size, light, angle, coding
    #[arg(long)]
    limits: String,
    /// Whose judgement it is; else yours
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The earlier judgement that this one revises, such as R1
    #[arg(long, value_name = "JUDGEMENT")]
    revises: Option<ResemblanceNo>,
}

impl Resemblance {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::List { item } => {
                let item = item.map(|item| case.item(&item)).transpose()?;
                case.resemblances(item.as_ref())?
            }
            Verb::Add(add) => {
                let (one, other) = (case.item(&add.item)?, case.item(&add.other)?);
                let at = |frame, region| Where {
                    first: Some(frame),
                    last: None,
                    region: Some(region),
                };
                let new = NewResemblance {
                    subject: add.subject,
                    judge: add.by.unwrap_or_else(|| case.actor().to_owned()),
                    degree: add.degree,
                    features: add.feature,
                    reasons: add.reasons,
                    limits: add.limits,
                    supersedes: add.revises,
                };
                let (here, there) = (
                    at(add.frame, add.region),
                    at(add.other_frame, add.other_region),
                );
                vec![case.judge_resemblance((&one, here), (&other, there), new)?]
            }
        };
        shown
            .iter()
            .try_for_each(|one| context.output.record(one, text))
    }
}

fn text(judged: &ResemblanceRecord) -> String {
    let made = &judged.made;
    format!(
        "{}  {} on {}: {}{}{}  beside{}  by {}: {}  limits: {}{}",
        judged.number,
        made.judge,
        made.subject,
        made.degree,
        super::revision(made.supersedes, judged.superseded_by),
        super::pinned(&made.one),
        super::pinned(&made.other),
        made.features.join(", "),
        made.reasons,
        made.limits,
        super::withdrawn(judged.withdrawn.as_ref())
    )
}
