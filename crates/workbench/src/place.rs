//! How a person names a place in time: frame, seconds, clock time or PTS.

use std::fmt;
use std::str::FromStr;

use media::field::FieldNo;

use crate::error::Error;

/// A place in an item, as typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// `37`: the frame with that number.
    Frame(u32),
    /// `12.5s`, `1:02.5` or `0:01:02.500`: the frame presented at that time after the first.
    Seconds(f64),
    /// `pts:9000`: the frame with that timestamp.
    Pts(i64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frame(no) => no.fmt(f),
            Self::Seconds(at) => write!(f, "{at}s"),
            Self::Pts(ticks) => write!(f, "pts:{ticks}"),
        }
    }
}

/// What a person asks to see, as typed: a frame, or one of its fields.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    /// A place that names a frame.
    Frame(Place),
    /// `37t` or `37b`: the top or the bottom field of frame 37.
    Field(FieldNo),
}

impl FromStr for Spot {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if let Ok(field) = text.parse() {
            return Ok(Self::Field(field));
        }
        let place = text.parse().map(Self::Frame);
        place.map_err(|error: Error| {
            error.hint("write a frame number (37), a field (37t or 37b), seconds (12.5s), a clock time (1:02.5 or 0:01:02.500) or pts:9000")
        })
    }
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parsed = if let Some(ticks) = text.strip_prefix("pts:") {
            ticks.parse().ok().map(Self::Pts)
        } else if let Some(seconds) = text.strip_suffix('s') {
            decimal(seconds).map(Self::Seconds)
        } else if text.contains(':') {
            clock(text).map(Self::Seconds)
        } else {
            text.parse().ok().map(Self::Frame)
        };
        parsed.ok_or_else(|| {
            Error::usage(format!("{text:?} is not a place in a video"))
                .hint("write a frame number (37), seconds (12.5s), a clock time (1:02.5 or 0:01:02.500) or pts:9000")
        })
    }
}

fn decimal(text: &str) -> Option<f64> {
    let plain = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if plain { text.parse().ok() } else { None }
}

fn clock(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split(':').collect();
    let (last, whole) = parts.split_last()?;
    if whole.len() > 2 {
        return None;
    }
    let mut total = 0.0;
    for part in whole {
        total = total * 60.0 + f64::from(part.parse::<u32>().ok()?);
    }
    Some(total * 60.0 + decimal(last)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_is_a_frame_or_one_of_its_fields() {
        let read = |text: &str| text.parse::<Spot>().ok();
        assert_eq!(read("37"), Some(Spot::Frame(Place::Frame(37))));
        assert_eq!(read("12.5s"), Some(Spot::Frame(Place::Seconds(12.5))));
        let Some(Spot::Field(no)) = read("37b") else {
            panic!("a field");
        };
        assert_eq!(no.to_string(), "37b");
        assert_eq!(
            "37b".parse::<Place>().ok(),
            None,
            "records are pinned to frames"
        );
        assert_eq!(read("37c"), None);
    }

    #[test]
    fn reads_every_form() {
        let read = |text: &str| text.parse::<Place>().ok();
        assert_eq!(read("37"), Some(Place::Frame(37)));
        assert_eq!(read("12.5s"), Some(Place::Seconds(12.5)));
        assert_eq!(read("1:02.5"), Some(Place::Seconds(62.5)));
        assert_eq!(read("0:01:02.500"), Some(Place::Seconds(62.5)));
        assert_eq!(read("pts:-90"), Some(Place::Pts(-90)));
        for bad in [
            "", "s", "-1", "1e3s", "1:2:3:4", "pts:", "pts:x", ":5", "NaNs", "infs",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
