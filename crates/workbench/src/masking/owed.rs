//! What must still be masked before an item leaves the case.

use serde::Serialize;
use store::event::{PictureCover, Region};
use store::number::{ItemNo, MaskNo, PersonNo};
use store::record::{Item, Mask, Person, PersonSeen};
use store::vocabulary::Protection;
use utoipa::ToSchema;

use super::Audible;
use crate::case::Case;
use crate::error::Result;

/// What stands between an item and its publication, as far as masks go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MaskingOwed {
    /// The item.
    pub item: ItemNo,
    /// The masks that stand.
    pub masks: Vec<MaskNo>,
    /// Where somebody who is protected appears and no mask that protects them lies.
    pub unmasked: Vec<Unmasked>,
    /// Where somebody who is protected speaks and no mask of the sound that protects them lies.
    pub audible: Vec<Audible>,
    /// Masks that stand and nobody has confirmed.
    pub unconfirmed: Vec<MaskNo>,
    /// Masks that stand and do not hide for good what they cover: pixelated and blurred ones.
    pub can_be_undone: Vec<MaskNo>,
}

/// Frames on which somebody who is protected is not masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unmasked {
    /// Who.
    pub person: PersonNo,
    /// Why they are protected.
    pub protection: Vec<Protection>,
    /// The entry that says that they appear there.
    pub entry: u64,
    /// First of the frames; absent where the item was not inspected.
    pub first: Option<u32>,
    /// Last of the frames.
    pub last: Option<u32>,
    /// Where they are in the picture, where there is a mask that protects them and leaves some of that open.
    pub open: Option<Region>,
}

impl MaskingOwed {
    /// Whether everybody who is protected is masked, face and voice, by masks that somebody confirmed.
    pub fn is_settled(&self) -> bool {
        self.unmasked.is_empty() && self.audible.is_empty() && self.unconfirmed.is_empty()
    }
}

impl Case {
    /// What must still be masked in `item`.
    ///
    /// # Errors
    /// The store fails, or what an inspection kept is gone.
    pub fn masking_owed(&self, item: &Item) -> Result<MaskingOwed> {
        let masks = self.standing_masks(item)?;
        let numbers = |which: &dyn Fn(&Mask) -> bool| {
            let masks = masks.iter().filter(|it| which(it));
            masks.map(|it| it.number).collect()
        };
        let undone = |it: &Mask| {
            it.drawn
                .picture()
                .is_some_and(|it| it.method.can_be_undone())
        };
        let mut unmasked = Vec::new();
        let people = self.people(Some(item))?;
        for person in &people {
            unmasked.extend(open(item, person, &masks));
        }
        Ok(MaskingOwed {
            item: item.number,
            masks: numbers(&|_| true),
            unconfirmed: numbers(&|it| !it.is_confirmed()),
            can_be_undone: numbers(&undone),
            audible: self.audible(item, &people, &masks)?,
            unmasked,
        })
    }
}

/// Where `person` appears in `item` and is protected by none of `masks`.
fn open(item: &Item, person: &Person, masks: &[Mask]) -> Vec<Unmasked> {
    let protection = person.protection();
    if person.withdrawn.is_some() || protection.is_empty() {
        return Vec::new();
    }
    let own = masks
        .iter()
        .filter(|it| it.drawn.protects.contains(&person.number));
    let own: Vec<&PictureCover> = own.filter_map(|it| it.drawn.picture()).collect();
    let seen = person
        .appearances
        .iter()
        .filter(|it| it.withdrawn.is_none());
    let seen = seen.filter(|it| it.appears.pin.item == item.id);
    seen.flat_map(|seen| {
        let of = |first, last, open| Unmasked {
            person: person.number,
            protection: protection.to_vec(),
            entry: seen.origin.entry,
            first,
            last,
            open,
        };
        let Some((first, last)) = frames(item, seen) else {
            return vec![of(None, None, None)];
        };
        let bare = uncovered(first, last, &own);
        let mut bare: Vec<Unmasked> = { bare.into_iter() }
            .map(|(first, last)| of(Some(first), Some(last), None))
            .collect();
        // Where they are is known of the first frame.
        if let Some(region) = seen.appears.pin.region
            && bare.first().is_none_or(|it| it.first != Some(first))
            && !own.iter().any(|it| holds(it, first, &region))
        {
            bare.insert(0, of(Some(first), Some(first), Some(region)));
        }
        bare
    })
    .collect()
}

/// The frames on which somebody appears; `None` where nobody knows how many there are.
fn frames(item: &Item, seen: &PersonSeen) -> Option<(u32, u32)> {
    match &seen.appears.pin.span {
        Some(span) => Some((span.first.no, span.last.no)),
        None => {
            let count = item.inspection.as_ref()?.inspected.frame_count;
            Some((0, count.checked_sub(1)?))
        }
    }
}

/// The runs of frames from `first` to `last` on which none of `covers` lies.
fn uncovered(first: u32, last: u32, covers: &[&PictureCover]) -> Vec<(u32, u32)> {
    let ends = |it: &&PictureCover| (it.span.first.no, it.span.last.no);
    let mut covered: Vec<(u32, u32)> = covers.iter().map(ends).collect();
    covered.sort_unstable();
    let (mut bare, mut next) = (Vec::new(), first);
    for (from, to) in covered {
        if from > last || next > last {
            break;
        }
        if from > next {
            bare.push((next, from - 1));
        }
        next = next.max(to.saturating_add(1));
    }
    if next <= last {
        bare.push((next, last));
    }
    bare
}

/// Whether the box around a mask on frame `no` holds all of `region`.
fn holds(cover: &PictureCover, no: u32, region: &Region) -> bool {
    let Some(mask) = cover.tracked.at(no).map(|shape| shape.bounds()) else {
        return false;
    };
    let far = |from: u32, length: u32| u64::from(from) + u64::from(length);
    mask.x <= region.x
        && mask.y <= region.y
        && far(mask.x, mask.width) >= far(region.x, region.width)
        && far(mask.y, mask.height) >= far(region.y, region.height)
}

#[cfg(test)]
mod tests {
    use store::event::{FrameRef, Span, TrackedRegion};
    use store::vocabulary::{Interpolation, MaskMethod, MaskShape};

    use super::*;

    fn cover(first: u32, last: u32) -> PictureCover {
        let frame = |no| FrameRef {
            no,
            pts: None,
            hash: "cd".repeat(32),
        };
        PictureCover {
            span: Span {
                time_base: [1, 25],
                start: i64::from(first),
                end: i64::from(last) + 1,
                first: frame(first),
                last: frame(last),
            },
            shape: MaskShape::Box,
            tracked: TrackedRegion {
                between: Interpolation::LinearFrames,
                keyframes: Vec::new(),
            },
            method: MaskMethod::Solid,
        }
    }

    #[test]
    fn every_frame_without_a_mask_is_told() {
        let bare = |spans: &[(u32, u32)]| {
            let covers: Vec<PictureCover> = spans.iter().map(|&(a, b)| cover(a, b)).collect();
            uncovered(10, 20, &covers.iter().collect::<Vec<_>>())
        };
        assert_eq!(bare(&[]), [(10, 20)]);
        assert_eq!(bare(&[(10, 20)]), []);
        assert_eq!(bare(&[(0, 50)]), []);
        assert_eq!(bare(&[(11, 19)]), [(10, 10), (20, 20)]);
        assert_eq!(bare(&[(15, 30), (0, 12)]), [(13, 14)]);
        assert_eq!(bare(&[(10, 14), (15, 20)]), []);
        assert_eq!(bare(&[(12, 18), (13, 14)]), [(10, 11), (19, 20)]);
        assert_eq!(bare(&[(0, 9), (21, 30)]), [(10, 20)]);
        assert_eq!(bare(&[(20, u32::MAX)]), [(10, 19)]);
    }
}
