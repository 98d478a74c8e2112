//! Tags, notes, and what to know before an item is opened.

use super::tables::{Table, Tables, all, find, next, put};
use super::{cited, item, text, undo};
use crate::error::{Error, Refusal};
use crate::event::{ContentNoted, NoteWritten, TagAdded};
use crate::evidence::Evidence;
use crate::number::{NoteNo, Number, TagNo};
use crate::record::{ContentNote, Item, Note, Origin, Tag, Withdrawn};

/// Longest tag, in characters.
const LONGEST_TAG: usize = 100;

pub(super) fn tag(
    t: &mut dyn Tables,
    origin: &Origin,
    added: &TagAdded,
) -> Result<Option<Number>, Error> {
    need(t, &added.on)?;
    let on = &added.on;
    let tag = added.tag.as_str();
    let fits = !tag.is_empty() && tag.trim() == tag && tag.chars().count() <= LONGEST_TAG;
    if !fits || tag.contains(char::is_control) {
        let sentence = format!("{tag:?} is no tag");
        let hint = "write a line of at most 100 characters, without blanks around it";
        return Err(Refusal::invalid(sentence, hint).into());
    }
    if let Some(known) = find::<Tag>(t, &label(&added.on, tag))? {
        let sentence = format!("{on} is tagged {tag:?} already, by {}", known.number);
        return Err(Refusal::conflict(sentence, "choose another tag").into());
    }
    let number = TagNo(next(t, Table::Tags)?);
    let tag = Tag {
        number,
        origin: origin.clone(),
        added: added.clone(),
        withdrawn: None,
    };
    put(t, origin, &tag)?;
    Ok(Some(Number::Tag(number)))
}

/// What a tag that stands is found by.
pub(super) fn label(on: &str, tag: &str) -> String {
    format!("{on} {tag}")
}

pub(super) fn note(
    t: &mut dyn Tables,
    origin: &Origin,
    written: &NoteWritten,
) -> Result<Option<Number>, Error> {
    need(t, &written.on)?;
    text::required(&written.text, "the note")?;
    let number = NoteNo(next(t, Table::Notes)?);
    let note = Note {
        number,
        origin: origin.clone(),
        written: written.clone(),
        withdrawn: None,
    };
    put(t, origin, &note)?;
    Ok(Some(Number::Note(number)))
}

pub(super) fn content(
    t: &mut dyn Tables,
    origin: &Origin,
    noted: &ContentNoted,
) -> Result<Option<Number>, Error> {
    text::optional(noted.note.as_ref(), "the note")?;
    let mut item = item::need(t, &noted.item)?;
    text::once(&noted.flags, "a content flag")?;
    let mut flags = noted.flags.clone();
    flags.sort_unstable();
    item.content.push(ContentNote {
        origin: origin.clone(),
        flags,
        note: noted.note.clone(),
        withdrawn: None,
    });
    put(t, origin, &item)?;
    Ok(Some(Number::Item(item.number)))
}

/// Checks that what `on` names can be remarked on, is there and was not taken back.
fn need(t: &dyn Tables, on: &str) -> Result<(), Error> {
    let hint = "name it by its number: #1, C1, O1, M1, H1, A1, D1, L1, F:#1:4, S1, G1, P1 or W1";
    let named: Evidence = on
        .parse()
        .map_err(|_| Refusal::invalid(format!("{on:?} names nothing recorded"), hint))?;
    if let Evidence::Frames(..) | Evidence::Entry(_) | Evidence::Note(_) | Evidence::Checkpoint(_) =
        named
    {
        let sentence = format!("{named} takes no tags and notes");
        let hint = format!("{hint}; what is seen on frames is an observation");
        return Err(Refusal::invalid(sentence, hint).into());
    }
    if !cited::exists(t, named)? {
        let sentence = format!("there is no {named}, or it was withdrawn");
        return Err(Refusal::unknown(sentence, "record it first, or name another").into());
    }
    Ok(())
}

/// Removes a tag.
pub(super) fn withdraw_tag(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    let Some(mut tag) = undo::recorded::<Tag>(t, entry, |it| &it.origin)? else {
        return Ok(None);
    };
    undo::mark(&mut tag.withdrawn, withdrawn, entry)?;
    put(t, origin, &tag)?;
    Ok(Some(Number::Tag(tag.number)))
}

/// Removes a note.
pub(super) fn withdraw_note(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    let Some(mut note) = undo::recorded::<Note>(t, entry, |it| &it.origin)? else {
        return Ok(None);
    };
    cited::unused(t, &note.number)?;
    undo::mark(&mut note.withdrawn, withdrawn, entry)?;
    put(t, origin, &note)?;
    Ok(Some(Number::Note(note.number)))
}

/// Takes back what was said to be known before an item is opened; what was said before stands again.
pub(super) fn withdraw_content(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    for mut item in all::<Item>(t)? {
        let content = { &mut item.content }.iter_mut();
        let Some(noted) = { content }.find(|it| it.origin.entry == entry) else {
            continue;
        };
        undo::mark(&mut noted.withdrawn, withdrawn, entry)?;
        put(t, origin, &item)?;
        return Ok(Some(Number::Item(item.number)));
    }
    Ok(None)
}
