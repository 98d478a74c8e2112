//! Tags and notes on what is recorded, and what to know before an item is opened.

use serde::de::DeserializeOwned;
use store::Evidence;
use store::event::{ContentNoted, EntryUndone, Event, NoteWritten, TagAdded};
use store::number::NoteNo;
use store::record::{Item, Note, Tag};
use store::search::Query;
use store::vocabulary::{ContentFlag, RecordKind};

use crate::case::Case;
use crate::cited;
use crate::error::{Error, Result};
use crate::view::ItemRecord;

impl Case {
    /// The number of what `text` names: a number as it is, such as `C1`, or an item by its number, id or name.
    ///
    /// # Errors
    /// It names nothing, or several items.
    pub fn named(&self, text: &str) -> Result<String> {
        match text.parse::<Evidence>() {
            Ok(named) => Ok(named.to_string()),
            Err(_) => Ok(self.item(text)?.number.to_string()),
        }
    }

    /// Tags what is called `on`.
    ///
    /// # Errors
    /// There is no such thing, it has the tag already, the tag is none, or the store fails.
    pub fn tag(&self, on: String, tag: String) -> Result<Tag> {
        let entry = self.record(&Event::TagAdded(TagAdded { on, tag }))?.seq;
        self.made_by(entry)
    }

    /// Removes a tag, by undoing its entry: that it was there stays on record.
    ///
    /// # Errors
    /// `on` has no such tag, or the store fails.
    pub fn untag(&self, on: &str, tag: &str, reason: String) -> Result<Tag> {
        let tags = self.tags(Some(on))?.into_iter();
        let standing = |it: &Tag| it.withdrawn.is_none() && it.added.tag == tag;
        let known = { tags }
            .find(standing)
            .ok_or_else(|| Error::missing(format!("{on} has no tag {tag:?}")))?;
        let (number, entry) = (known.number, known.origin.entry);
        self.record(&Event::EntryUndone(EntryUndone { entry, reason }))?;
        self.by_number(number)
    }

    /// Tags on what is called `on`, or every one, removed ones included.
    ///
    /// # Errors
    /// The store fails.
    pub fn tags(&self, on: Option<&str>) -> Result<Vec<Tag>> {
        let Some(on) = on else {
            return Ok(self.store.tags()?);
        };
        let mut tags: Vec<Tag> = self.remarks(RecordKind::Tag, &[on.to_owned()])?;
        tags.retain(|it| it.added.on == on);
        Ok(tags)
    }

    /// Writes a note on what is called `on`.
    ///
    /// # Errors
    /// There is no such thing, the note is empty, or the store fails.
    pub fn write_note(&self, on: String, text: String) -> Result<Note> {
        let entry = self
            .record(&Event::NoteWritten(NoteWritten { on, text }))?
            .seq;
        self.made_by(entry)
    }

    /// Removes a note, by undoing its entry: what it said stays on record.
    ///
    /// # Errors
    /// There is no such note, it was removed before, or the store fails.
    pub fn remove_note(&self, number: NoteNo, reason: String) -> Result<Note> {
        let known: Note = self.by_number(number)?;
        let entry = known.origin.entry;
        self.record(&Event::EntryUndone(EntryUndone { entry, reason }))?;
        self.by_number(number)
    }

    /// Notes on what is called `on`, or every one, removed ones included.
    ///
    /// # Errors
    /// The store fails.
    pub fn notes(&self, on: Option<&str>) -> Result<Vec<Note>> {
        let Some(on) = on else {
            return Ok(self.store.notes()?);
        };
        let mut notes: Vec<Note> = self.remarks(RecordKind::Note, &[on.to_owned()])?;
        notes.retain(|it| it.written.on == on);
        Ok(notes)
    }

    /// Says what to know before `item` is opened; what was said before is superseded and stays.
    ///
    /// # Errors
    /// The note is empty, a flag is given twice, or the store fails.
    pub fn note_content(
        &self,
        item: &Item,
        flags: Vec<ContentFlag>,
        note: Option<String>,
    ) -> Result<Item> {
        let item = item.id;
        self.record(&Event::ContentNoted(ContentNoted { item, flags, note }))?;
        let known = self.store.item_by_id(&item)?;
        known.ok_or_else(|| Error::missing(format!("{item} was not kept")))
    }

    /// Adds what tags and notes there are on `item` and on what is recorded of it, and what cites that.
    pub(crate) fn remarked(&self, item: &Item, mut record: ItemRecord) -> Result<ItemRecord> {
        let on = record.numbers(item);
        let finding = format!("F:{}:", item.number);
        let ours = |it: &String| on.contains(it) || it.starts_with(&finding);
        record.tags = self.remarks(RecordKind::Tag, &on)?;
        record
            .tags
            .extend(self.remarks_on_findings(RecordKind::Tag, item)?);
        record.tags.retain(|it| ours(&it.added.on));
        record.tags.sort_by_key(|it| it.number);
        record.tags.dedup_by_key(|it| it.number);
        record.notes = self.remarks(RecordKind::Note, &on)?;
        record
            .notes
            .extend(self.remarks_on_findings(RecordKind::Note, item)?);
        record.notes.retain(|it| ours(&it.written.on));
        record.notes.sort_by_key(|it| it.number);
        record.notes.dedup_by_key(|it| it.number);
        record.cited = cited::within(self, item, &record)?;
        Ok(record)
    }

    /// Tags or notes that name one of these numbers, and perhaps others.
    fn remarks<R: DeserializeOwned>(&self, kind: RecordKind, on: &[String]) -> Result<Vec<R>> {
        let cites = on.to_vec();
        self.every(
            kind,
            &Query {
                cites,
                ..Query::of(kind)
            },
        )
    }

    /// Tags or notes on the findings of `item`, and perhaps others.
    fn remarks_on_findings<R: DeserializeOwned>(
        &self,
        kind: RecordKind,
        item: &Item,
    ) -> Result<Vec<R>> {
        let words = format!("\"F {}\"", item.number.0);
        self.every(
            kind,
            &Query {
                words,
                ..Query::of(kind)
            },
        )
    }
}

impl ItemRecord {
    /// The numbers of `item` and of everything recorded of it.
    pub(crate) fn numbers(&self, item: &Item) -> Vec<String> {
        let mut numbers = vec![item.number.to_string()];
        numbers.extend(self.claims.iter().map(|it| it.number.to_string()));
        numbers.extend(self.observations.iter().map(|it| it.number.to_string()));
        numbers.extend(self.hypotheses.iter().map(|it| it.number.to_string()));
        numbers.extend(self.assessments.iter().map(|it| it.number.to_string()));
        numbers.extend(
            self.media_reviews
                .iter()
                .map(|it| it.record.number.to_string()),
        );
        numbers.extend(self.resemblances.iter().map(|it| it.number.to_string()));
        numbers.extend(self.dates.iter().map(|it| it.number.to_string()));
        numbers.extend(self.places.iter().map(|it| it.number.to_string()));
        numbers.extend(self.people.iter().map(|it| it.number.to_string()));
        numbers.extend(self.notes.iter().map(|it| it.number.to_string()));
        numbers
    }
}
