//! One address for everything that can be cited: what it names, and where the page shows it.

use store::Evidence;
use store::event::{Pin, Span};
use store::number::{CheckpointNo, ItemNo, SeriesNo, SourceNo, WatchNo};
use store::record::{Item, Origin};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::record::numbered;
use crate::view::Linked;

/// Where something is said and shown.
struct Said {
    entry: Option<u64>,
    text: String,
    page: String,
}

impl Case {
    /// What `address` names: a number (`#1`, `C1`, `O1`, `H1`, `A1`, `M1`, `R1`, `V1`, `D1`, `L1`, `S1`,
    /// `G1`, `W1`, `K1`), a finding (`F:#1:4`), an entry (`E12`), or a place in an item as a W3C media fragment: `#1#frame=37`,
    /// `#1#t=12.5,18` (seconds after the first frame).
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
        })
    }

    fn said_at(&self, address: &str) -> Result<Said> {
        if let Some((number, fragment)) = address.get(1..).and_then(|rest| rest.split_once('#'))
            && address.starts_with('#')
        {
            return self.fragment(&self.numbered(&format!("#{number}"))?, fragment);
        }
        if let Some(digits) = address.strip_prefix('E') {
            return self.entry_at(address, digits);
        }
        match address.parse() {
            Ok(evidence) => self.evidence_at(address, evidence),
            Err(_) => self.other_at(address),
        }
    }

    fn numbered(&self, address: &str) -> Result<Item> {
        let number: ItemNo = address.parse().map_err(|_| no_address(address))?;
        let item = self.store.item(number)?;
        item.ok_or_else(|| dangling(address))
    }

    /// A frame, or seconds, of an item.
    fn fragment(&self, item: &Item, fragment: &str) -> Result<Said> {
        let address = format!("{}#{fragment}", item.number);
        let page = format!("#/items/{}?{fragment}", item.number.0);
        let entry = item.inspection.as_ref().map(|kept| kept.origin.entry);
        let said = |text| Said { entry, text, page };
        match fragment.split_once('=') {
            Some(("frame", no)) => {
                let no: u32 = whole(no).ok_or_else(|| no_address(&address))?;
                let frames = item.inspection.as_ref();
                let frames = frames.map_or(0, |kept| kept.inspected.frame_count);
                match no < frames {
                    true => Ok(said(format!("frame {no} of {}", item.name))),
                    false => Err(dangling(&address)),
                }
            }
            Some(("t", time)) => {
                let (start, end) = time.split_once(',').unwrap_or((time, ""));
                let start = seconds(start).ok_or_else(|| no_address(&address))?;
                let end = match end {
                    "" => None,
                    end => Some(seconds(end).ok_or_else(|| no_address(&address))?),
                };
                if end.is_some_and(|end| end <= start) {
                    return Err(no_address(&address));
                }
                let length = crate::tally::duration(&*self.examined(item)?);
                match start <= length {
                    true => Ok(said(format!("{time} s of {}", item.name))),
                    false => Err(dangling(&address)),
                }
            }
            _ => Err(no_address(&address)),
        }
    }

    fn entry_at(&self, address: &str, digits: &str) -> Result<Said> {
        let seq: u64 = whole(digits).ok_or_else(|| no_address(address))?;
        let page = self.journal(seq, 1)?;
        let entry = page.entries.into_iter().find(|entry| entry.seq == seq);
        let entry = entry.ok_or_else(|| dangling(address))?;
        Ok(at(
            Some(seq),
            format!("{} {}", entry.kind, entry.summary),
            journal(seq),
        ))
    }

    fn evidence_at(&self, address: &str, evidence: Evidence) -> Result<Said> {
        let said = |origin: &Origin, text: String, page: String| at(Some(origin.entry), text, page);
        let board = || "#/hypotheses".to_owned();
        Ok(match evidence {
            Evidence::Item(_) => {
                let item = self.numbered(address)?;
                let first = item.acquisitions.first().map(|it| it.origin.entry);
                at(first, item.name, format!("#/items/{}", item.number.0))
            }
            Evidence::Claim(n) => {
                let one = one(self.store.claims()?, |it| it.number == n, address)?;
                said(&one.origin, one.made.text, self.pinned(&one.made.pin)?)
            }
            Evidence::Observation(n) => {
                let one = one(self.store.observations()?, |it| it.number == n, address)?;
                said(&one.origin, one.made.text, self.pinned(&one.made.pin)?)
            }
            Evidence::Hypothesis(n) => {
                let one = one(self.store.hypotheses()?, |it| it.number == n, address)?;
                said(&one.origin, one.text, board())
            }
            Evidence::Assessment(n) => {
                let one = one(self.store.assessments()?, |it| it.number == n, address)?;
                said(&one.origin, one.made.reasons, board())
            }
            Evidence::Match(n) => {
                let one = one(self.store.matches()?, |it| it.number == n, address)?;
                said(&one.origin, one.found.tool, format!("#/matches/{n}"))
            }
            Evidence::Resemblance(n) => {
                let one = one(self.store.resemblances()?, |it| it.number == n, address)?;
                said(&one.origin, one.made.subject, self.pinned(&one.made.one)?)
            }
            Evidence::MediaReview(n) => {
                let one = one(self.store.media_reviews()?, |it| it.number == n, address)?;
                let page = self.item_page(&one.made.item, None)?;
                said(&one.origin, one.made.reasons, page)
            }
            Evidence::Date(n) => {
                let one = one(self.store.dates()?, |it| it.number == n, address)?;
                said(&one.origin, one.dated.reason, self.pinned(&one.dated.pin)?)
            }
            Evidence::Place(n) => {
                let one = one(self.store.places()?, |it| it.number == n, address)?;
                said(&one.origin, one.placed.name, self.pinned(&one.placed.pin)?)
            }
            Evidence::Finding(n, index) => return self.finding_at(address, n, index),
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

    /// Sources, series, watches and checkpoints.
    fn other_at(&self, address: &str) -> Result<Said> {
        let said = |origin: &Origin, text: String, page: &str| {
            at(Some(origin.entry), text, page.to_owned())
        };
        if let Ok(n) = address.parse::<SourceNo>() {
            let one = one(self.store.sources()?, |it| it.number == n, address)?;
            return Ok(said(&one.origin, one.named.name, "#/sources"));
        }
        if let Ok(n) = address.parse::<SeriesNo>() {
            let one = one(self.store.series()?, |it| it.number == n, address)?;
            return Ok(said(&one.origin, one.begun.name, "#/sources"));
        }
        if let Ok(n) = address.parse::<WatchNo>() {
            let one = one(self.store.watches()?, |it| it.number == n, address)?;
            let note = one.begun.note.unwrap_or_default();
            return Ok(said(&one.origin, note, "#/watches"));
        }
        let n: CheckpointNo = address.parse().map_err(|_| no_address(address))?;
        let one = one(self.store.checkpoints()?, |it| it.number == n, address)?;
        let text = format!("head of {} entries", one.size);
        Ok(said(&one.origin, text, &journal(one.origin.entry)))
    }

    fn pinned(&self, pin: &Pin) -> Result<String> {
        let frame = |span: &Span| span.first.no;
        self.item_page(&pin.item, pin.span.as_ref().map(frame))
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

/// Digits without sign or leading zero, so that each thing has one address.
fn whole<N: std::str::FromStr + std::fmt::Display>(text: &str) -> Option<N> {
    text.parse()
        .ok()
        .filter(|number: &N| number.to_string() == text)
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
         (#1#frame=37, #1#t=12.5,18)",
    )
}

fn dangling(address: &str) -> Error {
    hinted(Error::missing(format!("there is no {address}")))
}

/// The record that `address` names.
fn one<R>(records: Vec<R>, is: impl Fn(&R) -> bool, address: &str) -> Result<R> {
    numbered(records, is, address).map_err(hinted)
}

fn hinted(lost: Error) -> Error {
    lost.hint("`framewitness log` shows what there is")
}
