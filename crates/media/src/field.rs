//! Fields: the two halves of a frame, each with an address of its own.
//!
//! Every frame has two, whether it was taken as two pictures or not: its even rows and its odd rows, in
//! every plane.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::facts::Scanning;
use crate::time::FrameNo;

/// One of the two fields of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Rows 0, 2, 4, …
    Top,
    /// Rows 1, 3, 5, …
    Bottom,
}

/// A field of a frame: `37t` is the top field of frame 37, `37b` the bottom field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FieldNo {
    /// The frame.
    pub frame: FrameNo,
    /// Which of its fields.
    pub field: Field,
}

/// Whether a field comes before the other of its frame, by the stream's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FieldOrder {
    /// It is shown when the frame is.
    First,
    /// It is shown when half the frame's time is over; after a third of it, where the first field is
    /// shown again.
    Second,
    /// The stream says that both are of one moment.
    Together,
    /// It is not known what the stream says.
    Unsaid,
}

/// When a field is shown, by the stream's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldTime {
    /// Whether it comes before the other.
    pub order: FieldOrder,
    /// Ticks after the frame's timestamp, as a fraction: numerator and denominator, the latter positive.
    pub after: [i64; 2],
}

impl Field {
    /// Its first row in the frame.
    pub fn first_row(self) -> usize {
        match self {
            Self::Top => 0,
            Self::Bottom => 1,
        }
    }

    /// Its rows among `rows` of a frame.
    pub fn rows(self, rows: u32) -> u32 {
        match self {
            Self::Top => rows.div_ceil(2),
            Self::Bottom => rows / 2,
        }
    }
}

impl FieldTime {
    /// Of a field of a frame that is shown for `duration` ticks; `None` for scanning that is not known.
    pub fn of(field: Field, scanning: Option<Scanning>, duration: i64) -> Self {
        let order = match scanning {
            None => FieldOrder::Unsaid,
            Some(Scanning {
                interlaced: false, ..
            }) => FieldOrder::Together,
            Some(Scanning { top_first, .. }) if top_first == (field == Field::Top) => {
                FieldOrder::First
            }
            Some(_) => FieldOrder::Second,
        };
        let repeat = scanning.map_or(0, |it| i64::from(it.repeat));
        Self {
            order,
            after: match order {
                FieldOrder::Second => [duration, 2 + repeat],
                _ => [0, 1],
            },
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Top => "top",
            Self::Bottom => "bottom",
        })
    }
}

impl fmt::Display for FieldNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = match self.field {
            Field::Top => 't',
            Field::Bottom => 'b',
        };
        write!(f, "{}{field}", self.frame)
    }
}

/// The text is not the address of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a field is written as its frame's number and t or b: 37t, 37b")]
pub struct NoField;

impl FromStr for FieldNo {
    type Err = NoField;

    /// Digits without sign or leading zero, and one letter: a field has one address.
    fn from_str(text: &str) -> Result<Self, NoField> {
        let (digits, field) = if let Some(digits) = text.strip_suffix('t') {
            (digits, Field::Top)
        } else if let Some(digits) = text.strip_suffix('b') {
            (digits, Field::Bottom)
        } else {
            return Err(NoField);
        };
        let frame = FrameNo(digits.parse().map_err(|_| NoField)?);
        let no = Self { frame, field };
        if no.to_string() == text {
            Ok(no)
        } else {
            Err(NoField)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_one_address() {
        let top = FieldNo {
            frame: FrameNo(37),
            field: Field::Top,
        };
        assert_eq!("37t".parse(), Ok(top));
        assert_eq!(
            "0b".parse::<FieldNo>().map(|it| it.to_string()),
            Ok("0b".to_owned())
        );
        for bad in [
            "37",
            "t",
            "037t",
            "+1b",
            "37T",
            "37tb",
            "4294967296t",
            "",
            "37 t",
        ] {
            assert_eq!(bad.parse::<FieldNo>(), Err(NoField), "{bad}");
        }
    }

    #[test]
    fn the_second_field_is_shown_when_its_share_of_the_frame_begins() {
        let scanning = |top_first, repeat| {
            Some(Scanning {
                interlaced: true,
                top_first,
                repeat,
            })
        };
        let told = |field, scanning| {
            let FieldTime { order, after } = FieldTime::of(field, scanning, 1001);
            (order, after)
        };
        assert_eq!(
            told(Field::Top, scanning(true, 0)),
            (FieldOrder::First, [0, 1])
        );
        assert_eq!(
            told(Field::Bottom, scanning(true, 0)),
            (FieldOrder::Second, [1001, 2])
        );
        assert_eq!(
            told(Field::Top, scanning(false, 1)),
            (FieldOrder::Second, [1001, 3])
        );
        let whole = Some(Scanning::default());
        assert_eq!(told(Field::Bottom, whole), (FieldOrder::Together, [0, 1]));
        assert_eq!(told(Field::Bottom, None), (FieldOrder::Unsaid, [0, 1]));
    }
}
