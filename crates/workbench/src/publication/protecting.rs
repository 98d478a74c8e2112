//! People who must be masked: what may not leave while they can be seen, and the masked copies that may.

use std::collections::BTreeMap;

use media::mask::leak::LeakReport;
use serde::Serialize;
use store::event::Cover;
use store::number::ItemNo;
use store::record::Item;
use store::vocabulary::RenderForm;

use super::bundle::Content;
use super::records::to_value;
use super::refusing::{Judged, Refusal, refusal};
use super::sharing::pretty;
use crate::case::Case;
use crate::error::Result;
use crate::masking::{Audible, MaskingOwed};

/// Figures are blackened where somebody protected is marked ([`crate::masking::hide`]). An original is not, so
/// that it stays where somebody protected appears in it. A masked copy leaves when nothing is owed.
pub(super) fn unmasked(judged: &Judged<'_>) -> Result<Vec<Refusal>> {
    let mut found = Vec::new();
    for item in &judged.records.items {
        if judged.publication.drafted.originals {
            found.extend(open_original(judged, item)?);
        }
        let owed = judged.now.masking_owed(item)?;
        found.extend(unconfirmed(&owed));
        if judged.publication.drafted.masked {
            found.extend(unfit(judged, item, &owed)?);
        }
        let page = format!("#/items/{}?panel=masks", item.number.0);
        for one in found.iter_mut().filter(|it| it.page.is_none()) {
            one.page = Some(page.clone());
        }
    }
    Ok(found)
}

fn open_original(judged: &Judged<'_>, item: &Item) -> Result<Vec<Refusal>> {
    let mut people = judged.now.people(Some(item))?;
    people.retain(|person| person.withdrawn.is_none() && !person.protection().is_empty());
    let shown = people.iter().map(|person| {
        refusal(
            &item.number,
            format!(
                "{} shows {}, who is protected, and its original is not masked",
                item.number, person.number
            ),
            "publish without --originals; figures are masked, and --masked adds a masked copy",
        )
    });
    Ok(shown.collect())
}

/// A mask that nobody looked at may cover the wrong thing: what it is for is not settled.
fn unconfirmed(owed: &MaskingOwed) -> Vec<Refusal> {
    let open = owed.unconfirmed.iter().map(|mask| {
        refusal(
            mask,
            format!("nobody has confirmed {mask}, a mask of {}", owed.item),
            format!("look at it on every frame: `framewitness mask confirm {mask}`, or `mask withdraw {mask}`"),
        )
    });
    open.collect()
}

/// What keeps the masked copy of an item from leaving.
fn unfit(judged: &Judged<'_>, item: &Item, owed: &MaskingOwed) -> Result<Vec<Refusal>> {
    let (number, checkpoint) = (item.number, judged.publication.drafted.checkpoint);
    let mut found: Vec<Refusal> = { owed.unmasked.iter() }
        .map(|it| {
            let sentence = format!(
                "{} is protected and not masked everywhere in {number}",
                it.person
            );
            refusal(
                &number,
                sentence,
                format!("`framewitness mask owed {number}` tells where"),
            )
        })
        .collect();
    found.extend(owed.audible.iter().map(|it| heard(number, it)));
    found.dedup();
    let Some(copy) = judged.then.masked_rendering(item)? else {
        let sentence = format!("{number} had no copy with the masks that stood at {checkpoint}");
        let resolve =
            format!("`framewitness mask render {number}`, and draft as of a later checkpoint");
        found.push(refusal(&number, sentence, resolve));
        return Ok(found);
    };
    let copied = copy.rendering.number;
    if owed.masks != copy.rendering.rendered.masks {
        let sentence = format!("the masks of {number} are no longer those of {copied}");
        let resolve =
            format!("`framewitness mask render {number}`, and draft as of a later checkpoint");
        found.push(refusal(&number, sentence, resolve));
    }
    if !copy.report.is_clean() {
        let leaks = copy.rendering.rendered.leaks;
        let sentence = format!("{copied}, the masked copy of {number}, leaks in {leaks} places");
        let resolve = format!(
            "`framewitness mask check {copied}` tells where; revise the masks and render it again"
        );
        found.push(refusal(&number, sentence, resolve));
    }
    Ok(found)
}

/// A voice that would be heard in a copy.
fn heard(number: ItemNo, one: &Audible) -> Refusal {
    let sentence = format!("{} is protected and can be heard in {number}", one.person);
    let place = one.from.zip(one.to).map(|(from, to)| {
        format!(
            "--sound-from sample:{from} --sound-to sample:{to} --protects {}",
            one.person
        )
    });
    let resolve = match place {
        Some(place) => format!(
            "`framewitness mask draw {number} {place}`, render, and draft as of a later checkpoint"
        ),
        None => format!("`framewitness mask owed {number}` tells where"),
    };
    refusal(&number, sentence, resolve)
}

/// A masked copy as others read of it. Whom a mask protects and why stays in the case.
#[derive(Serialize)]
struct Told<'a> {
    original: String,
    copy: String,
    form: RenderForm,
    frames: u32,
    masks: Vec<&'a Cover>,
    tool: &'a str,
    versions: &'a BTreeMap<String, String>,
    parameters: &'a BTreeMap<String, String>,
    check: &'a LeakReport,
}

/// The masked copies of `items` as the case had them `then`, each with its masks and the look that was taken
/// at it, by path.
pub(super) fn copies(then: &Case, items: &[Item]) -> Result<Vec<(String, Content)>> {
    let mut files = Vec::new();
    for item in items {
        let Some(copy) = then.masked_rendering(item)? else {
            continue;
        };
        let rendered = &copy.rendering.rendered;
        let masks = then.standing_masks(item)?;
        let told = Told {
            original: item.id.to_string(),
            copy: rendered.video.to_string(),
            form: rendered.form,
            frames: rendered.frames,
            masks: masks.iter().map(|mask| &mask.drawn.cover).collect(),
            tool: &rendered.tool,
            versions: &rendered.versions,
            parameters: &rendered.parameters,
            check: &copy.report,
        };
        let name = format!("masked/item-{}", item.number.0);
        let ending = match rendered.form {
            RenderForm::Mp4 => "mp4",
            RenderForm::Lossless => "mkv",
        };
        let video = Content::Blob(rendered.video, rendered.size);
        files.push((format!("{name}.{ending}"), video));
        let told = pretty(&to_value(&told)?)?;
        files.push((format!("{name}.json"), Content::Bytes(told)));
    }
    Ok(files)
}
