//! What a note or a tag can be on: all evidence, and sources, series, people and watches.

use std::fmt;
use std::str::FromStr;

use crate::evidence::Evidence;
use crate::number::{PersonNo, SeriesNo, SourceNo, WatchNo};

/// Something recorded that has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Citable {
    /// Evidence, such as `#1`, `C1` or `F:#1:4`.
    Evidence(Evidence),
    /// A source, `S1`.
    Source(SourceNo),
    /// A series of releases, `G1`.
    Series(SeriesNo),
    /// A person, `P1`.
    Person(PersonNo),
    /// A watch, `W1`.
    Watch(WatchNo),
}

impl FromStr for Citable {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = match text.as_bytes().first() {
            Some(b'S') => text.parse().ok().map(Self::Source),
            Some(b'G') => text.parse().ok().map(Self::Series),
            Some(b'P') => text.parse().ok().map(Self::Person),
            Some(b'W') => text.parse().ok().map(Self::Watch),
            _ => text.parse().ok().map(Self::Evidence),
        };
        parsed.ok_or_else(|| format!("{text:?} names nothing recorded"))
    }
}

impl fmt::Display for Citable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Evidence(n) => n.fmt(f),
            Self::Source(n) => n.fmt(f),
            Self::Series(n) => n.fmt(f),
            Self::Person(n) => n.fmt(f),
            Self::Watch(n) => n.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Citable;

    #[test]
    fn one_text_for_one_thing() {
        for text in [
            "#1", "C1", "O2", "M3", "H1", "A10", "D1", "L2", "F:#1:0", "S1", "G2", "P1", "W3",
        ] {
            assert_eq!(text.parse::<Citable>().unwrap().to_string(), text);
        }
        for text in [
            "", "1", "S", "S0", "S01", "s1", "K1", "N1", "T1", "F:1:4", "C1 ",
        ] {
            assert!(text.parse::<Citable>().is_err(), "{text}");
        }
    }
}
