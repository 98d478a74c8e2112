//! What software wrote of itself into container and stream, and when by its own word.

use super::{at, finding, plural, some};
use crate::facts::{CoderNote, Facts};
use crate::finding::{Finding, FindingKind};
use crate::index::FrameIndex;

pub(super) const TAGS: &str = "traces/tags";
pub(super) const NOTES: &str = "traces/coder-notes";
pub(super) const TIMES: &str = "traces/times";

const TAGS_LIMITS: (&str, &str) = (
    TAGS,
    "Anyone can write or strip such words; programs write them without their users' knowledge.",
);
const NOTES_LIMITS: (&str, &str) = (
    NOTES,
    "Reads user data of H.264 and HEVC, where x264 and x265 write their settings. Their absence \
     says nothing, and anyone can write them. Services that code long videos in pieces join them so too.",
);
const TIMES_LIMITS: (&str, &str) = (
    TIMES,
    "Compares times that the headers of MP4 and QuickTime state with each other. Clocks are wrong, \
     many programs write none, and some write local time.",
);

/// Tags that name software, a device or a kind of file.
const NAMES: &[&str] = &[
    "encoder",
    "encoded_by",
    "writing_application",
    "software",
    "major_brand",
    "handler_name",
    "vendor_id",
    "make",
    "model",
    "creation_time",
    "date",
];
/// Beginnings of such tags.
const FAMILIES: &[&str] = &["com.apple.", "com.android.", "com.samsung.", "xiaomi"];
/// Characters of a note that a sentence quotes.
const QUOTED: usize = 160;
/// 1970 began so many seconds after 1904: what programs write that were told no time.
const UNTOLD: u64 = 2_082_844_800;
/// Seconds that a file may be written after its time of making beyond its length.
const WRITING: u64 = 120;

/// Names of programs and devices in the tags.
pub(super) fn tags(facts: &Facts) -> Option<Finding> {
    let mut words: Vec<String> = Vec::new();
    let all = std::iter::once(&facts.tags).chain(facts.streams.iter().map(|it| &it.tags));
    for (name, value) in all.flatten() {
        let lower = name.to_lowercase();
        let speaks = NAMES.contains(&lower.as_str())
            || FAMILIES.iter().any(|family| lower.starts_with(family));
        let word = format!("{name} “{}”", value.trim());
        if speaks && !value.trim().is_empty() && value != "[0][0][0][0]" && !words.contains(&word) {
            words.push(word);
        }
    }
    let apps = facts.parts.iter().flat_map(|parts| &parts.listed);
    for part in apps.filter(|part| part.kind.ends_with("App")) {
        words.extend(
            part.text
                .iter()
                .map(|text| format!("{} “{text}”", part.kind)),
        );
    }
    let count = words.len();
    (count > 0).then(|| {
        let summary = format!("The file names: {}.", words.join(", "));
        let values = [("names", count as f64)];
        finding(FindingKind::Traces, summary, None, TAGS_LIMITS, &values)
    })
}

/// What coders wrote into the stream: once at its start, or at every key frame, or again on the way,
/// as where streams were joined without being coded again.
pub(super) fn notes(facts: &Facts, frames: &FrameIndex) -> Vec<Finding> {
    let notes = &facts.coder_notes;
    let Some(first) = notes.first() else {
        return Vec::new();
    };
    let mut found = vec![note(first, frames)];
    let key = |no: u32| frames.frames.get(no as usize).is_some_and(|it| it.key);
    let keys = frames.frames.iter().filter(|frame| frame.key).count();
    let at_every_key = notes.len() >= keys && notes.iter().all(|it| key(it.frame.0));
    let changed: Vec<&CoderNote> = notes
        .windows(2)
        .filter(|pair| !at_every_key || pair[0].text != pair[1].text)
        .map(|pair| &pair[1])
        .collect();
    if let Some(next) = changed.first() {
        let places: Vec<u32> = changed.iter().map(|it| it.frame.0).collect();
        found.push(finding(
            FindingKind::Traces,
            format!(
                "A coder introduces itself again in {}, at frame {}, as where streams were joined \
                 without being coded again; the first: {}",
                plural(changed.len(), "place"),
                some(&places),
                quoted(&next.text)
            ),
            at(frames, next.frame.0 as usize),
            NOTES_LIMITS,
            &[("places", changed.len() as f64)],
        ));
    }
    found
}

fn note(note: &CoderNote, frames: &FrameIndex) -> Finding {
    finding(
        FindingKind::Traces,
        format!("The coder of the pictures wrote: {}", quoted(&note.text)),
        at(frames, note.frame.0 as usize),
        NOTES_LIMITS,
        &[("characters", note.text.chars().count() as f64)],
    )
}

fn quoted(text: &str) -> String {
    let start: String = text.chars().take(QUOTED).collect();
    if start.len() < text.len() {
        format!("“{start}…”")
    } else {
        format!("“{start}”")
    }
}

/// Times of making and changing that do not go together.
pub(super) fn times(facts: &Facts) -> Option<Finding> {
    let parts = facts.parts.as_ref()?;
    let times: Vec<[u64; 2]> = parts
        .listed
        .iter()
        .filter_map(|part| part.times)
        .filter(|times| times.iter().all(|time| *time > 0 && *time != UNTOLD))
        .collect();
    let length = u64::try_from(facts.duration_us.unwrap_or(0) / 1_000_000).unwrap_or(0);
    let earliest = times.iter().map(|it| it[0]).min()?;
    let latest = times.iter().map(|it| it[0]).max()?;
    let later = times.iter().map(|it| it[1].saturating_sub(it[0])).max()?;
    let sooner = times.iter().map(|it| it[0].saturating_sub(it[1])).max()?;
    let summary = if sooner > 0 {
        format!("A header says that it was changed {sooner} s before it was made.")
    } else if later > length + WRITING {
        format!("The headers say that they were changed {later} s after they were made.")
    } else if latest - earliest > length + WRITING {
        let apart = latest - earliest;
        format!("The headers of the file and its tracks say that they were made {apart} s apart.")
    } else {
        return None;
    };
    let values = [
        ("changed_after_s", later as f64),
        ("changed_before_s", sooner as f64),
        ("made_apart_s", (latest - earliest) as f64),
    ];
    Some(finding(
        FindingKind::Traces,
        summary,
        None,
        TIMES_LIMITS,
        &values,
    ))
}
