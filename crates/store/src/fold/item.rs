//! Items: acquired and inspected.

use journal::ContentId;

use super::tables::{Table, Tables, find, next, put};
use super::{removed, text};
use crate::error::{Error, Refusal};
use crate::event::{Acquired, Inspected};
use crate::number::{ItemNo, Number};
use crate::record::{Acquisition, Inspection, Item, Origin};

/// The item with these bytes, which are kept.
pub(super) fn need(t: &dyn Tables, id: &ContentId) -> Result<Item, Error> {
    let item = known(t, id)?;
    match &item.removed {
        None => Ok(item),
        Some(removed) => Err(removed::gone(&item, removed).into()),
    }
}

/// The item with these bytes, kept or not.
fn known(t: &dyn Tables, id: &ContentId) -> Result<Item, Error> {
    let unknown = || Refusal::unknown(format!("no item of this case is {id}"), "add it first");
    Ok(find(t, &id.to_string())?.ok_or_else(unknown)?)
}

pub(super) fn report(
    t: &dyn Tables,
    id: &ContentId,
    removed: bool,
) -> Result<Option<Number>, Error> {
    let item = known(t, id)?;
    if item.removed.is_some() == removed {
        return Ok(Some(Number::Item(item.number)));
    }
    let sentence = format!("{} was removed while its report was written", item.number);
    Err(Refusal::conflict(sentence, "write it again").into())
}

pub(super) fn acquire(
    t: &mut dyn Tables,
    origin: &Origin,
    acquired: &Acquired,
) -> Result<Option<Number>, Error> {
    text::required(&acquired.name, "the name of the file")?;
    text::required(&acquired.method, "the method of acquisition")?;
    text::optional(acquired.origin.as_ref(), "the origin of the file")?;
    text::optional(acquired.note.as_ref(), "the note")?;
    text::moment(acquired.uploaded.as_ref(), "the time of the upload")?;
    text::moment(acquired.acquired.as_ref(), "the time of acquisition")?;
    text::moment(acquired.modified.as_ref(), "the time of modification")?;
    text::hash(&acquired.blake3, "the BLAKE3 of the file")?;
    if acquired.name.contains('/') {
        let sentence = format!("the file name {:?} holds a folder", acquired.name);
        return Err(
            Refusal::invalid(sentence, "give the name alone; the folder is its origin").into(),
        );
    }
    let acquisition = Acquisition {
        origin: origin.clone(),
        acquired: acquired.clone(),
    };
    let item = match find::<Item>(t, &acquired.item.to_string())? {
        Some(item) => acquired_again(item, acquisition)?,
        None => Item {
            number: ItemNo(next(t, Table::Items)?),
            id: acquired.item,
            name: acquired.name.clone(),
            size: acquired.size,
            acquisitions: vec![acquisition],
            inspection: None,
            searched: Vec::new(),
            removed: None,
            content: Vec::new(),
        },
    };
    put(t, origin, &item)?;
    Ok(Some(Number::Item(item.number)))
}

fn acquired_again(mut item: Item, acquisition: Acquisition) -> Result<Item, Refusal> {
    if let Some(removed) = &item.removed {
        let gone = removed::gone(&item, removed);
        let sentence = format!("these bytes are not taken again: {}", gone.sentence);
        let hint = "keep them in a case of their own, if you may keep them at all";
        return Err(Refusal::conflict(sentence, hint));
    }
    let (size, blake3) = (acquisition.acquired.size, &acquisition.acquired.blake3);
    let same = item.size == size
        && item
            .acquisitions
            .iter()
            .all(|a| a.acquired.blake3 == *blake3);
    if !same {
        return Err(Refusal::conflict(
            format!(
                "{} has the same SHA-256 and another size or BLAKE3",
                item.number
            ),
            "hash the file again: one of the two was measured wrongly",
        ));
    }
    item.acquisitions.push(acquisition);
    Ok(item)
}

pub(super) fn inspect(
    t: &mut dyn Tables,
    origin: &Origin,
    inspected: &Inspected,
) -> Result<Option<Number>, Error> {
    text::required(&inspected.tool, "the tool of the inspection")?;
    counted(inspected)?;
    let mut item = need(t, &inspected.item)?;
    let kept = item.inspection.as_ref().map(|kept| kept.inspected.prints);
    if kept != Some(inspected.prints) {
        item.searched.clear();
    }
    item.inspection = Some(Inspection {
        origin: origin.clone(),
        inspected: inspected.clone(),
    });
    put(t, origin, &item)?;
    Ok(Some(Number::Item(item.number)))
}

/// Refuses what findings say where it is of more or fewer than there are.
fn counted(inspected: &Inspected) -> Result<(), Refusal> {
    for of_kind in &inspected.found {
        text::required(&of_kind.kind, "the kind of a finding")?;
    }
    let told: u32 = inspected.found.iter().map(|it| it.count).sum();
    if inspected.found.is_empty() || told == inspected.finding_count {
        return Ok(());
    }
    let sentence = format!("{told} findings are told of {}", inspected.finding_count);
    Err(Refusal::invalid(sentence, "tell the kind of each once"))
}
