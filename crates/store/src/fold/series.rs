//! Series of releases.

use super::tables::{Table, Tables, all, get, next, put};
use super::{cited, item, source, text, undo};
use crate::error::{Error, Refusal};
use crate::event::{SeriesBegun, SeriesPlaced};
use crate::number::{Number, SeriesNo, SourceNo};
use crate::record::{Origin, Placement, Series, Withdrawn};

/// No series that people release has more parts.
const LAST_POSITION: u32 = 10_000;

pub(super) fn begin(
    t: &mut dyn Tables,
    origin: &Origin,
    begun: &SeriesBegun,
) -> Result<Option<Number>, Error> {
    text::required(&begun.name, "the name of the series")?;
    text::optional(begun.note.as_ref(), "the note")?;
    if let Some(number) = begun.source {
        source::need(t, number)?;
    }
    let series = Series {
        number: SeriesNo(next(t, Table::Series)?),
        origin: origin.clone(),
        begun: begun.clone(),
        items: Vec::new(),
        withdrawn: None,
    };
    keep(t, origin, &series)
}

pub(super) fn place(
    t: &mut dyn Tables,
    origin: &Origin,
    placed: &SeriesPlaced,
) -> Result<Option<Number>, Error> {
    text::optional(placed.label.as_ref(), "what the release calls itself")?;
    text::optional(placed.note.as_ref(), "the note")?;
    text::moment(placed.released.as_ref(), "the time of the release")?;
    let mut series = need(t, placed.series)?;
    let item = item::need(t, &placed.item)?;
    if !(1..=LAST_POSITION).contains(&placed.position) {
        let sentence = format!("there is no position {} in a series", placed.position);
        return Err(Refusal::invalid(sentence, "positions begin at 1").into());
    }
    let mut standing = series.items.iter().filter(|it| it.withdrawn.is_none());
    if standing.any(|it| it.placed.item == placed.item) {
        let sentence = format!("{} is in {} already", item.number, series.number);
        return Err(Refusal::conflict(sentence, "undo its earlier place first").into());
    }
    // Two items may be the same release, as two copies of one part are.
    series.items.push(Placement {
        origin: origin.clone(),
        placed: placed.clone(),
        withdrawn: None,
    });
    series
        .items
        .sort_by_key(|it| (it.placed.position, it.origin.entry));
    keep(t, origin, &series)
}

fn keep(t: &mut dyn Tables, origin: &Origin, series: &Series) -> Result<Option<Number>, Error> {
    put(t, origin, series)?;
    Ok(Some(Number::Series(series.number)))
}

fn need(t: &dyn Tables, number: SeriesNo) -> Result<Series, Error> {
    let unknown = || Refusal::unknown(format!("there is no series {number}"), "begin it first");
    let series: Series = get(t, number.0)?.ok_or_else(unknown)?;
    undo::standing(series.withdrawn.as_ref(), &number)?;
    Ok(series)
}

/// A series that stands and that source `number` releases.
pub(super) fn of_source(t: &dyn Tables, number: SourceNo) -> Result<Option<SeriesNo>, Error> {
    let series = all::<Series>(t)?.into_iter();
    let released = |it: &Series| it.withdrawn.is_none() && it.begun.source == Some(number);
    Ok({ series }.find(released).map(|it| it.number))
}

/// Takes back a series, or the place of an item in one.
pub(super) fn withdraw(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    for mut series in all::<Series>(t)? {
        let placed = { &mut series.items }
            .iter_mut()
            .find(|it| it.origin.entry == entry);
        if series.origin.entry == entry {
            cited::unused(t, &series.number)?;
            undo::mark(&mut series.withdrawn, withdrawn, entry)?;
        } else if let Some(placed) = placed {
            undo::mark(&mut placed.withdrawn, withdrawn, entry)?;
        } else {
            continue;
        }
        return keep(t, origin, &series);
    }
    Ok(None)
}
