//! References to evidence: `C1`, `O2`, `M3`, `A1`, `H1`, `R1`, `V1`, `D1`, `L1`, `#1`, `F:#1:4`.

use std::fmt;
use std::str::FromStr;

use crate::number::{
    AssessmentNo, ClaimNo, DateNo, HypothesisNo, ItemNo, MatchNo, MediaReviewNo, ObservationNo,
    PlaceNo, ResemblanceNo,
};

/// What evidence may be.
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
    /// A finding of an item's newest inspection, counted from 1: `F:#1:4`.
    Finding(ItemNo, u32),
}

impl FromStr for Evidence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = match text.as_bytes().first() {
            Some(b'#') => text.parse().ok().map(Self::Item),
            Some(b'C') => text.parse().ok().map(Self::Claim),
            Some(b'O') => text.parse().ok().map(Self::Observation),
            Some(b'M') => text.parse().ok().map(Self::Match),
            Some(b'H') => text.parse().ok().map(Self::Hypothesis),
            Some(b'A') => text.parse().ok().map(Self::Assessment),
            Some(b'R') => text.parse().ok().map(Self::Resemblance),
            Some(b'V') => text.parse().ok().map(Self::MediaReview),
            Some(b'D') => text.parse().ok().map(Self::Date),
            Some(b'L') => text.parse().ok().map(Self::Place),
            Some(b'F') => finding(text),
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
            Self::Finding(item, index) => write!(f, "F:{item}:{index}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_for_one_piece_of_evidence() {
        for text in [
            "#1", "C1", "O2", "M3", "H1", "A10", "R2", "V3", "D2", "L3", "F:#1:0", "F:#12:4",
        ] {
            assert_eq!(text.parse::<Evidence>().unwrap().to_string(), text);
        }
        for text in [
            "", "C", "C0", "C01", "C+1", "c1", "S1", "F:1:4", "F:#1", "F:#1:04", "F:#1:4 ", "C1é",
        ] {
            assert!(text.parse::<Evidence>().is_err(), "{text}");
        }
    }
}
