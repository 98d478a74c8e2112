use clap::{Args, Subcommand};
use store::number::PlaceNo;
use store::record::ItemPlace;
use store::vocabulary::PlacePrecision;
use workbench::Result;
use workbench::whereabouts::{NewPlace, position, written};

use super::judged::{By, resting};
use super::pin::At;
use crate::context::Context;

/// Record where what an item shows came about, how precisely that is known, and what it rests on
#[derive(Args)]
pub struct Place {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Record a place; a revision supersedes, it never overwrites
    Add(Box<Add>),
    /// Show places, of one item or of all
    List {
        /// Item by number, start of id, or file name
        item: Option<String>,
    },
}

#[derive(Args)]
struct Add {
    /// Item by number, start of id, or file name
    item: String,
    /// What the place is called
    name: String,
    /// Latitude and longitude in degrees (WGS 84), such as 50.6412,29.9231
    #[arg(long, value_name = "LAT,LON", allow_hyphen_values = true)]
    position: Option<String>,
    /// How far off the position may be, in metres
    #[arg(long, value_name = "METRES", requires = "position")]
    radius: Option<u32>,
    /// point, street, town, region or country: how precisely the place is known
    #[arg(long)]
    precision: PlacePrecision,
    #[command(flatten)]
    by: By,
    /// The earlier place that this one revises, such as L1
    #[arg(long, value_name = "PLACE")]
    revises: Option<PlaceNo>,
    #[command(flatten)]
    at: At,
}

impl Place {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Add(add) => {
                let position = add.position.as_deref();
                let new = NewPlace {
                    name: add.name,
                    position: position
                        .map(|it| self::position(it, add.radius))
                        .transpose()?,
                    precision: add.precision,
                    judged: add.by.judged(&case),
                    supersedes: add.revises,
                };
                vec![case.place_item(&case.item(&add.item)?, add.at.place(), new)?]
            }
            Verb::List { item } => {
                let item = item.map(|item| case.item(&item)).transpose()?;
                case.places(item.as_ref())?
            }
        };
        shown
            .iter()
            .try_for_each(|place| context.output.record(place, text))
    }
}

fn text(place: &ItemPlace) -> String {
    let placed = &place.placed;
    let position = placed.position.as_ref().map(|it| {
        let radius = it.radius_m.map(|metres| format!(" ±{metres} m"));
        format!("  {}{}", written(it), radius.unwrap_or_default())
    });
    format!(
        "{}  [{}]  {} ({}){}  {}: {}  rests on {}{}{}{}",
        place.number,
        placed.footing,
        placed.name,
        placed.precision,
        position.unwrap_or_default(),
        placed.assessor,
        placed.reason,
        resting(&placed.grounds),
        super::pinned(&placed.pin),
        super::revision(placed.supersedes, place.superseded_by),
        super::withdrawn(place.withdrawn.as_ref())
    )
}
