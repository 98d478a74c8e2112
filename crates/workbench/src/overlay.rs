//! What lies over one side of a match and not over the other.

use media::display::DisplayGeometry;
use media::time::FrameNo;
use reuse::Part;
use reuse::still::Overlays;
use store::number::MatchNo;
use store::record::Item;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::sighting::{Picture, geometry};
use crate::tracks::Track;
use crate::view::{OverlaysView, PicturePlace};

impl Case {
    /// Decodes the frame pairs that carry a match and tells the boxes in which the query's picture differs from
    /// the reference's throughout. Nothing is recorded.
    ///
    /// # Errors
    /// There is no such match, it does not say which frames are alike or where one picture lies in the other,
    /// or the decoder cannot be jailed.
    pub fn overlays(&self, number: MatchNo) -> Result<OverlaysView> {
        let record = self.match_record(number)?;
        let basis = record.found.basis.as_ref();
        let known = basis.and_then(|it| Some((it, it.in_query?, it.in_reference?)));
        let Some((basis, in_query, in_reference)) = known else {
            return Err(Error::missing(format!(
                "{number} does not say where one picture lies in the other"
            ))
            .hint("run `framewitness match` again: earlier versions did not record it, and sound alone has no place"));
        };
        let item = |id| -> Result<Item> {
            let item = self.store.item_by_id(id)?;
            item.ok_or_else(|| Error::missing("an item of the match is gone"))
        };
        let (query, reference) = (item(&record.found.query)?, item(&record.found.reference)?);
        let (query, reference) = (Side::new(self, &query)?, Side::new(self, &reference)?);
        let mut overlays = Overlays::new(part(in_query), part(in_reference), record.found.mirrored);
        let (mut compared, mut shown) = (0, None);
        for [ours, theirs] in &basis.pairs {
            let pair = query
                .picture(*ours)
                .and_then(|ours| Ok((ours, reference.picture(*theirs)?)));
            // A frame that cannot be given again is left out.
            if let Ok((ours, theirs)) = pair {
                overlays.show(ours.luma(), theirs.luma());
                compared += 1;
                shown = Some(ours);
            }
        }
        let boxes = overlays.boxes();
        Ok(OverlaysView {
            number,
            query: query.item.number,
            pairs: compared,
            boxes: shown.map_or_else(Vec::new, |picture| {
                boxes.iter().map(|one| placed(one, &picture)).collect()
            }),
        })
    }
}

/// One side of a match.
struct Side<'a> {
    item: &'a Item,
    track: Track<'a>,
    /// Quarters by which display turns its frames clockwise.
    quarters: u16,
}

impl<'a> Side<'a> {
    fn new(case: &'a Case, item: &'a Item) -> Result<Self> {
        let facts = &case.examined(item)?.examination.facts;
        let turned = geometry(facts).map_or(0, |it: DisplayGeometry| it.rotation);
        Ok(Self {
            item,
            track: case.track(item, None)?,
            quarters: turned / 90,
        })
    }

    /// The grey picture of a frame, turned back: a match says where pictures lie as they are stored.
    fn picture(&self, frame: u32) -> Result<Picture> {
        let still = self.track.still(FrameNo(frame))?;
        Ok(Picture::grey(&still).turned(4 - self.quarters % 4))
    }
}

/// A part in thousandths, as recorded.
fn part(thousandths: [u32; 4]) -> Part {
    let [x, y, width, height] = thousandths.map(|it| it as f32 / 1000.0);
    Part {
        x,
        y,
        width,
        height,
    }
}

/// A part of a picture that was turned, in pixels as it is displayed.
fn placed(part: &Part, picture: &Picture) -> PicturePlace {
    let luma = picture.luma();
    let (width, height) = (luma.width as f32, luma.height as f32);
    picture.place_before([
        part.x * width,
        part.y * height,
        (part.x + part.width) * width,
        (part.y + part.height) * height,
    ])
}
