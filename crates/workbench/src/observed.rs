//! What a person saw or heard: on a frame, over a span, in a region that may move, in samples of sound.

use std::str::FromStr;

use store::event::{Event, Keyframe, ObservationMade, Pin, Shape, SoundSpan, Span, TrackedRegion};
use store::record::{Item, Observation};
use store::vocabulary::Interpolation;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::record::{Where, region};
use crate::sound::SoundPlace;
use crate::timeline::Timeline;

/// An observation to record.
#[derive(Clone, Debug, Default)]
pub struct NewObservation {
    /// What.
    pub text: String,
    /// Where.
    pub at: Where,
    /// Where the region was drawn, in any order; its span goes from the first such frame to the last. Then
    /// `at` is nowhere.
    pub keyframes: Vec<(Place, Shape)>,
    /// The sound that it is of, from a place up to another.
    pub sound: Option<(SoundPlace, SoundPlace)>,
    /// Addresses of what else it was seen in or is compared with.
    pub cites: Vec<String>,
}

impl Case {
    /// Records what a person saw or heard in `item`.
    ///
    /// # Errors
    /// The place does not exist, the text is empty, a region is drawn twice on one frame, or the store fails.
    pub fn observe(&self, item: &Item, new: NewObservation) -> Result<Observation> {
        let (pin, tracked) = match new.keyframes.as_slice() {
            [] => (self.pin(item, new.at)?, None),
            drawn => self.tracked(item, new.at, drawn)?,
        };
        let sound = new
            .sound
            .map(|(from, to)| self.sound_span(item, from, to))
            .transpose()?;
        let made = ObservationMade {
            pin,
            text: new.text,
            tracked,
            sound,
            cites: new.cites,
        };
        let entry = self.record(&Event::ObservationMade(made))?.seq;
        self.made_by(entry)
    }

    /// The region that moves as drawn, and where it begins.
    pub(crate) fn tracked(
        &self,
        item: &Item,
        at: Where,
        drawn: &[(Place, Shape)],
    ) -> Result<(Pin, Option<TrackedRegion>)> {
        if at.first.is_some() || at.region.is_some() {
            return Err(
                Error::usage("a region that is drawn on frames has its place already")
                    .hint("leave out the other place"),
            );
        }
        let examined = self.examined(item)?;
        let timeline = Timeline::new(&examined.frames);
        let mut keyframes = Vec::new();
        for (place, shape) in drawn {
            let no = timeline.find(*place)?;
            let Span { first: frame, .. } = timeline.span(no, no)?;
            keyframes.push(Keyframe {
                frame,
                shape: shape.clone(),
            });
        }
        keyframes.sort_by_key(|it| it.frame.no);
        if let Some(pair) = keyframes
            .windows(2)
            .find(|pair| pair[0].frame == pair[1].frame)
        {
            let sentence = format!("the region is drawn twice on frame {}", pair[0].frame.no);
            return Err(Error::usage(sentence).hint("draw it once on each frame"));
        }
        let place = |it: Option<&Keyframe>| it.map(|it| Place::Frame(it.frame.no));
        let (first, last) = (keyframes.first(), keyframes.last());
        let pin = Pin {
            item: item.id,
            span: self.stretch(item, place(first), place(last))?,
            region: first.map(|it| it.shape.bounds()),
        };
        let between = Interpolation::LinearFrames;
        Ok((pin, Some(TrackedRegion { between, keyframes })))
    }

    /// The samples from a place up to another, with their hash.
    pub(crate) fn sound_span(
        &self,
        item: &Item,
        from: SoundPlace,
        to: SoundPlace,
    ) -> Result<SoundSpan> {
        let stream = self.sound(item)?.map(|sound| sound.stream);
        let (piece, _) = self.sound_piece(item, from, to)?;
        Ok(SoundSpan {
            stream: stream.unwrap_or_default(),
            rate: piece.form.rate,
            from: piece.from,
            to: piece.to,
            hash: piece.hash,
        })
    }
}

/// `PLACE=x,y,width,height`, or `PLACE=x,y;x,y;x,y…` for the corners of a polygon.
///
/// # Errors
/// It is neither.
pub fn keyframe(text: &str) -> Result<(Place, Shape)> {
    let unclear = || {
        Error::usage(format!("{text:?} is no region on a frame"))
            .hint("write 37=120,80,64,48 for a box, or 37=120,80;184,80;150,128 for the corners of a polygon")
    };
    let (place, shape) = text.split_once('=').ok_or_else(unclear)?;
    let place = place.parse()?;
    if !shape.contains(';') {
        return Ok((place, Shape::Box(region(shape).map_err(|_| unclear())?)));
    }
    let corner = |text: &str| {
        let (x, y) = text.split_once(',')?;
        Some([u32::from_str(x.trim()).ok()?, u32::from_str(y.trim()).ok()?])
    };
    let corners: Option<Vec<[u32; 2]>> = shape.split(';').map(corner).collect();
    corners
        .map(|corners| (place, Shape::Polygon(corners)))
        .ok_or_else(unclear)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyframe_is_a_box_or_a_polygon() {
        let (place, shape) = keyframe("12.5s=1,2,3,4").unwrap();
        assert_eq!(place, Place::Seconds(12.5));
        assert_eq!(shape.bounds().height, 4);
        let (_, shape) = keyframe("37=1,2; 30,4;5,60").unwrap();
        assert_eq!(shape, Shape::Polygon(vec![[1, 2], [30, 4], [5, 60]]));
        for text in [
            "37",
            "37=",
            "37=1,2,3",
            "37=1,2,3,0",
            "x=1,2,3,4",
            "37=1,2;3",
            "37=1,2;-3,4;5,6",
        ] {
            assert!(keyframe(text).is_err(), "{text}");
        }
    }
}
