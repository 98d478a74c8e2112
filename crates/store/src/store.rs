//! What a place for journals and records must do.

use std::collections::{BTreeMap, BTreeSet};

use journal::tree::Frontier;
use journal::{Author, ContentId, Entry};
use serde_json::Value;

use crate::blobs::Blobs;
use crate::error::Error;
use crate::event::{Event, MatchFound};
use crate::number::{ItemNo, MatchNo, Number};
use crate::problem::Problem;
use crate::record::{
    Actor, Assessment, Case, Citing, Claim, CosignedJournal, Hypothesis, Item, ItemDate, ItemPlace,
    Mask, Match, MediaReview, Note, Observation, Person, Publication, Received, Removal, Rendering,
    ResemblanceRecord, SavedView, Series, SignedCheckpoint, Source, Tag, Watch,
};
use crate::search::{Found, Page, Query};
use crate::vocabulary::RecordKind;

/// The journal of one case and the records folded from it.
///
/// Every verb may block on a disk or a server: call none from an async task without
/// `spawn_blocking`. Verbs may be called from any thread, and other processes may use the same
/// case at the same time. Each read sees one moment of the case; two reads may see two.
///
/// [`Store::append`] is atomic and durable: when it returns `Ok`, the entry, its effect on the
/// records and the new head survive a power cut; when it returns `Err`, nothing was recorded.
/// There is no verb that changes or removes an entry.
///
/// Reads return the record as it is kept. Only [`Store::check`] proves it.
pub trait Store: Send + Sync {
    /// Records `event`: checks it against the record, signs it, appends it, applies it.
    ///
    /// The first event of a case is [`Event::CaseOpened`]. The author's key is registered by an
    /// entry of its own before the author's first event, in the same transaction. `at` is the
    /// time of recording, RFC 3339 in UTC with `Z`. The author signs while other writers wait.
    ///
    /// # Errors
    /// [`Error::Refused`] when the event refers to what does not exist, contradicts the record or
    /// is malformed, or when the author's name or key belongs to somebody else.
    fn append(&self, author: &dyn Author, at: &str, event: &Event) -> Result<Appended, Error> {
        self.append_once(author, at, None, event)
    }

    /// As [`Store::append`], under a key of the author's own, where there is one: what was recorded under it
    /// before is not recorded again, and the answer says where it is (without its number). The key stays in the
    /// entry.
    ///
    /// # Errors
    /// As [`Store::append`]; [`Error::Refused`] when the key is none (1 to 200 visible characters of ASCII), or
    /// another event was recorded under it.
    fn append_once(
        &self,
        author: &dyn Author,
        at: &str,
        once: Option<&str>,
        event: &Event,
    ) -> Result<Appended, Error>;

    /// Takes over the whole journal of another store, byte for byte, and makes its records: all of it,
    /// or nothing. Entries that are here already must be its first ones; says how many are new.
    ///
    /// # Errors
    /// [`Error::Refused`] when the entries here are not the first ones of that journal,
    /// [`Error::Damaged`] when an entry is not sound or does not follow the one before, or the head of
    /// all is not the `stated` one; whatever `envelopes` fails with.
    fn adopt(
        &self,
        stated: &Head,
        envelopes: &mut dyn Iterator<Item = Result<Vec<u8>, Error>>,
    ) -> Result<u64, Error>;

    /// Number of entries and root of the tree over their envelopes.
    fn head(&self) -> Result<Head, Error>;

    /// Roots of the trees over the first so many entries, for each of `sizes` that the journal has: of the
    /// bytes that are kept, whatever they are, read in one pass.
    ///
    /// # Errors
    /// The journal cannot be read.
    fn heads(&self, sizes: &BTreeSet<u64>) -> Result<BTreeMap<u64, ContentId>, Error>;

    /// Entry `seq`; nothing when the journal is shorter.
    fn entry(&self, seq: u64) -> Result<Option<Recorded>, Error>;

    /// At most `limit` entries from `from` on, in order.
    fn entries(&self, from: u64, limit: usize) -> Result<Vec<Recorded>, Error>;

    /// The case; nothing before it is opened.
    fn case(&self) -> Result<Option<Case>, Error>;

    /// Who signs entries, in order of registration.
    fn actors(&self) -> Result<Vec<Actor>, Error>;

    /// Every item, by number.
    fn items(&self) -> Result<Vec<Item>, Error>;

    /// Item `number`, if there is one.
    fn item(&self, number: ItemNo) -> Result<Option<Item>, Error>;

    /// The item with these bytes, if there is one.
    fn item_by_id(&self, id: &ContentId) -> Result<Option<Item>, Error>;

    /// Every source, by number.
    fn sources(&self) -> Result<Vec<Source>, Error>;

    /// Every series of releases, by number.
    fn series(&self) -> Result<Vec<Series>, Error>;

    /// Every claim, by number.
    fn claims(&self) -> Result<Vec<Claim>, Error>;

    /// Every observation, by number.
    fn observations(&self) -> Result<Vec<Observation>, Error>;

    /// Every date of an item, superseded ones included, by number.
    fn dates(&self) -> Result<Vec<ItemDate>, Error>;

    /// Every place of an item, superseded ones included, by number.
    fn places(&self) -> Result<Vec<ItemPlace>, Error>;

    /// Every tag, removed ones included, by number.
    fn tags(&self) -> Result<Vec<Tag>, Error>;

    /// Every note, removed ones included, by number.
    fn notes(&self) -> Result<Vec<Note>, Error>;

    /// Every person who appears in items, by number.
    fn people(&self) -> Result<Vec<Person>, Error>;

    /// Every hypothesis, by number.
    fn hypotheses(&self) -> Result<Vec<Hypothesis>, Error>;

    /// Every assessment, superseded ones included, by number.
    fn assessments(&self) -> Result<Vec<Assessment>, Error>;

    /// Every match, by number.
    fn matches(&self) -> Result<Vec<Match>, Error>;

    /// Every watch, ended ones included, by number.
    fn watches(&self) -> Result<Vec<Watch>, Error>;

    /// Every signed head of this journal, by number.
    fn checkpoints(&self) -> Result<Vec<SignedCheckpoint>, Error>;

    /// Every other journal that was cosigned here.
    fn cosigned(&self) -> Result<Vec<CosignedJournal>, Error>;

    /// Every review of an item, superseded ones included, by number.
    fn media_reviews(&self) -> Result<Vec<MediaReview>, Error>;

    /// Every judgement of resemblance, superseded ones included, by number.
    fn resemblances(&self) -> Result<Vec<ResemblanceRecord>, Error>;

    /// Every mask, revised and withdrawn ones included, by number.
    fn masks(&self) -> Result<Vec<Mask>, Error>;

    /// Every publication, drafts and former ones included, by number.
    fn publications(&self) -> Result<Vec<Publication>, Error>;

    /// Every masked copy of an item, by number.
    fn renderings(&self) -> Result<Vec<Rendering>, Error>;

    /// Every publication that came in from others, by number.
    fn received(&self) -> Result<Vec<Received>, Error>;

    /// Every tombstone, by number of the item.
    fn removals(&self) -> Result<Vec<Removal>, Error>;

    /// The tombstone of the item with these bytes, if it was removed.
    fn removal(&self, id: &ContentId) -> Result<Option<Removal>, Error>;

    /// What stands and rests on the bytes of item `number`, so that it cannot be removed; nothing where
    /// there is no such item.
    fn citing(&self, number: ItemNo) -> Result<Vec<Citing>, Error>;

    /// Erases from `blobs` what only removed items name, and says which blobs were still there. Nothing
    /// can be appended meanwhile. Does nothing where everything was erased before.
    ///
    /// # Errors
    /// The journal cannot be read, or a blob cannot be erased: erase again.
    fn erase(&self, blobs: &dyn Blobs) -> Result<Vec<ContentId>, Error>;
    /// A page of the records that `query` finds. Which they are does not depend on the back end
    /// (docs/how-to/search.md).
    ///
    /// # Errors
    /// [`Error::Refused`] when no word is in the words, or an item is not there.
    fn search(&self, query: &Query, page: Page) -> Result<Found, Error>;

    /// How many records `query` finds, counted up to `most`.
    ///
    /// # Errors
    /// As [`Store::search`].
    fn count(&self, query: &Query, most: usize) -> Result<usize, Error>;

    /// Record `number` of this kind, as JSON, if there is one.
    fn record(&self, kind: RecordKind, number: u32) -> Result<Option<Value>, Error>;

    /// The record of this kind that entry `seq` made, as JSON; nothing where it made none.
    fn made_by(&self, kind: RecordKind, seq: u64) -> Result<Option<Value>, Error>;

    /// The records of this kind that name one of `items`, as JSON, by number.
    fn about(&self, kind: RecordKind, items: &[ContentId]) -> Result<Vec<Value>, Error>;

    /// Largest number of this kind in use, which is how many there are; 0 when there is none.
    fn last(&self, kind: RecordKind) -> Result<u32, Error>;

    /// Every search kept under a name, removed ones included, by number.
    fn views(&self) -> Result<Vec<SavedView>, Error>;

    /// The first recorded match of the same spans of the same two items, whichever of them was
    /// the query. Recording it again is allowed: whether that is wanted, the caller knows.
    fn known_match(&self, found: &MatchFound) -> Result<Option<MatchNo>, Error>;

    /// Replays the journal into fresh records, says where those kept differed, and puts the fresh
    /// ones in their place, all in one transaction.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the journal itself is; the records are then left alone.
    fn rebuild(&self) -> Result<Rebuilt, Error>;

    /// Checks everything kept, at one moment, while others may go on writing: the database's own
    /// structure, every signature and link of the journal, the tree, and that the records are
    /// what the journal says. Blobs are not its business ([`crate::Blobs::check`]).
    ///
    /// # Errors
    /// Only when it could not look: a damaged database gives problems.
    fn check(&self) -> Result<Checked, Error> {
        self.check_watched(&mut |_, _| {})
    }

    /// As [`Store::check`], and hands each event that can be read to `watch`, in order, with the tree
    /// over all entries up to its own.
    ///
    /// # Errors
    /// Those of [`Store::check`].
    fn check_watched(
        &self,
        watch: &mut (dyn FnMut(&Frontier, &Event) + Send),
    ) -> Result<Checked, Error>;

    /// Checks what takes seconds in a journal of a million entries: that each follows from the one before,
    /// the tree, the keys, and that the records of keys and signed heads are what the journal says. Form and
    /// signature are checked of entries that say who signs, and of those after the first `covered`: for the
    /// bytes of these, a signed head vouches whose root the caller compares with that of the tree, which is
    /// handed to `watch` after each entry.
    ///
    /// # Errors
    /// Those of [`Store::check`].
    fn check_quickly(
        &self,
        covered: u64,
        watch: &mut (dyn FnMut(&Frontier) + Send),
    ) -> Result<Checked, Error>;
}

/// Where [`Store::append`] put an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Sequence number of the event's entry.
    pub seq: u64,
    /// Content id of its envelope.
    pub hash: ContentId,
    /// What it made or added to: the claim whose status changed, the item acquired again. Nothing where it was
    /// recorded before under the same key.
    pub number: Option<Number>,
}

/// Head of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 root of the tree over their envelopes.
    pub root: ContentId,
}

/// An entry as it is kept. Its form was checked, its signature was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The entry.
    pub entry: Entry,
    /// Content id of the envelope.
    pub hash: ContentId,
    /// Canonical envelope bytes, as they were signed.
    pub envelope: Vec<u8>,
}

impl Recorded {
    /// The event within.
    ///
    /// # Errors
    /// When this version does not know its kind, or its body is not one of that kind.
    pub fn event(&self) -> Result<Event, serde_json::Error> {
        Event::from_entry(&self.entry.kind, &self.entry.body)
    }
}

/// What [`Store::check`] saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Number of entries read.
    pub entries: u64,
    /// Root of the tree over them, computed afresh.
    pub root: ContentId,
    /// Everything that is wrong; empty when nothing is.
    pub problems: Vec<Problem>,
}

/// What [`Store::rebuild`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// Number of entries replayed.
    pub entries: u64,
    /// Number of records made.
    pub records: u64,
    /// Where the records kept before differed; empty when they were as the journal says.
    pub differences: Vec<Problem>,
}
