//! A case as it stood: the records that the first entries of its journal make.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use journal::tree::{Frontier, leaf_hash};
use journal::{Author, ContentId};
use serde_json::Value;

use crate::blobs::Blobs;
use crate::error::{Error, Refusal};
use crate::event::{Event, MatchFound};
use crate::fold::{self, Kept, Memory, Table, Tables as _};
use crate::number::{ItemNo, MatchNo};
use crate::problem::Place;
use crate::record::{
    Actor, Assessment, Case, Citing, Claim, CosignedJournal, Hypothesis, Item, ItemDate, ItemPlace,
    Mask, Match, MediaReview, Note, Observation, Origin, Person, Publication, Received, Removal,
    Rendering, ResemblanceRecord, SavedView, Series, SignedCheckpoint, Source, Tag, Watch,
};
use crate::search::{self, Query};
use crate::store::{Appended, Checked, Head, Rebuilt, Recorded, Store};
use crate::vocabulary::RecordKind;

/// Entries read at a time.
const PAGE: usize = 1000;

/// The first entries of another store's journal and the records that they make, in memory. Whatever is
/// recorded there later changes nothing here; nothing can be recorded here.
///
/// Its reads answer as those of the store answered when it held these entries and no more.
pub struct Past {
    store: Arc<dyn Store>,
    head: Head,
    records: Memory,
}

impl Past {
    /// The case as the first `size` entries of `store` leave it.
    ///
    /// # Errors
    /// The journal is shorter, or an entry cannot be replayed: [`Error::Damaged`].
    pub fn of(store: Arc<dyn Store>, size: u64) -> Result<Self, Error> {
        let mut records = Memory::default();
        let mut tree = Frontier::default();
        while tree.size() < size {
            let wanted = usize::try_from(size - tree.size()).map_or(PAGE, |left| left.min(PAGE));
            let page = store.entries(tree.size(), wanted)?;
            if page.is_empty() {
                return Err(too_short(tree.size(), size).into());
            }
            for recorded in page {
                replay(&mut records, &recorded)?;
                tree.push(leaf_hash(&recorded.envelope));
            }
        }
        let head = Head {
            size,
            root: ContentId(tree.root()),
        };
        Ok(Self {
            store,
            head,
            records,
        })
    }

    fn all<R: Kept>(&self) -> Result<Vec<R>, Error> {
        fold::all(&self.records)
    }

    fn closed(&self) -> Error {
        let last = self.head.size.saturating_sub(1);
        let sentence = format!("the case is shown as it stood after entry {last}");
        Refusal::invalid(sentence, "this is done in the case as it stands now").into()
    }
}

fn replay(records: &mut Memory, recorded: &Recorded) -> Result<(), Error> {
    let entry = &recorded.entry;
    let damaged = |what: String| Error::damaged(Place::Entry(entry.seq), what);
    let event = recorded
        .event()
        .map_err(|e| damaged(format!("kind {} cannot be read here: {e}", entry.kind)))?;
    let origin = Origin {
        entry: entry.seq,
        at: entry.at.clone(),
        actor: entry.actor.clone(),
    };
    let applied = fold::apply(records, &origin, &event);
    match applied.and_then(|_| fold::remember(records, &origin, &entry.body)) {
        Ok(()) => Ok(()),
        Err(Error::Refused(refusal)) => Err(damaged(format!("the rules refuse it: {refusal}"))),
        Err(other) => Err(other),
    }
}

fn too_short(size: u64, wanted: u64) -> Refusal {
    Refusal::unknown(
        format!("the journal has {size} entries, not {wanted}"),
        "`log` shows them",
    )
}

impl Store for Past {
    fn append_once(
        &self,
        _author: &dyn Author,
        _at: &str,
        _once: Option<&str>,
        _event: &Event,
    ) -> Result<Appended, Error> {
        Err(self.closed())
    }

    fn adopt(
        &self,
        _stated: &Head,
        _envelopes: &mut dyn Iterator<Item = Result<Vec<u8>, Error>>,
    ) -> Result<u64, Error> {
        Err(self.closed())
    }

    fn head(&self) -> Result<Head, Error> {
        Ok(self.head)
    }

    fn heads(&self, sizes: &BTreeSet<u64>) -> Result<BTreeMap<u64, ContentId>, Error> {
        let until_then = sizes.range(..=self.head.size).copied().collect();
        self.store.heads(&until_then)
    }

    fn entry(&self, seq: u64) -> Result<Option<Recorded>, Error> {
        if seq < self.head.size {
            self.store.entry(seq)
        } else {
            Ok(None)
        }
    }

    fn entries(&self, from: u64, limit: usize) -> Result<Vec<Recorded>, Error> {
        let left = self.head.size.saturating_sub(from);
        let limit = usize::try_from(left).map_or(limit, |left| left.min(limit));
        self.store.entries(from, limit)
    }

    fn case(&self) -> Result<Option<Case>, Error> {
        fold::get(&self.records, 1)
    }

    fn actors(&self) -> Result<Vec<Actor>, Error> {
        self.all()
    }

    fn items(&self) -> Result<Vec<Item>, Error> {
        self.all()
    }

    fn item(&self, number: ItemNo) -> Result<Option<Item>, Error> {
        fold::get(&self.records, number.0)
    }

    fn item_by_id(&self, id: &ContentId) -> Result<Option<Item>, Error> {
        fold::find(&self.records, &id.to_string())
    }

    fn sources(&self) -> Result<Vec<Source>, Error> {
        self.all()
    }

    fn series(&self) -> Result<Vec<Series>, Error> {
        self.all()
    }

    fn claims(&self) -> Result<Vec<Claim>, Error> {
        self.all()
    }

    fn observations(&self) -> Result<Vec<Observation>, Error> {
        self.all()
    }

    fn dates(&self) -> Result<Vec<ItemDate>, Error> {
        self.all()
    }

    fn places(&self) -> Result<Vec<ItemPlace>, Error> {
        self.all()
    }

    fn tags(&self) -> Result<Vec<Tag>, Error> {
        self.all()
    }

    fn notes(&self) -> Result<Vec<Note>, Error> {
        self.all()
    }

    fn people(&self) -> Result<Vec<Person>, Error> {
        self.all()
    }

    fn hypotheses(&self) -> Result<Vec<Hypothesis>, Error> {
        self.all()
    }

    fn assessments(&self) -> Result<Vec<Assessment>, Error> {
        self.all()
    }

    fn matches(&self) -> Result<Vec<Match>, Error> {
        self.all()
    }

    fn watches(&self) -> Result<Vec<Watch>, Error> {
        self.all()
    }

    fn checkpoints(&self) -> Result<Vec<SignedCheckpoint>, Error> {
        self.all()
    }

    fn cosigned(&self) -> Result<Vec<CosignedJournal>, Error> {
        self.all()
    }

    fn media_reviews(&self) -> Result<Vec<MediaReview>, Error> {
        self.all()
    }

    fn resemblances(&self) -> Result<Vec<ResemblanceRecord>, Error> {
        self.all()
    }

    fn masks(&self) -> Result<Vec<Mask>, Error> {
        self.all()
    }

    fn publications(&self) -> Result<Vec<Publication>, Error> {
        self.all()
    }

    fn renderings(&self) -> Result<Vec<Rendering>, Error> {
        self.all()
    }

    fn received(&self) -> Result<Vec<Received>, Error> {
        self.all()
    }

    fn removals(&self) -> Result<Vec<Removal>, Error> {
        self.all()
    }

    fn removal(&self, id: &ContentId) -> Result<Option<Removal>, Error> {
        fold::find(&self.records, &id.to_string())
    }

    fn citing(&self, number: ItemNo) -> Result<Vec<Citing>, Error> {
        let item = self.item(number)?;
        item.map_or(Ok(Vec::new()), |item| fold::citing(&self.records, &item))
    }

    fn erase(&self, _blobs: &dyn Blobs) -> Result<Vec<ContentId>, Error> {
        Err(self.closed())
    }

    fn search(&self, query: &Query, page: search::Page) -> Result<search::Found, Error> {
        search::search(&self.records, query, page)
    }

    fn count(&self, query: &Query, most: usize) -> Result<usize, Error> {
        search::count(&self.records, query, most)
    }

    fn record(&self, kind: RecordKind, number: u32) -> Result<Option<Value>, Error> {
        search::record(&self.records, kind, number)
    }

    fn made_by(&self, kind: RecordKind, seq: u64) -> Result<Option<Value>, Error> {
        search::made_by(&self.records, kind, seq)
    }

    fn about(&self, kind: RecordKind, items: &[ContentId]) -> Result<Vec<Value>, Error> {
        search::about(&self.records, kind, items)
    }

    fn last(&self, kind: RecordKind) -> Result<u32, Error> {
        self.records.last(Table::of_kind(kind))
    }

    fn views(&self) -> Result<Vec<SavedView>, Error> {
        self.all()
    }

    fn known_match(&self, found: &MatchFound) -> Result<Option<MatchNo>, Error> {
        let label = fold::same_footage(found);
        let row = self.records.labelled(Match::TABLE, &label)?;
        Ok(row.map(|row| MatchNo(row.number)))
    }

    fn rebuild(&self) -> Result<Rebuilt, Error> {
        Err(self.closed())
    }

    fn check_watched(
        &self,
        _watch: &mut (dyn FnMut(&Frontier, &Event) + Send),
    ) -> Result<Checked, Error> {
        Err(self.closed())
    }

    fn check_quickly(
        &self,
        _covered: u64,
        _watch: &mut (dyn FnMut(&Frontier) + Send),
    ) -> Result<Checked, Error> {
        Err(self.closed())
    }
}
