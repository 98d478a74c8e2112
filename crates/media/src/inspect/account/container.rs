//! Whether the container's parts lie as its headers and its kind have it.

use super::{finding, plural};
use crate::facts::{Facts, Part};
use crate::finding::{Finding, FindingKind};

pub(super) const PARTS: &str = "container/parts";

const LIMITS: (&str, &str) = (
    PARTS,
    "Reads the headers of boxes and of Matroska's upper elements, not what is in them, nor whether \
     every byte of the media data is used. Recorders and programs differ in all of this without \
     anybody's meddling.",
);

/// Parts named in a sentence.
const NAMED: usize = 6;

/// What is out of place.
pub(super) fn container(facts: &Facts) -> Vec<Finding> {
    let Some(parts) = &facts.parts else {
        return Vec::new();
    };
    let parts = &parts.listed[..];
    let found = [
        beyond(parts),
        rest(parts),
        unknown(parts),
        filled(parts),
        several(parts),
        index_behind(parts),
    ];
    let say = |(summary, bytes): (String, u64)| {
        let values = [("bytes", bytes as f64)];
        finding(FindingKind::Container, summary, None, LIMITS, &values)
    };
    found.into_iter().flatten().map(say).collect()
}

fn beyond(parts: &[Part]) -> Option<(String, u64)> {
    let part = parts.iter().find(|part| part.beyond > 0)?;
    Some((
        format!(
            "The part {} at byte {} claims {} more than there is room for.",
            part.kind,
            part.offset,
            plural(usize::try_from(part.beyond).unwrap_or(usize::MAX), "byte")
        ),
        part.beyond,
    ))
}

/// Bytes behind the last part of the file. Within parts a few zeros are an old custom.
fn rest(parts: &[Part]) -> Option<(String, u64)> {
    let rest = parts
        .iter()
        .find(|part| part.kind.is_empty() && (part.depth == 0 || part.filled > 0))?;
    let bytes = plural(usize::try_from(rest.size).unwrap_or(usize::MAX), "byte");
    let place = if rest.depth == 0 {
        "after the last part of the container"
    } else {
        "in a part that should hold parts only"
    };
    let words = quoted(rest);
    Some((
        format!(
            "{bytes} that belong to no part lie {place}, from byte {}{words}.",
            rest.offset
        ),
        rest.size,
    ))
}

fn unknown(parts: &[Part]) -> Option<(String, u64)> {
    let unknown: Vec<_> = parts
        .iter()
        .filter(|part| !part.known && !part.kind.is_empty())
        .collect();
    if unknown.is_empty() {
        return None;
    }
    Some((
        format!(
            "{} that this program does not know: {}.",
            plural(unknown.len(), "part"),
            places(&unknown)
        ),
        unknown.iter().map(|part| part.size).sum(),
    ))
}

fn filled(parts: &[Part]) -> Option<(String, u64)> {
    let filled: Vec<_> = parts
        .iter()
        .filter(|part| part.filled > 0 && !part.kind.is_empty())
        .collect();
    let first = filled.first()?;
    Some((
        format!(
            "Free space that is not empty: {}{}.",
            places(&filled),
            quoted(first)
        ),
        filled.iter().map(|part| part.filled).sum(),
    ))
}

/// Parts of which a file has one.
fn several(parts: &[Part]) -> Option<(String, u64)> {
    let kind = ["ftyp", "moov", "Tracks", "Info"]
        .into_iter()
        .find(|kind| {
            let same = parts
                .iter()
                .filter(|part| part.kind == *kind && part.depth < 2);
            same.count() > 1
        })?;
    let all: Vec<_> = parts.iter().filter(|part| part.kind == kind).collect();
    Some((
        format!(
            "More than one {kind}, of which a file has one: {}.",
            places(&all)
        ),
        all.iter().map(|part| part.size).sum(),
    ))
}

fn index_behind(parts: &[Part]) -> Option<(String, u64)> {
    let place = |kind: &str| {
        parts
            .iter()
            .position(|part| part.depth == 0 && part.kind == kind)
    };
    let (media, index) = (place("mdat")?, place("moov")?);
    (media < index && place("moof").is_none()).then(|| {
        let at = parts[index].offset;
        (
            format!(
                "The index (moov) lies behind the media data, at byte {at}, as recorders write it."
            ),
            parts[index].size,
        )
    })
}

fn places(parts: &[&Part]) -> String {
    let mut words: Vec<_> = parts
        .iter()
        .take(NAMED)
        .map(|part| format!("{} at byte {}", part.kind, part.offset))
        .collect();
    if parts.len() > NAMED {
        words.push("…".to_owned());
    }
    words.join(", ")
}

fn quoted(part: &Part) -> String {
    let text = part.text.as_ref();
    text.map_or_else(String::new, |text| format!(", which begins “{text}”"))
}
