//! How two frames come to stand beside each other: by hand, or by a match.

use media::time::FrameNo;
use store::number::MatchNo;
use store::record::Item;

use super::Pair;
use crate::case::Case;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::timeline::Timeline;

/// Part of a frame's length after its beginning at which it is looked for in the other item: off its edges, which
/// differ by parts of a tick between two time bases, and off simple fractions of it.
const INSIDE: f64 = 0.3;

impl Case {
    /// Two places, of two items or of one, that a person puts beside each other.
    ///
    /// # Errors
    /// An item was not inspected, or has no such frame.
    pub fn pair(
        &self,
        (one, at): (&Item, Place),
        (other, beside): (&Item, Place),
        mirrored: bool,
    ) -> Result<Pair> {
        Ok(Pair {
            one: (one.clone(), self.find_frame(one, at)?),
            other: (other.clone(), self.find_frame(other, beside)?),
            mirrored,
            by: None,
        })
    }

    /// A frame of the query of a match, and the reference's frame that shows the same by its alignment: from where both
    /// spans begin, at the speed that was found. Without a place the first matched frame.
    ///
    /// # Errors
    /// There is no such match, or its query has no such frame.
    pub fn pair_of(&self, number: MatchNo, at: Option<Place>) -> Result<Pair> {
        let found = self.match_record(number)?.found;
        let item = |id| -> Result<Item> {
            let item = self.store.item_by_id(id)?;
            item.ok_or_else(|| Error::missing(format!("an item of {number} is gone")))
        };
        let (query, reference) = (item(&found.query)?, item(&found.reference)?);
        let (ours, theirs) = (self.examined(&query)?, self.examined(&reference)?);
        let (ours, theirs) = (Timeline::new(&ours.frames), Timeline::new(&theirs.frames));
        let (from, to) = (
            FrameNo(found.query_span.first.no),
            FrameNo(found.reference_span.first.no),
        );
        let no = ours.find(at.unwrap_or(Place::Frame(from.0)))?;
        let speed = f64::from(found.speed_permille) / 1000.0;
        let inside = ours.at(no) + INSIDE * (ours.until(no) - ours.at(no));
        let seconds = theirs.at(to) + (inside - ours.at(from)) * speed;
        let beside = theirs.find(Place::Seconds(seconds.clamp(0.0, theirs.duration())))?;
        Ok(Pair {
            one: (query, no),
            other: (reference, beside),
            mirrored: found.mirrored,
            by: Some(number),
        })
    }
}
