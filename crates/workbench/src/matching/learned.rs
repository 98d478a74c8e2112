//! What a learned descriptor finds beside the ordinary method.

use std::path::Path;
use std::sync::Arc;

use reuse::{Alignment, Described, find_described};
use store::record::Match;

use super::known::overlap_of;
use super::pairing::{Pairing, Query};
use super::{Found, Printed};
use crate::case::Case;
use crate::descriptor::{Descriptor, Footage};
use crate::error::Result;
use crate::examine::Examined;
use crate::same::open;

/// An alignment by vectors, with its two sides.
type Seen<'a> = (Pairing<'a>, Alignment);

impl Case {
    /// What `this` shares with `others` by the descriptor, each recorded, and is not among what was `told`
    /// without it.
    pub(super) fn find_learned(
        &self,
        this: &Printed,
        others: &[&Printed],
        told: &[(Match, Found)],
    ) -> Result<Vec<(Match, Found)>> {
        let Some(descriptor) = &self.descriptor else {
            return Ok(Vec::new());
        };
        let described = self.described(descriptor, this)?;
        let examined = self.examined(&this.item)?;
        let query = Query {
            name: this.item.name.clone(),
            item: Some(&this.item),
            frames: &examined.frames,
        };
        let mut found: Vec<(Match, Found)> = Vec::new();
        for (pairing, alignment) in self.seen(descriptor, (&query, &described), others)? {
            if known(told.iter().map(|(_, told)| told), &pairing, &alignment)? {
                continue;
            }
            let made = pairing.event(&this.item.id, &alignment, Some(descriptor.named()))?;
            let record = self.record_match(made)?;
            let mut before = told.iter().chain(&found);
            if before.all(|(known, _)| known.number != record.number) {
                let told = pairing.recorded(&record);
                found.push((record, told));
            }
        }
        Ok(found)
    }

    /// The same for a file outside the case: nothing is recorded or kept of it.
    pub(super) fn find_learned_outside(
        &self,
        (query, path): (&Query<'_>, &Path),
        examined: &Examined,
        others: &[&Printed],
        told: &[Found],
    ) -> Result<Vec<Found>> {
        let Some(descriptor) = &self.descriptor else {
            return Ok(Vec::new());
        };
        let footage = Footage {
            file: open(path)?,
            facts: &examined.inspection.facts,
            frames: Arc::new(examined.inspection.frames.clone()),
            prints: &examined.prints,
        };
        let vectors = descriptor.vectors(self.decoder()?, footage, &mut |_, _| {})?;
        let described = Described::new(&examined.prints, &vectors);
        let mut found = Vec::new();
        for (pairing, alignment) in self.seen(descriptor, (query, &described), others)? {
            if !known(told.iter(), &pairing, &alignment)? {
                found.push(pairing.found(&alignment, Some(descriptor.named()))?);
            }
        }
        Ok(found)
    }

    /// Alignments of a query with items, by vectors.
    fn seen<'a>(
        &self,
        descriptor: &Descriptor,
        (query, described): (&'a Query<'a>, &Described<'_>),
        others: &[&'a Printed],
    ) -> Result<Vec<Seen<'a>>> {
        let references = others.iter().map(|other| self.described(descriptor, other));
        let references = references.collect::<Result<Vec<_>>>()?;
        let references: Vec<_> = references.iter().collect();
        let found = find_described(described, &references, descriptor.alike()).into_iter();
        let paired = found.map(|alignment| {
            let pairing = Pairing::new(self, query, &others[alignment.reference].item)?;
            Ok((pairing, alignment))
        });
        paired.collect()
    }

    fn described<'a>(
        &self,
        descriptor: &Descriptor,
        printed: &'a Printed,
    ) -> Result<Described<'a>> {
        let Printed { item, prints } = printed;
        let vectors = self.vectors(descriptor, item, prints, &mut |_, _| {})?;
        Ok(Described::new(prints, &vectors))
    }
}

/// Whether what was told before is of the same footage, in whatever way it was altered.
fn known<'a>(
    mut told: impl Iterator<Item = &'a Found>,
    pairing: &Pairing<'_>,
    alignment: &Alignment,
) -> Result<bool> {
    let made = pairing.found(alignment, None)?;
    Ok(told.any(|told| {
        told.reference_item == made.reference_item
            && overlap_of(told.query_frames, made.query_frames)
            && overlap_of(told.reference_frames, made.reference_frames)
    }))
}
