//! Where a mask lies, from what a person said to exact frames and samples.

use store::event::{Cover, Keyframe, PictureCover, Region, Shape, SoundCover, Span, TrackedRegion};
use store::record::Item;
use store::vocabulary::{Interpolation, MaskMethod, MaskShape, SoundMethod};

use super::{MaskPlace, NewMask};
use crate::case::Case;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::record::Where;
use crate::sighting::geometry;

impl Case {
    pub(super) fn cover(&self, item: &Item, place: &MaskPlace, new: &NewMask) -> Result<Cover> {
        let (span, keyframes) = match place {
            MaskPlace::Sound(from, to) => {
                return Ok(Cover::Sound(SoundCover {
                    span: self.sound_span(item, *from, *to)?,
                    method: new.sound.unwrap_or(SoundMethod::Mute),
                }));
            }
            MaskPlace::Still(at) => self.still_region(item, *at)?,
            MaskPlace::Moving(drawn) => self.moving(item, drawn)?,
        };
        let shape = match (keyframes.first().map(|it| &it.shape), new.ellipse) {
            (Some(Shape::Polygon(_)), true) => {
                return Err(Error::usage("a polygon is no ellipse")
                    .hint("draw the boxes that the ellipse lies in"));
            }
            (Some(Shape::Polygon(_)), false) => MaskShape::Polygon,
            (_, true) => MaskShape::Ellipse,
            (_, false) => MaskShape::Box,
        };
        Ok(Cover::Picture(PictureCover {
            span,
            shape,
            tracked: TrackedRegion {
                between: Interpolation::LinearFrames,
                keyframes,
            },
            method: new.method.unwrap_or(MaskMethod::Solid),
        }))
    }

    /// One region from the first frame to the last.
    fn still_region(&self, item: &Item, at: Where) -> Result<(Span, Vec<Keyframe>)> {
        let examined = self.examined(item)?;
        let last = examined.frames.frames.len().saturating_sub(1);
        let all = (
            Some(Place::Frame(0)),
            Some(Place::Frame(crate::examine::count(last))),
        );
        let (first, last) = match at.first {
            None => all,
            first => (first, at.last),
        };
        let none = || Error::missing(format!("{} has no frames", item.number));
        let span = self.stretch(item, first, last)?.ok_or_else(none)?;
        let region = match at.region {
            Some(region) => region,
            None => {
                let geometry = geometry(&examined.examination.facts).ok_or_else(none)?;
                let (width, height) = geometry.displayed();
                Region {
                    x: 0,
                    y: 0,
                    width,
                    height,
                }
            }
        };
        let keyframe = |frame: &store::event::FrameRef| Keyframe {
            frame: frame.clone(),
            shape: Shape::Box(region),
        };
        let mut keyframes = vec![keyframe(&span.first), keyframe(&span.last)];
        keyframes.dedup_by(|later, earlier| later.frame == earlier.frame);
        Ok((span, keyframes))
    }

    fn moving(&self, item: &Item, drawn: &[(Place, Shape)]) -> Result<(Span, Vec<Keyframe>)> {
        let none = || Error::usage("a mask that moves needs keyframes").hint("draw one or more");
        let (pin, tracked) = self.tracked(item, Where::default(), drawn)?;
        let keyframes = tracked.ok_or_else(none)?.keyframes;
        Ok((pin.span.ok_or_else(none)?, keyframes))
    }
}
