//! Places in items, and references to evidence.

use super::tables::{Tables, get};
use super::{item, text};
use crate::error::{Error, Refusal};
use crate::event::{Pin, Region, Span};
use crate::evidence::Evidence;
use crate::record::{
    Assessment, Claim, Hypothesis, Item, ItemDate, ItemPlace, Match, MediaReview, Observation,
    ResemblanceRecord,
};

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

/// Checks that each reference names evidence that exists, and none is `itself`.
pub(super) fn check_evidence(
    t: &dyn Tables,
    evidence: &[String],
    itself: Evidence,
) -> Result<(), Error> {
    for reference in evidence {
        let parsed: Evidence = reference.parse().map_err(|sentence: String| {
            Refusal::invalid(
                sentence,
                "evidence is C1, O2, M3, A1, H1, R1, V1, D1, L1, #1 or F:#1:4 (finding 4 of item 1)",
            )
        })?;
        if parsed == itself {
            let sentence = format!("{parsed} cannot be evidence for itself");
            return Err(Refusal::invalid(sentence, "name what it rests on").into());
        }
        if !exists(t, parsed)? {
            return Err(Refusal::unknown(
                format!("there is no {parsed}, or it was withdrawn or removed"),
                "record it first, or name another",
            )
            .into());
        }
    }
    Ok(())
}

/// Whether `evidence` is there and was not taken back.
pub(super) fn exists(t: &dyn Tables, evidence: Evidence) -> Result<bool, Error> {
    Ok(match evidence {
        Evidence::Item(n) => get::<Item>(t, n.0)?.is_some_and(|it| it.removed.is_none()),
        Evidence::Claim(n) => get::<Claim>(t, n.0)?.is_some_and(|it| it.withdrawn.is_none()),
        Evidence::Observation(n) => {
            get::<Observation>(t, n.0)?.is_some_and(|it| it.withdrawn.is_none())
        }
        Evidence::Match(n) => get::<Match>(t, n.0)?.is_some(),
        Evidence::Hypothesis(n) => {
            get::<Hypothesis>(t, n.0)?.is_some_and(|it| it.withdrawn.is_none())
        }
        Evidence::Assessment(n) => get::<Assessment>(t, n.0)?.is_some(),
        Evidence::Resemblance(n) => {
            get::<ResemblanceRecord>(t, n.0)?.is_some_and(|it| it.withdrawn.is_none())
        }
        Evidence::MediaReview(n) => {
            get::<MediaReview>(t, n.0)?.is_some_and(|it| it.withdrawn.is_none())
        }
        Evidence::Date(n) => get::<ItemDate>(t, n.0)?.is_some_and(|it| it.withdrawn.is_none()),
        Evidence::Place(n) => get::<ItemPlace>(t, n.0)?.is_some_and(|it| it.withdrawn.is_none()),
        Evidence::Finding(n, number) => get::<Item>(t, n.0)?
            .filter(|item| item.removed.is_none())
            .and_then(|item| item.inspection)
            .is_some_and(|kept| (1..=kept.inspected.finding_count).contains(&number)),
    })
}
