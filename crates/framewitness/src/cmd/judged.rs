//! Whose judgement a date or a place is, and what it rests on, shared by the two commands.

use clap::Args;
use store::event::Ground;
use store::vocabulary::Footing;
use workbench::Case;
use workbench::whereabouts::{Judged, ground};

/// Whose judgement it is.
#[derive(Args)]
pub struct By {
    /// claimed (somebody says so) or established (you hold it to be shown)
    #[arg(long, default_value = "claimed")]
    footing: Footing,
    /// What it rests on: claim:C1, observation:O1, finding:F:#1:4, match:M1, metadata, shadow-analysis,
    /// landmarks, weather, satellite-imagery, testimony or other, each with a number if there is one
    #[arg(long = "basis", required = true, value_name = "KIND[:NUMBER]", value_parser = read)]
    grounds: Vec<Ground>,
    /// Whose judgement it is; else yours
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why
    #[arg(long)]
    reason: String,
}

impl By {
    pub fn judged(self, case: &Case) -> Judged {
        Judged {
            footing: self.footing,
            grounds: self.grounds,
            assessor: self.by.unwrap_or_else(|| case.actor().to_owned()),
            reason: self.reason,
        }
    }
}

fn read(text: &str) -> Result<Ground, String> {
    ground(text).map_err(super::pin::spoken)
}

/// What it rests on, for the end of a line.
pub fn resting(grounds: &[Ground]) -> String {
    let each = grounds.iter().map(|it| match &it.cites {
        Some(cited) => format!("{} {cited}", it.kind),
        None => it.kind.to_string(),
    });
    each.collect::<Vec<_>>().join(", ")
}
