//! Sources, dates, places, people, tags and notes in a few words.

use store::event::{Cover, Event};
use store::record::Item;

use super::{number, place};

/// What becomes of sources, in a few words.
pub(super) fn sourcing(items: &[Item], event: &Event) -> String {
    match event {
        Event::SourceNamed(source) => format!("{} ({})", source.name, source.kind),
        Event::SourceObserved(seen) => format!("{} {}", seen.source, seen.state),
        Event::SourceAliased(aliased) => format!("{} also {}", aliased.source, aliased.name),
        Event::SourceRelated(related) => {
            format!("{} {} {}", related.source, related.tie, related.to)
        }
        Event::SourceGraded(graded) => {
            let (grade, who) = (graded.grade, &graded.assessor);
            format!("{who} on {}: {grade}", graded.source)
        }
        Event::SeriesBegun(series) => series.name.clone(),
        Event::SeriesPlaced(placed) => {
            let item = number(items, &placed.item);
            format!("{item} in {} at {}", placed.series, placed.position)
        }
        _ => whereabouts(items, event),
    }
}

/// When and where items came about, in a few words.
fn whereabouts(items: &[Item], event: &Event) -> String {
    match event {
        Event::ItemDated(dated) => {
            let until = dated.until.as_ref().map(|until| format!(" to {until}"));
            let (when, how) = (&dated.from, dated.footing);
            format!(
                "{}: {when}{} ({how})",
                place(items, &dated.pin),
                until.unwrap_or_default()
            )
        }
        Event::ItemPlaced(placed) => {
            format!(
                "{}: {} ({})",
                place(items, &placed.pin),
                placed.name,
                placed.footing
            )
        }
        _ => people(items, event),
    }
}

/// Who appears, and what was remarked, in a few words.
fn people(items: &[Item], event: &Event) -> String {
    match event {
        Event::PersonEntered(entered) => entered.description.clone(),
        Event::PersonAppears(appears) => {
            format!("{} in {}", appears.person, place(items, &appears.pin))
        }
        Event::PersonProtected(protected) => {
            let grounds: Vec<&str> = protected.protection.iter().map(|it| it.word()).collect();
            let grounds = match grounds.is_empty() {
                true => "not protected".to_owned(),
                false => format!("protected: {}", grounds.join(" ")),
            };
            format!("{} {grounds}", protected.person)
        }
        // Not the name: the journal is looked through by more people than need it.
        Event::PersonIdentified(identified) => format!("{} identity", identified.person),
        Event::ContentNoted(noted) => {
            let flags: Vec<&str> = noted.flags.iter().map(|it| it.word()).collect();
            let note = noted.note.as_deref().unwrap_or_default();
            format!("{} {} {note}", number(items, &noted.item), flags.join(" "))
        }
        Event::TagAdded(added) => format!("{}: {}", added.on, added.tag),
        Event::NoteWritten(written) => format!("{}: {}", written.on, written.text),
        _ => masks(items, event),
    }
}

/// What is masked, in a few words.
fn masks(items: &[Item], event: &Event) -> String {
    match event {
        Event::MaskDrawn(drawn) => {
            let item = number(items, &drawn.item);
            let revises = drawn.supersedes.map(|it| format!(" for {it}"));
            let what = match &drawn.cover {
                Cover::Picture(it) => {
                    let (first, last) = (it.span.first.no, it.span.last.no);
                    format!("frames {first}-{last}: {} {}", it.method, it.shape)
                }
                Cover::Sound(it) => {
                    let last = it.span.to.saturating_sub(1);
                    format!("samples {}-{last}: {}", it.span.from, it.method)
                }
            };
            format!("{item} {what}{}", revises.unwrap_or_default())
        }
        Event::MaskConfirmed(confirmed) => confirmed.mask.to_string(),
        Event::MaskRendered(made) => {
            let leaks = match made.leaks {
                0 => "nothing leaks".to_owned(),
                many => format!("{many} LEAKS"),
            };
            format!(
                "{} {} of {} masks, {leaks}",
                number(items, &made.item),
                made.form,
                made.masks.len()
            )
        }
        _ => String::new(),
    }
}

/// What becomes of publications, in a few words.
pub(super) fn publishing(event: &Event) -> String {
    match event {
        Event::PublicationDrafted(drafted) => {
            let count = drafted.selected.len();
            format!(
                "{:?} as of {}, {count} selected",
                drafted.title, drafted.checkpoint
            )
        }
        Event::PublicationReviewed(reviewed) => {
            let word = if reviewed.approved {
                "approved"
            } else {
                "held back"
            };
            format!("{} {word}", reviewed.publication)
        }
        Event::PublicationSealed(sealed) => format!("{} {}", sealed.publication, sealed.manifest),
        Event::PublicationReceived(received) => {
            let (title, by) = (&received.title, &received.sealed_by.name);
            format!("{title:?} of {by}, {} files", received.files.len())
        }
        Event::PublicationWithdrawn(withdrawn) => {
            format!("{}: {}", withdrawn.publication, withdrawn.reason)
        }
        _ => String::new(),
    }
}
