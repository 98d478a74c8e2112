use std::path::PathBuf;

use clap::Args;
use store::number::MatchNo;
use workbench::figure::{Pair, PairSide, PairView};
use workbench::{Case, Error, Place, Result};

use super::pin::place;
use crate::context::Context;

/// Put two exact frames beside each other: of a match, or any two
///
/// Tells which frames those are. The figure holds the exact pixels of both, unmasked and in colour, and
/// beneath each its item, number, timestamp and hash.
#[derive(Args)]
pub struct Compare {
    /// A match (M1), or an item by number, start of id, or file name
    one: String,
    /// The other item, or the same; not with a match
    other: Option<String>,
    /// Frame of the item, or of the query of the match: number (37), seconds (12.5s), clock time (0:12.5)
    /// or pts:N; the first, or the first matched, when absent
    #[arg(long, value_name = "PLACE", value_parser = place, allow_hyphen_values = true)]
    frame: Option<Place>,
    /// Frame of the other item; of a match, the one that shows the same
    #[arg(long, value_name = "PLACE", value_parser = place, allow_hyphen_values = true, requires = "other")]
    other_frame: Option<Place>,
    /// Show the other mirrored; a match says itself whether it is
    #[arg(long, requires = "other")]
    mirrored: bool,
    /// File to write both frames to, side by side; `-` for standard output
    #[arg(long, value_name = "FILE.png")]
    figure: Option<PathBuf>,
}

impl Compare {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let pair = self.pair(&case)?;
        if let Some(path) = &self.figure {
            let png = case.pair_figure(&pair)?;
            if path.as_os_str() == "-" {
                return context.output.bytes(&png);
            }
            super::write(path, &png)?;
        }
        context.output.record(&case.paired(&pair)?, text)
    }

    fn pair(&self, case: &Case) -> Result<Pair> {
        let Some(other) = &self.other else {
            let number: MatchNo = self.one.parse().map_err(|_| {
                Error::usage(format!("{:?} is no match", self.one))
                    .hint("name a match, such as M1, or two items; for two places of one item name it twice")
            })?;
            return case.pair_of(number, self.frame);
        };
        let (one, other) = (case.item(&self.one)?, case.item(other)?);
        let first = Place::Frame(0);
        case.pair(
            (&one, self.frame.unwrap_or(first)),
            (&other, self.other_frame.unwrap_or(first)),
            self.mirrored,
        )
    }
}

fn text(pair: &PairView) -> String {
    let by = pair
        .by
        .map_or_else(|| "by hand".to_owned(), |number| format!("by {number}"));
    let mirrored = if pair.mirrored {
        ", the second mirrored"
    } else {
        ""
    };
    format!(
        "{}\n{}\nbeside each other {by}{mirrored}",
        side(&pair.one),
        side(&pair.other)
    )
}

fn side(side: &PairSide) -> String {
    let pts = side
        .pts
        .map_or_else(|| "none".to_owned(), |pts| pts.to_string());
    format!(
        "{} {} frame {} at {:.6} s, pts {pts}\n  planes sha256 {}",
        side.item, side.name, side.frame, side.at_s, side.hash
    )
}
