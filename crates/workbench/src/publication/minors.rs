//! Minors: nobody's word alone decides what is seen of them, where more than one person signs in the case.
//!
//! Whoever works alone has nobody to ask, and is held to what holds for everybody who is protected
//! ([`super::protecting`]).

use std::collections::BTreeSet;

use media::time::FrameNo;
use store::record::{Item, Mask, Person};
use store::vocabulary::Protection;

use super::refusing::{Judged, Refusal, refusal};
use super::report::Reporting;
use crate::error::Result;
use crate::examine::TOOL;
use crate::masking::boxed;

/// What of minors nobody but one person has looked at.
pub(super) fn unreviewed(judged: &Judged<'_>) -> Result<Vec<Refusal>> {
    let mut found: Vec<Refusal> = Vec::new();
    if judged.now.store.actors()?.len() < 2 {
        return Ok(found);
    }
    for item in &judged.records.items {
        let mut people = judged.now.people(Some(item))?;
        people.retain(|it| it.withdrawn.is_none() && it.said_minor().is_some());
        let of_people = { people.iter() }.filter_map(|person| let_go(item, person));
        found.extend(of_people);
        people.retain(|it| it.protection().contains(&Protection::Minor));
        let here = judged.now.store.item_by_id(&item.id)?;
        if people.is_empty() || here.is_none_or(|it| it.removed.is_some()) {
            continue;
        }
        let masks = judged.now.standing_masks(item)?;
        let mut of_item: Vec<Refusal> = { masks.iter() }
            .filter_map(|mask| confirmed_alone(mask, &people))
            .collect();
        of_item.extend(figured_alone(judged, item, &people, &masks)?);
        for one in &mut of_item {
            one.page = Some(format!("#/items/{}?panel=masks", item.number.0));
        }
        found.extend(of_item);
    }
    // Somebody may appear in several items.
    found.sort_by(|one, other| one.sentence.cmp(&other.sentence));
    found.dedup_by(|one, other| one.sentence == other.sentence);
    Ok(found)
}

/// That a minor needs no protection any more is for two to say.
fn let_go(item: &Item, person: &Person) -> Option<Refusal> {
    let number = person.number;
    let [only] = person.minor_no_more()[..] else {
        return None;
    };
    let mut alone = refusal(
        &number,
        format!(
            "only {only} says that {number}, who was said to be a minor, needs no protection as one"
        ),
        format!(
            "let somebody else say so too: `framewitness person protect {number} --reason … --actor NAME`, or protect \
             them again: `--as minor`"
        ),
    );
    alone.page = Some(format!("#/items/{}?panel=record", item.number.0));
    Some(alone)
}

/// A mask that hides a minor, and that nobody but who drew it found good. Where nobody did, that is told already.
fn confirmed_alone(mask: &Mask, minors: &[Person]) -> Option<Refusal> {
    let of = { minors.iter() }.find(|it| mask.drawn.protects.contains(&it.number))?;
    if !mask.is_confirmed() || mask.is_confirmed_by_another() {
        return None;
    }
    let (number, by) = (mask.number, &mask.origin.actor);
    Some(refusal(
        &number,
        format!(
            "nobody but {by}, who drew it, has confirmed {number}, which hides {}, a minor",
            of.number
        ),
        format!(
            "let somebody else look at it on every frame: `framewitness mask confirm {number} --actor NAME`"
        ),
    ))
}

/// Figures in which all that hides a minor is a box that one person drew.
fn figured_alone(
    judged: &Judged<'_>,
    item: &Item,
    minors: &[Person],
    masks: &[Mask],
) -> Result<Vec<Refusal>> {
    let mut found = Vec::new();
    for no in figured(judged, item)? {
        for person in minors.iter().filter(|it| boxed(it, item, no.0, masks)) {
            let sentence = format!(
                "a figure shows frame {no} of {}, on which nobody but who entered it says where {}, a minor, is",
                item.number, person.number
            );
            let resolve = format!(
                "draw a mask there that protects {0}, and let somebody else confirm it: `framewitness mask draw {1} \
                 --frame {no} --region … --protects {0}`",
                person.number, item.number
            );
            found.push(refusal(&item.number, sentence, resolve));
        }
    }
    Ok(found)
}

/// The frames of which there would be figures.
fn figured(judged: &Judged<'_>, item: &Item) -> Result<BTreeSet<FrameNo>> {
    let reporting = Reporting {
        then: judged.then,
        publication: judged.publication,
        selection: judged.selection,
        checkpoint: judged.checkpoint,
        records: judged.records,
        tool: TOOL,
    };
    Ok(reporting.pictured(item, &reporting.data(item)?))
}
