//! Erasing the bytes of an item, unless something that stands rests on them.

use super::citing::citing;
use super::tables::{Tables, put};
use super::{item, text};
use crate::error::{Error, Refusal};
use crate::event::ItemRemoved;
use crate::number::Number;
use crate::record::{Citing, Item, Origin, Removal, Removed};

pub(super) fn remove(
    t: &mut dyn Tables,
    origin: &Origin,
    removed: &ItemRemoved,
) -> Result<Option<Number>, Error> {
    text::required(&removed.reason, "the reason of the removal")?;
    let mut item = item::need(t, &removed.item)?;
    same_bytes(&item, removed)?;
    for blob in &removed.derived {
        text::required(&blob.what, "what was derived")?;
        if let Some(blake3) = &blob.blake3 {
            text::hash(blake3, "the BLAKE3 of what was derived")?;
        }
    }
    if let [first, rest @ ..] = citing(t, &item)?.as_slice() {
        return Err(in_use(&item, first, rest).into());
    }
    item.removed = Some(Removed {
        origin: origin.clone(),
        ground: removed.ground,
        reason: removed.reason.clone(),
    });
    item.searched.clear();
    if let Some(kept) = &mut item.inspection {
        // What was read in the bytes is found no more.
        kept.inspected.found.clear();
    }
    put(t, origin, &item)?;
    let number = item.number;
    let removal = Removal {
        number,
        origin: origin.clone(),
        removed: removed.clone(),
    };
    put(t, origin, &removal)?;
    Ok(Some(Number::Item(number)))
}

/// A tombstone says of the bytes what was said when they came.
fn same_bytes(item: &Item, removed: &ItemRemoved) -> Result<(), Refusal> {
    let mut known = item.acquisitions.iter();
    let same = known.all(|it| it.acquired.blake3 == removed.blake3) && item.size == removed.size;
    match same {
        true => Ok(()),
        false => Err(Refusal::conflict(
            format!("size or BLAKE3 are not those of {}", item.number),
            "state what its acquisition states",
        )),
    }
}

fn in_use(item: &Item, first: &Citing, rest: &[Citing]) -> Refusal {
    let mut names: Vec<&str> = rest.iter().map(|it| it.number.as_str()).collect();
    names.insert(0, &first.number);
    names.dedup();
    let mut resolved: Vec<&str> = rest.iter().map(|it| it.resolve.as_str()).collect();
    resolved.insert(0, &first.resolve);
    Refusal::conflict(
        format!("{} is in use: {} cite it", item.number, names.join(", ")),
        format!("free it first: {}", resolved.join("; ")),
    )
}

/// Refuses what is of bytes that were erased.
pub(super) fn gone(item: &Item, removed: &Removed) -> Refusal {
    Refusal::unknown(
        format!(
            "{} was removed by {} on {} ({}): {}",
            item.number, removed.origin.actor, removed.origin.at, removed.ground, removed.reason
        ),
        format!(
            "entry {} is its tombstone; its bytes cannot be brought back",
            removed.origin.entry
        ),
    )
}
