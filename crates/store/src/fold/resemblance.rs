//! Judgements of how alike what two frames show is.

use super::tables::{Table, Tables, find, get, next, put};
use super::{cited, pin, revise, text, undo};
use crate::error::{Error, Refusal};
use crate::event::{Pin, ResemblanceJudged};
use crate::number::{Number, ResemblanceNo};
use crate::record::{Origin, ResemblanceRecord, Withdrawn};

pub(super) fn judge(
    t: &mut dyn Tables,
    origin: &Origin,
    made: &ResemblanceJudged,
) -> Result<Option<Number>, Error> {
    for side in [&made.one, &made.other] {
        pin::check(t, side)?;
        one_frame(side)?;
    }
    if made.one == made.other {
        let sentence = "the two places are the same";
        return Err(Refusal::invalid(sentence, "compare two frames, or two regions of one").into());
    }
    text::required(&made.subject, "what is compared")?;
    text::required(&made.judge, "the judge")?;
    text::required(&made.reasons, "the reasons")?;
    text::required(&made.limits, "what the pictures did not allow to compare")?;
    if made.features.is_empty() {
        let sentence = "no feature was compared";
        return Err(
            Refusal::invalid(sentence, "name what was: left ear, scar over the brow").into(),
        );
    }
    for feature in &made.features {
        text::required(feature, "a feature")?;
    }
    let number = ResemblanceNo(next(t, Table::Resemblances)?);
    match (find::<ResemblanceRecord>(t, &label(made))?, made.supersedes) {
        (Some(mut old), Some(named)) if old.number == named => {
            old.superseded_by = Some(number);
            put(t, origin, &old)?;
        }
        (Some(old), _) => {
            let sentence = format!("{} is what {} holds of these two", old.number, made.judge);
            let hint = format!(
                "to revise it, say that the new judgement supersedes {}",
                old.number
            );
            return Err(Refusal::conflict(sentence, hint).into());
        }
        (None, Some(named)) => return Err(nothing_to_revise(t, named)?.into()),
        (None, None) => {}
    }
    let record = ResemblanceRecord {
        number,
        origin: origin.clone(),
        made: made.clone(),
        superseded_by: None,
        withdrawn: None,
    };
    put(t, origin, &record)?;
    Ok(Some(Number::Resemblance(number)))
}

/// A judgement is of a region on one frame, so that a stranger looks at the same.
fn one_frame(side: &Pin) -> Result<(), Refusal> {
    let single = side
        .span
        .as_ref()
        .is_some_and(|span| span.first == span.last);
    if single && side.region.is_some() {
        return Ok(());
    }
    Err(Refusal::invalid(
        "a resemblance is judged on one frame of each, with a region",
        "name the frame and draw a box around what is compared",
    ))
}

/// One judgement of a judge stands for the same two regions, whichever is named first.
pub(super) fn label(made: &ResemblanceJudged) -> String {
    let side = |pin: &Pin| {
        let frame = pin.span.as_ref().map_or(0, |span| span.first.no);
        let region = pin.region.map(|it| (it.x, it.y, it.width, it.height));
        format!("{} {frame} {region:?}", pin.item)
    };
    let mut sides = [side(&made.one), side(&made.other)];
    sides.sort();
    format!("{} {}", sides.join(" = "), made.judge)
}

/// Takes back what `entry` recorded, if that was one of these; what it revised stands again.
pub(super) fn withdraw(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    let Some(mut made) = undo::recorded::<ResemblanceRecord>(t, entry, |it| &it.origin)? else {
        return Ok(None);
    };
    let number = made.number;
    cited::unused(t, &Number::Resemblance(number))?;
    if let Some(later) = made.superseded_by {
        return Err(undo::in_use(&number, &later).into());
    }
    undo::mark(&mut made.withdrawn, withdrawn, entry)?;
    put(t, origin, &made)?;
    let earlier = made.made.supersedes.map(|it| it.0);
    revise::stand_again::<ResemblanceRecord>(t, origin, earlier, |it| it.superseded_by = None)?;
    Ok(Some(Number::Resemblance(number)))
}

fn nothing_to_revise(t: &dyn Tables, named: ResemblanceNo) -> Result<Refusal, Error> {
    Ok(match get::<ResemblanceRecord>(t, named.0)? {
        None => Refusal::unknown(
            format!("there is no judgement {named}"),
            "name the one to revise",
        ),
        Some(_) => Refusal::conflict(
            format!("{named} is not what this judge holds of these two"),
            "revise one's own, of the same regions of the same two frames",
        ),
    })
}
