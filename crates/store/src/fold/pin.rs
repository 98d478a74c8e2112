//! Places in items.

use super::tables::Tables;
use super::{item, text};
use crate::error::{Error, Refusal};
use crate::event::{Pin, Region, Span};
use crate::record::Item;

pub(super) fn check(t: &dyn Tables, pin: &Pin) -> Result<(), Error> {
    let item = item::need(t, &pin.item)?;
    if let Some(span) = &pin.span {
        check_span(&item, span)?;
    }
    match &pin.region {
        Some(region) => Ok(check_region(region)?),
        None => Ok(()),
    }
}

pub(super) fn check_span(item: &Item, span: &Span) -> Result<(), Refusal> {
    let frames = frames_of(item)?;
    let within = [&span.first, &span.last]
        .iter()
        .filter_map(|frame| frame.pts)
        .all(|pts| (span.start..span.end).contains(&pts));
    if span.time_base.contains(&0)
        || span.start >= span.end
        || span.first.no > span.last.no
        || !within
    {
        let sentence = format!(
            "the span {}..{}, frames {} to {}, is out of order",
            span.start, span.end, span.first.no, span.last.no
        );
        return Err(Refusal::invalid(
            sentence,
            "a span starts before it ends and holds its first and last frame",
        ));
    }
    if span.last.no >= frames {
        let sentence = format!("{} has no frame {}", item.number, span.last.no);
        return Err(Refusal::unknown(
            sentence,
            format!("it has {frames} frames, counted from 0"),
        ));
    }
    text::hash(&span.first.hash, "the hash of the first frame")?;
    text::hash(&span.last.hash, "the hash of the last frame")
}

/// Number of frames of an item that was inspected.
pub(super) fn frames_of(item: &Item) -> Result<u32, Refusal> {
    let inspection = item.inspection.as_ref();
    inspection
        .map(|kept| kept.inspected.frame_count)
        .ok_or_else(|| {
            Refusal::conflict(
                format!("the frames of {} are not known", item.number),
                format!("inspect {} first", item.number),
            )
        })
}

pub(super) fn check_region(region: &Region) -> Result<(), Refusal> {
    let fits = region.x.checked_add(region.width).is_some()
        && region.y.checked_add(region.height).is_some();
    if region.width == 0 || region.height == 0 || !fits {
        return Err(Refusal::invalid(
            "the region is empty or too large",
            "give it a width and height of at least 1",
        ));
    }
    Ok(())
}
