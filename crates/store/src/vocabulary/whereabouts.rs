//! Words of when and where items came about, and of what that rests on.

use serde::{Deserialize, Serialize};

vocabulary!(/// Whether a date or a place was only said, or shown.
    Footing { /// Somebody says so.
        Claimed = "claimed", /// An assessor holds it to be shown.
        Established = "established" });

vocabulary!(/// How precisely a date is known.
    DatePrecision { /// A time of day, to the minute or the second.
        Exact = "exact", /// A day.
        Day = "day", /// A month.
        Month = "month", /// A year.
        Year = "year", /// Between two dates, both included.
        Range = "range" });

impl DatePrecision {
    /// The precision that a single date or time is written with: `2026`, `2026-05`, `2026-05-03`, or a time.
    pub fn written(moment: &str) -> Self {
        match moment.len() {
            4 => Self::Year,
            7 => Self::Month,
            10 => Self::Day,
            _ => Self::Exact,
        }
    }
}

vocabulary!(/// How precisely a place is known.
    PlacePrecision { /// Where the camera stood, to some metres.
        Point = "point", /// A street, a square or a building.
        Street = "street", /// A town or a village.
        Town = "town", /// A region or a province.
        Region = "region", /// A country.
        Country = "country" });

vocabulary!(/// What kind of thing a date or a place rests on.
    GroundKind { /// A claim.
        Claim = "claim", /// What somebody saw in an item.
        Observation = "observation", /// What a method found in an item.
        Finding = "finding", /// The same footage in another item.
        Match = "match", /// What the file says of itself.
        Metadata = "metadata", /// Direction and length of shadows.
        Shadows = "shadow-analysis", /// Buildings, signs or land that were found again.
        Landmarks = "landmarks", /// Weather that is on record.
        Weather = "weather", /// Pictures from above.
        Imagery = "satellite-imagery", /// What somebody who was there told.
        Testimony = "testimony", /// Anything else, as the reason says.
        Other = "other" });
