//! What can be cited, by its address: records (`C1`, `S2`), findings (`F:#1:4`), frames (`#1#frame=37`,
//! `#1#frame=37-52`) and journal entries (`E12`).

use std::fmt;
use std::str::FromStr;

use crate::number::{
    AssessmentNo, CheckpointNo, ClaimNo, DateNo, HypothesisNo, ItemNo, MaskNo, MatchNo,
    MediaReviewNo, NoteNo, ObservationNo, PersonNo, PlaceNo, ReceivedNo, ResemblanceNo, SeriesNo,
    SourceNo, WatchNo,
};

/// What evidence may be. Each has one address, which is its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// An item as a whole, `#1`.
    Item(ItemNo),
    /// A claim, `C1`.
    Claim(ClaimNo),
    /// An observation, `O2`.
    Observation(ObservationNo),
    /// A match, `M3`.
    Match(MatchNo),
    /// A hypothesis, `H1`.
    Hypothesis(HypothesisNo),
    /// An assessment, `A1`.
    Assessment(AssessmentNo),
    /// A judgement of resemblance, `R1`.
    Resemblance(ResemblanceNo),
    /// A review of an item, `V1`.
    MediaReview(MediaReviewNo),
    /// A date of an item, `D1`.
    Date(DateNo),
    /// A place of an item, `L1`.
    Place(PlaceNo),
    /// A source, `S1`.
    Source(SourceNo),
    /// A series of releases, `G1`.
    Series(SeriesNo),
    /// A person, `P1`.
    Person(PersonNo),
    /// A mask, `X1`.
    Mask(MaskNo),
    /// A watch, `W1`.
    Watch(WatchNo),
    /// A note, `N1`.
    Note(NoteNo),
    /// A signed head of the journal, `K1`.
    Checkpoint(CheckpointNo),
    /// A publication that came in from others, `U1`.
    Received(ReceivedNo),
    /// A finding of an item's newest inspection, counted from 1: `F:#1:4`.
    Finding(ItemNo, u32),
    /// Frames of an item by its newest inspection, the first and the last: `#1#frame=37`, `#1#frame=37-52`.
    Frames(ItemNo, u32, u32),
    /// An entry of the journal by its sequence number, `E12`.
    Entry(u64),
}

impl Evidence {
    /// The item whose bytes it is, or is of.
    pub fn item(self) -> Option<ItemNo> {
        match self {
            Self::Item(n) | Self::Finding(n, _) | Self::Frames(n, ..) => Some(n),
            _ => None,
        }
    }
}

impl FromStr for Evidence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = match text.as_bytes().first() {
            Some(b'#') => frames(text).or_else(|| text.parse().ok().map(Self::Item)),
            Some(b'C') => text.parse().ok().map(Self::Claim),
            Some(b'O') => text.parse().ok().map(Self::Observation),
            Some(b'M') => text.parse().ok().map(Self::Match),
            Some(b'H') => text.parse().ok().map(Self::Hypothesis),
            Some(b'A') => text.parse().ok().map(Self::Assessment),
            Some(b'R') => text.parse().ok().map(Self::Resemblance),
            Some(b'V') => text.parse().ok().map(Self::MediaReview),
            Some(b'D') => text.parse().ok().map(Self::Date),
            Some(b'L') => text.parse().ok().map(Self::Place),
            Some(b'S') => text.parse().ok().map(Self::Source),
            Some(b'G') => text.parse().ok().map(Self::Series),
            Some(b'P') => text.parse().ok().map(Self::Person),
            Some(b'X') => text.parse().ok().map(Self::Mask),
            Some(b'W') => text.parse().ok().map(Self::Watch),
            Some(b'N') => text.parse().ok().map(Self::Note),
            Some(b'K') => text.parse().ok().map(Self::Checkpoint),
            Some(b'U') => text.parse().ok().map(Self::Received),
            Some(b'F') => finding(text),
            Some(b'E') => text[1..].parse().ok().map(Self::Entry),
            _ => None,
        };
        parsed
            .filter(|evidence| evidence.to_string() == text)
            .ok_or_else(|| format!("{text:?} does not name evidence"))
    }
}

fn finding(text: &str) -> Option<Evidence> {
    let (item, index) = text.strip_prefix("F:")?.split_once(':')?;
    Some(Evidence::Finding(item.parse().ok()?, index.parse().ok()?))
}

fn frames(text: &str) -> Option<Evidence> {
    let (item, frames) = text.split_once("#frame=")?;
    let (first, last) = frames.split_once('-').unwrap_or((frames, frames));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    let frames = Evidence::Frames(item.parse().ok()?, first, last);
    (first <= last).then_some(frames)
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(n) => n.fmt(f),
            Self::Claim(n) => n.fmt(f),
            Self::Observation(n) => n.fmt(f),
            Self::Match(n) => n.fmt(f),
            Self::Hypothesis(n) => n.fmt(f),
            Self::Assessment(n) => n.fmt(f),
            Self::Resemblance(n) => n.fmt(f),
            Self::MediaReview(n) => n.fmt(f),
            Self::Date(n) => n.fmt(f),
            Self::Place(n) => n.fmt(f),
            Self::Source(n) => n.fmt(f),
            Self::Series(n) => n.fmt(f),
            Self::Person(n) => n.fmt(f),
            Self::Mask(n) => n.fmt(f),
            Self::Watch(n) => n.fmt(f),
            Self::Note(n) => n.fmt(f),
            Self::Checkpoint(n) => n.fmt(f),
            Self::Received(n) => n.fmt(f),
            Self::Finding(item, index) => write!(f, "F:{item}:{index}"),
            Self::Frames(item, first, last) if first == last => write!(f, "{item}#frame={first}"),
            Self::Frames(item, first, last) => write!(f, "{item}#frame={first}-{last}"),
            Self::Entry(seq) => write!(f, "E{seq}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_for_one_piece_of_evidence() {
        let records = "#1 C1 O2 M3 H1 A10 R2 V3 D2 L3 S1 G2 P1 X2 W3 N4 K1 U1";
        let parts = "F:#1:0 F:#12:4 E0 E12 #1#frame=0 #12#frame=37-52";
        for text in records.split(' ').chain(parts.split(' ')) {
            assert_eq!(text.parse::<Evidence>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "C",
            "C0",
            "C01",
            "C+1",
            "c1",
            "T1",
            "Q1",
            "1",
            "S0",
            "S01",
            "s1",
            "F:1:4",
            "F:#1",
            "F:#1:04",
            "F:#1:4 ",
            "C1é",
            "E",
            "E01",
            "E-1",
            "Eé",
            "#1#frame=",
            "#1#frame=01",
            "#1#frame=3-3",
            "#1#frame=4-3",
            "#0#frame=1",
            "1#frame=1",
            "#1#t=1",
            "#1#frame=1-",
        ] {
            assert!(text.parse::<Evidence>().is_err(), "{text}");
        }
    }
}
