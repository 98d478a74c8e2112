//! A mask proposed by following a box.

use clap::Args;
use store::number::PersonNo;
use store::record::Mask;
use store::vocabulary::MaskMethod;
use workbench::masking::{Followed, NewMask};
use workbench::{Case, Place, Region, Result};

use crate::cmd::pin::{area, place};
use crate::context::Context;
use crate::interrupt;

#[derive(Args)]
pub struct Track {
    /// Item by number, start of id, or file name
    item: String,
    /// The frame on which the box lies
    #[arg(long, value_name = "PLACE", value_parser = place, allow_hyphen_values = true)]
    frame: Place,
    /// The box: x,y,width,height in pixels of the picture as displayed
    #[arg(long, value_name = "BOX", value_parser = area)]
    region: Region,
    /// First frame to go back to; as far as it is found when absent
    #[arg(long, value_name = "PLACE", value_parser = place, allow_hyphen_values = true)]
    from: Option<Place>,
    /// Last frame, included; as far as it is found when absent
    #[arg(long, value_name = "PLACE", value_parser = place, allow_hyphen_values = true)]
    to: Option<Place>,
    /// Pixels that the mask is larger on each side than the box
    #[arg(long, default_value_t = 8)]
    margin: u32,
    /// Cover the ellipse within each box, and not all of the box
    #[arg(long)]
    ellipse: bool,
    /// What to put there: solid, pixelate or blur. Only solid hides for good
    #[arg(long, value_name = "METHOD")]
    method: Option<MaskMethod>,
    /// Whom it protects, such as P1
    #[arg(long, value_name = "PERSON", num_args = 1..)]
    protects: Vec<PersonNo>,
    /// Why
    #[arg(long)]
    reason: String,
}

impl Track {
    pub fn run(self, context: &Context, case: &Case) -> Result<Mask> {
        super::warn(context, self.method);
        let item = case.item(&self.item)?;
        interrupt::listen();
        let bar = context
            .output
            .frames_bar("following", &case.span_of(&item, None, None)?);
        let followed = Followed {
            frame: self.frame,
            region: self.region,
            from: self.from,
            to: self.to,
            margin: self.margin,
        };
        let new = NewMask {
            ellipse: self.ellipse,
            method: self.method,
            protects: Some(self.protects),
            reason: self.reason,
            ..NewMask::default()
        };
        case.track_mask(&item, followed, new, &mut |frames| {
            bar.at(frames.into());
            interrupt::going()
        })
    }
}
