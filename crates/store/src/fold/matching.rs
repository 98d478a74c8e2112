//! Footage found in two items, and what reviewers say of it.

use journal::ContentId;

use super::pin::check_span;
use super::tables::{Table, Tables, get, next, put};
use super::{item, text};
use crate::error::{Error, Refusal};
use crate::event::{MatchBasis, MatchFound, MatchReviewed, Span};
use crate::number::{MatchNo, Number};
use crate::record::{Match, Origin, Review};
use crate::vocabulary::{Shared, Verdict};

pub(super) fn find(
    t: &mut dyn Tables,
    origin: &Origin,
    found: &MatchFound,
) -> Result<Option<Number>, Error> {
    text::required(&found.tool, "the tool of the match")?;
    check_span(&item::need(t, &found.query)?, &found.query_span)?;
    check_span(&item::need(t, &found.reference)?, &found.reference_span)?;
    if found.query == found.reference {
        return Err(
            Refusal::invalid("the two items are the same", "a match is between two items").into(),
        );
    }
    if found.score_permille > 1000 || found.speed_permille == 0 {
        let sentence = format!(
            "score {} or speed {} is out of range",
            found.score_permille, found.speed_permille
        );
        return Err(Refusal::invalid(sentence, "a score is 0 to 1000, a speed at least 1").into());
    }
    check_basis(found.basis.as_ref())?;
    let number = MatchNo(next(t, Table::Matches)?);
    put(
        t,
        origin,
        &Match {
            number,
            origin: origin.clone(),
            found: found.clone(),
            reviews: Vec::new(),
        },
    )?;
    Ok(Some(Number::Match(number)))
}

/// A match by a learned descriptor says by which, and no other names one.
fn check_basis(basis: Option<&MatchBasis>) -> Result<(), Error> {
    let Some(basis) = basis else { return Ok(()) };
    if let Some(learned) = &basis.learned {
        text::required(&learned.name, "the name of the descriptor")?;
    }
    if (basis.shared == Shared::Learned) == basis.learned.is_some() {
        return Ok(());
    }
    Err(Refusal::invalid(
        "what the match rests on is contradictory",
        "name the descriptor where a learned one found it, and only there",
    )
    .into())
}

/// The same text for matches of the same spans of the same items, whichever was the query.
pub(crate) fn same_footage(found: &MatchFound) -> String {
    let side = |id: &ContentId, span: &Span| {
        format!(
            "{id} {}..{} of {}/{}",
            span.start, span.end, span.time_base[0], span.time_base[1]
        )
    };
    let mut sides = [
        side(&found.query, &found.query_span),
        side(&found.reference, &found.reference_span),
    ];
    sides.sort();
    sides.join(" = ")
}

pub(super) fn review(
    t: &mut dyn Tables,
    origin: &Origin,
    reviewed: &MatchReviewed,
) -> Result<Option<Number>, Error> {
    text::optional(reviewed.note.as_ref(), "the note")?;
    let number = reviewed.number;
    let unknown = || Refusal::unknown(format!("there is no match {number}"), "name one that is");
    let mut found: Match = get(t, number.0)?.ok_or_else(unknown)?;
    if reviewed.verdict != Verdict::Rejected {
        // A word by which the match stands again needs both items.
        item::need(t, &found.found.query)?;
        item::need(t, &found.found.reference)?;
    }
    if reviewed.verdict == Verdict::Unreviewed && found.verdict() == Verdict::Unreviewed {
        return Err(Refusal::conflict(
            format!("no word on {number} stands that could be taken back"),
            "confirm or reject it",
        )
        .into());
    }
    found.reviews.push(Review {
        origin: origin.clone(),
        verdict: reviewed.verdict,
        note: reviewed.note.clone(),
    });
    put(t, origin, &found)?;
    Ok(Some(Number::Match(number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Learned;

    #[test]
    fn a_match_by_a_learned_descriptor_says_by_which_and_no_other_does() {
        let learned = |name: &str| Learned {
            name: name.to_owned(),
            version: "1".to_owned(),
            model: ContentId::of(b"model"),
            description: ContentId::of(b"description"),
            runtime: "a runtime".to_owned(),
        };
        let holds = |shared, learned: Option<Learned>| {
            let basis = MatchBasis {
                shared,
                pairs: Vec::new(),
                in_query: None,
                in_reference: None,
                learned: learned.map(Box::new),
            };
            check_basis(Some(&basis)).is_ok()
        };
        assert!(holds(Shared::Learned, Some(learned("layout"))));
        assert!(holds(Shared::Both, None));
        assert!(!holds(Shared::Learned, None));
        assert!(!holds(Shared::Picture, Some(learned("layout"))));
        assert!(!holds(Shared::Learned, Some(learned(" "))));
        assert!(check_basis(None).is_ok());
    }
}
