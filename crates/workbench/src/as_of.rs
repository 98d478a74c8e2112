//! The case as it stood: after an entry, at a time, or when a checkpoint was signed.

use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::Serialize;
use store::{Past, Recorded};
use utoipa::ToSchema;

use crate::case::Case;
use crate::error::{Error, Kind, Result};

/// Which state of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// After the entry of this number, which is the last one that counts.
    Entry(u64),
    /// At a time: after the last entry recorded then or before.
    Time(Until),
    /// When this checkpoint was signed.
    Checkpoint(String),
}

/// The end of what is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Until {
    /// The time as it was written.
    text: String,
    /// The first moment that does not count.
    end: Timestamp,
    /// Whether that moment counts after all.
    included: bool,
}

/// Where a case stood.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StoodAt {
    /// The last entry that counts.
    pub entry: u64,
    /// When it says that it was recorded, RFC 3339 UTC.
    pub at: String,
    /// Number of entries that the journal had when this was asked.
    pub of: u64,
    /// Entries that count and state a later time than the last one: clocks may differ, and order is
    /// that of the journal.
    pub stated_later: u64,
}

impl FromStr for AsOf {
    type Err = Error;

    /// Reads digits as an entry; a month, a day or an RFC 3339 time as a time; text of several lines as a
    /// checkpoint. A month or a day counts to its end, in UTC.
    fn from_str(text: &str) -> Result<Self> {
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let entry = text.parse().map(Self::Entry);
            return entry.map_err(|_| no_state(text));
        }
        if text.contains('\n') {
            return Ok(Self::Checkpoint(text.to_owned()));
        }
        let until = if journal::time::is_moment(text) {
            Until::new(text)
        } else {
            None
        };
        until.map(Self::Time).ok_or_else(|| no_state(text))
    }
}

fn no_state(text: &str) -> Error {
    Error::usage(format!("{text:?} names no state of the case")).hint(
        "give the number of an entry (12), a time (2026-05-03T18:20:00Z, 2026-05-03, 2026-05), or a \
         checkpoint that `framewitness log --checkpoint` wrote",
    )
}

impl Until {
    fn new(text: &str) -> Option<Self> {
        let midnight = |date: Date| Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp());
        let (end, included) = match text.len() {
            7 => {
                let first: Date = format!("{text}-01").parse().ok()?;
                (midnight(first.checked_add(1.month()).ok()?)?, false)
            }
            10 => (
                midnight(text.parse::<Date>().ok()?.tomorrow().ok()?)?,
                false,
            ),
            _ if journal::time::is_minute(text) => {
                let begins: Timestamp = text.parse().ok()?;
                (
                    begins.checked_add(SignedDuration::from_mins(1)).ok()?,
                    false,
                )
            }
            _ => (text.parse().ok()?, true),
        };
        Some(Self {
            text: text.to_owned(),
            end,
            included,
        })
    }

    fn holds(&self, at: Timestamp) -> bool {
        at < self.end || (self.included && at == self.end)
    }
}

impl Case {
    /// The case as it stood: every question is answered from the journal up to there, and nothing can be
    /// recorded.
    ///
    /// # Errors
    /// The case had no such state, the checkpoint is none of this case, or an entry cannot be replayed.
    pub fn as_of(&self, as_of: &AsOf) -> Result<Case> {
        let entry = self.last_entry(as_of)?;
        let now = self.store.head()?.size;
        if entry >= now {
            return Err(
                Error::missing(format!("the journal has no entry {entry} here")).hint(format!(
                    "its entries are numbered 0 to {}; `framewitness log` shows them",
                    now.saturating_sub(1)
                )),
            );
        }
        let past = Past::of(Arc::clone(&self.store), entry + 1)?;
        let stood = self.stood_at(entry, now)?;
        Ok(self.over(Arc::new(past), stood))
    }

    /// The last entry that counts in a state.
    ///
    /// # Errors
    /// Nothing was recorded by then, or the checkpoint is none of this case.
    pub fn last_entry(&self, as_of: &AsOf) -> Result<u64> {
        match as_of {
            AsOf::Entry(entry) => Ok(*entry),
            AsOf::Time(until) => self.last_until(until),
            AsOf::Checkpoint(text) => self.last_signed(text),
        }
    }

    /// The last entry recorded at a time or before. Where times do not rise, entries before it count
    /// whatever time they state.
    fn last_until(&self, until: &Until) -> Result<u64> {
        let mut last = None;
        for (place, recorded) in (0..).zip(self.entries(0..self.store.head()?.size)) {
            if until.holds(stated(&recorded?)?) {
                last = Some(place);
            }
        }
        let begins = || {
            let first = self.store.entry(0).ok().flatten();
            first.map_or_else(
                || "the journal is empty".to_owned(),
                |it| format!("its first entry is of {}", it.entry.at),
            )
        };
        last.ok_or_else(|| {
            Error::missing(format!("nothing was recorded by {}", until.text)).hint(begins())
        })
    }

    /// The last entry under a checkpoint, which the journal must still begin as.
    fn last_signed(&self, checkpoint: &str) -> Result<u64> {
        let stated = self.open_checkpoint(checkpoint)?;
        if let Some(problem) = self.compare(&stated)? {
            return Err(Error::integrity(problem));
        }
        stated.size.checked_sub(1).ok_or_else(|| {
            Error::missing("the checkpoint is of an empty journal").hint("name a later state")
        })
    }

    fn stood_at(&self, entry: u64, of: u64) -> Result<StoodAt> {
        let last = self.store.entry(entry)?;
        let last = last.ok_or_else(|| Error::missing(format!("there is no entry {entry}")))?;
        let (time, mut stated_later) = (stated(&last)?, 0);
        for recorded in self.entries(0..entry) {
            stated_later += u64::from(stated(&recorded?)? > time);
        }
        Ok(StoodAt {
            entry,
            at: last.entry.at,
            of,
            stated_later,
        })
    }
}

fn stated(recorded: &Recorded) -> Result<Timestamp> {
    let entry = &recorded.entry;
    let wrong = |why| {
        Error::new(
            Kind::Integrity,
            format!("the time of entry {}: {why}", entry.seq),
        )
    };
    entry.at.parse().map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(text: &str) -> (String, bool) {
        match text.parse() {
            Ok(AsOf::Time(until)) => (until.end.to_string(), until.included),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_day_counts_to_its_end() {
        assert_eq!(end("2026-05-03"), ("2026-05-04T00:00:00Z".into(), false));
        assert_eq!(end("2024-02"), ("2024-03-01T00:00:00Z".into(), false));
        assert_eq!(end("2026-12"), ("2027-01-01T00:00:00Z".into(), false));
        let second = ("2026-05-03T16:20:00Z".into(), true);
        assert_eq!(end("2026-05-03T18:20:00+02:00"), second);
    }

    #[test]
    fn digits_are_an_entry_and_lines_a_checkpoint() {
        assert_eq!("2026".parse::<AsOf>().unwrap(), AsOf::Entry(2026));
        let note = "framewitness/ab\n6\nWc4K=\n";
        assert_eq!(
            note.parse::<AsOf>().unwrap(),
            AsOf::Checkpoint(note.to_owned())
        );
        for text in [
            "",
            "yesterday",
            "-1",
            "2026-13",
            "99999999999999999999",
            "#1",
        ] {
            assert_eq!(
                text.parse::<AsOf>().unwrap_err().kind,
                Kind::Usage,
                "{text}"
            );
        }
    }
}
