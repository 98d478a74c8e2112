//! Where the same footage was seen before: items against items, and files against items.

use std::fs::File;
use std::path::{Path, PathBuf};

use media::index::FrameIndex;
use media::time::FrameNo;
use reuse::{Alignment, Prints, Side};
use store::event::{Event, MatchFound, Span};
use store::number::ItemNo;
use store::record::{Item, Match};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::examine::Progress;
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
    pub fn match_file(&self, path: &Path, progress: Progress<'_>) -> Result<Vec<Found>> {
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
            Ok(Pairing::new(self, &query, reference, &alignment)?.found)
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
            let reference = others[alignment.reference];
            let pairing = Pairing::new(self, &query, reference, &alignment)?;
            found.push(self.record_match(item, &reference.item, pairing)?);
        }
        Ok(found)
    }

    fn record_match(&self, query: &Item, reference: &Item, pairing: Pairing) -> Result<Found> {
        let made = MatchFound {
            query: query.id,
            query_span: pairing.query_span,
            reference: reference.id,
            reference_span: pairing.reference_span,
            score_permille: permille(pairing.found.score),
            mirrored: pairing.found.mirrored,
            speed_permille: permille(pairing.found.speed),
            tool: reuse::METHOD.to_owned(),
        };
        let number = match self
            .store
            .matches()?
            .into_iter()
            .find(|known| same(&known.found, &made))
        {
            Some(known) => known.number,
            None => {
                let entry = self.record(&Event::MatchFound(made))?.seq;
                crate::record::made_by(self.store.matches()?, entry, |found| &found.origin)?.number
            }
        };
        Ok(Found {
            number: Some(number.to_string()),
            ..pairing.found
        })
    }

    fn archive(&self) -> Result<Vec<Printed>> {
        self.store
            .items()?
            .into_iter()
            .map(|item| self.printed(item))
            .collect()
    }

    fn printed(&self, item: Item) -> Result<Printed> {
        let Some(inspection) = &item.inspection else {
            return Err(Error::missing(format!(
                "{} ({}) was not inspected yet",
                item.number, item.name
            ))
            .hint("run `framewitness inspect --all` first, so that no item is passed over"));
        };
        let prints =
            Prints::from_bytes(&self.read(inspection.inspected.prints)?).map_err(|why| {
                Error::integrity(format!("the fingerprints of {}: {why}", item.number))
            })?;
        Ok(Printed { item, prints })
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

/// One alignment on the clocks of its two sides.
struct Pairing {
    found: Found,
    query_span: Span,
    reference_span: Span,
}

impl Pairing {
    fn new(
        case: &Case,
        query: &Query<'_>,
        reference: &Printed,
        alignment: &Alignment,
    ) -> Result<Self> {
        let examined = case.examined(&reference.item)?;
        let (query_time, reference_time) =
            (Timeline::new(query.frames), Timeline::new(&examined.frames));
        let query_span = span(&query_time, &alignment.query)?;
        let reference_span = span(&reference_time, &alignment.reference_side)?;
        let found = Found {
            query: query.name.clone(),
            reference: reference.item.name.clone(),
            query_span: query_time.seconds(&query_span),
            reference_span: reference_time.seconds(&reference_span),
            score: f64::from(alignment.score).clamp(0.0, 1.0),
            query_frames: [query_span.first.no, query_span.last.no],
            reference_frames: [reference_span.first.no, reference_span.last.no],
            mirrored: alignment.mirrored,
            speed: alignment.speed,
            query_item: query.item.map(|item| item.number),
            reference_item: reference.item.number,
            number: None,
        };
        Ok(Self {
            found,
            query_span,
            reference_span,
        })
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
