//! Publications: drafted, read by somebody else, sealed, and never changed.

use std::collections::BTreeSet;

use journal::{ContentId, canonical};

use super::tables::{Table, Tables, all, get, next, put};
use super::{cited, revise, text};
use crate::error::{Error, Refusal};
use crate::event::{
    PublicationDrafted, PublicationReviewed, PublicationSealed, PublicationWithdrawn,
};
use crate::evidence::Evidence;
use crate::number::{Number, PublicationNo};
use crate::record::{
    Actor, Origin, Publication, PublicationReview, Sealed, SignedCheckpoint, Withdrawn,
};

pub(super) fn draft(
    t: &mut dyn Tables,
    origin: &Origin,
    drafted: &PublicationDrafted,
) -> Result<Option<Number>, Error> {
    text::required(&drafted.title, "the title")?;
    text::optional(drafted.question.as_ref(), "the question")?;
    text::required(&drafted.summary, "the summary")?;
    text::required(&drafted.editor, "the editor")?;
    if get::<SignedCheckpoint>(t, drafted.checkpoint.0)?.is_none() {
        let sentence = format!("there is no checkpoint {}", drafted.checkpoint);
        let hint = "`framewitness witness list` shows them";
        return Err(Refusal::unknown(sentence, hint).into());
    }
    addresses(t, drafted)?;
    pseudonyms(t, drafted)?;
    let number = PublicationNo(next(t, Table::Publications)?);
    if let Some(named) = drafted.supersedes {
        let mut former = standing(t, named)?;
        former.superseded_by = Some(number);
        put(t, origin, &former)?;
    }
    let record = Publication {
        number,
        origin: origin.clone(),
        drafted: drafted.clone(),
        digest: digest(drafted)?,
        reviews: Vec::new(),
        sealed: None,
        superseded_by: None,
        withdrawn: None,
    };
    put(t, origin, &record)?;
    Ok(Some(Number::Publication(number)))
}

pub(super) fn review(
    t: &mut dyn Tables,
    origin: &Origin,
    reviewed: &PublicationReviewed,
) -> Result<Option<Number>, Error> {
    let mut publication = unsealed(t, reviewed.publication)?;
    let number = publication.number;
    same_draft(&publication, &reviewed.draft)?;
    text::optional(reviewed.note.as_ref(), "the note")?;
    if !reviewed.approved && reviewed.note.is_none() {
        let sentence = format!("nothing says why {number} may not leave");
        return Err(Refusal::invalid(sentence, "say it in a note").into());
    }
    if reviewed.approved && origin.actor == publication.origin.actor && several(t)? {
        let sentence = format!("{} drafted {number}", origin.actor);
        let hint = "more than one person signs in this case: let another one read it";
        return Err(Refusal::conflict(sentence, hint).into());
    }
    publication.reviews.push(PublicationReview {
        origin: origin.clone(),
        reviewed: reviewed.clone(),
    });
    put(t, origin, &publication)?;
    Ok(Some(Number::Publication(number)))
}

pub(super) fn seal(
    t: &mut dyn Tables,
    origin: &Origin,
    sealed: &PublicationSealed,
) -> Result<Option<Number>, Error> {
    let mut publication = unsealed(t, sealed.publication)?;
    let number = publication.number;
    same_draft(&publication, &sealed.draft)?;
    approved(t, &publication)?;
    publication.sealed = Some(Sealed {
        origin: origin.clone(),
        sealed: sealed.clone(),
    });
    put(t, origin, &publication)?;
    Ok(Some(Number::Publication(number)))
}

pub(super) fn withdraw(
    t: &mut dyn Tables,
    origin: &Origin,
    withdrawn: &PublicationWithdrawn,
) -> Result<Option<Number>, Error> {
    text::required(&withdrawn.reason, "the reason")?;
    let mut publication = unsealed(t, withdrawn.publication)?;
    publication.withdrawn = Some(Withdrawn {
        origin: origin.clone(),
        reason: withdrawn.reason.clone(),
    });
    put(t, origin, &publication)?;
    let former = publication.drafted.supersedes.map(|it| it.0);
    revise::stand_again::<Publication>(t, origin, former, |it| it.superseded_by = None)?;
    Ok(Some(Number::Publication(publication.number)))
}

/// Refuses a draft that nobody approved who may, or that somebody holds back.
fn approved(t: &dyn Tables, publication: &Publication) -> Result<(), Error> {
    let (number, several) = (publication.number, several(t)?);
    let standing = publication.standing_reviews();
    if let Some(no) = standing.iter().find(|it| !it.reviewed.approved) {
        let sentence = format!("{} holds {number} back", no.origin.actor);
        let hint = format!(
            "draft one that revises {number} as the review asks, or let {} approve it",
            no.origin.actor
        );
        return Err(Refusal::conflict(sentence, hint).into());
    }
    let counts = |it: &&&PublicationReview| !several || it.origin.actor != publication.origin.actor;
    if standing.iter().find(counts).is_some() {
        return Ok(());
    }
    let who = if several {
        "somebody other than who drafted it"
    } else {
        "you"
    };
    let hint =
        format!("let it be read: `framewitness publish review {number} --approve`, by {who}");
    Err(Refusal::conflict(format!("{number} was not reviewed"), hint).into())
}

/// Whether more than one person signs in the case.
fn several(t: &dyn Tables) -> Result<bool, Error> {
    Ok(t.last(Table::Actors)? > 1)
}

/// What a review names.
fn digest(drafted: &PublicationDrafted) -> Result<ContentId, Error> {
    let unwritable = |why: String| Refusal::invalid(why, "draft it again");
    let value = serde_json::to_value(drafted).map_err(|why| unwritable(why.to_string()))?;
    let bytes = canonical(&value).map_err(|why| unwritable(why.to_string()))?;
    Ok(ContentId::of(&bytes))
}

fn same_draft(publication: &Publication, named: &ContentId) -> Result<(), Refusal> {
    if publication.digest == *named {
        return Ok(());
    }
    Err(Refusal::conflict(
        format!(
            "{} is {}, not {named}",
            publication.number, publication.digest
        ),
        "read what was drafted again",
    ))
}

fn addresses(t: &dyn Tables, drafted: &PublicationDrafted) -> Result<(), Error> {
    if drafted.selected.is_empty() {
        let hint = "select items, claims and what else may leave, by their numbers";
        return Err(Refusal::invalid("nothing is selected", hint).into());
    }
    text::once(&drafted.selected, "what is selected")?;
    text::once(&drafted.mentioned, "what may be mentioned")?;
    for address in &drafted.selected {
        let evidence: Evidence = address.parse().map_err(not_an_address)?;
        if !published(evidence) {
            let sentence = format!("{address} is of a kind that is not published");
            let hint = "select items, frames, findings, claims, observations, hypotheses, assessments, matches, \
                        reviews, resemblances, dates, places and sources; mention others";
            return Err(Refusal::invalid(sentence, hint).into());
        }
        if !cited::exists(t, evidence)? {
            let sentence = format!("there is no {address}, or it was withdrawn or removed");
            return Err(Refusal::unknown(sentence, "select something else").into());
        }
        if drafted.mentioned.contains(address) {
            let sentence = format!("{address} is selected, and mentioned as not published");
            return Err(Refusal::invalid(sentence, "take one of the two").into());
        }
    }
    for address in &drafted.mentioned {
        address.parse::<Evidence>().map_err(not_an_address)?;
    }
    Ok(())
}

fn not_an_address(sentence: String) -> Refusal {
    let hint = "give numbers such as #1, C1, A2, M1, a finding (F:#1:4) or frames (#1#frame=37)";
    Refusal::invalid(sentence, hint)
}

/// Whether records of this kind are published. People, masks, notes and watches are the desk's own; what others
/// published is theirs to publish.
fn published(evidence: Evidence) -> bool {
    !matches!(
        evidence,
        Evidence::Series(_)
            | Evidence::Person(_)
            | Evidence::Mask(_)
            | Evidence::Watch(_)
            | Evidence::Note(_)
            | Evidence::Checkpoint(_)
            | Evidence::Received(_)
            | Evidence::Entry(_)
    )
}

fn pseudonyms(t: &dyn Tables, drafted: &PublicationDrafted) -> Result<(), Error> {
    let actors = all::<Actor>(t)?;
    let known = |name: &str| actors.iter().any(|it| it.origin.actor == name);
    let mut taken = BTreeSet::new();
    for (actor, name) in &drafted.pseudonyms {
        text::required(name, "a pseudonym")?;
        if !known(actor) {
            let sentence = format!("nobody signs as {actor} in this case");
            let hint = "`framewitness key show --all` lists who does";
            return Err(Refusal::unknown(sentence, hint).into());
        }
        if known(name) || !taken.insert(name) {
            let sentence = format!("{name} is the name of somebody else");
            return Err(Refusal::conflict(sentence, "take another pseudonym").into());
        }
    }
    Ok(())
}

/// A publication that was neither revised nor taken back.
fn standing(t: &dyn Tables, number: PublicationNo) -> Result<Publication, Error> {
    let publication = get::<Publication>(t, number.0)?.ok_or_else(|| {
        let sentence = format!("there is no publication {number}");
        Refusal::unknown(sentence, "`framewitness publish list` shows them")
    })?;
    if publication.withdrawn.is_some() {
        let sentence = format!("{number} was withdrawn");
        return Err(Refusal::conflict(sentence, "draft it again").into());
    }
    if let Some(later) = publication.superseded_by {
        let sentence = format!("{number} was revised by {later}");
        return Err(Refusal::conflict(sentence, format!("go on with {later}")).into());
    }
    Ok(publication)
}

fn unsealed(t: &dyn Tables, number: PublicationNo) -> Result<Publication, Error> {
    let publication = standing(t, number)?;
    if publication.sealed.is_none() {
        return Ok(publication);
    }
    let hint = format!("what has left stays as it is: draft one that revises {number}");
    Err(Refusal::conflict(format!("{number} is sealed"), hint).into())
}
