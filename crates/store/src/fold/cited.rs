//! What is cited: that it is there, and that it stays while something that stands cites it.

use super::tables::{Kept, Tables, all, get};
use super::undo;
use super::whereabouts;
use crate::error::{Error, Refusal};
use crate::evidence::Evidence;
use crate::record::{
    Assessment, Claim, Hypothesis, Item, ItemDate, ItemPlace, Mask, Match, MediaReview, Note,
    Observation, Origin, Person, Received, ResemblanceRecord, Series, SignedCheckpoint, Source,
    Watch, Withdrawn,
};

/// Checks that each reference names evidence that exists before the entry at `origin`, and none is `itself`.
pub(super) fn check(
    t: &dyn Tables,
    origin: &Origin,
    evidence: &[String],
    itself: Evidence,
) -> Result<(), Error> {
    for reference in evidence {
        let parsed: Evidence = reference.parse().map_err(|sentence: String| {
            Refusal::invalid(
                sentence,
                "evidence is a number such as C1, O2, M3, S1, N1 or #1, a finding (F:#1:4 is finding 4 of item 1), \
                 frames (#1#frame=37, #1#frame=37-52) or an entry of the journal (E12)",
            )
        })?;
        if parsed == itself {
            let sentence = format!("{parsed} cannot be evidence for itself");
            return Err(Refusal::invalid(sentence, "name what it rests on").into());
        }
        let there = match parsed {
            Evidence::Entry(seq) => seq < origin.entry,
            other => exists(t, other)?,
        };
        if !there {
            return Err(Refusal::unknown(
                format!("there is no {parsed}, or it was withdrawn or removed"),
                "record it first, or name another",
            )
            .into());
        }
    }
    Ok(())
}

/// Whether a record, a finding or frames are there and were not taken back. Whether an entry is there, its
/// number alone does not tell.
pub(super) fn exists(t: &dyn Tables, evidence: Evidence) -> Result<bool, Error> {
    match evidence {
        Evidence::Item(n) => Ok(kept(t, n.0)?.is_some()),
        Evidence::Claim(n) => stands::<Claim>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Observation(n) => stands::<Observation>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Match(n) => Ok(get::<Match>(t, n.0)?.is_some()),
        Evidence::Hypothesis(n) => stands::<Hypothesis>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Assessment(n) => Ok(get::<Assessment>(t, n.0)?.is_some()),
        Evidence::Resemblance(n) => stands::<ResemblanceRecord>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::MediaReview(n) => stands::<MediaReview>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Date(n) => stands::<ItemDate>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Place(n) => stands::<ItemPlace>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Source(n) => stands::<Source>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Series(n) => stands::<Series>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Person(n) => stands::<Person>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Mask(n) => stands::<Mask>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Watch(n) => Ok(get::<Watch>(t, n.0)?.is_some()),
        Evidence::Note(n) => stands::<Note>(t, n.0, |it| it.withdrawn.as_ref()),
        Evidence::Checkpoint(n) => Ok(get::<SignedCheckpoint>(t, n.0)?.is_some()),
        Evidence::Received(n) => Ok(get::<Received>(t, n.0)?.is_some()),
        Evidence::Finding(n, number) => Ok({ kept(t, n.0)?.and_then(|it| it.inspection) }
            .is_some_and(|it| (1..=it.inspected.finding_count).contains(&number))),
        Evidence::Frames(n, _, last) => Ok({ kept(t, n.0)?.and_then(|it| it.inspection) }
            .is_some_and(|it| last < it.inspected.frame_count)),
        Evidence::Entry(_) => Ok(false),
    }
}

/// The item of this number, unless its bytes were erased.
fn kept(t: &dyn Tables, number: u32) -> Result<Option<Item>, Error> {
    Ok(get::<Item>(t, number)?.filter(|it| it.removed.is_none()))
}

fn stands<R: Kept>(
    t: &dyn Tables,
    number: u32,
    withdrawn: impl Fn(&R) -> Option<&Withdrawn>,
) -> Result<bool, Error> {
    Ok(get::<R>(t, number)?.is_some_and(|it| withdrawn(&it).is_none()))
}

/// Refuses where something that stands cites `what`: an observation, a status, a rating, evidence weighed, a
/// date, a place, a review or an assessment.
pub(super) fn unused(t: &dyn Tables, what: &dyn std::fmt::Display) -> Result<(), Error> {
    let name = what.to_string();
    for seen in all::<Observation>(t)? {
        if seen.withdrawn.is_none() && seen.made.cites.contains(&name) {
            return Err(undo::in_use(&name, &seen.number).into());
        }
    }
    for claim in all::<Claim>(t)?.iter().filter(|it| it.withdrawn.is_none()) {
        let mut standing = claim.history.iter().filter(|it| it.withdrawn.is_none());
        let mut ratings = claim.ratings.iter().filter(|it| it.withdrawn.is_none());
        if standing.any(|change| change.evidence.contains(&name))
            || ratings.any(|it| it.rated.evidence.contains(&name))
        {
            return Err(undo::in_use(&name, &claim.number).into());
        }
    }
    for one in all::<Hypothesis>(t)? {
        let mut standing = one.evidence.iter().filter(|it| it.withdrawn.is_none());
        if one.withdrawn.is_none() && standing.any(|link| link.evidence == name) {
            return Err(undo::in_use(&name, &one.number).into());
        }
    }
    for made in all::<MediaReview>(t)? {
        if made.stands() && made.made.evidence.contains(&name) {
            return Err(undo::in_use(&name, &made.number).into());
        }
    }
    if let Some(resting) = whereabouts::resting_on(t, &name)? {
        return Err(undo::in_use(&name, &resting).into());
    }
    for made in all::<Assessment>(t)? {
        if made.superseded_by.is_none() && made.made.evidence.contains(&name) {
            return Err(undo::in_use(&name, &made.number).into());
        }
    }
    Ok(())
}
