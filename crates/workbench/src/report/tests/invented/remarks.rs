//! Tags and notes of the invented case.

use store::event::{NoteWritten, TagAdded};
use store::number::{NoteNo, TagNo};
use store::record::{ContentNote, Note, Tag};
use store::vocabulary::ContentFlag;

use super::{Words, origin};

pub(super) fn tag(words: &Words) -> Tag {
    Tag {
        number: TagNo(1),
        origin: origin(26, words),
        added: TagAdded {
            on: words.say("C1"),
            tag: words.say("to be asked again"),
        },
        withdrawn: None,
    }
}

pub(super) fn note(words: &Words) -> Note {
    Note {
        number: NoteNo(1),
        origin: origin(27, words),
        written: NoteWritten {
            on: words.say("#1"),
            text: words.say("The harbour master was called."),
        },
        withdrawn: None,
    }
}

pub(super) fn content(words: &Words) -> ContentNote {
    ContentNote {
        origin: origin(28, words),
        flags: vec![ContentFlag::Graphic, ContentFlag::DistressingSound],
        note: words.maybe("A man lies on the quay."),
        withdrawn: None,
    }
}
