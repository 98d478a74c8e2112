//! The place in an item, shared by the commands that record something at one.

use clap::Args;
use workbench::record::{Where, region};
use workbench::{Place, Region, Spot};

/// Where in the item.
#[derive(Args)]
pub struct At {
    /// Frame: number (37), seconds (12.5s), clock time (0:12.5) or pts:N
    #[arg(long = "frame", value_name = "PLACE", value_parser = place, allow_hyphen_values = true)]
    first: Option<Place>,
    /// Last frame of a span, included
    #[arg(long = "to", value_name = "PLACE", value_parser = place, requires = "first")]
    last: Option<Place>,
    /// Box on the picture as displayed: x,y,width,height in pixels
    #[arg(long, value_name = "BOX", value_parser = area, requires = "first")]
    region: Option<Region>,
}

impl At {
    pub fn place(&self) -> Where {
        Where {
            first: self.first,
            last: self.last,
            region: self.region,
        }
    }
}

/// Reads a place for clap.
pub fn place(text: &str) -> Result<Place, String> {
    text.parse().map_err(spoken)
}

/// Reads what is to be shown for clap.
pub fn spot(text: &str) -> Result<Spot, String> {
    text.parse().map_err(spoken)
}

/// Reads a box for clap.
pub fn area(text: &str) -> Result<Region, String> {
    region(text).map_err(spoken)
}

/// An error as clap tells it.
pub fn spoken(error: workbench::Error) -> String {
    match error.hint {
        Some(hint) => format!("{}; {hint}", error.message),
        None => error.message,
    }
}
