//! One address for everything that can be cited: what it names, and where the page shows it.

use serde::de::DeserializeOwned;
use store::Evidence;
use store::event::{Pin, Span};
use store::number::ItemNo;
use store::record::{
    Assessment, Claim, Hypothesis, Item, ItemDate, ItemPlace, Mask, Match, MediaReview, Note,
    Observation, Origin, Person, Received, ResemblanceRecord, Series, SignedCheckpoint, Source,
    Watch,
};
use store::vocabulary::RecordKind;

use crate::case::Case;
use crate::cited;
use crate::error::{Error, Result};
use crate::view::Linked;

/// Where something is said and shown.
struct Said {
    entry: Option<u64>,
    text: String,
    page: String,
}

impl Case {
    /// What `address` names: a number (`#1`, `C1`, `O1`, `H1`, `A1`, `M1`, `R1`, `V1`, `D1`, `L1`, `S1`,
    /// `G1`, `P1`, `N1`, `W1`, `K1`, `U1`), a finding (`F:#1:4`), an entry (`E12`), frames (`#1#frame=37`,
    /// `#1#frame=37-52`), or a place in an item as a W3C media fragment: `#1#t=12.5,18` (seconds after the first
    /// frame).
    ///
    /// # Errors
    /// It is no address, or there is nothing at it: a link that dangles is never opened.
    pub fn linked(&self, address: &str) -> Result<Linked> {
        let said = self.said_at(address)?;
        Ok(Linked {
            address: address.to_owned(),
            entry: said.entry,
            text: said.text,
            page: said.page,
            cited_by: cited::by(self, address)?,
        })
    }

    /// What is said at `address`.
    ///
    /// # Errors
    /// As [`Case::linked`].
    pub(crate) fn words_at(&self, address: &str) -> Result<String> {
        Ok(self.said_at(address)?.text)
    }

    /// Where the page shows what is at `address`.
    ///
    /// # Errors
    /// As [`Case::linked`].
    pub(crate) fn page_at(&self, address: &str) -> Result<String> {
        Ok(self.said_at(address)?.page)
    }

    fn said_at(&self, address: &str) -> Result<Said> {
        if let Some((item, time)) = address.split_once("#t=") {
            return self.time_at(address, &self.numbered(item)?, time);
        }
        match address.parse().map_err(|_| no_address(address))? {
            Evidence::Frames(n, first, last) => self.frames_at(address, n, [first, last]),
            Evidence::Entry(seq) => self.entry_at(address, seq),
            Evidence::Finding(n, index) => self.finding_at(address, n, index),
            record => self.record_at(address, record),
        }
    }

    fn numbered(&self, address: &str) -> Result<Item> {
        let number: ItemNo = address.parse().map_err(|_| no_address(address))?;
        let item = self.store.item(number)?;
        item.ok_or_else(|| dangling(address))
    }

    /// Seconds of an item.
    fn time_at(&self, address: &str, item: &Item, time: &str) -> Result<Said> {
        let (start, end) = time.split_once(',').unwrap_or((time, ""));
        let start = seconds(start).ok_or_else(|| no_address(address))?;
        let end = match end {
            "" => None,
            end => Some(seconds(end).ok_or_else(|| no_address(address))?),
        };
        if end.is_some_and(|end| end <= start) {
            return Err(no_address(address));
        }
        if start > crate::tally::duration(&*self.examined(item)?) {
            return Err(dangling(address));
        }
        let page = format!("#/items/{}?t={time}", item.number.0);
        Ok(at(
            inspected(item),
            format!("{time} s of {}", item.name),
            page,
        ))
    }

    fn frames_at(&self, address: &str, item: ItemNo, [first, last]: [u32; 2]) -> Result<Said> {
        let item = self.numbered(&item.to_string())?;
        let kept = item.inspection.as_ref();
        if last >= kept.map_or(0, |kept| kept.inspected.frame_count) {
            return Err(dangling(address));
        }
        let text = match first == last {
            true => format!("frame {first} of {}", item.name),
            false => format!("frames {first} to {last} of {}", item.name),
        };
        let page = format!("#/items/{}?frame={first}", item.number.0);
        Ok(at(inspected(&item), text, page))
    }

    fn entry_at(&self, address: &str, seq: u64) -> Result<Said> {
        let page = self.journal(seq, 1)?;
        let entry = page.entries.into_iter().find(|entry| entry.seq == seq);
        let entry = entry.ok_or_else(|| dangling(address))?;
        Ok(at(
            Some(seq),
            format!("{} {}", entry.kind, entry.summary),
            journal(seq),
        ))
    }

    /// A record by its number.
    fn record_at(&self, address: &str, record: Evidence) -> Result<Said> {
        let said = |origin: &Origin, text: String, page: String| at(Some(origin.entry), text, page);
        Ok(match record {
            Evidence::Item(_) => {
                let item = self.numbered(address)?;
                let first = item.acquisitions.first().map(|it| it.origin.entry);
                at(first, item.name, format!("#/items/{}", item.number.0))
            }
            Evidence::Claim(n) => {
                let one: Claim = self.one(RecordKind::Claim, n.0, address)?;
                said(&one.origin, one.made.text, self.pinned(&one.made.pin)?)
            }
            Evidence::Observation(n) => {
                let one: Observation = self.one(RecordKind::Observation, n.0, address)?;
                said(&one.origin, one.made.text, self.pinned(&one.made.pin)?)
            }
            Evidence::Hypothesis(n) => {
                let one: Hypothesis = self.one(RecordKind::Hypothesis, n.0, address)?;
                let board = self.board(&one)?;
                said(&one.origin, one.text, board)
            }
            Evidence::Assessment(n) => {
                let one: Assessment = self.one(RecordKind::Assessment, n.0, address)?;
                let judged = self.one(RecordKind::Hypothesis, one.made.hypothesis.0, address)?;
                said(&one.origin, one.made.reasons, self.board(&judged)?)
            }
            Evidence::Match(n) => {
                let one: Match = self.one(RecordKind::Match, n.0, address)?;
                let name = |id| {
                    Ok(self
                        .store
                        .item_by_id(id)?
                        .map_or_else(String::new, |it| it.name))
                };
                let names: Result<Vec<String>> = [&one.found.query, &one.found.reference]
                    .into_iter()
                    .map(name)
                    .collect();
                said(&one.origin, names?.join(" = "), format!("#/matches/{n}"))
            }
            Evidence::Resemblance(n) => {
                let one: ResemblanceRecord = self.one(RecordKind::Resemblance, n.0, address)?;
                said(&one.origin, one.made.subject, self.pinned(&one.made.one)?)
            }
            Evidence::MediaReview(n) => {
                let one: MediaReview = self.one(RecordKind::MediaReview, n.0, address)?;
                let page = self.item_page(&one.made.item, None)?;
                said(&one.origin, one.made.reasons, page)
            }
            Evidence::Date(n) => {
                let one: ItemDate = self.one(RecordKind::Date, n.0, address)?;
                said(&one.origin, one.dated.reason, self.pinned(&one.dated.pin)?)
            }
            Evidence::Place(n) => {
                let one: ItemPlace = self.one(RecordKind::Place, n.0, address)?;
                said(&one.origin, one.placed.name, self.pinned(&one.placed.pin)?)
            }
            other => return self.other_at(address, other),
        })
    }

    fn finding_at(&self, address: &str, item: ItemNo, index: u32) -> Result<Said> {
        let item = self.numbered(&item.to_string())?;
        let examined = self.examined(&item)?;
        let place = (index as usize).checked_sub(1);
        let finding = place.and_then(|place| examined.examination.findings.get(place));
        let finding = finding.ok_or_else(|| dangling(address))?;
        let frame = finding.span.map(|span| span.first.0);
        let entry = item.inspection.as_ref().map(|kept| kept.origin.entry);
        Ok(at(
            entry,
            finding.summary.clone(),
            self.item_page(&item.id, frame)?,
        ))
    }

    /// Sources, series, people, notes, watches, checkpoints and what came in from others.
    fn other_at(&self, address: &str, record: Evidence) -> Result<Said> {
        let said = |origin: &Origin, text: String, page: &str| {
            at(Some(origin.entry), text, page.to_owned())
        };
        Ok(match record {
            Evidence::Source(n) => {
                let one: Source = self.one(RecordKind::Source, n.0, address)?;
                let page = format!("#/sources?only={n}");
                said(&one.origin, one.named.name, &page)
            }
            Evidence::Series(n) => {
                let one: Series = self.one(RecordKind::Series, n.0, address)?;
                said(&one.origin, one.begun.name, "#/sources")
            }
            Evidence::Person(n) => {
                let one: Person = self.one(RecordKind::Person, n.0, address)?;
                let seen = one.appearances.iter().find(|it| it.withdrawn.is_none());
                let page = seen.map(|it| self.pinned(&it.appears.pin)).transpose()?;
                let page = page.unwrap_or_else(|| journal(one.origin.entry));
                said(&one.origin, one.entered.description, &page)
            }
            Evidence::Mask(n) => {
                let one: Mask = self.one(RecordKind::Mask, n.0, address)?;
                let frame = one.drawn.picture().map(|it| it.span.first.no);
                said(
                    &one.origin,
                    one.drawn.reason,
                    &self.item_page(&one.drawn.item, frame)?,
                )
            }
            Evidence::Note(n) => {
                let one: Note = self.one(RecordKind::Note, n.0, address)?;
                let page = self.said_at(&one.written.on)?.page;
                said(&one.origin, one.written.text, &page)
            }
            Evidence::Watch(n) => {
                let one: Watch = self.one(RecordKind::Watch, n.0, address)?;
                said(&one.origin, one.begun.note.unwrap_or_default(), "#/watches")
            }
            Evidence::Checkpoint(n) => {
                let one: SignedCheckpoint = self.one(RecordKind::Checkpoint, n.0, address)?;
                let text = format!("head of {} entries", one.size);
                said(&one.origin, text, &journal(one.origin.entry))
            }
            Evidence::Received(n) => {
                let one: Received = self.one(RecordKind::Received, n.0, address)?;
                let text = format!(
                    "{} (of {})",
                    one.received.title, one.received.sealed_by.name
                );
                said(&one.origin, text, "#/publish")
            }
            _ => return Err(no_address(address)),
        })
    }

    /// The board on which a hypothesis stands.
    fn board(&self, hypothesis: &Hypothesis) -> Result<String> {
        let item = hypothesis.item.map(|id| self.store.item_by_id(&id));
        let of = item.transpose()?.flatten();
        let of = of.map_or_else(|| "case".to_owned(), |item| item.number.0.to_string());
        Ok(format!("#/hypotheses?of={of}"))
    }

    fn pinned(&self, pin: &Pin) -> Result<String> {
        let frame = |span: &Span| span.first.no;
        self.item_page(&pin.item, pin.span.as_ref().map(frame))
    }

    /// The record that `address` names.
    fn one<R: DeserializeOwned>(&self, kind: RecordKind, number: u32, address: &str) -> Result<R> {
        let known = self.record_of(kind, number)?;
        known.ok_or_else(|| dangling(address))
    }

    fn item_page(&self, id: &journal::ContentId, frame: Option<u32>) -> Result<String> {
        let item = self.store.item_by_id(id)?;
        let item = item.ok_or_else(|| Error::missing(format!("{id} is gone")))?;
        let frame = frame.map_or_else(String::new, |no| format!("?frame={no}"));
        Ok(format!("#/items/{}{frame}", item.number.0))
    }
}

fn at(entry: Option<u64>, text: String, page: String) -> Said {
    Said { entry, text, page }
}

fn journal(entry: u64) -> String {
    format!("#/journal?entry={entry}")
}

/// The entry of the inspection that says which frames there are.
fn inspected(item: &Item) -> Option<u64> {
    let inspection = item.inspection.as_ref();
    inspection.map(|kept| kept.origin.entry)
}

fn seconds(text: &str) -> Option<f64> {
    let text = text.strip_prefix("npt:").unwrap_or(text);
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|_| plain)
}

fn no_address(address: &str) -> Error {
    Error::usage(format!("{address:?} is no address")).hint(
        "write a number such as #1, C1 or R1, an entry (E12), a finding (F:#1:4), or a place in an item \
         (#1#frame=37, #1#frame=37-52, #1#t=12.5,18)",
    )
}

fn dangling(address: &str) -> Error {
    hinted(Error::missing(format!("there is no {address}")))
}

fn hinted(lost: Error) -> Error {
    lost.hint("`framewitness log` shows what there is")
}
