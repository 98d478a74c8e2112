//! Where somebody who is protected can still be heard.

use std::ops::Range;

use serde::Serialize;
use store::event::Span;
use store::number::PersonNo;
use store::record::{Claim, Item, Mask, Person, PersonSeen};
use store::vocabulary::{ClaimRelation, PersonRole, Protection, RecordKind};
use utoipa::ToSchema;

use crate::case::{Case, Examined};
use crate::error::{Kind, Result};
use crate::sound::{SoundPlace, beside};

/// Sound in which somebody who is protected speaks, and which no mask that protects them covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Audible {
    /// Who.
    pub person: PersonNo,
    /// Why they are protected.
    pub protection: Vec<Protection>,
    /// The entry that says that they speak there: an appearance of theirs, or a claim that they make.
    pub entry: u64,
    /// First of the samples; absent where the item was not inspected.
    pub from: Option<u64>,
    /// The sample after the last.
    pub to: Option<u64>,
    /// The frame on show when the first sample sounds; absent where there is none.
    pub first: Option<u32>,
}

/// That somebody who is protected speaks in an item.
struct Spoken {
    person: PersonNo,
    protection: Vec<Protection>,
    entry: u64,
    /// While which frames are shown; all the time where nobody said.
    span: Option<Span>,
}

impl Case {
    /// Where somebody who is protected speaks in `item`, one of `people` who appear in it or who makes a claim in it,
    /// and none of `masks` covers that.
    pub(super) fn audible(
        &self,
        item: &Item,
        people: &[Person],
        masks: &[Mask],
    ) -> Result<Vec<Audible>> {
        let spoken = self.spoken(item, people)?;
        if spoken.is_empty() || item.removed.is_some() {
            return Ok(Vec::new());
        }
        if item.inspection.is_none() {
            return Ok(spoken.into_iter().map(|it| it.open(None, None)).collect());
        }
        let examined = self.examined(item)?;
        let mut found = Vec::new();
        for it in &spoken {
            let own = masks
                .iter()
                .filter(|mask| mask.drawn.protects.contains(&it.person));
            let covered = own.filter_map(|mask| mask.drawn.sound());
            let covered = covered.map(|it| it.span.from..it.span.to).collect();
            for piece in uncovered(samples(&examined, it.span.as_ref()), covered) {
                let at = self.sound_at(item, SoundPlace::Sample(piece.start))?;
                found.push(it.open(Some(piece), at.frame));
            }
        }
        Ok(found)
    }

    fn spoken(&self, item: &Item, people: &[Person]) -> Result<Vec<Spoken>> {
        let mut spoken: Vec<Spoken> = Vec::new();
        for person in people {
            let heard = { person.appearances.iter() }
                .filter(|it| it.appears.pin.item == item.id && speaks(person, it));
            spoken.extend(heard.filter_map(|it| {
                Spoken::of(person, it.origin.entry, it.appears.pin.span.as_ref())
            }));
        }
        let claims: Vec<Claim> = self.about(RecordKind::Claim, item)?;
        for claim in claims.iter().filter(|it| is_spoken(it, item)) {
            for number in named(claim) {
                let person = match self.by_number::<Person>(number) {
                    Err(error) if error.kind == Kind::Missing => continue,
                    person => person?,
                };
                let span = claim.made.pin.span.as_ref();
                spoken.extend(Spoken::of(&person, claim.origin.entry, span));
            }
        }
        Ok(spoken)
    }
}

impl Spoken {
    /// `None` where the person is not protected.
    fn of(person: &Person, entry: u64, span: Option<&Span>) -> Option<Self> {
        let protection = person.protection();
        if person.withdrawn.is_some() || protection.is_empty() {
            return None;
        }
        Some(Self {
            person: person.number,
            protection,
            entry,
            span: span.cloned(),
        })
    }

    fn open(&self, piece: Option<Range<u64>>, first: Option<u32>) -> Audible {
        Audible {
            person: self.person,
            protection: self.protection.clone(),
            entry: self.entry,
            from: piece.as_ref().map(|it| it.start),
            to: piece.map(|it| it.end),
            first,
        }
    }
}

/// Whether somebody speaks where they are seen: that is said of the place, or of the person where of the place
/// nothing is.
fn speaks(person: &Person, seen: &PersonSeen) -> bool {
    let roles = match seen.appears.roles.as_slice() {
        [] => &person.entered.roles,
        _ => &seen.appears.roles,
    };
    seen.withdrawn.is_none() && roles.contains(&PersonRole::Speaker)
}

fn is_spoken(claim: &Claim, item: &Item) -> bool {
    let made = &claim.made;
    claim.withdrawn.is_none() && made.relation == ClaimRelation::In && made.pin.item == item.id
}

/// The people of the case that a claim's claimant is said to be, as in `P2` and `P2, off camera`.
fn named(claim: &Claim) -> Vec<PersonNo> {
    let claimant = claim.made.claimant.as_deref().unwrap_or_default();
    let words = claimant.split(|c: char| !c.is_alphanumeric());
    words.filter_map(|word| word.parse().ok()).collect()
}

/// The samples that sound while the frames of `span` are shown; all of them where nothing tells which these are.
fn samples(examined: &Examined, span: Option<&Span>) -> Range<u64> {
    let Some(sound) = &examined.sound else {
        return 0..0;
    };
    match span {
        Some(span) if !sound.anchors.all().is_empty() => {
            let frames = span.first.no..span.last.no.saturating_add(1);
            beside(examined, &frames).map_or(0..0, |(_, samples)| samples)
        }
        _ => 0..sound.samples,
    }
}

/// What of `whole` lies in none of `covered`.
fn uncovered(whole: Range<u64>, mut covered: Vec<Range<u64>>) -> Vec<Range<u64>> {
    covered.retain(|it| !it.is_empty());
    covered.sort_unstable_by_key(|it| it.start);
    let (mut bare, mut next) = (Vec::new(), whole.start);
    for it in covered {
        let until = it.start.min(whole.end);
        if until > next {
            bare.push(next..until);
        }
        next = next.max(it.end);
    }
    if next < whole.end {
        bare.push(next..whole.end);
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_without_a_mask_is_told() {
        let bare = |covered: &[(u64, u64)]| -> Vec<(u64, u64)> {
            let covered = covered.iter().map(|&(from, to)| from..to).collect();
            let bare = uncovered(10..20, covered).into_iter();
            bare.map(|it| (it.start, it.end)).collect()
        };
        assert_eq!(bare(&[]), [(10, 20)]);
        assert_eq!(bare(&[(10, 20)]), []);
        assert_eq!(bare(&[(0, 50)]), []);
        assert_eq!(bare(&[(11, 19)]), [(10, 11), (19, 20)]);
        assert_eq!(bare(&[(15, 30), (0, 12)]), [(12, 15)]);
        assert_eq!(bare(&[(10, 14), (14, 20)]), []);
        assert_eq!(bare(&[(12, 18), (13, 14)]), [(10, 12), (18, 20)]);
        assert_eq!(bare(&[(0, 10), (20, 30)]), [(10, 20)]);
        assert_eq!(bare(&[(5, 5), (13, 13)]), [(10, 20)]);
        assert_eq!(uncovered(0..0, Vec::new()), []);
    }
}
