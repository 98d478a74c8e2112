//! The verbs of a store, whichever back end it has.

use std::collections::{BTreeMap, BTreeSet};

use journal::tree::Frontier;
use journal::{Author, ContentId};
use serde_json::Value;

use super::{Backend, adopt, append, check, erase, heads, quick, rebuild, recorded};
use crate::blobs::Blobs;
use crate::error::Error;
use crate::event::{Event, MatchFound};
use crate::fold::{self, Kept, Table};
use crate::number::{ItemNo, MatchNo};
use crate::record::{
    Actor, Assessment, Case, Citing, Claim, CosignedJournal, Hypothesis, Item, ItemDate, ItemPlace,
    Mask, Match, MediaReview, Note, Observation, Person, Publication, Received, Removal, Rendering,
    ResemblanceRecord, SavedView, Series, SignedCheckpoint, Source, Tag, Watch,
};
use crate::search::{self, Found, Page, Query};
use crate::store::{Appended, Checked, Head, Rebuilt, Recorded, Store};
use crate::vocabulary::RecordKind;

fn every<R: Kept>(backend: &impl Backend) -> Result<Vec<R>, Error> {
    backend.read(|kept| fold::all(kept))
}

impl<B: Backend> Store for B {
    fn append_once(
        &self,
        author: &dyn Author,
        at: &str,
        once: Option<&str>,
        event: &Event,
    ) -> Result<Appended, Error> {
        self.write_together(|kept| append::append(kept, author, at, once, event))
    }

    fn adopt(
        &self,
        stated: &Head,
        envelopes: &mut dyn Iterator<Item = Result<Vec<u8>, Error>>,
    ) -> Result<u64, Error> {
        self.write(|kept| adopt::adopt(kept, stated, envelopes))
    }

    fn head(&self) -> Result<Head, Error> {
        let kept = self.read(|kept| kept.head())?;
        Ok(Head {
            size: kept.tree.size(),
            root: ContentId(kept.tree.root()),
        })
    }

    fn heads(&self, sizes: &BTreeSet<u64>) -> Result<BTreeMap<u64, ContentId>, Error> {
        self.survey(|kept| heads::heads(kept, sizes))
    }

    fn entry(&self, seq: u64) -> Result<Option<Recorded>, Error> {
        Ok(self
            .entries(seq, 1)?
            .pop()
            .filter(|recorded| recorded.entry.seq == seq))
    }

    fn entries(&self, from: u64, limit: usize) -> Result<Vec<Recorded>, Error> {
        self.read(|kept| recorded(kept, from, limit))
    }

    fn case(&self) -> Result<Option<Case>, Error> {
        self.read(|kept| fold::get(kept, 1))
    }

    fn actors(&self) -> Result<Vec<Actor>, Error> {
        every(self)
    }

    fn items(&self) -> Result<Vec<Item>, Error> {
        every(self)
    }

    fn item(&self, number: ItemNo) -> Result<Option<Item>, Error> {
        self.read(|kept| fold::get(kept, number.0))
    }

    fn item_by_id(&self, id: &ContentId) -> Result<Option<Item>, Error> {
        self.read(|kept| fold::find(kept, &id.to_string()))
    }

    fn sources(&self) -> Result<Vec<Source>, Error> {
        every(self)
    }

    fn series(&self) -> Result<Vec<Series>, Error> {
        every(self)
    }

    fn claims(&self) -> Result<Vec<Claim>, Error> {
        every(self)
    }

    fn observations(&self) -> Result<Vec<Observation>, Error> {
        every(self)
    }

    fn dates(&self) -> Result<Vec<ItemDate>, Error> {
        every(self)
    }

    fn places(&self) -> Result<Vec<ItemPlace>, Error> {
        every(self)
    }

    fn tags(&self) -> Result<Vec<Tag>, Error> {
        every(self)
    }

    fn notes(&self) -> Result<Vec<Note>, Error> {
        every(self)
    }

    fn people(&self) -> Result<Vec<Person>, Error> {
        every(self)
    }

    fn hypotheses(&self) -> Result<Vec<Hypothesis>, Error> {
        every(self)
    }

    fn assessments(&self) -> Result<Vec<Assessment>, Error> {
        every(self)
    }

    fn matches(&self) -> Result<Vec<Match>, Error> {
        every(self)
    }

    fn watches(&self) -> Result<Vec<Watch>, Error> {
        every(self)
    }

    fn checkpoints(&self) -> Result<Vec<SignedCheckpoint>, Error> {
        every(self)
    }

    fn cosigned(&self) -> Result<Vec<CosignedJournal>, Error> {
        every(self)
    }

    fn media_reviews(&self) -> Result<Vec<MediaReview>, Error> {
        every(self)
    }

    fn resemblances(&self) -> Result<Vec<ResemblanceRecord>, Error> {
        every(self)
    }

    fn masks(&self) -> Result<Vec<Mask>, Error> {
        every(self)
    }

    fn publications(&self) -> Result<Vec<Publication>, Error> {
        every(self)
    }

    fn renderings(&self) -> Result<Vec<Rendering>, Error> {
        every(self)
    }

    fn received(&self) -> Result<Vec<Received>, Error> {
        every(self)
    }

    fn removals(&self) -> Result<Vec<Removal>, Error> {
        every(self)
    }

    fn removal(&self, id: &ContentId) -> Result<Option<Removal>, Error> {
        self.read(|kept| fold::find(kept, &id.to_string()))
    }

    fn citing(&self, number: ItemNo) -> Result<Vec<Citing>, Error> {
        self.read(|kept| match fold::get(kept, number.0)? {
            Some(item) => fold::citing(kept, &item),
            None => Ok(Vec::new()),
        })
    }

    fn erase(&self, blobs: &dyn Blobs) -> Result<Vec<ContentId>, Error> {
        erase::erase(self, blobs)
    }

    fn search(&self, query: &Query, page: Page) -> Result<Found, Error> {
        self.read(|kept| search::search(kept, query, page))
    }

    fn count(&self, query: &Query, most: usize) -> Result<usize, Error> {
        self.read(|kept| search::count(kept, query, most))
    }

    fn record(&self, kind: RecordKind, number: u32) -> Result<Option<Value>, Error> {
        self.read(|kept| search::record(kept, kind, number))
    }

    fn made_by(&self, kind: RecordKind, seq: u64) -> Result<Option<Value>, Error> {
        self.read(|kept| search::made_by(kept, kind, seq))
    }

    fn about(&self, kind: RecordKind, items: &[ContentId]) -> Result<Vec<Value>, Error> {
        self.read(|kept| search::about(kept, kind, items))
    }

    fn last(&self, kind: RecordKind) -> Result<u32, Error> {
        self.read(|kept| kept.last(Table::of_kind(kind)))
    }

    fn views(&self) -> Result<Vec<SavedView>, Error> {
        every(self)
    }

    fn known_match(&self, found: &MatchFound) -> Result<Option<MatchNo>, Error> {
        let label = fold::same_footage(found);
        let row = self.read(|kept| kept.labelled(Match::TABLE, &label))?;
        Ok(row.map(|row| MatchNo(row.number)))
    }

    fn rebuild(&self) -> Result<Rebuilt, Error> {
        self.write(rebuild::rebuild)
    }

    fn check_watched(
        &self,
        watch: &mut (dyn FnMut(&Frontier, &Event) + Send),
    ) -> Result<Checked, Error> {
        check::check(self, watch)
    }

    fn check_quickly(
        &self,
        covered: u64,
        watch: &mut (dyn FnMut(&Frontier) + Send),
    ) -> Result<Checked, Error> {
        quick::check(self, covered, watch)
    }
}
