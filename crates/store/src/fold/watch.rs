//! The watch list: footage that somebody wants to hear of when it appears again.

use super::item;
use super::pin::check_span;
use super::tables::{Table, Tables, all, get, next, put};
use super::text;
use crate::error::{Error, Refusal};
use crate::event::{FoundAgain, WatchBegun, WatchEnded, WatchSearched};
use crate::number::{Number, WatchNo};
use crate::record::{Ended, Item, Match, Origin, Watch, WatchFound};

pub(super) fn begin(
    t: &mut dyn Tables,
    origin: &Origin,
    begun: &WatchBegun,
) -> Result<Option<Number>, Error> {
    text::optional(begun.note.as_ref(), "the note")?;
    let item = item::need(t, &begun.item)?;
    if item.inspection.is_none() {
        let sentence = format!("{} was not inspected yet", item.number);
        let hint = format!(
            "inspect {} first: nothing can be compared with it",
            item.number
        );
        return Err(Refusal::conflict(sentence, hint).into());
    }
    if let Some(span) = &begun.span {
        check_span(&item, span)?;
    }
    let same = |watch: &Watch| {
        watch.ended.is_none() && watch.begun.item == begun.item && watch.begun.span == begun.span
    };
    if let Some(known) = all::<Watch>(t)?.into_iter().find(same) {
        let sentence = format!("{} watches for this already", known.number);
        let hint = "end that watch first, or name another span";
        return Err(Refusal::conflict(sentence, hint).into());
    }
    let number = WatchNo(next(t, Table::Watches)?);
    let watch = Watch {
        number,
        origin: origin.clone(),
        begun: begun.clone(),
        found: Vec::new(),
        ended: None,
    };
    put(t, origin, &watch)?;
    Ok(Some(Number::Watch(number)))
}

pub(super) fn end(
    t: &mut dyn Tables,
    origin: &Origin,
    ended: &WatchEnded,
) -> Result<Option<Number>, Error> {
    text::optional(ended.note.as_ref(), "the note")?;
    let mut watch = need(t, ended.watch)?;
    if watch.ended.is_some() {
        let sentence = format!("{} was ended before", ended.watch);
        return Err(Refusal::conflict(sentence, "begin another watch to go on").into());
    }
    watch.ended = Some(Ended {
        origin: origin.clone(),
        note: ended.note.clone(),
    });
    put(t, origin, &watch)?;
    Ok(Some(Number::Watch(watch.number)))
}

pub(super) fn search(
    t: &mut dyn Tables,
    origin: &Origin,
    searched: &WatchSearched,
) -> Result<Option<Number>, Error> {
    text::required(&searched.tool, "the tool of the search")?;
    if searched.watches.is_empty() || searched.items.is_empty() {
        let sentence = "the search was for nothing, or in nothing";
        return Err(Refusal::invalid(sentence, "name watches and items").into());
    }
    for number in &searched.watches {
        need(t, *number)?;
    }
    for id in &searched.items {
        let mut item = item::need(t, id)?;
        if item.inspection.is_none() {
            let sentence = format!("{} was not inspected yet", item.number);
            return Err(Refusal::conflict(sentence, "inspect it first").into());
        }
        mark(&mut item, &searched.watches);
        put(t, origin, &item)?;
    }
    for again in &searched.found {
        enter(t, origin, searched, *again)?;
    }
    Ok(None)
}

/// Enters in `item` that it was searched for `watches`.
fn mark(item: &mut Item, watches: &[WatchNo]) {
    item.searched.extend(watches);
    item.searched.sort_unstable();
    item.searched.dedup();
}

fn enter(
    t: &mut dyn Tables,
    origin: &Origin,
    searched: &WatchSearched,
    again: FoundAgain,
) -> Result<(), Error> {
    let FoundAgain { watch, found } = again;
    let unknown = || Refusal::unknown(format!("there is no match {found}"), "record it first");
    let shared: Match = get(t, found.0)?.ok_or_else(unknown)?;
    let mut kept = need(t, watch)?;
    let sides = [shared.found.query, shared.found.reference];
    let of_watch = sides.contains(&kept.begun.item);
    let of_item = searched.items.iter().any(|item| sides.contains(item));
    if !searched.watches.contains(&watch) || !of_watch || !of_item {
        let sentence = format!("{found} is not what a search for {watch} in these items finds");
        return Err(Refusal::invalid(sentence, "name a match of both").into());
    }
    if kept.found.iter().all(|known| known.found != found) {
        kept.found.push(WatchFound {
            origin: origin.clone(),
            found,
        });
        put(t, origin, &kept)?;
    }
    Ok(())
}

fn need(t: &dyn Tables, number: WatchNo) -> Result<Watch, Error> {
    let unknown = || Refusal::unknown(format!("there is no watch {number}"), "begin it first");
    Ok(get(t, number.0)?.ok_or_else(unknown)?)
}
