//! Searches kept under a name, for everybody who works on the case.

use super::tables::{Table, Tables, find, get, next, put};
use super::text;
use crate::error::{Error, Refusal};
use crate::event::{ViewRemoved, ViewRenamed, ViewSaved};
use crate::number::{Number, SavedViewNo};
use crate::record::{Ended, FormerName, Origin, SavedView};

pub(super) fn save(
    t: &mut dyn Tables,
    origin: &Origin,
    saved: &ViewSaved,
) -> Result<Option<Number>, Error> {
    text::required(&saved.name, "the name of the view")?;
    saved.query.check()?;
    free(t, &saved.name)?;
    let number = SavedViewNo(next(t, Table::Views)?);
    let view = SavedView {
        number,
        origin: origin.clone(),
        name: saved.name.clone(),
        query: saved.query.clone(),
        former: Vec::new(),
        removed: None,
    };
    put(t, origin, &view)?;
    Ok(Some(Number::View(number)))
}

pub(super) fn rename(
    t: &mut dyn Tables,
    origin: &Origin,
    renamed: &ViewRenamed,
) -> Result<Option<Number>, Error> {
    text::required(&renamed.name, "the name of the view")?;
    let mut view = need(t, renamed.view)?;
    free(t, &renamed.name)?;
    let before = std::mem::replace(&mut view.name, renamed.name.clone());
    view.former.push(FormerName {
        until: origin.clone(),
        name: before,
    });
    put(t, origin, &view)?;
    Ok(Some(Number::View(view.number)))
}

pub(super) fn remove(
    t: &mut dyn Tables,
    origin: &Origin,
    removed: &ViewRemoved,
) -> Result<Option<Number>, Error> {
    text::optional(removed.note.as_ref(), "the note")?;
    let mut view = need(t, removed.view)?;
    view.removed = Some(Ended {
        origin: origin.clone(),
        note: removed.note.clone(),
    });
    put(t, origin, &view)?;
    Ok(Some(Number::View(view.number)))
}

fn need(t: &dyn Tables, number: SavedViewNo) -> Result<SavedView, Error> {
    let unknown = || Refusal::unknown(format!("there is no view {number}"), "save it first");
    let view: SavedView = get(t, number.0)?.ok_or_else(unknown)?;
    match view.removed {
        None => Ok(view),
        Some(_) => Err(Refusal::conflict(
            format!("{number} was removed"),
            "save it again under a name",
        )
        .into()),
    }
}

/// Refuses a name that a view has.
fn free(t: &dyn Tables, name: &str) -> Result<(), Error> {
    match find::<SavedView>(t, &format!("name {name}"))? {
        None => Ok(()),
        Some(view) => Err(Refusal::conflict(
            format!("{} is called {name:?} already", view.number),
            "take another name, or rename or remove that one first",
        )
        .into()),
    }
}
