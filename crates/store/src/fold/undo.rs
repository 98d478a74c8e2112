//! Taking back what an entry recorded, unless something that stands rests on it.

use super::tables::{Kept, Tables, all, put};
use super::{
    cited, mask, media_review, person, remark, resemblance, revise, series, source, text,
    whereabouts,
};
use crate::error::{Error, Refusal};
use crate::event::EntryUndone;
use crate::evidence::Evidence;
use crate::number::Number;
use crate::record::{
    Actor, Assessment, Case, Claim, Hypothesis, Item, Match, Observation, Origin, Publication,
    Received, Removal, Watch, Withdrawn,
};
use crate::vocabulary::ClaimStatus;

pub(super) fn undo(
    t: &mut dyn Tables,
    origin: &Origin,
    undone: &EntryUndone,
) -> Result<Option<Number>, Error> {
    text::required(&undone.reason, "the reason")?;
    cited::unused(t, &Evidence::Entry(undone.entry))?;
    let withdrawn = Withdrawn {
        origin: origin.clone(),
        reason: undone.reason.clone(),
    };
    for of_a_kind in KINDS {
        if let Some(number) = of_a_kind(t, origin, undone.entry, &withdrawn)? {
            return Ok(Some(number));
        }
    }
    Err(stays(t, origin, undone.entry)?.into())
}

/// Takes back what an entry recorded, where it is of one kind.
type OfAKind = fn(&mut dyn Tables, &Origin, u64, &Withdrawn) -> Result<Option<Number>, Error>;

const KINDS: [OfAKind; 14] = [
    claim,
    observation,
    hypothesis,
    source::withdraw,
    series::withdraw,
    media_review::withdraw,
    resemblance::withdraw,
    whereabouts::withdraw_date,
    whereabouts::withdraw_place,
    remark::withdraw_tag,
    remark::withdraw_note,
    remark::withdraw_content,
    person::withdraw,
    mask::withdraw,
];

/// A claim, a change of its status, or a rating of it; what stood before stands again.
fn claim(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    for mut claim in all::<Claim>(t)? {
        let number = Number::Claim(claim.number);
        if claim.origin.entry == entry {
            cited::unused(t, &number)?;
            mark(&mut claim.withdrawn, withdrawn, entry)?;
        } else if let Some(change) = claim.history.iter_mut().find(|it| it.origin.entry == entry) {
            mark(&mut change.withdrawn, withdrawn, entry)?;
            let standing = claim.history.iter().rfind(|it| it.withdrawn.is_none());
            claim.status = standing.map_or(ClaimStatus::Unverified, |it| it.status);
        } else if let Some(rating) = claim.ratings.iter_mut().find(|it| it.origin.entry == entry) {
            mark(&mut rating.withdrawn, withdrawn, entry)?;
            revise::restand(&mut claim.ratings);
        } else {
            continue;
        }
        put(t, origin, &claim)?;
        return Ok(Some(number));
    }
    Ok(None)
}

fn observation(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    let Some(mut seen) = recorded::<Observation>(t, entry, |it| &it.origin)? else {
        return Ok(None);
    };
    let number = Number::Observation(seen.number);
    cited::unused(t, &number)?;
    mark(&mut seen.withdrawn, withdrawn, entry)?;
    put(t, origin, &seen)?;
    Ok(Some(number))
}

/// A hypothesis, or a rating of evidence against it; what its analyst held before stands again.
fn hypothesis(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    for mut hypothesis in all::<Hypothesis>(t)? {
        let number = Number::Hypothesis(hypothesis.number);
        if hypothesis.origin.entry == entry {
            cited::unused(t, &number)?;
            unjudged(t, &hypothesis)?;
            mark(&mut hypothesis.withdrawn, withdrawn, entry)?;
        } else if let Some(link) = { &mut hypothesis.evidence }
            .iter_mut()
            .find(|it| it.origin.entry == entry)
        {
            mark(&mut link.withdrawn, withdrawn, entry)?;
        } else {
            continue;
        }
        put(t, origin, &hypothesis)?;
        return Ok(Some(number));
    }
    Ok(None)
}

/// The record that `entry` made, where it is one of these.
pub(super) fn recorded<R: Kept>(
    t: &dyn Tables,
    entry: u64,
    origin: impl Fn(&R) -> &Origin,
) -> Result<Option<R>, Error> {
    let records = all::<R>(t)?.into_iter();
    Ok({ records }.find(|one| origin(one).entry == entry))
}

/// Marks as taken back what `entry` recorded.
pub(super) fn mark(
    place: &mut Option<Withdrawn>,
    withdrawn: &Withdrawn,
    entry: u64,
) -> Result<(), Refusal> {
    if let Some(earlier) = place {
        return Err(Refusal::conflict(
            format!(
                "what entry {entry} recorded was withdrawn by entry {}",
                earlier.origin.entry
            ),
            "record it again, if it holds after all",
        ));
    }
    *place = Some(withdrawn.clone());
    Ok(())
}

/// Refuses to add to what was withdrawn.
pub(super) fn standing(
    withdrawn: Option<&Withdrawn>,
    number: &dyn std::fmt::Display,
) -> Result<(), Refusal> {
    match withdrawn {
        None => Ok(()),
        Some(_) => Err(Refusal::conflict(
            format!("{number} was withdrawn"),
            "record it again, if it holds after all",
        )),
    }
}

fn unjudged(t: &dyn Tables, hypothesis: &Hypothesis) -> Result<(), Error> {
    let number = hypothesis.number;
    let judged = all::<Assessment>(t)?.into_iter();
    match { judged }.find(|made| made.made.hypothesis == number) {
        Some(made) => Err(in_use(&number, &made.number).into()),
        None => Ok(()),
    }
}

/// That `by`, which stands, rests on `what`.
pub(super) fn in_use(what: &dyn std::fmt::Display, by: &dyn std::fmt::Display) -> Refusal {
    Refusal::conflict(
        format!("{what} cannot be withdrawn: {by} rests on it"),
        format!("withdraw first what {by} says of it; an assessment is revised, never withdrawn"),
    )
}

/// Why what `entry` recorded stays.
fn stays(t: &dyn Tables, origin: &Origin, entry: u64) -> Result<Refusal, Error> {
    fn made<R: Kept>(
        t: &dyn Tables,
        entry: u64,
        origin: impl Fn(&R) -> &Origin,
    ) -> Result<bool, Error> {
        Ok(recorded(t, entry, origin)?.is_some())
    }
    if entry >= origin.entry {
        return Ok(Refusal::unknown(
            format!("there is no entry {entry} before this one"),
            "name one that `log` shows",
        ));
    }
    let reviewed = |found: &Match| found.reviews.iter().any(|it| it.origin.entry == entry);
    let acquired = |item: &Item| item.acquisitions.iter().any(|it| it.origin.entry == entry);
    let published = |it: &Publication| {
        it.origin.entry == entry || it.reviews.iter().any(|it| it.origin.entry == entry)
    };
    let hint = if all::<Publication>(t)?.iter().any(published) {
        "a draft is withdrawn with `publish withdraw`; a review, by another review"
    } else if made::<Assessment>(t, entry, |it| &it.origin)? {
        "an assessment is not withdrawn: revise it with a new one"
    } else if made::<Match>(t, entry, |it| &it.origin)? {
        "a match is what a method found: reject it in a review"
    } else if all::<Match>(t)?.iter().any(reviewed) {
        "take the word back with a review `unreviewed`"
    } else if made::<Watch>(t, entry, |it| &it.origin)? {
        "end the watch"
    } else if made::<Received>(t, entry, |it| &it.origin)? {
        "what came in stays as it came: say in a note on it what you think of it"
    } else if made::<Removal>(t, entry, |it| &it.origin)? {
        "its bytes were erased: nothing brings them back"
    } else if all::<Item>(t)?.iter().any(acquired) {
        "bytes that were preserved stay preserved"
    } else if made::<Actor>(t, entry, |it| &it.origin)? || made::<Case>(t, entry, |it| &it.origin)?
    {
        "what signs and opens the case stays"
    } else {
        "what people recorded can be withdrawn: claims, observations, hypotheses, ratings, sources and the like"
    };
    Ok(Refusal::conflict(
        format!("what entry {entry} did cannot be undone"),
        hint,
    ))
}
