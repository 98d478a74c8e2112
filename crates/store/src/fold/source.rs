//! Sources: what they are called, what they have to do with each other, what they are worth, and their
//! observed states.

use super::revise::{self, Revised};
use super::tables::{Table, Tables, all, get, next, put};
use super::{cited, item, series, text, undo};
use crate::error::{Error, Refusal};
use crate::event::{
    Proof, SourceAliased, SourceGraded, SourceNamed, SourceObserved, SourceRelated,
};
use crate::number::{Number, SourceNo};
use crate::record::{Alias, Claim, Grading, Origin, Source, SourceObservation, Tie, Withdrawn};
use crate::vocabulary::Reliability;

/// Source `number`.
pub(super) fn need(t: &dyn Tables, number: SourceNo) -> Result<Source, Error> {
    let unknown = || {
        Refusal::unknown(
            format!("there is no source {number}"),
            "name the source first",
        )
    };
    let source: Source = get(t, number.0)?.ok_or_else(unknown)?;
    undo::standing(source.withdrawn.as_ref(), &number)?;
    Ok(source)
}

pub(super) fn name(
    t: &mut dyn Tables,
    origin: &Origin,
    named: &SourceNamed,
) -> Result<Option<Number>, Error> {
    text::required(&named.name, "the name of the source")?;
    text::optional(named.url.as_ref(), "the address of the source")?;
    text::optional(named.note.as_ref(), "the note")?;
    if let Some(grade) = &named.grade
        && grade.parse::<Reliability>().is_err()
    {
        let hint = "give A (reliable) to E (unreliable), or F (cannot be judged)";
        return Err(Refusal::invalid(format!("{grade:?} is no Admiralty grade"), hint).into());
    }
    let number = SourceNo(next(t, Table::Sources)?);
    let source = Source {
        number,
        origin: origin.clone(),
        named: named.clone(),
        observations: Vec::new(),
        aliases: Vec::new(),
        ties: Vec::new(),
        grades: Vec::new(),
        withdrawn: None,
    };
    keep(t, origin, &source)
}

pub(super) fn observe(
    t: &mut dyn Tables,
    origin: &Origin,
    seen: &SourceObserved,
) -> Result<Option<Number>, Error> {
    text::moment(seen.observed.as_ref(), "the time of observation")?;
    text::optional(seen.note.as_ref(), "the note")?;
    text::optional(seen.name.as_ref(), "the name that it had")?;
    let mut source = need(t, seen.source)?;
    for proof in &seen.proof {
        check_proof(t, proof)?;
    }
    source.observations.push(SourceObservation {
        origin: origin.clone(),
        state: seen.state,
        observed: seen.observed.clone(),
        note: seen.note.clone(),
        name: seen.name.clone(),
        proof: seen.proof.clone(),
        withdrawn: None,
    });
    keep(t, origin, &source)
}

fn check_proof(t: &dyn Tables, proof: &Proof) -> Result<(), Error> {
    match proof {
        Proof::Item { item } => item::need(t, item).map(|_| ()),
        Proof::Blob { name, .. } if name.contains('/') => {
            let sentence = format!("the file name {name:?} holds a folder");
            Err(Refusal::invalid(sentence, "give the name alone").into())
        }
        Proof::Blob { name, .. } => Ok(text::required(name, "the name of the file")?),
        Proof::Url { url } => Ok(text::required(url, "the address of the proof")?),
    }
}

pub(super) fn alias(
    t: &mut dyn Tables,
    origin: &Origin,
    aliased: &SourceAliased,
) -> Result<Option<Number>, Error> {
    text::required(&aliased.name, "the other name")?;
    text::optional(aliased.url.as_ref(), "the address")?;
    text::optional(aliased.note.as_ref(), "the note")?;
    text::period(aliased.from.as_ref(), aliased.until.as_ref())?;
    let mut source = need(t, aliased.source)?;
    source.aliases.push(Alias {
        origin: origin.clone(),
        aliased: aliased.clone(),
        withdrawn: None,
    });
    keep(t, origin, &source)
}

pub(super) fn relate(
    t: &mut dyn Tables,
    origin: &Origin,
    related: &SourceRelated,
) -> Result<Option<Number>, Error> {
    text::optional(related.note.as_ref(), "the note")?;
    text::period(related.from.as_ref(), related.until.as_ref())?;
    let mut source = need(t, related.source)?;
    need(t, related.to)?;
    if related.source == related.to {
        let sentence = format!("{} cannot have to do with itself", related.to);
        return Err(Refusal::invalid(sentence, "name another source").into());
    }
    source.ties.push(Tie {
        origin: origin.clone(),
        related: related.clone(),
        withdrawn: None,
    });
    keep(t, origin, &source)
}

pub(super) fn grade(
    t: &mut dyn Tables,
    origin: &Origin,
    graded: &SourceGraded,
) -> Result<Option<Number>, Error> {
    text::required(&graded.assessor, "the assessor")?;
    text::required(&graded.reason, "the reason of the grade")?;
    let mut source = need(t, graded.source)?;
    source.grades.push(Grading {
        origin: origin.clone(),
        graded: graded.clone(),
        superseded_by: None,
        withdrawn: None,
    });
    revise::restand(&mut source.grades);
    keep(t, origin, &source)
}

impl Revised for Grading {
    fn entry(&self) -> u64 {
        self.origin.entry
    }

    fn withdrawn(&mut self) -> &mut Option<Withdrawn> {
        &mut self.withdrawn
    }

    fn assessor(&self) -> &str {
        &self.graded.assessor
    }

    fn superseded_by(&mut self) -> &mut Option<u64> {
        &mut self.superseded_by
    }
}

fn keep(t: &mut dyn Tables, origin: &Origin, source: &Source) -> Result<Option<Number>, Error> {
    put(t, origin, source)?;
    Ok(Some(Number::Source(source.number)))
}

/// Takes back a source, or one thing recorded of it.
pub(super) fn withdraw(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    for mut source in all::<Source>(t)? {
        if source.origin.entry == entry {
            unnamed(t, source.number)?;
            cited::unused(t, &source.number)?;
            undo::mark(&mut source.withdrawn, withdrawn, entry)?;
        } else if let Some(place) = part(&mut source, entry) {
            undo::mark(place, withdrawn, entry)?;
            revise::restand(&mut source.grades);
        } else {
            continue;
        }
        return keep(t, origin, &source);
    }
    Ok(None)
}

/// What `entry` recorded of a source: whether it was taken back.
fn part(source: &mut Source, entry: u64) -> Option<&mut Option<Withdrawn>> {
    let of = |it: &Origin| it.entry == entry;
    let seen = source.observations.iter_mut();
    let aliases = source.aliases.iter_mut();
    let ties = source.ties.iter_mut();
    let grades = source.grades.iter_mut();
    let seen = seen.map(|it| (&it.origin, &mut it.withdrawn));
    seen.chain(aliases.map(|it| (&it.origin, &mut it.withdrawn)))
        .chain(ties.map(|it| (&it.origin, &mut it.withdrawn)))
        .chain(grades.map(|it| (&it.origin, &mut it.withdrawn)))
        .find(|(origin, _)| of(origin))
        .map(|(_, withdrawn)| withdrawn)
}

/// Refuses where something that stands names source `number`.
fn unnamed(t: &dyn Tables, number: SourceNo) -> Result<(), Error> {
    let claims = all::<Claim>(t)?.into_iter();
    let named = |it: &Claim| it.withdrawn.is_none() && it.made.source == Some(number);
    if let Some(claim) = { claims }.find(named) {
        return Err(undo::in_use(&number, &claim.number).into());
    }
    if let Some(series) = series::of_source(t, number)? {
        return Err(undo::in_use(&number, &series).into());
    }
    for other in all::<Source>(t)? {
        let mut ties = other.ties.iter().filter(|it| it.withdrawn.is_none());
        let tied = other.withdrawn.is_none() && ties.any(|it| it.related.to == number);
        if tied {
            return Err(undo::in_use(&number, &other.number).into());
        }
    }
    Ok(())
}
