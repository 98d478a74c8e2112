//! Reviewers' codes for items.

use super::tables::{Table, Tables, find, get, next, put};
use super::{cited, item, revise, text, undo};
use crate::error::{Error, Refusal};
use crate::event::MediaReviewed;
use crate::evidence::Evidence;
use crate::number::{MediaReviewNo, Number};
use crate::record::{MediaReview, Origin, Withdrawn};

pub(super) fn review(
    t: &mut dyn Tables,
    origin: &Origin,
    made: &MediaReviewed,
) -> Result<Option<Number>, Error> {
    let item = item::need(t, &made.item)?;
    text::required(&made.reviewer, "the reviewer")?;
    text::required(&made.reasons, "the reasons")?;
    text::optional(made.context.as_ref(), "the context")?;
    fit_together(made)?;
    let number = MediaReviewNo(next(t, Table::MediaReviews)?);
    cited::check(t, origin, &made.evidence, Evidence::MediaReview(number))?;
    let standing = find::<MediaReview>(t, &label(made))?;
    match (standing, made.supersedes) {
        (Some(mut old), Some(named)) if old.number == named => {
            old.superseded_by = Some(number);
            put(t, origin, &old)?;
        }
        (Some(old), _) => {
            let sentence = format!(
                "{} is what {} holds on {}",
                old.number, made.reviewer, item.number
            );
            let hint = format!(
                "to revise it, say that the new review supersedes {}",
                old.number
            );
            return Err(Refusal::conflict(sentence, hint).into());
        }
        (None, Some(named)) => return Err(nothing_to_revise(t, named)?.into()),
        (None, None) => {}
    }
    let review = MediaReview {
        number,
        origin: origin.clone(),
        made: made.clone(),
        superseded_by: None,
        withdrawn: None,
    };
    put(t, origin, &review)?;
    Ok(Some(Number::MediaReview(number)))
}

/// Refuses codes that cannot hold together of the same item, as schema.org says of them.
fn fit_together(made: &MediaReviewed) -> Result<(), Refusal> {
    let codes = &made.codes;
    if codes.is_empty() {
        return Err(Refusal::invalid(
            "the review has no code",
            "name at least one",
        ));
    }
    for (at, code) in codes.iter().enumerate() {
        let before = &codes[..at];
        if before.contains(code) {
            return Err(Refusal::invalid(
                format!("{code} is named twice"),
                "name it once",
            ));
        }
        if let Some(other) = before.iter().find(|other| other.contradicts(*code)) {
            return Err(Refusal::invalid(
                format!("{other} and {code} contradict each other"),
                "original is what was not altered, staged or transformed: leave out the one that does not hold, \
                 or record what differs between copies as reviews of each",
            ));
        }
    }
    Ok(())
}

/// One review of a reviewer stands for each item.
pub(super) fn label(made: &MediaReviewed) -> String {
    format!("{} {}", made.item, made.reviewer)
}

/// Takes back what `entry` recorded, if that was one of these; what it revised stands again.
pub(super) fn withdraw(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    let Some(mut made) = undo::recorded::<MediaReview>(t, entry, |it| &it.origin)? else {
        return Ok(None);
    };
    let number = made.number;
    cited::unused(t, &Number::MediaReview(number))?;
    if let Some(later) = made.superseded_by {
        return Err(undo::in_use(&number, &later).into());
    }
    undo::mark(&mut made.withdrawn, withdrawn, entry)?;
    put(t, origin, &made)?;
    let earlier = made.made.supersedes.map(|it| it.0);
    revise::stand_again::<MediaReview>(t, origin, earlier, |it| it.superseded_by = None)?;
    Ok(Some(Number::MediaReview(number)))
}

fn nothing_to_revise(t: &dyn Tables, named: MediaReviewNo) -> Result<Refusal, Error> {
    Ok(match get::<MediaReview>(t, named.0)? {
        None => Refusal::unknown(
            format!("there is no review {named}"),
            "name the one to revise",
        ),
        Some(_) => Refusal::conflict(
            format!("{named} is not what this reviewer holds on this item"),
            "nobody revises another's review: review without superseding",
        ),
    })
}
