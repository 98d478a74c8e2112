//! What of a record is searched.

use std::collections::BTreeSet;

use journal::ContentId;
use serde_json::Value;

use super::dates;
use super::fold;
use crate::fold::{Row, Table};
use crate::record::Publication;
use crate::vocabulary::RecordKind;

/// Bytes of words that are kept of one record: a book. What follows is not searched. PostgreSQL takes
/// 1 MiB of words and marks.
const LONGEST: usize = 600_000;

/// Bytes of marks that are kept of one record.
const LONGEST_MARKS: usize = 300_000;

/// Longest value in a mark, in bytes; of a longer one the hash is there. PostgreSQL takes 2046.
const LONGEST_VALUE: usize = 400;

/// Between the words of one field and the next, so that no phrase reaches across.
pub(crate) const BREAK: &str = "·";

/// What others say about an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    /// There are records of these kinds about it that stand.
    pub(crate) kinds: BTreeSet<RecordKind>,
    /// The marks of tags on it that stand.
    pub(crate) tags: BTreeSet<String>,
}

/// A record as the index keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// Where it is in the order of recording: by the entry that made it, its kind and its number.
    pub(crate) id: u64,
    /// Its table and number.
    pub(crate) table: Table,
    pub(crate) number: u32,
    /// Its words, then its marks, each with a space before and after it.
    pub(crate) words: String,
}

impl Document {
    /// The record of `row`, and for an item what others say about it.
    pub(crate) fn of(table: Table, row: &Row, record: &Value, about: &About) -> Self {
        let mut content = Content::default();
        content.word(&table.called(row.number));
        content.walk("", record);
        let kind = table.kind().map(|kind| mark("kind", kind.word()));
        content.marks.extend(kind);
        content.marks.insert(EVERY.to_owned());
        content.standing(table, record);
        let kinds = about.kinds.iter().map(|kind| with(kind.word()));
        content
            .marks
            .extend(kinds.chain(about.tags.iter().cloned()));
        Self {
            id: id(made(record).unwrap_or(row.entry), table, row.number),
            table,
            number: row.number,
            words: content.text(),
        }
    }

    /// Whether it has this mark.
    pub(crate) fn has(&self, mark: &str) -> bool {
        self.words.contains(&format!(" {mark} "))
    }

    /// The marks of its tags.
    pub(crate) fn tags(&self) -> BTreeSet<String> {
        let words = self.words.split(' ');
        let tags = words.filter(|word| word.starts_with("·tag·"));
        tags.map(str::to_owned).collect()
    }

    /// What others say about an item, as its document has it.
    pub(crate) fn about(&self) -> About {
        let kinds = RecordKind::ALL.iter().copied();
        About {
            kinds: kinds.filter(|kind| self.has(&with(kind.word()))).collect(),
            tags: self.tags(),
        }
    }

    /// Whether it counts as being about the items that it names.
    pub(crate) fn stands(&self) -> bool {
        !self.has(&with("withdrawn")) && !self.has(&mark("status", "rejected"))
    }

    /// Content ids, in hexadecimal, of the items that it names.
    pub(crate) fn items(&self) -> BTreeSet<String> {
        let marks = self
            .words
            .split(' ')
            .filter_map(|word| word.strip_prefix("·item·"));
        marks.map(str::to_owned).collect()
    }
}

/// The mark that every record has.
pub(crate) const EVERY: &str = "·every";

/// What a hypothesis has that explains no one item.
pub const WHOLE_CASE: &str = "whole-case";

/// The mark of a value of a field. Words have no `·`, so that nobody's words are a mark.
pub(crate) fn mark(field: &str, value: &str) -> String {
    let words: Vec<String> = fold::words(&fold::composed(value))
        .into_iter()
        .filter(|word| !word.tail)
        .map(|word| word.text)
        .collect();
    let joined = words.join("·");
    if joined.is_empty() || joined.len() > LONGEST_VALUE {
        return format!("·{field}·{}", ContentId::of(value.as_bytes()).hex());
    }
    format!("·{field}·{joined}")
}

/// The mark of something that a record has or is.
pub(crate) fn with(what: &str) -> String {
    mark("with", what)
}

/// The mark of a day, a month, … of a time.
pub(crate) fn dated(field: &str, beginning: &str) -> String {
    format!("·{field}·{beginning}")
}

/// The place of a record in the order of recording. An entry makes few records of a kind; 64 would have
/// to be made by one for two of them to share a place.
pub(crate) fn id(made: u64, table: Table, number: u32) -> u64 {
    made << 12 | (table as u64) << 6 | u64::from(number % 64)
}

/// The entry that made a record.
pub(crate) fn made(record: &Value) -> Option<u64> {
    let own = record.get("entry").and_then(Value::as_u64);
    own.or_else(|| match record {
        Value::Object(fields) => fields.values().filter_map(made).min(),
        Value::Array(values) => values.iter().filter_map(made).min(),
        _ => None,
    })
}

/// What the text of a field is to a search.
enum Role {
    /// Words of people or programs.
    Words,
    /// A name or value to be found by as a whole, and by its words.
    Marked(&'static str),
    /// A time.
    Time(&'static str),
    /// An item.
    Item,
    /// Nothing that anybody looks for.
    Nothing,
}

/// What the field of this name is. A field that is not named here holds words, so that what is recorded
/// of a new kind is found too.
fn role(field: &str) -> Role {
    match field {
        "actor" => Role::Marked("by"),
        "tag" | "tags" => Role::Marked("tag"),
        "name" => Role::Marked("name"),
        "at" => Role::Time("changed"),
        "uploaded" => Role::Time("uploaded"),
        "asserted" => Role::Time("asserted"),
        "acquired" => Role::Time("acquired"),
        "observed" => Role::Time("observed"),
        "item" | "query" | "reference" => Role::Item,
        "blake3" | "hash" | "facts" | "frames" | "prints" | "thumbnails" | "sound"
        | "public_key" | "checkpoint" | "nonce" | "root" | "proof" | "key" | "modified"
        | "path" | "bytes" | "their_number" => Role::Nothing,
        _ => Role::Words,
    }
}

#[derive(Default)]
struct Content {
    words: String,
    marks: BTreeSet<String>,
}

impl Content {
    fn walk(&mut self, field: &str, value: &Value) {
        match value {
            Value::Object(fields) => fields
                .iter()
                .for_each(|(name, value)| self.walk(name, value)),
            Value::Array(values) => values.iter().for_each(|value| self.walk(field, value)),
            Value::Bool(true) => {
                self.marks.insert(with(field));
            }
            Value::String(text) => self.text_of(field, text),
            _ => {}
        }
    }

    fn text_of(&mut self, field: &str, text: &str) {
        match role(field) {
            Role::Nothing => {}
            Role::Time(name) => self.moment(name, text),
            Role::Item => self.item(text),
            Role::Marked(name) => {
                self.marks.insert(mark(name, text));
                self.word(text);
            }
            Role::Words => {
                if is_number(text) {
                    self.marks.insert(mark("cites", text));
                }
                self.word(text);
            }
        }
    }

    fn moment(&mut self, name: &str, text: &str) {
        let marks = dates::marks(text);
        self.marks
            .extend(marks.iter().map(|mark| dated(name, mark)));
    }

    fn item(&mut self, text: &str) {
        match text.strip_prefix("sha256:") {
            Some(hex) => {
                self.marks.insert(mark("item", hex));
            }
            None => self.word(text),
        }
    }

    fn word(&mut self, text: &str) {
        let words = fold::words(&fold::composed(text));
        if words.is_empty() {
            return;
        }
        for word in words {
            if self.words.len() > LONGEST {
                return;
            }
            self.words.push_str(&word.text);
            self.words.push(' ');
        }
        self.words.push_str(BREAK);
        self.words.push(' ');
    }

    /// How a record stands now, which its fields tell in ways of their own.
    fn standing(&mut self, table: Table, record: &Value) {
        let there = |name: &str| record.get(name).is_some_and(|value| !value.is_null());
        for state in ["withdrawn", "ended", "removed"] {
            if there(state) {
                self.marks.insert(with(state));
            }
        }
        if there("superseded_by") {
            self.marks.insert(with("superseded"));
        }
        for name in [
            "status",
            "likelihood",
            "confidence",
            "grade",
            "kind",
            "relation",
        ] {
            let value = record.get(name).and_then(Value::as_str);
            self.marks.extend(value.map(|value| mark("status", value)));
        }
        self.recorded(record);
        match table {
            Table::Items => self.item_stands(record),
            Table::Matches => self.match_stands(record),
            Table::Sources => self.source_stands(record),
            Table::Publications => self.publication_stands(record),
            Table::Hypotheses if !there("item") => {
                self.marks.insert(with(WHOLE_CASE));
            }
            _ => {}
        }
    }

    /// When it was recorded first: no later review or revision counts.
    fn recorded(&mut self, record: &Value) {
        let at = |value: &Value| value.get("at").and_then(Value::as_str).map(str::to_owned);
        let first = at(record).or_else(|| {
            let first = ["acquisitions", "heads"]
                .iter()
                .find_map(|name| record.get(name)?.get(0));
            at(first?)
        });
        if let Some(first) = first {
            self.moment("recorded", &first);
        }
    }

    fn item_stands(&mut self, record: &Value) {
        if record
            .get("inspection")
            .is_some_and(|value| !value.is_null())
        {
            self.marks.insert(with("inspection"));
        }
        let found = record
            .pointer("/inspection/found")
            .and_then(Value::as_array);
        let any = found.is_some_and(|kinds| !kinds.is_empty());
        self.marks.extend(any.then(|| with("finding")));
        let kinds = found.into_iter().flatten();
        let kinds = kinds.filter_map(|of_kind| of_kind.get("kind")?.as_str());
        self.marks.extend(kinds.map(with));
        let notes = record.get("content").and_then(Value::as_array);
        let standing = |one: &&Value| one.get("withdrawn").is_none_or(Value::is_null);
        let note = notes.and_then(|notes| notes.iter().rfind(standing));
        let flags = note.and_then(|note| note.get("flags")?.as_array());
        let flags = flags.into_iter().flatten().filter_map(Value::as_str);
        self.marks.extend(flags.map(with));
        for from in record
            .get("acquisitions")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            self.moment(
                "acquired",
                from.get("at").and_then(Value::as_str).unwrap_or_default(),
            );
        }
        if let Some(hex) = record
            .get("id")
            .and_then(Value::as_str)
            .and_then(|id| id.strip_prefix("sha256:"))
        {
            self.marks.insert(mark("is", hex));
        }
    }

    fn match_stands(&mut self, record: &Value) {
        let last = record
            .get("reviews")
            .and_then(Value::as_array)
            .and_then(|all| all.last());
        let verdict = last
            .and_then(|last| last.get("verdict")?.as_str())
            .unwrap_or("unreviewed");
        self.marks.insert(mark("status", verdict));
        if verdict != "unreviewed" {
            self.marks.insert(with("review"));
        }
    }

    /// Sealed, or else approved or held back by those whose last word it is; else a draft.
    fn publication_stands(&mut self, record: &Value) {
        let standing: Option<Publication> = serde_json::from_value(record.clone()).ok();
        let Some(standing) = standing else { return };
        let words = standing.standing_reviews();
        let state = match words.iter().all(|it| it.reviewed.approved) {
            _ if standing.sealed.is_some() => "sealed",
            _ if words.is_empty() => "draft",
            true => "approved",
            false => "held-back",
        };
        self.marks.insert(mark("status", state));
    }

    fn source_stands(&mut self, record: &Value) {
        let seen = record.get("observations").and_then(Value::as_array);
        let standing = |one: &&Value| one.get("withdrawn").is_none_or(Value::is_null);
        let last = seen.and_then(|seen| seen.iter().rfind(standing));
        if let Some(state) = last.and_then(|last| last.get("state")?.as_str()) {
            self.marks.insert(mark("status", state));
        }
    }

    fn text(self) -> String {
        let mut text = format!(" {}", self.words);
        let most = text.len() + LONGEST_MARKS;
        for mark in self.marks {
            if text.len() < most {
                text.push_str(&mark);
                text.push(' ');
            }
        }
        text
    }
}

/// Whether the text is the address of something: `C1`, `#2`, `F:#1:4`, `#1#frame=37-52`.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| {
        !text.is_empty() && text.len() < 11 && text.bytes().all(|b| b.is_ascii_digit())
    };
    match text.as_bytes().first() {
        Some(b'#') => match text[1..].split_once("#frame=") {
            None => digits(&text[1..]),
            Some((item, frames)) => digits(item) && frames.split('-').all(digits),
        },
        Some(b'F') if text.starts_with("F:#") => text[3..].split(':').all(digits),
        Some(b'A'..=b'Z') => digits(&text[1..]),
        _ => false,
    }
}

/// Fields whose words a person may be shown, with the text of each, in order.
pub(crate) fn passages(record: &Value, take: &mut dyn FnMut(&str, &str)) {
    fn walk(field: &str, value: &Value, take: &mut dyn FnMut(&str, &str)) {
        match value {
            Value::Object(fields) => fields
                .iter()
                .for_each(|(name, value)| walk(name, value, take)),
            Value::Array(values) => values.iter().for_each(|value| walk(field, value, take)),
            Value::String(text) if matches!(role(field), Role::Words | Role::Marked(_)) => {
                take(field, text);
            }
            _ => {}
        }
    }
    walk("", record, take);
}
