//! Publications that came in from others: kept whole, once.

use super::tables::{Table, Tables, find, next, put};
use super::{removed, text};
use crate::error::{Error, Refusal};
use crate::event::{PublicationReceived, ReceivedFile};
use crate::number::{Number, ReceivedNo};
use crate::record::{Item, Origin, Received};

/// The file whose hash a bundle is known by.
const TAGS: &str = "tagmanifest-sha256.txt";

pub(super) fn receive(
    t: &mut dyn Tables,
    origin: &Origin,
    received: &PublicationReceived,
) -> Result<Option<Number>, Error> {
    text::required(&received.title, "the title")?;
    text::required(&received.their_number, "the number in the other case")?;
    text::required(&received.sealed_by.name, "the name of who sealed it")?;
    text::required(&received.sealed_by.fingerprint, "the fingerprint")?;
    text::required(&received.head.journal, "the name of the other journal")?;
    text::required(&received.tool, "the tool")?;
    text::optional(received.origin.as_ref(), "where it was obtained")?;
    text::optional(received.note.as_ref(), "the note")?;
    for words in &received.words {
        text::required(&words.text, "what they say")?;
    }
    whole(received)?;
    if let Some(known) = find::<Received>(t, &received.manifest.to_string())? {
        let sentence = format!("this bundle is {} already", known.number);
        return Err(Refusal::conflict(sentence, "a bundle is kept once").into());
    }
    none_removed(t, received)?;
    let number = ReceivedNo(next(t, Table::Received)?);
    let record = Received {
        number,
        origin: origin.clone(),
        received: received.clone(),
    };
    put(t, origin, &record)?;
    Ok(Some(Number::Received(number)))
}

/// Refuses what is no list of the files of one bundle.
fn whole(received: &PublicationReceived) -> Result<(), Refusal> {
    let paths: Vec<&str> = received.files.iter().map(|it| it.path.as_str()).collect();
    text::once(&paths, "a path")?;
    let items: Vec<_> = received.items.iter().map(|it| it.item).collect();
    text::once(&items, "an item")?;
    if let Some(path) = paths.iter().find(|it| !within(it)) {
        let sentence = format!("{path:?} is no path within a bundle");
        return Err(Refusal::invalid(sentence, "name files from its top"));
    }
    let names = |it: &ReceivedFile| it.path == TAGS && it.bytes == received.manifest;
    if !received.files.iter().any(names) {
        let sentence = format!("{TAGS} is not {}", received.manifest);
        return Err(Refusal::invalid(sentence, "name the bundle by its hash"));
    }
    Ok(())
}

/// Whether a path leads nowhere else, on any system.
fn within(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    !path.contains(['\\', '\0']) && path.split('/').all(plain)
}

/// Refuses the bytes of items that were removed.
fn none_removed(t: &dyn Tables, received: &PublicationReceived) -> Result<(), Error> {
    let files = received.files.iter().filter_map(|it| it.item);
    for id in files {
        let Some(item) = find::<Item>(t, &id.to_string())? else {
            continue;
        };
        if let Some(gone) = &item.removed {
            let gone = removed::gone(&item, gone);
            let sentence = format!("these bytes are not taken again: {}", gone.sentence);
            let hint = "keep the bundle outside of the case, if you may keep it at all";
            return Err(Refusal::conflict(sentence, hint).into());
        }
    }
    Ok(())
}
