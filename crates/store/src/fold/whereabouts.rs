//! When and where what items show came about.

use super::tables::{Table, Tables, all, get, next, put};
use super::{cited, pin, revise, text, undo};
use crate::error::{Error, Refusal};
use crate::event::{Ground, ItemDated, ItemPlaced, Position};
use crate::evidence::Evidence;
use crate::number::{DateNo, Number, PlaceNo};
use crate::record::{ItemDate, ItemPlace, Origin, Withdrawn};
use crate::vocabulary::{DatePrecision, GroundKind, PlacePrecision};

const MOST_NORTH_E7: u64 = 900_000_000;
const MOST_EAST_E7: u64 = 1_800_000_000;
/// Half the way around the Earth, in metres.
const FARTHEST_M: u32 = 20_100_000;

pub(super) fn date(
    t: &mut dyn Tables,
    origin: &Origin,
    dated: &ItemDated,
) -> Result<Option<Number>, Error> {
    text::required(&dated.assessor, "the assessor")?;
    text::required(&dated.reason, "the reason of the date")?;
    check_precision(dated)?;
    pin::check(t, &dated.pin)?;
    let number = DateNo(next(t, Table::Dates)?);
    check_grounds(t, origin, &dated.grounds, Evidence::Date(number))?;
    if let Some(old) = dated.supersedes {
        let kept: Option<ItemDate> = get(t, old.0)?;
        let mut kept = kept.ok_or_else(|| nothing_to_revise(&old))?;
        let whose = (&kept.dated.assessor, kept.dated.pin.item);
        let ours = (&dated.assessor, dated.pin.item);
        revisable(
            &old,
            whose == ours,
            kept.withdrawn.as_ref(),
            kept.superseded_by,
        )?;
        kept.superseded_by = Some(number);
        put(t, origin, &kept)?;
    }
    let date = ItemDate {
        number,
        origin: origin.clone(),
        dated: dated.clone(),
        superseded_by: None,
        withdrawn: None,
    };
    put(t, origin, &date)?;
    Ok(Some(Number::Date(number)))
}

/// Refuses a date that is not written as precisely as it says that it is known.
fn check_precision(dated: &ItemDated) -> Result<(), Refusal> {
    text::moment(Some(&dated.from), "the date")?;
    text::period(Some(&dated.from), dated.until.as_ref())?;
    let fits = match dated.precision {
        DatePrecision::Range => dated.until.is_some(),
        precision => dated.until.is_none() && precision == DatePrecision::written(&dated.from),
    };
    if fits {
        return Ok(());
    }
    Err(Refusal::invalid(
        format!(
            "{} is not a date of precision {}",
            shown(dated),
            dated.precision
        ),
        "a year is 2026, a month 2026-05, a day 2026-05-03, exact a time; a range has a first and a last date",
    ))
}

fn shown(dated: &ItemDated) -> String {
    match &dated.until {
        None => dated.from.clone(),
        Some(until) => format!("{} to {until}", dated.from),
    }
}

pub(super) fn place(
    t: &mut dyn Tables,
    origin: &Origin,
    placed: &ItemPlaced,
) -> Result<Option<Number>, Error> {
    text::required(&placed.name, "the name of the place")?;
    text::required(&placed.assessor, "the assessor")?;
    text::required(&placed.reason, "the reason of the place")?;
    check_position(placed)?;
    pin::check(t, &placed.pin)?;
    let number = PlaceNo(next(t, Table::Places)?);
    check_grounds(t, origin, &placed.grounds, Evidence::Place(number))?;
    if let Some(old) = placed.supersedes {
        let kept: Option<ItemPlace> = get(t, old.0)?;
        let mut kept = kept.ok_or_else(|| nothing_to_revise(&old))?;
        let whose = (&kept.placed.assessor, kept.placed.pin.item);
        let ours = (&placed.assessor, placed.pin.item);
        revisable(
            &old,
            whose == ours,
            kept.withdrawn.as_ref(),
            kept.superseded_by,
        )?;
        kept.superseded_by = Some(number);
        put(t, origin, &kept)?;
    }
    let place = ItemPlace {
        number,
        origin: origin.clone(),
        placed: placed.clone(),
        superseded_by: None,
        withdrawn: None,
    };
    put(t, origin, &place)?;
    Ok(Some(Number::Place(number)))
}

fn check_position(placed: &ItemPlaced) -> Result<(), Refusal> {
    let fine = matches!(
        placed.precision,
        PlacePrecision::Point | PlacePrecision::Street
    );
    let Some(Position {
        latitude_e7,
        longitude_e7,
        radius_m,
    }) = placed.position
    else {
        if fine {
            let sentence = format!("a place of precision {} has a position", placed.precision);
            return Err(Refusal::invalid(
                sentence,
                "give latitude and longitude, or say town",
            ));
        }
        return Ok(());
    };
    if latitude_e7.unsigned_abs() > MOST_NORTH_E7 || longitude_e7.unsigned_abs() > MOST_EAST_E7 {
        let degrees = |e7: i64| e7 as f64 / 1e7;
        return Err(Refusal::invalid(
            format!(
                "latitude {} and longitude {} are nowhere on Earth",
                degrees(latitude_e7),
                degrees(longitude_e7)
            ),
            "latitude is from -90 to 90 degrees, longitude from -180 to 180; latitude comes first",
        ));
    }
    match radius_m {
        Some(0) | Some(FARTHEST_M..) => Err(Refusal::invalid(
            "the position is off by nothing, or by more than the Earth",
            "give metres, at least 1",
        )),
        _ => Ok(()),
    }
}

/// Refuses where a date or a place rests on nothing, or on what is not there or is of another kind.
fn check_grounds(
    t: &dyn Tables,
    origin: &Origin,
    grounds: &[Ground],
    itself: Evidence,
) -> Result<(), Error> {
    if grounds.is_empty() {
        let hint = "say what it rests on, such as a claim (with its number) or shadow-analysis";
        return Err(Refusal::invalid("it rests on nothing", hint).into());
    }
    for ground in grounds {
        if let Some(cited) = &ground.cites {
            cited::check(t, origin, std::slice::from_ref(cited), itself)?;
        }
        let cited = { &ground.cites }.as_ref().and_then(|it| it.parse().ok());
        let fits = match ground.kind {
            GroundKind::Claim => matches!(cited, Some(Evidence::Claim(_))),
            GroundKind::Observation => matches!(cited, Some(Evidence::Observation(_))),
            GroundKind::Finding => matches!(cited, Some(Evidence::Finding(..))),
            GroundKind::Match => matches!(cited, Some(Evidence::Match(_))),
            _ => true,
        };
        if !fits {
            let kind = ground.kind;
            let sentence = format!("what rests on a {kind} names the {kind}");
            let hint =
                "write its number after it: claim:C1, observation:O2, match:M1, finding:F:#1:4";
            return Err(Refusal::invalid(sentence, hint).into());
        }
    }
    Ok(())
}

fn nothing_to_revise(old: &dyn std::fmt::Display) -> Refusal {
    Refusal::unknown(format!("there is no {old}"), "name the one to revise")
}

/// Refuses to revise what is another's, of another item, taken back, or revised already.
fn revisable(
    old: &dyn std::fmt::Display,
    ours: bool,
    withdrawn: Option<&Withdrawn>,
    by: Option<impl std::fmt::Display>,
) -> Result<(), Refusal> {
    undo::standing(withdrawn, old)?;
    if !ours {
        let sentence = format!("{old} is another's judgement, or of another item");
        let hint = "nobody revises another's judgement: record yours without superseding";
        return Err(Refusal::conflict(sentence, hint));
    }
    match by {
        None => Ok(()),
        Some(newer) => Err(Refusal::conflict(
            format!("{old} is superseded already"),
            format!("supersede {newer}, or what revised it"),
        )),
    }
}

/// Takes back a date; the one that it revised stands again.
pub(super) fn withdraw_date(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    let Some(mut date) = undo::recorded::<ItemDate>(t, entry, |it| &it.origin)? else {
        return Ok(None);
    };
    let number = Number::Date(date.number);
    undo::mark(&mut date.withdrawn, withdrawn, entry)?;
    if let Some(later) = date.superseded_by {
        return Err(undo::in_use(&number, &later).into());
    }
    cited::unused(t, &number)?;
    put(t, origin, &date)?;
    let earlier = date.dated.supersedes.map(|it| it.0);
    revise::stand_again::<ItemDate>(t, origin, earlier, |it| it.superseded_by = None)?;
    Ok(Some(number))
}

/// Takes back a place; the one that it revised stands again.
pub(super) fn withdraw_place(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    let Some(mut place) = undo::recorded::<ItemPlace>(t, entry, |it| &it.origin)? else {
        return Ok(None);
    };
    let number = Number::Place(place.number);
    undo::mark(&mut place.withdrawn, withdrawn, entry)?;
    if let Some(later) = place.superseded_by {
        return Err(undo::in_use(&number, &later).into());
    }
    cited::unused(t, &number)?;
    put(t, origin, &place)?;
    let earlier = place.placed.supersedes.map(|it| it.0);
    revise::stand_again::<ItemPlace>(t, origin, earlier, |it| it.superseded_by = None)?;
    Ok(Some(number))
}

/// A date or a place that stands and cites `name`.
pub(super) fn resting_on(t: &dyn Tables, name: &str) -> Result<Option<Number>, Error> {
    let cites = |grounds: &[Ground]| { grounds.iter() }.any(|it| it.cites.as_deref() == Some(name));
    let dates = all::<ItemDate>(t)?.into_iter();
    let date = { dates }.find(|it| it.withdrawn.is_none() && cites(&it.dated.grounds));
    if let Some(date) = date {
        return Ok(Some(Number::Date(date.number)));
    }
    let places = all::<ItemPlace>(t)?.into_iter();
    let place = { places }.find(|it| it.withdrawn.is_none() && cites(&it.placed.grounds));
    Ok(place.map(|it| Number::Place(it.number)))
}
