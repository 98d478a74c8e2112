//! Dates as marks in an index, so that a stretch of time is a few marks, whichever the back end.
//!
//! A day is marked by every beginning of its digits: `2`, `20`, `202`, `2026`, `202605`, `20260503`. A
//! stretch is the fewest beginnings that make it up. A moment known less precisely (a month, a year)
//! has a mark of its own beside, `≈202605`, since it is found by every stretch that it may lie in.

use std::str::FromStr;

use journal::time;
use serde::{Deserialize, Serialize};

/// Days from one to another, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Days {
    /// As it was written.
    text: String,
    /// First and last day, `YYYYMMDD`.
    first: String,
    last: String,
}

/// Lengths of beginnings: three of a year, the year, the month, the day.
const LENGTHS: [usize; 6] = [1, 2, 3, 4, 6, 8];

impl FromStr for Days {
    type Err = String;

    /// Reads `2026-05-03`, `2026-05`, `2026`, or two of them with `..` between, of which one may be left
    /// out.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{text:?} is no stretch of days: write 2026-05-03, 2026-05, 2026, 2026-05-03..2026-06, 2026-05.. or ..2026-05"
            )
        };
        let date = |text: &str| {
            let known = matches!(text.len(), 4 | 7 | 10) && time::is_moment(text);
            known.then(|| text.replace('-', ""))
        };
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        if from.is_empty() && to.is_empty() {
            return Err(wrong());
        }
        let first = match from {
            "" => "00000101".to_owned(),
            _ => lowest(&date(from).ok_or_else(wrong)?),
        };
        let last = match to {
            "" => "99991231".to_owned(),
            _ => highest(&date(to).ok_or_else(wrong)?),
        };
        if first > last {
            return Err(format!("{text:?} ends before it begins"));
        }
        let text = text.to_owned();
        Ok(Self { text, first, last })
    }
}

impl TryFrom<String> for Days {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Days> for String {
    fn from(days: Days) -> Self {
        days.text
    }
}

impl std::fmt::Display for Days {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Days {
    /// The marks of which one at least is on every moment that may lie within.
    pub(crate) fn marks(&self) -> Vec<String> {
        let mut marks = Vec::new();
        self.cover(String::new(), &mut marks);
        marks
    }

    fn cover(&self, beginning: String, marks: &mut Vec<String>) {
        let (low, high) = (lowest(&beginning), highest(&beginning));
        if high < self.first || low > self.last {
            return;
        }
        if !beginning.is_empty() && low >= self.first && high <= self.last {
            marks.push(beginning);
            return;
        }
        if matches!(beginning.len(), 4 | 6) {
            marks.push(format!("≈{beginning}"));
        }
        for next in following(&beginning) {
            self.cover(next, marks);
        }
    }
}

/// The beginnings that are one step longer.
fn following(beginning: &str) -> Vec<String> {
    let with = |part: String| format!("{beginning}{part}");
    match beginning.len() {
        0..=3 => (0..=9).map(|digit| with(format!("{digit}"))).collect(),
        4 => (1..=12).map(|month| with(format!("{month:02}"))).collect(),
        6 => (1..=31).map(|day| with(format!("{day:02}"))).collect(),
        _ => Vec::new(),
    }
}

fn lowest(beginning: &str) -> String {
    format!("{beginning}{}", &"00000101"[beginning.len()..])
}

fn highest(beginning: &str) -> String {
    format!("{beginning}{}", &"99991231"[beginning.len()..])
}

/// The marks of a moment; none where the text is none. A time of day counts by its day in UTC.
pub(crate) fn marks(moment: &str) -> Vec<String> {
    if !time::is_moment(moment) {
        return Vec::new();
    }
    let digits = day_in_utc(moment).replace('-', "");
    let beginnings = LENGTHS.iter().filter_map(|length| digits.get(..*length));
    let mut marks: Vec<String> = beginnings.map(str::to_owned).collect();
    if digits.len() < 8 {
        marks.push(format!("≈{digits}"));
    }
    marks
}

fn day_in_utc(moment: &str) -> String {
    let written = moment.get(..10).unwrap_or(moment).to_owned();
    let Some((local, offset)) = moment
        .len()
        .checked_sub(6)
        .and_then(|at| moment.split_at_checked(at))
    else {
        return written;
    };
    let (Some(offset), Some(unix)) = (seconds(offset), time::unix_seconds(&format!("{local}Z")))
    else {
        return written;
    };
    let utc = unix
        .checked_add_signed(-offset)
        .and_then(time::from_unix_seconds);
    utc.map_or(written, |utc| utc[..10].to_owned())
}

/// Seconds of `+02:00`.
fn seconds(offset: &str) -> Option<i64> {
    let (sign, digits) = match offset.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_once(':')?;
    Some(sign * (hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(days: &str, moment: &str) -> bool {
        let days: Days = days.parse().expect("days");
        let marks = marks(moment);
        days.marks().iter().any(|mark| marks.contains(mark))
    }

    #[test]
    fn a_moment_is_found_by_what_it_may_lie_in() {
        for (days, moment, expected) in [
            ("2026-05-03", "2026-05-03T10:00:00Z", true),
            ("2026-05-03", "2026-05-03", true),
            ("2026-05-03", "2026-05-04", false),
            ("2026-05-03", "2026-05", true),
            ("2026-05-03", "2026", true),
            ("2026-05-03", "2026-06", false),
            ("2026-05", "2026-05-31T23:59:59.9Z", true),
            ("2026-05..", "2031", true),
            ("2026-05..", "2026", true),
            ("2026-05..", "2026-04-30", false),
            ("..2025", "1999-12-31", true),
            ("..2025", "2026-01-01", false),
            ("2024-03-15..2026-11-03", "2025-07", true),
            ("2024-03-15..2026-11-03", "2024-03-14", false),
            ("2024-03-15..2026-11-03", "2024-03", true),
            ("2026-05-03", "2026-05-04T01:00:00+02:00", true),
            ("2026-05-03", "2026-05-03T23:00:00-02:00", false),
        ] {
            assert_eq!(found(days, moment), expected, "{moment} in {days}");
        }
    }

    #[test]
    fn a_stretch_is_few_marks() {
        let days: Days = "2001-02-03..2098-11-29".parse().expect("days");
        assert!(days.marks().len() < 110, "{}", days.marks().len());
        for text in [
            "",
            "..",
            "yesterday",
            "2026-13",
            "2026-02-30",
            "2027..2026",
            "2026-05-03T10:00:00Z",
        ] {
            assert!(text.parse::<Days>().is_err(), "{text}");
        }
    }
}
