//! When and where what items show came about, by people's judgement.

use store::event::{Event, Ground, ItemDated, ItemPlaced, Position};
use store::number::{DateNo, PlaceNo};
use store::record::{Item, ItemDate, ItemPlace};
use store::vocabulary::{DatePrecision, Footing, GroundKind, PlacePrecision, RecordKind};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::record::Where;
use crate::view::{NamedItem, Whereabouts};

/// Digits after the point that a journal keeps of a degree: a centimetre on the ground.
const DECIMALS: usize = 7;

/// Whose judgement a date or a place is, and what it rests on.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Whether it was only said, or shown.
    pub footing: Footing,
    /// What it rests on; at least one thing.
    pub grounds: Vec<Ground>,
    /// Whose judgement it is.
    pub assessor: String,
    /// Why.
    pub reason: String,
}

/// A date to record.
#[derive(Clone, Debug)]
pub struct NewDate {
    /// When, written as precisely as it is known; of a range, its first date.
    pub from: String,
    /// The last date of a range.
    pub until: Option<String>,
    /// Whose judgement it is.
    pub judged: Judged,
    /// The date that it revises.
    pub supersedes: Option<DateNo>,
}

/// A place to record.
#[derive(Clone, Debug)]
pub struct NewPlace {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub position: Option<Position>,
    /// How precisely it is known.
    pub precision: PlacePrecision,
    /// Whose judgement it is.
    pub judged: Judged,
    /// The place that it revises.
    pub supersedes: Option<PlaceNo>,
}

impl Case {
    /// Records when what `item` shows came about. How precisely that is known follows from how it is written.
    ///
    /// # Errors
    /// It is no date, rests on nothing, revises another's, the place in the item does not exist, or the store
    /// fails.
    pub fn date_item(&self, item: &Item, at: Where, new: NewDate) -> Result<ItemDate> {
        let precision = match new.until {
            Some(_) => DatePrecision::Range,
            None => DatePrecision::written(&new.from),
        };
        let dated = ItemDated {
            pin: self.pin(item, at)?,
            footing: new.judged.footing,
            from: new.from,
            until: new.until,
            precision,
            grounds: new.judged.grounds,
            assessor: new.judged.assessor,
            reason: new.judged.reason,
            supersedes: new.supersedes,
        };
        let entry = self.record(&Event::ItemDated(dated))?.seq;
        self.made_by(entry)
    }

    /// Records where what `item` shows came about.
    ///
    /// # Errors
    /// The position is nowhere on Earth or missing, it rests on nothing, revises another's, the place in the
    /// item does not exist, or the store fails.
    pub fn place_item(&self, item: &Item, at: Where, new: NewPlace) -> Result<ItemPlace> {
        let placed = ItemPlaced {
            pin: self.pin(item, at)?,
            footing: new.judged.footing,
            name: new.name,
            position: new.position,
            precision: new.precision,
            grounds: new.judged.grounds,
            assessor: new.judged.assessor,
            reason: new.judged.reason,
            supersedes: new.supersedes,
        };
        let entry = self.record(&Event::ItemPlaced(placed))?.seq;
        self.made_by(entry)
    }

    /// Dates of `item`, or of every item, superseded ones included.
    ///
    /// # Errors
    /// The store fails.
    pub fn dates(&self, item: Option<&Item>) -> Result<Vec<ItemDate>> {
        let Some(item) = item else {
            return Ok(self.store.dates()?);
        };
        let mut dates: Vec<ItemDate> = self.about(RecordKind::Date, item)?;
        dates.retain(|date| date.dated.pin.item == item.id);
        Ok(dates)
    }

    /// Places of `item`, or of every item, superseded ones included.
    ///
    /// # Errors
    /// The store fails.
    pub fn places(&self, item: Option<&Item>) -> Result<Vec<ItemPlace>> {
        let Some(item) = item else {
            return Ok(self.store.places()?);
        };
        let mut places: Vec<ItemPlace> = self.about(RecordKind::Place, item)?;
        places.retain(|place| place.placed.pin.item == item.id);
        Ok(places)
    }

    /// Every date and every place of the case, superseded ones included, and the items that they are of.
    ///
    /// # Errors
    /// The store fails.
    pub fn whereabouts(&self) -> Result<Whereabouts> {
        let (dates, places) = (self.dates(None)?, self.places(None)?);
        let dated = dates.iter().map(|one| one.dated.pin.item);
        let placed = places.iter().map(|one| one.placed.pin.item);
        let items = self.items_with(dated.chain(placed))?;
        Ok(Whereabouts {
            dates,
            places,
            items: items.into_iter().map(NamedItem::from).collect(),
        })
    }
}

/// What something rests on, as people write it: a kind, and after a colon a number where there is one, as in
/// `claim:C1`, `finding:F:#1:4`, `shadow-analysis`.
///
/// # Errors
/// The kind is none of the known ones.
pub fn ground(text: &str) -> Result<Ground> {
    let (kind, cites) = match text.split_once(':') {
        Some((kind, cites)) => (kind, Some(cites.to_owned())),
        None => (text, None),
    };
    let kind: GroundKind = kind.parse().map_err(|why: String| {
        Error::usage(why)
            .hint("write the kind, and after a colon the number of what it cites: claim:C1")
    })?;
    Ok(Ground { kind, cites })
}

/// `latitude,longitude` in decimal degrees of WGS 84, read to the digit.
///
/// # Errors
/// It is not two numbers.
pub fn position(text: &str, radius_m: Option<u32>) -> Result<Position> {
    let halves = text.split_once(',');
    let read =
        halves.and_then(|(north, east)| Some((degrees(north.trim())?, degrees(east.trim())?)));
    let (latitude_e7, longitude_e7) = read.ok_or_else(|| {
        Error::usage(format!("{text:?} is no position")).hint(
            "write latitude,longitude in degrees with up to 7 decimals, such as 50.6412,29.9231",
        )
    })?;
    Ok(Position {
        latitude_e7,
        longitude_e7,
        radius_m,
    })
}

fn degrees(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > DECIMALS || !plain(whole) || !plain(part)
    {
        return None;
    }
    let e7: i64 = format!("{whole}{part:0<DECIMALS$}").parse().ok()?;
    Some(if negative { -e7 } else { e7 })
}

/// A position as people write it, `50.6412,29.9231`.
pub fn written(position: &Position) -> String {
    let one = |e7: i64| {
        let sign = if e7 < 0 { "-" } else { "" };
        let digits = format!("{:07}", e7.unsigned_abs() % 10_000_000);
        let part = digits.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        format!("{sign}{}{point}{part}", e7.unsigned_abs() / 10_000_000)
    };
    format!(
        "{},{}",
        one(position.latitude_e7),
        one(position.longitude_e7)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_and_written_to_the_digit() {
        for (text, e7) in [
            ("50.6412,29.9231", (506_412_000, 299_231_000)),
            ("-33.8567844,151.2152967", (-338_567_844, 1_512_152_967)),
            ("0,-0.0000001", (0, -1)),
            ("90,180", (900_000_000, 1_800_000_000)),
        ] {
            let read = position(text, None).expect("a position");
            assert_eq!((read.latitude_e7, read.longitude_e7), e7);
            assert_eq!(written(&read), text);
        }
        for bad in [
            "",
            "50",
            "50;29",
            "50.12345678,1",
            "N50,E29",
            "1e2,3",
            "50,",
            ",1",
            "+1,2",
            "1,2,3",
        ] {
            assert!(position(bad, None).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_it_rests_on_is_read() {
        let cited = ground("finding:F:#1:4").expect("a finding");
        assert_eq!(
            (cited.kind, cited.cites.as_deref()),
            (GroundKind::Finding, Some("F:#1:4"))
        );
        assert_eq!(ground("shadow-analysis").expect("a kind").cites, None);
        assert!(ground("hunch").is_err());
    }
}
