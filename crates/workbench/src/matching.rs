//! Where the same footage was seen before: items against items, and files against items.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use media::index::FrameIndex;
use media::time::FrameNo;
use reuse::{Alignment, Prints, Side};
use store::event::{Event, MatchFound, Span};
use store::number::ItemNo;
use store::record::{Item, Match};

use crate::case::{Case, Examined};
use crate::error::{Error, Result};
use crate::examine::Listen;
use crate::timeline::Timeline;
use crate::view::{Found, MatchView};

/// Two matches of the same pair are one when they share at least this part of the shorter, on both sides.
const SAME: f64 = 0.5;

impl Case {
    /// Each of `items` against every other item of the case; new matches are recorded.
    ///
    /// # Errors
    /// An item of the case was not inspected yet, or kept bytes are not what they were.
    pub fn match_items(&self, items: &[Item]) -> Result<Vec<Found>> {
        let archive = self.archive()?;
        let mut found = Vec::new();
        for item in items {
            let others: Vec<&Printed> = archive
                .iter()
                .filter(|other| other.item.id != item.id)
                .collect();
            found.extend(self.match_item(&archive, item, &others)?);
        }
        Ok(found)
    }

    /// Every pair of items once, the later one as the query; new matches are recorded.
    ///
    /// # Errors
    /// As [`Case::match_items`].
    pub fn match_all(&self) -> Result<Vec<Found>> {
        let archive = self.archive()?;
        let mut found = Vec::new();
        for (at, query) in archive.iter().enumerate() {
            let earlier: Vec<&Printed> = archive[..at].iter().collect();
            found.extend(self.match_item(&archive, &query.item, &earlier)?);
        }
        Ok(found)
    }

    /// A file outside the case against every item; nothing is recorded and nothing of it is kept.
    ///
    /// # Errors
    /// The file cannot be read, the decoder cannot be jailed, or as [`Case::match_items`].
    pub fn match_file(&self, path: &Path, progress: Listen<'_>) -> Result<Vec<Found>> {
        let archive = self.archive()?;
        let file = File::open(path)
            .map_err(|error| Error::io(format!("reading {}", path.display()), &error))?;
        let examined = self.examine(file, progress)?;
        let name = path
            .file_name()
            .map_or_else(PathBuf::new, PathBuf::from)
            .to_string_lossy()
            .into_owned();
        let query = Query {
            name,
            item: None,
            frames: &examined.inspection.frames,
        };
        let prints: Vec<&Prints> = archive.iter().map(|printed| &printed.prints).collect();
        let lay = |alignment: Alignment| -> Result<Found> {
            let reference = &archive[alignment.reference];
            Pairing::new(self, &query, &reference.item)?.found(&alignment)
        };
        reuse::find(&examined.prints, &prints)
            .into_iter()
            .map(lay)
            .collect()
    }

    /// Recorded matches, of one item or of all.
    ///
    /// # Errors
    /// The store fails, or kept bytes are not what they were.
    pub fn matches(&self, item: Option<&Item>) -> Result<Vec<MatchView>> {
        let items = self.store.items()?;
        let of_item = |found: &Match| item.is_none_or(|item| involves(&found.found, item));
        self.store
            .matches()?
            .into_iter()
            .filter(of_item)
            .map(|found| self.match_view(&items, found))
            .collect()
    }

    fn match_view(&self, items: &[Item], record: Match) -> Result<MatchView> {
        let side = |id: &journal::ContentId, span: &Span| -> Result<(ItemNo, String, [f64; 2])> {
            let item = items
                .iter()
                .find(|item| item.id == *id)
                .ok_or_else(|| Error::missing(format!("{id} is gone")))?;
            let examined = self.examined(item)?;
            Ok((
                item.number,
                item.name.clone(),
                Timeline::new(&examined.frames).seconds(span),
            ))
        };
        let (query_item, query_name, query_seconds) =
            side(&record.found.query, &record.found.query_span)?;
        let (reference_item, reference_name, reference_seconds) =
            side(&record.found.reference, &record.found.reference_span)?;
        Ok(MatchView {
            score: f64::from(record.found.score_permille) / 1000.0,
            speed: f64::from(record.found.speed_permille) / 1000.0,
            record,
            query_item,
            reference_item,
            query_name,
            reference_name,
            query_seconds,
            reference_seconds,
        })
    }

    fn match_item(
        &self,
        archive: &[Printed],
        item: &Item,
        others: &[&Printed],
    ) -> Result<Vec<Found>> {
        let this = archive.iter().find(|printed| printed.item.id == item.id);
        let this =
            this.ok_or_else(|| Error::missing(format!("{} is not in the archive", item.number)))?;
        let examined = self.examined(item)?;
        let query = Query {
            name: item.name.clone(),
            item: Some(item),
            frames: &examined.frames,
        };
        let prints: Vec<&Prints> = others.iter().map(|other| &other.prints).collect();
        let mut found = Vec::new();
        for alignment in reuse::find(&this.prints, &prints) {
            let reference = &others[alignment.reference].item;
            let pairing = Pairing::new(self, &query, reference)?;
            let record = self.record_match(pairing.event(&item.id, &alignment)?)?;
            found.push(pairing.recorded(&record));
        }
        Ok(found)
    }

    /// The record of a match: the one there is, found before from this side or the other, or a new one.
    fn record_match(&self, made: MatchFound) -> Result<Match> {
        let mut known = self.store.matches()?.into_iter();
        if let Some(known) = known.find(|known| same(&known.found, &made)) {
            return Ok(known);
        }
        let entry = self.record(&Event::MatchFound(made))?.seq;
        crate::record::made_by(self.store.matches()?, entry, |found| &found.origin)
    }

    fn archive(&self) -> Result<Vec<Printed>> {
        self.store
            .items()?
            .into_iter()
            .map(|item| self.printed(item))
            .collect()
    }

    fn printed(&self, item: Item) -> Result<Printed> {
        let prints = self.prints(&item)?;
        Ok(Printed { item, prints })
    }

    /// The fingerprints that the newest inspection of `item` kept.
    pub(crate) fn prints(&self, item: &Item) -> Result<Prints> {
        let Some(inspection) = &item.inspection else {
            return Err(Error::missing(format!(
                "{} ({}) was not inspected yet",
                item.number, item.name
            ))
            .hint("run `framewitness inspect --all` first, so that no item is passed over"));
        };
        Prints::from_bytes(&self.read(inspection.inspected.prints)?)
            .map_err(|why| Error::integrity(format!("the fingerprints of {}: {why}", item.number)))
    }
}

struct Printed {
    item: Item,
    prints: Prints,
}

struct Query<'a> {
    name: String,
    item: Option<&'a Item>,
    frames: &'a FrameIndex,
}

/// A query and a reference, each with its clock.
struct Pairing<'a> {
    query: &'a Query<'a>,
    reference: &'a Item,
    reference_examined: Arc<Examined>,
}

impl<'a> Pairing<'a> {
    fn new(case: &Case, query: &'a Query<'a>, reference: &'a Item) -> Result<Self> {
        Ok(Self {
            query,
            reference,
            reference_examined: case.examined(reference)?,
        })
    }

    /// What was found now, not recorded.
    fn found(&self, alignment: &Alignment) -> Result<Found> {
        let (query, reference) = self.spans(alignment)?;
        let score = f64::from(alignment.score).clamp(0.0, 1.0);
        let found = self.lay(&query, &reference);
        Ok(Found {
            score,
            mirrored: alignment.mirrored,
            speed: alignment.speed,
            ..found
        })
    }

    /// What is to be recorded.
    fn event(&self, query: &journal::ContentId, alignment: &Alignment) -> Result<MatchFound> {
        let (query_span, reference_span) = self.spans(alignment)?;
        Ok(MatchFound {
            query: *query,
            query_span,
            reference: self.reference.id,
            reference_span,
            score_permille: permille(f64::from(alignment.score).clamp(0.0, 1.0)),
            mirrored: alignment.mirrored,
            speed_permille: permille(alignment.speed),
            tool: reuse::METHOD.to_owned(),
        })
    }

    /// What the record says, seen from the query: a number never comes with other spans than its own.
    fn recorded(&self, record: &Match) -> Found {
        let made = &record.found;
        let speed = f64::from(made.speed_permille) / 1000.0;
        let (found, speed) = if made.reference == self.reference.id {
            (self.lay(&made.query_span, &made.reference_span), speed)
        } else {
            let found = self.lay(&made.reference_span, &made.query_span);
            (found, 1.0 / speed)
        };
        Found {
            score: f64::from(made.score_permille) / 1000.0,
            mirrored: made.mirrored,
            speed,
            number: Some(record.number.to_string()),
            ..found
        }
    }

    fn spans(&self, alignment: &Alignment) -> Result<(Span, Span)> {
        Ok((
            span(&Timeline::new(self.query.frames), &alignment.query)?,
            span(
                &Timeline::new(&self.reference_examined.frames),
                &alignment.reference_side,
            )?,
        ))
    }

    fn lay(&self, query: &Span, reference: &Span) -> Found {
        Found {
            query: self.query.name.clone(),
            reference: self.reference.name.clone(),
            query_span: Timeline::new(self.query.frames).seconds(query),
            reference_span: Timeline::new(&self.reference_examined.frames).seconds(reference),
            score: 0.0,
            query_frames: [query.first.no, query.last.no],
            reference_frames: [reference.first.no, reference.last.no],
            mirrored: false,
            speed: 1.0,
            query_item: self.query.item.map(|item| item.number),
            reference_item: self.reference.number,
            number: None,
        }
    }
}

fn span(timeline: &Timeline<'_>, side: &Side) -> Result<Span> {
    timeline.span(FrameNo(side.first), FrameNo(side.last))
}

/// Thousandths, rounded; factors beyond a thousandfold do not occur.
fn permille(value: f64) -> u32 {
    (value.clamp(0.0, 1000.0) * 1000.0).round() as u32
}

fn involves(found: &MatchFound, item: &Item) -> bool {
    found.query == item.id || found.reference == item.id
}

fn same(one: &MatchFound, other: &MatchFound) -> bool {
    let straight = one.query == other.query && one.reference == other.reference;
    let crossed = one.query == other.reference && one.reference == other.query;
    let overlap = |a: &Span, b: &Span| {
        let (start, end) = (a.first.no.max(b.first.no), a.last.no.min(b.last.no));
        let shared = f64::from(end) - f64::from(start) + 1.0;
        let shorter = f64::from((a.last.no - a.first.no).min(b.last.no - b.first.no)) + 1.0;
        shared / shorter >= SAME
    };
    one.mirrored == other.mirrored
        && ((straight
            && overlap(&one.query_span, &other.query_span)
            && overlap(&one.reference_span, &other.reference_span))
            || (crossed
                && overlap(&one.query_span, &other.reference_span)
                && overlap(&one.reference_span, &other.query_span)))
}
