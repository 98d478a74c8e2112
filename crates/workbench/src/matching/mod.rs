//! Where the same footage was seen before: items against items, and files against items.

mod known;
mod outside;
mod pairing;
mod review;

use reuse::{BadPrints, Prints};
use store::event::MatchFound;
use store::record::{Item, Match};
use store::vocabulary::Verdict;

pub(crate) use self::known::overlap;
pub use self::outside::{Outside, OutsideMatches, outside};
use self::pairing::{Pairing, Query};
use crate::case::Case;
use crate::error::{Error, Result};
use crate::view::Found;

/// What becomes of matches that a reviewer rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// They are left out.
    Quiet,
    /// They are told like the others.
    Told,
}

impl Rejected {
    /// Those that are told.
    pub fn told(tell: bool) -> Self {
        if tell { Self::Told } else { Self::Quiet }
    }

    /// Whether a match of this verdict is told.
    fn tells(self, verdict: Option<Verdict>) -> bool {
        self == Self::Told || verdict != Some(Verdict::Rejected)
    }
}

/// The fingerprints of every item of a case.
pub struct Archive(pub(crate) Vec<Printed>);

/// An item and its fingerprints.
pub(crate) struct Printed {
    pub(crate) item: Item,
    pub(crate) prints: Prints,
}

impl Case {
    /// The fingerprints of every item, read once for many questions.
    ///
    /// # Errors
    /// An item of the case was not inspected yet, or kept bytes are not what they were.
    pub fn archive(&self) -> Result<Archive> {
        let items = self.store.items()?.into_iter();
        items
            .map(|item| self.printed(item))
            .collect::<Result<_>>()
            .map(Archive)
    }

    /// Each of `items` against every other item of the case; new matches are recorded.
    ///
    /// # Errors
    /// As [`Case::archive`], or the store fails.
    pub fn match_items(&self, items: &[Item], rejected: Rejected) -> Result<Vec<Found>> {
        let Archive(archive) = self.archive()?;
        let mut found = Vec::new();
        for item in items {
            let (this, others): (Vec<&Printed>, Vec<&Printed>) =
                archive.iter().partition(|one| one.item.id == item.id);
            for query in this {
                found.extend(self.match_item(query, &others, rejected)?);
            }
        }
        Ok(found)
    }

    /// Every pair of items once, the later one as the query; new matches are recorded.
    ///
    /// # Errors
    /// As [`Case::match_items`].
    pub fn match_all(&self, rejected: Rejected) -> Result<Vec<Found>> {
        let Archive(archive) = self.archive()?;
        let mut found = Vec::new();
        for (at, query) in archive.iter().enumerate() {
            let earlier: Vec<&Printed> = archive[..at].iter().collect();
            found.extend(self.match_item(query, &earlier, rejected)?);
        }
        Ok(found)
    }

    fn match_item(
        &self,
        this: &Printed,
        others: &[&Printed],
        rejected: Rejected,
    ) -> Result<Vec<Found>> {
        let found = self.find_in(this, others, &|_| true)?.into_iter();
        let told = found.map(|(_, told)| told);
        Ok(told.filter(|one| rejected.tells(one.verdict)).collect())
    }

    /// What `this` shares with `others`, each recorded, of what is `wanted`.
    pub(crate) fn find_in(
        &self,
        this: &Printed,
        others: &[&Printed],
        wanted: &dyn Fn(&MatchFound) -> bool,
    ) -> Result<Vec<(Match, Found)>> {
        let examined = self.examined(&this.item)?;
        let query = Query {
            name: this.item.name.clone(),
            item: Some(&this.item),
            frames: &examined.frames,
        };
        let prints: Vec<&Prints> = others.iter().map(|other| &other.prints).collect();
        let mut found: Vec<(Match, Found)> = Vec::new();
        for alignment in reuse::find(&this.prints, &prints) {
            let reference = &others[alignment.reference].item;
            let pairing = Pairing::new(self, &query, reference)?;
            let made = pairing.event(&this.item.id, &alignment)?;
            if !wanted(&made) {
                continue;
            }
            let record = self.record_match(made)?;
            // Alignments that overlap are one match, told once.
            if found.iter().all(|(known, _)| known.number != record.number) {
                let told = pairing.recorded(&record);
                found.push((record, told));
            }
        }
        Ok(found)
    }

    /// `item` with its fingerprints.
    pub(crate) fn printed(&self, item: Item) -> Result<Printed> {
        let prints = self.prints(&item)?;
        Ok(Printed { item, prints })
    }

    /// The fingerprints that the newest inspection of `item` kept.
    pub(crate) fn prints(&self, item: &Item) -> Result<Prints> {
        let Some(inspection) = &item.inspection else {
            return Err(Error::missing(format!(
                "{} ({}) was not inspected yet",
                item.number, item.name
            ))
            .hint("run `framewitness inspect --all` first, so that no item is passed over"));
        };
        let bytes = self.read(inspection.inspected.prints)?;
        Prints::from_bytes(&bytes).map_err(|why| {
            let told = format!("the fingerprints of {}: {why}", item.number);
            match why {
                BadPrints::Version(_) => Error::missing(told)
                    .hint("run `framewitness inspect --all`, which makes them anew"),
                _ => Error::integrity(told),
            }
        })
    }
}
