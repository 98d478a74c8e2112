//! Two exact frames beside each other: which they are, and one picture of both that says so.

mod bound;
mod caption;
mod sheet;

use std::sync::Arc;

use media::still::Still;
use media::time::{FrameNo, TimeBase};
use serde::Serialize;
use store::number::{ItemNo, MatchNo};
use store::record::Item;

use crate::case::Case;
use crate::error::Result;
use crate::timeline::Timeline;
use sheet::Sheet;

/// Two frames that are compared.
#[derive(Clone, Debug)]
pub struct Pair {
    one: (Item, FrameNo),
    other: (Item, FrameNo),
    /// Whether the other is shown mirrored.
    mirrored: bool,
    /// The match that binds them; none where a person did.
    by: Option<MatchNo>,
}

/// What is told of a pair.
#[derive(Clone, Debug, Serialize)]
pub struct PairView {
    /// The frame on the left.
    pub one: PairSide,
    /// The frame on the right.
    pub other: PairSide,
    /// Whether that one is shown mirrored: left and right exchanged.
    pub mirrored: bool,
    /// The match by which they stand beside each other; absent where a person put them so.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub by: Option<MatchNo>,
}

/// One frame of a pair.
#[derive(Clone, Debug, Serialize)]
pub struct PairSide {
    /// Number of its item.
    pub item: ItemNo,
    /// Content id of its item.
    pub id: String,
    /// Original file name.
    pub name: String,
    /// The frame, of the examined track.
    pub frame: u32,
    /// Timestamp in ticks; absent where the stream gives none.
    pub pts: Option<i64>,
    /// Seconds of a tick.
    pub time_base: TimeBase,
    /// Seconds after the first frame.
    pub at_s: f64,
    /// SHA-256 of the decoded planes, as in the frame index.
    pub hash: String,
}

impl Case {
    /// What is told of a pair. Nothing is decoded.
    ///
    /// # Errors
    /// An item was not inspected.
    pub fn paired(&self, pair: &Pair) -> Result<PairView> {
        Ok(PairView {
            one: self.pair_side(&pair.one)?,
            other: self.pair_side(&pair.other)?,
            mirrored: pair.mirrored,
            by: pair.by,
        })
    }

    /// A PNG (8-bit RGB) of both frames beside each other, beneath each its item, number, timestamp and hash. Each
    /// has its own size and exactly the pixels of [`Case::still`], but that the other is mirrored where the pair says
    /// so. The same two frames give the same bytes.
    ///
    /// # Errors
    /// An item was not inspected, or the decoder cannot give a frame again.
    pub fn pair_figure(&self, pair: &Pair) -> Result<Vec<u8>> {
        let told = self.paired(pair)?;
        let still = |(item, no): &(Item, FrameNo)| -> Result<Arc<Still>> { self.still(item, *no) };
        let (one, other) = (still(&pair.one)?, still(&pair.other)?);
        Ok(Sheet::of(&told, [&one, &other]).png(&told, [&one, &other]))
    }

    fn pair_side(&self, (item, no): &(Item, FrameNo)) -> Result<PairSide> {
        let examined = self.examined(item)?;
        let entry = &examined.frames.frames[no.0 as usize];
        Ok(PairSide {
            item: item.number,
            id: item.id.to_string(),
            name: item.name.clone(),
            frame: no.0,
            pts: entry.pts.map(|pts| pts.0),
            time_base: examined.frames.time_base,
            at_s: Timeline::new(&examined.frames).at(*no),
            hash: entry.hash.hex(),
        })
    }
}
