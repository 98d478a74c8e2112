//! Sources and their observed states.

use super::tables::{Table, Tables, get, next, put};
use super::{text, undo};
use crate::error::{Error, Refusal};
use crate::event::{SourceNamed, SourceObserved};
use crate::number::{Number, SourceNo};
use crate::record::{Origin, Source, SourceObservation};

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
        && !matches!(grade.as_bytes(), [b'A'..=b'F'])
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
        withdrawn: None,
    };
    put(t, origin, &source)?;
    Ok(Some(Number::Source(number)))
}

pub(super) fn observe(
    t: &mut dyn Tables,
    origin: &Origin,
    seen: &SourceObserved,
) -> Result<Option<Number>, Error> {
    text::moment(seen.observed.as_ref(), "the time of observation")?;
    text::optional(seen.note.as_ref(), "the note")?;
    let mut source = need(t, seen.source)?;
    source.observations.push(SourceObservation {
        origin: origin.clone(),
        state: seen.state,
        observed: seen.observed.clone(),
        note: seen.note.clone(),
        withdrawn: None,
    });
    put(t, origin, &source)?;
    Ok(Some(Number::Source(source.number)))
}
