//! Regions over spans, and spans of sound.

use super::pin::{check_region, frames_of};
use super::text;
use crate::error::Refusal;
use crate::event::{ObservationMade, Shape, SoundSpan, Span, TrackedRegion};
use crate::record::Item;

/// Refuses an observation whose region does not follow its span, or whose sound is none of its item.
pub(super) fn check(item: &Item, made: &ObservationMade) -> Result<(), Refusal> {
    if let Some(tracked) = &made.tracked {
        follows(item, made.pin.span.as_ref(), tracked)?;
    }
    match &made.sound {
        Some(sound) => heard(item, sound),
        None => Ok(()),
    }
}

/// Refuses a region that does not go from the first frame of `span` to its last.
pub(super) fn follows(
    item: &Item,
    span: Option<&Span>,
    tracked: &TrackedRegion,
) -> Result<(), Refusal> {
    let span = span.ok_or_else(|| {
        Refusal::invalid(
            "a region that moves needs a span",
            "name its first and last frame",
        )
    })?;
    let ends = (tracked.keyframes.first(), tracked.keyframes.last());
    let at_ends = matches!(ends, (Some(first), Some(last)) if first.frame == span.first && last.frame == span.last);
    let pairs = || tracked.keyframes.windows(2);
    if !at_ends || pairs().any(|pair| pair[0].frame.no >= pair[1].frame.no) {
        return Err(Refusal::invalid(
            "the keyframes do not go from the first frame of the span to its last",
            "draw the region on the first frame and on the last, and on any in between, in their order",
        ));
    }
    if pairs().any(|pair| !pair[0].shape.is_like(&pair[1].shape)) {
        return Err(Refusal::invalid(
            "the region changes its kind on the way",
            "draw a box on every keyframe, or polygons of as many corners",
        ));
    }
    let frames = frames_of(item)?;
    for keyframe in &tracked.keyframes {
        if keyframe.frame.no >= frames {
            let sentence = format!("{} has no frame {}", item.number, keyframe.frame.no);
            return Err(Refusal::unknown(
                sentence,
                format!("it has {frames} frames, counted from 0"),
            ));
        }
        text::hash(&keyframe.frame.hash, "the hash of a keyframe")?;
        drawn(&keyframe.shape)?;
    }
    Ok(())
}

fn drawn(shape: &Shape) -> Result<(), Refusal> {
    match shape {
        Shape::Box(region) => check_region(region),
        Shape::Polygon(corners) if corners.len() < 3 => Err(Refusal::invalid(
            format!("a polygon of {} corners", corners.len()),
            "give it three or more",
        )),
        Shape::Polygon(_) => Ok(()),
    }
}

/// Refuses a span of sound that is none of the item.
pub(super) fn heard(item: &Item, sound: &SoundSpan) -> Result<(), Refusal> {
    let inspection = item.inspection.as_ref();
    if inspection.is_none_or(|kept| kept.inspected.sound.is_none()) {
        let sentence = format!("{} has no sound that was examined", item.number);
        return Err(Refusal::conflict(
            sentence,
            "inspect it, or leave out the sound",
        ));
    }
    if sound.rate == 0 || sound.from >= sound.to {
        let sentence = format!("no sound lies from sample {} to {}", sound.from, sound.to);
        return Err(Refusal::invalid(
            sentence,
            "a span of sound starts before it ends",
        ));
    }
    text::hash(&sound.hash, "the hash of the sound")
}
