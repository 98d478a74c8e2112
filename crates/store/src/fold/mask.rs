//! Masks of items.

use std::collections::BTreeSet;

use super::tables::{Table, Tables, all, get, next, put};
use super::{cited, item, person, pin, revise, text, tracked, undo};
use crate::error::{Error, Refusal};
use crate::event::{Cover, MaskConfirmed, MaskDrawn, PictureCover, Shape};
use crate::number::{MaskNo, Number, PersonNo};
use crate::record::{Item, Mask, MaskConfirmation, Origin, Withdrawn};
use crate::vocabulary::MaskShape;

pub(super) fn draw(
    t: &mut dyn Tables,
    origin: &Origin,
    drawn: &MaskDrawn,
) -> Result<Option<Number>, Error> {
    text::required(&drawn.reason, "the reason of the mask")?;
    text::optional(drawn.proposed_by.as_ref(), "what proposed the mask")?;
    let of = item::need(t, &drawn.item)?;
    match &drawn.cover {
        Cover::Picture(picture) => on_frames(&of, picture)?,
        Cover::Sound(sound) => tracked::heard(&of, &sound.span)?,
    }
    let mut named = BTreeSet::new();
    for number in &drawn.protects {
        person::need(t, *number)?;
        if !named.insert(number) {
            let sentence = format!("{number} is named twice");
            return Err(Refusal::invalid(sentence, "name each person once").into());
        }
    }
    let number = MaskNo(next(t, Table::Masks)?);
    if let Some(earlier) = drawn.supersedes {
        let mut earlier = need(t, earlier)?;
        if earlier.drawn.item != drawn.item {
            let sentence = format!("{} is a mask of another item", earlier.number);
            return Err(Refusal::conflict(sentence, "revise a mask of this one").into());
        }
        earlier.superseded_by = Some(number);
        put(t, origin, &earlier)?;
    }
    let mask = Mask {
        number,
        origin: origin.clone(),
        drawn: drawn.clone(),
        confirmations: Vec::new(),
        superseded_by: None,
        withdrawn: None,
    };
    keep(t, origin, &mask)
}

fn on_frames(of: &Item, picture: &PictureCover) -> Result<(), Refusal> {
    pin::check_span(of, &picture.span)?;
    tracked::follows(of, Some(&picture.span), &picture.tracked)?;
    let polygons = picture.shape == MaskShape::Polygon;
    let mut shapes = picture.tracked.keyframes.iter().map(|it| &it.shape);
    match shapes.all(|shape| matches!(shape, Shape::Polygon(_)) == polygons) {
        true => Ok(()),
        false => Err(Refusal::invalid(
            format!(
                "the keyframes do not draw a mask of shape {}",
                picture.shape
            ),
            "draw polygons for a polygon, and boxes for a box and for an ellipse",
        )),
    }
}

pub(super) fn confirm(
    t: &mut dyn Tables,
    origin: &Origin,
    confirmed: &MaskConfirmed,
) -> Result<Option<Number>, Error> {
    text::optional(confirmed.note.as_ref(), "the note")?;
    let mut mask = need(t, confirmed.mask)?;
    let mut standing = mask.confirmations.iter();
    if standing.any(|it| it.withdrawn.is_none() && it.origin.actor == origin.actor) {
        let sentence = format!("{} has confirmed {} already", origin.actor, mask.number);
        return Err(Refusal::conflict(sentence, "once is enough").into());
    }
    mask.confirmations.push(MaskConfirmation {
        origin: origin.clone(),
        confirmed: confirmed.clone(),
        withdrawn: None,
    });
    keep(t, origin, &mask)
}

fn keep(t: &mut dyn Tables, origin: &Origin, mask: &Mask) -> Result<Option<Number>, Error> {
    put(t, origin, mask)?;
    Ok(Some(Number::Mask(mask.number)))
}

/// A mask that stands.
pub(super) fn need(t: &dyn Tables, number: MaskNo) -> Result<Mask, Error> {
    let unknown = || Refusal::unknown(format!("there is no mask {number}"), "draw it first");
    let mask: Mask = get(t, number.0)?.ok_or_else(unknown)?;
    undo::standing(mask.withdrawn.as_ref(), &number)?;
    match mask.superseded_by {
        None => Ok(mask),
        Some(later) => Err(Refusal::conflict(
            format!("{number} was revised by {later}"),
            format!("name {later}"),
        )
        .into()),
    }
}

/// A mask that stands and protects person `number`.
pub(super) fn protecting(t: &dyn Tables, number: PersonNo) -> Result<Option<MaskNo>, Error> {
    let masks = all::<Mask>(t)?.into_iter();
    let protects = |it: &Mask| it.stands() && it.drawn.protects.contains(&number);
    Ok({ masks }.find(protects).map(|it| it.number))
}

/// Takes back a mask, so that what it revised stands again, or the word of somebody who confirmed it.
pub(super) fn withdraw(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    for mut mask in all::<Mask>(t)? {
        let mut confirmations = mask.confirmations.iter_mut();
        if let Some(confirmed) = confirmations.find(|it| it.origin.entry == entry) {
            undo::mark(&mut confirmed.withdrawn, withdrawn, entry)?;
            return keep(t, origin, &mask);
        }
        if mask.origin.entry != entry {
            continue;
        }
        cited::unused(t, &mask.number)?;
        if let Some(later) = mask.superseded_by {
            return Err(undo::in_use(&mask.number, &later).into());
        }
        undo::mark(&mut mask.withdrawn, withdrawn, entry)?;
        let earlier = mask.drawn.supersedes.map(|it| it.0);
        revise::stand_again::<Mask>(t, origin, earlier, |it| it.superseded_by = None)?;
        return keep(t, origin, &mask);
    }
    Ok(None)
}
