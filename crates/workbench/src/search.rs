//! Finding records by words and by how they stand, and keeping such a search under a name.

use serde_json::Value;
use store::event::{Event, ViewRemoved, ViewRenamed, ViewSaved};
use store::number::SavedViewNo;
use store::record::{Item, SavedView};
use store::search::{COUNTED, Hit, Page, Query};
use store::vocabulary::RecordKind;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::tally::Tally;
use crate::view::{ItemSummary, ItemsPage, SearchPage, SearchPlace, SearchResult};

/// Most results of one page.
pub const MOST_RESULTS: usize = 500;

impl Case {
    /// A page of the records that `query` finds: at most `limit`, beyond what `after` names, which is what
    /// the page before gave as `next`.
    ///
    /// # Errors
    /// The words hold none, an item is not there, `after` is no place, or the store fails.
    pub fn search(&self, query: &Query, after: Option<&str>, limit: usize) -> Result<SearchPage> {
        let after = after.map(place).transpose()?;
        let limit = limit.clamp(1, MOST_RESULTS);
        let found = self.store.search(query, Page { after, limit })?;
        Ok(SearchPage {
            total: found.total.min(COUNTED),
            more_than_total: found.total > COUNTED,
            next: found.next.map(|next| next.to_string()),
            results: found
                .hits
                .into_iter()
                .map(|hit| self.result(hit))
                .collect::<Result<_>>()?,
        })
    }

    /// The items that `query` finds, at a glance, in the order asked for.
    ///
    /// # Errors
    /// As [`Case::search`], or kept bytes of an inspection are not what they were.
    pub fn items_found(&self, query: &Query) -> Result<Vec<ItemSummary>> {
        let (mut items, mut after) = (Vec::new(), None);
        loop {
            let page = self.items_page(query, after.as_deref(), MOST_RESULTS)?;
            items.extend(page.items);
            after = page.next;
            if after.is_none() {
                return Ok(items);
            }
        }
    }

    /// A page of the items that `query` finds, at a glance.
    ///
    /// # Errors
    /// As [`Case::items_found`], or `after` is no place.
    pub fn items_page(
        &self,
        query: &Query,
        after: Option<&str>,
        limit: usize,
    ) -> Result<ItemsPage> {
        let kinds = vec![RecordKind::Item];
        let narrowed = Query {
            kinds,
            ..query.clone()
        };
        let after = after.map(place).transpose()?;
        let limit = limit.clamp(1, MOST_RESULTS);
        let found = self.store.search(&narrowed, Page { after, limit })?;
        let read = |hit: Hit| {
            serde_json::from_value::<Item>(hit.record)
                .map_err(|why| Error::integrity(format!("{}: {why}", hit.called)))
        };
        let items: Vec<Item> = found.hits.into_iter().map(read).collect::<Result<_>>()?;
        let tally = Tally::about(self, &items)?;
        let summary = |item: &Item| tally.summary(self, item);
        let every = all_items(query);
        Ok(ItemsPage {
            total: match every {
                true => self.store.last(RecordKind::Item)? as usize,
                false => found.total.min(COUNTED),
            },
            more_than_total: !every && found.total > COUNTED,
            items: items.iter().map(summary).collect::<Result<_>>()?,
            next: found.next.map(|next| next.to_string()),
        })
    }

    fn result(&self, hit: Hit) -> Result<SearchResult> {
        let record = &hit.record;
        let text = |name: &str| record.get(name).and_then(Value::as_str).map(str::to_owned);
        let first = record.pointer("/acquisitions/0").unwrap_or(record);
        let origin = |name: &str| {
            first
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        Ok(SearchResult {
            kind: hit.kind,
            title: title(&hit),
            entry: first
                .get("entry")
                .and_then(Value::as_u64)
                .unwrap_or_default(),
            at: origin("at"),
            actor: origin("actor"),
            status: match hit.kind {
                RecordKind::Match => Some(verdict(record)),
                _ => text("status").or_else(|| text("likelihood")),
            },
            withdrawn: record
                .get("withdrawn")
                .is_some_and(|value| !value.is_null()),
            place: self.place_of(&hit)?,
            number: hit.called,
            passages: hit.passages,
            record: hit.record,
        })
    }

    /// Where to look at it: the item that it is or is about, and the frame.
    fn place_of(&self, hit: &Hit) -> Result<Option<SearchPlace>> {
        let record = &hit.record;
        let at = |pointer: &str| record.pointer(pointer).filter(|value| !value.is_null());
        let own = match hit.kind {
            RecordKind::Item => at("/id"),
            _ => ["/pin/item", "/item", "/query"]
                .iter()
                .find_map(|pointer| at(pointer)),
        };
        let Some(id) = own.and_then(Value::as_str).and_then(|id| id.parse().ok()) else {
            return Ok(None);
        };
        let frames = [
            "/pin/span/first/no",
            "/span/first/no",
            "/query_span/first/no",
        ];
        let frame = frames
            .iter()
            .find_map(|pointer| at(pointer))
            .and_then(Value::as_u64);
        Ok(self.store.item_by_id(&id)?.map(|item| SearchPlace {
            item: item.number,
            name: item.name,
            frame: frame.and_then(|frame| u32::try_from(frame).ok()),
        }))
    }

    /// Keeps a search under a name, for everybody who works on the case.
    ///
    /// # Errors
    /// The name is taken or empty, the words hold none, or the store fails.
    pub fn save_view(&self, name: String, query: Query) -> Result<SavedView> {
        if query == Query::default() {
            return Err(Error::usage("this view looks for nothing")
                .hint("name words, or a filter such as --kind claim"));
        }
        let entry = self
            .record(&Event::ViewSaved(ViewSaved { name, query }))?
            .seq;
        self.made_by(entry)
    }

    /// Gives a view another name.
    ///
    /// # Errors
    /// There is no such view, it was removed, the name is taken, or the store fails.
    pub fn rename_view(&self, view: SavedViewNo, name: String) -> Result<SavedView> {
        self.record(&Event::ViewRenamed(ViewRenamed { view, name }))?;
        self.numbered_view(view)
    }

    /// Takes a view off the list. It stays in the journal.
    ///
    /// # Errors
    /// There is no such view, it was removed before, or the store fails.
    pub fn remove_view(&self, view: SavedViewNo, note: Option<String>) -> Result<SavedView> {
        self.record(&Event::ViewRemoved(ViewRemoved { view, note }))?;
        self.numbered_view(view)
    }

    /// Searches kept under a name; removed ones too, where asked.
    ///
    /// # Errors
    /// The store fails.
    pub fn views(&self, removed: bool) -> Result<Vec<SavedView>> {
        let mut views = self.store.views()?;
        views.retain(|view| removed || view.removed.is_none());
        Ok(views)
    }

    /// The view that `text` names: `Q1`, or its name.
    ///
    /// # Errors
    /// There is none, or it was removed.
    pub fn saved_view(&self, text: &str) -> Result<SavedView> {
        let views = self.views(false)?;
        let number = text.parse::<SavedViewNo>().ok();
        let called = |view: &SavedView| number == Some(view.number) || view.name == text;
        views.into_iter().find(called).ok_or_else(|| {
            Error::missing(format!("no view is called {text:?}"))
                .hint("`framewitness view list` shows the views")
        })
    }

    fn numbered_view(&self, number: SavedViewNo) -> Result<SavedView> {
        self.by_number(number)
    }
}

/// Whether it asks for every item, in whatever order.
fn all_items(query: &Query) -> bool {
    let anything = Query {
        order: query.order,
        ..Query::default()
    };
    *query == anything
}

fn place(text: &str) -> Result<u64> {
    text.parse().map_err(|_| {
        Error::usage(format!("{text:?} is where no page ended"))
            .hint("give what a page said was next")
    })
}

fn verdict(record: &Value) -> String {
    let last = record
        .get("reviews")
        .and_then(Value::as_array)
        .and_then(|all| all.last());
    let verdict = last.and_then(|last| last.get("verdict")?.as_str());
    verdict.unwrap_or("unreviewed").to_owned()
}

/// A record in a few words, which are its own where it has some.
fn title(hit: &Hit) -> String {
    const OWN: [&str; 9] = [
        "text", "name", "title", "reasons", "words", "note", "label", "tag", "actor",
    ];
    let own = OWN.iter().find_map(|name| hit.record.get(name)?.as_str());
    own.map_or_else(|| hit.called.clone(), str::to_owned)
}

/// What is asked for here, and for the rest what `kept` asks for.
pub fn narrowed(kept: Query, asked: Query) -> Query {
    fn list<T>(asked: Vec<T>, kept: Vec<T>) -> Vec<T> {
        if asked.is_empty() { kept } else { asked }
    }
    Query {
        words: if asked.words.is_empty() {
            kept.words
        } else {
            asked.words
        },
        kinds: list(asked.kinds, kept.kinds),
        status: list(asked.status, kept.status),
        items: list(asked.items, kept.items),
        cites: list(asked.cites, kept.cites),
        tags: list(asked.tags, kept.tags),
        by: list(asked.by, kept.by),
        with: list(asked.with, kept.with),
        without: list(asked.without, kept.without),
        recorded: asked.recorded.or(kept.recorded),
        changed: asked.changed.or(kept.changed),
        uploaded: asked.uploaded.or(kept.uploaded),
        acquired: asked.acquired.or(kept.acquired),
        asserted: asked.asserted.or(kept.asserted),
        order: if asked.order.is_default() {
            kept.order
        } else {
            asked.order
        },
    }
}
