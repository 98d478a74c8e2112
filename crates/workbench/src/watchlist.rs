//! The watch list: "tell me when this appears again". Every open watch is looked for once in every
//! inspected item, when the item is inspected or the watch begins, whichever comes later; what was
//! searched is in the journal, so that nothing is missed after a kill and nothing searched twice.

use std::collections::BTreeSet;

use journal::ContentId;
use store::event::{Event, FoundAgain, MatchFound, Span, WatchBegun, WatchEnded, WatchSearched};
use store::number::{MatchNo, WatchNo};
use store::record::{Item, Watch};
use store::vocabulary::Verdict;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::matching::{Printed, overlap};
use crate::place::Place;
use crate::view::{Found, SeenAgain, WatchView};

/// Footage to watch for.
#[derive(Clone, Debug, Default)]
pub struct NewWatch {
    /// First frame; the whole item when absent.
    pub first: Option<Place>,
    /// Last frame, included; the first one when absent.
    pub last: Option<Place>,
    /// Why, or anything else.
    pub note: Option<String>,
}

impl Case {
    /// Puts `item`, or a span of it, on the watch list, and looks for it in what is there already.
    ///
    /// # Errors
    /// The item was not inspected, the span does not exist, it is watched for already, or kept bytes are
    /// not what they were.
    pub fn watch_for(&self, item: &Item, new: NewWatch) -> Result<WatchView> {
        let span = self.stretch(item, new.first, new.last)?;
        let begun = WatchBegun {
            item: item.id,
            span,
            note: new.note,
        };
        let entry = self.record(&Event::WatchBegun(begun))?.seq;
        let watch = self.made_by(entry)?;
        let mut others = self.present_items()?;
        others.retain(|other| is_due(&watch, other));
        if !others.is_empty() {
            let watches = std::slice::from_ref(&watch);
            let seen = self.find_watched(item, &others, watches)?;
            self.searched(watches, others.iter().map(|one| one.id).collect(), seen)?;
        }
        self.watch_view(watch.number)
    }

    /// Takes a watch off the list; what it found stays.
    ///
    /// # Errors
    /// There is no such watch, it was ended before, or the store fails.
    pub fn end_watch(&self, watch: WatchNo, note: Option<String>) -> Result<WatchView> {
        self.record(&Event::WatchEnded(WatchEnded { watch, note }))?;
        self.watch_view(watch)
    }

    /// The watch list; with watches that were ended, where asked.
    ///
    /// # Errors
    /// The store fails, or kept bytes are not what they were.
    pub fn watches(&self, ended: bool) -> Result<Vec<WatchView>> {
        let mut watches = self.store.watches()?;
        watches.retain(|watch| ended || watch.ended.is_none());
        // Which items are still to be searched, only they themselves tell.
        let items = match watches.iter().any(|watch| watch.ended.is_none()) {
            true => self.store.items()?,
            false => Vec::new(),
        };
        let views = watches.into_iter();
        views.map(|watch| self.view_of(watch, &items)).collect()
    }

    /// Looks for every open watch in every inspected item in which it was not looked for yet.
    ///
    /// # Errors
    /// Kept bytes are not what they were, or the store fails.
    pub fn search_watches(&self) -> Result<Vec<SeenAgain>> {
        self.writable()?;
        let mut seen = Vec::new();
        for item in self.present_items()? {
            seen.extend(self.look_out(&item)?);
        }
        Ok(seen)
    }

    /// Matches that watches found and nobody reviewed yet.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) fn unreviewed_again(&self) -> Result<usize> {
        let watches = self.store.watches()?;
        let numbers: BTreeSet<MatchNo> = watches.iter().flat_map(found_by).collect();
        let mut unreviewed = 0;
        for number in numbers {
            let verdict = self.match_record(number)?.verdict();
            unreviewed += usize::from(verdict == Verdict::Unreviewed);
        }
        Ok(unreviewed)
    }

    /// Looks in `item` for every open watch for which it was not searched yet.
    pub(crate) fn look_out(&self, item: &Item) -> Result<Vec<SeenAgain>> {
        let mut watches = self.store.watches()?;
        watches.retain(|watch| is_due(watch, item));
        if watches.is_empty() {
            return Ok(Vec::new());
        }
        let mut watched = self.items_with(watches.iter().map(|watch| watch.begun.item))?;
        watched.retain(|one| self.at_hand(one).is_ok());
        watched.sort_by_key(|one| one.number);
        let seen = self.find_watched(item, &watched, &watches)?;
        self.searched(&watches, vec![item.id], seen)
    }

    /// Matches `query` with `others` and records what shows what is watched for.
    fn find_watched(&self, query: &Item, others: &[Item], watches: &[Watch]) -> Result<Seen> {
        let printed = |item: &Item| self.printed(item.clone());
        let this = printed(query)?;
        let others: Vec<Printed> = others.iter().map(printed).collect::<Result<_>>()?;
        let wanted = |made: &MatchFound| watches.iter().any(|watch| shows(watch, made));
        let mut seen = Vec::new();
        for (record, told) in self.find_in(&this, &others.iter().collect::<Vec<_>>(), &wanted)? {
            let of = watches.iter().filter(|watch| shows(watch, &record.found));
            for watch in of.filter(|_| record.verdict() != Verdict::Rejected) {
                let again = FoundAgain {
                    watch: watch.number,
                    found: record.number,
                };
                seen.push((again, told.clone()));
            }
        }
        Ok(seen)
    }

    /// Records that `items` were searched for `watches`, and what was seen.
    fn searched(
        &self,
        watches: &[Watch],
        items: Vec<ContentId>,
        seen: Seen,
    ) -> Result<Vec<SeenAgain>> {
        self.record(&Event::WatchSearched(WatchSearched {
            watches: watches.iter().map(|watch| watch.number).collect(),
            items,
            tool: reuse::METHOD.to_owned(),
            found: seen.iter().map(|(again, _)| *again).collect(),
        }))?;
        let told = |(again, found): (FoundAgain, Found)| SeenAgain {
            watch: again.watch,
            found,
        };
        Ok(seen.into_iter().map(told).collect())
    }

    fn watch_view(&self, number: WatchNo) -> Result<WatchView> {
        let missing = || Error::missing(format!("there is no watch {number}"));
        let mut all = self.watches(true)?.into_iter();
        all.find(|one| one.record.number == number)
            .ok_or_else(missing)
    }

    fn view_of(&self, watch: Watch, items: &[Item]) -> Result<WatchView> {
        let missing = || Error::missing(format!("{} is gone", watch.begun.item));
        let item = self.store.item_by_id(&watch.begun.item)?;
        let item = item.ok_or_else(missing)?;
        let seconds = match &watch.begun.span {
            None => None,
            Some(span) => Some(self.seconds_of(&item, span)?),
        };
        let mut matches = Vec::new();
        for number in found_by(&watch) {
            let found = self.match_record(number)?;
            if found.verdict() != Verdict::Rejected {
                matches.push(self.match_view(found)?);
            }
        }
        Ok(WatchView {
            item_number: item.number,
            name: item.name,
            seconds,
            matches,
            waiting: items
                .iter()
                .filter(|one| is_due(&watch, one))
                .map(|one| one.number)
                .collect(),
            record: watch,
        })
    }
}

/// What was seen of what is watched for.
type Seen = Vec<(FoundAgain, Found)>;

/// Whether `item` is still to be searched for what `watch` watches for.
fn is_due(watch: &Watch, item: &Item) -> bool {
    watch.ended.is_none()
        && watch.begun.item != item.id
        && item.inspection.is_some()
        && item.removed.is_none()
        && !item.searched.contains(&watch.number)
}

/// The matches that searches for `watch` found, by number.
fn found_by(watch: &Watch) -> BTreeSet<MatchNo> {
    watch.found.iter().map(|seen| seen.found).collect()
}

/// Whether a match shows what `watch` watches for.
fn shows(watch: &Watch, made: &MatchFound) -> bool {
    let wanted = |span: &Span| match &watch.begun.span {
        None => true,
        Some(watched) => overlap(watched, span),
    };
    (made.query == watch.begun.item && wanted(&made.query_span))
        || (made.reference == watch.begun.item && wanted(&made.reference_span))
}
