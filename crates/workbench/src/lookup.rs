//! Records looked up one by one, by what they are called, made by or about: no other is read.

use journal::ContentId;
use serde::de::DeserializeOwned;
use store::number::{
    AssessmentNo, CheckpointNo, ClaimNo, DateNo, HypothesisNo, MaskNo, MatchNo, MediaReviewNo,
    NoteNo, ObservationNo, PersonNo, PlaceNo, PublicationNo, ReceivedNo, RenderingNo,
    ResemblanceNo, SavedViewNo, SeriesNo, SourceNo, TagNo, WatchNo,
};
use store::record::{
    Assessment, Claim, Hypothesis, Item, ItemDate, ItemPlace, Mask, Match, MediaReview, Note,
    Observation, Person, Publication, Received, Rendering, ResemblanceRecord, SavedView, Series,
    SignedCheckpoint, Source, Tag, Watch,
};
use store::search::{Page, Query};
use store::vocabulary::RecordKind;

use crate::case::Case;
use crate::error::{Error, Result};

/// Records asked for at a time.
const PAGE: usize = 500;

/// A kind of record that is found by the entry that made it, and by its number.
pub(crate) trait Found: DeserializeOwned {
    const KIND: RecordKind;
    type Number: Copy + std::fmt::Display;
    fn plain(number: Self::Number) -> u32;
}

macro_rules! found {
    ($($record:ident as $kind:ident, $number:ident;)+) => {
        $(impl Found for $record {
            const KIND: RecordKind = RecordKind::$kind;
            type Number = $number;
            fn plain(number: $number) -> u32 {
                number.0
            }
        })+
    };
}

found! {
    Source as Source, SourceNo;
    Series as Series, SeriesNo;
    Claim as Claim, ClaimNo;
    Observation as Observation, ObservationNo;
    Hypothesis as Hypothesis, HypothesisNo;
    Assessment as Assessment, AssessmentNo;
    Mask as Mask, MaskNo;
    Match as Match, MatchNo;
    Watch as Watch, WatchNo;
    SignedCheckpoint as Checkpoint, CheckpointNo;
    Rendering as Rendering, RenderingNo;
    Received as Received, ReceivedNo;
    Publication as Publication, PublicationNo;
    MediaReview as MediaReview, MediaReviewNo;
    ResemblanceRecord as Resemblance, ResemblanceNo;
    SavedView as View, SavedViewNo;
    ItemDate as Date, DateNo;
    ItemPlace as Place, PlaceNo;
    Tag as Tag, TagNo;
    Note as Note, NoteNo;
    Person as Person, PersonNo;
}

impl Case {
    /// Record `number` of this kind.
    pub(crate) fn record_of<R: DeserializeOwned>(
        &self,
        kind: RecordKind,
        number: u32,
    ) -> Result<Option<R>> {
        let record = self.store.record(kind, number)?;
        record.map(|record| read(kind, record)).transpose()
    }

    /// The record that entry `seq` made.
    pub(crate) fn made_by<R: Found>(&self, seq: u64) -> Result<R> {
        let record = self.store.made_by(R::KIND, seq)?;
        let record = record.map(|record| read(R::KIND, record)).transpose()?;
        record.ok_or_else(|| Error::integrity(format!("entry {seq} left no record")))
    }

    /// The record called `number`.
    pub(crate) fn by_number<R: Found>(&self, number: R::Number) -> Result<R> {
        let record = self.record_of(R::KIND, R::plain(number))?;
        record.ok_or_else(|| Error::missing(format!("there is no {number}")))
    }

    /// The records of one kind that name `item`, by number.
    pub(crate) fn about<R: DeserializeOwned>(
        &self,
        kind: RecordKind,
        item: &Item,
    ) -> Result<Vec<R>> {
        self.about_all(kind, &[item.id])
    }

    /// The records of one kind that name one of `items`, by number.
    pub(crate) fn about_all<R: DeserializeOwned>(
        &self,
        kind: RecordKind,
        items: &[ContentId],
    ) -> Result<Vec<R>> {
        let records = self.store.about(kind, items)?.into_iter();
        records.map(|record| read(kind, record)).collect()
    }

    /// Every record that `query` finds, in the order that it asks for; all of them are of `kind`.
    pub(crate) fn every<R: DeserializeOwned>(
        &self,
        kind: RecordKind,
        query: &Query,
    ) -> Result<Vec<R>> {
        let (mut records, mut after) = (Vec::new(), None);
        loop {
            let page = Page { after, limit: PAGE };
            let found = self.store.search(query, page)?;
            let hits = found.hits.into_iter();
            records.extend(
                hits.map(|hit| read(kind, hit.record))
                    .collect::<Result<Vec<_>>>()?,
            );
            after = found.next;
            if after.is_none() {
                return Ok(records);
            }
        }
    }
}

fn read<R: DeserializeOwned>(kind: RecordKind, record: serde_json::Value) -> Result<R> {
    serde_json::from_value(record)
        .map_err(|why| Error::integrity(format!("a {kind} cannot be read: {why}")))
}
