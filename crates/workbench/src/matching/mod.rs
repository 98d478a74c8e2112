//! Where the same footage was seen before: items against items, and files against items.

mod compared;
mod known;
mod learned;
mod nominator;
mod outside;
mod pairing;
mod review;

use std::ops::ControlFlow;

use journal::ContentId;
use reuse::{BadPrints, Prints};
use serde::Serialize;
use store::event::MatchFound;
use store::number::ItemNo;
use store::record::{Item, Match};
use store::vocabulary::Verdict;
use utoipa::ToSchema;

pub use self::compared::{Breadth, Compared};
pub(crate) use self::known::overlap;
pub use self::nominator::{Nominations, Nominator};
pub use self::outside::{Outside, OutsideMatches, outside};
use self::pairing::{Pairing, Query};
use crate::case::Case;
use crate::error::{Error, Result};
use crate::view::Found;

/// Items that a search compares at a time: it can be stopped between. Enough for every processor, few enough that
/// nobody waits long.
const AT_A_TIME: usize = 8;

/// How far a search is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Searched {
    /// Items that were compared so far.
    pub items: usize,
    /// Items that are to be compared.
    pub of: usize,
}

impl Searched {
    fn of(of: usize) -> Self {
        Self { items: 0, of }
    }

    /// Whether somebody stopped it before its end.
    pub fn is_part(self) -> bool {
        self.items < self.of
    }
}

/// Hears how far a search is, and may stop it.
pub type Heed<'a> = &'a mut dyn FnMut(Searched) -> ControlFlow<()>;

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
        let items = self.present_items()?.into_iter();
        items
            .map(|item| self.printed(item))
            .collect::<Result<_>>()
            .map(Archive)
    }

    /// Each of `items` against the others of the case; new matches are recorded.
    ///
    /// # Errors
    /// An item of the case was not inspected yet, kept bytes are not what they were, or the store fails.
    pub fn match_items(
        &self,
        compared: &Compared,
        items: &[Item],
        rejected: Rejected,
    ) -> Result<Vec<Found>> {
        self.writable()?;
        self.match_each(compared, items, rejected, |query, other| query != other)
    }

    /// Every pair of items once, the later one as the query; new matches are recorded.
    ///
    /// # Errors
    /// As [`Case::match_items`].
    pub fn match_all(&self, compared: &Compared, rejected: Rejected) -> Result<Vec<Found>> {
        self.writable()?;
        let items = self.present_items()?;
        self.match_each(compared, &items, rejected, |query, other| query > other)
    }

    /// Each of `items` against those whose number is `wanted` beside its own.
    fn match_each(
        &self,
        compared: &Compared,
        items: &[Item],
        rejected: Rejected,
        wanted: impl Fn(ItemNo, ItemNo) -> bool,
    ) -> Result<Vec<Found>> {
        let mut told = Vec::new();
        for item in items {
            let found = compared.beside(
                self,
                item,
                |other| wanted(item.number, other.number),
                |query, others| self.look_in(query, others),
            )?;
            let found = found.into_iter().map(|(_, one)| one);
            told.extend(found.filter(|one| rejected.tells(one.verdict)));
        }
        Ok(told)
    }

    /// `item` against the others of the case, some at a time; new matches are recorded as they are found. `heed` hears
    /// how far that is, and stops it between two of those times: what was found until then is given.
    ///
    /// # Errors
    /// As [`Case::match_items`].
    pub fn search_for(
        &self,
        compared: &Compared,
        item: &Item,
        heed: Heed<'_>,
    ) -> Result<(Vec<Found>, Searched)> {
        self.writable()?;
        compared.beside(
            self,
            item,
            |other| other.number != item.number,
            |query, others| {
                let mut found = Vec::new();
                let mut searched = Searched::of(others.len());
                for some in others.chunks(AT_A_TIME) {
                    if heed(searched).is_break() {
                        break;
                    }
                    found.extend(self.look_in(query, some)?.into_iter().map(|(_, one)| one));
                    searched.items += some.len();
                }
                Ok((found, searched))
            },
        )
    }

    /// What `this` shares with `others` by every method, each recorded.
    fn look_in(&self, this: &Printed, others: &[&Printed]) -> Result<Vec<(Match, Found)>> {
        let mut found = self.find_in(this, others, &|_| true)?;
        found.extend(self.find_learned(this, others, &found)?);
        Ok(found)
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
            let made = pairing.event(&this.item.id, &alignment, None)?;
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
        let bytes = self.read(self.prints_id(item)?)?;
        Prints::from_bytes(&bytes).map_err(|why| {
            let told = format!("the fingerprints of {}: {why}", item.number);
            match why {
                BadPrints::Version(_) => Error::missing(told)
                    .hint("run `framewitness inspect --all`, which makes them anew"),
                _ => Error::integrity(told),
            }
        })
    }

    /// The id of those fingerprints.
    fn prints_id(&self, item: &Item) -> Result<ContentId> {
        self.at_hand(item)?;
        let inspection = item.inspection.as_ref().ok_or_else(|| {
            Error::missing(format!(
                "{} ({}) was not inspected yet",
                item.number, item.name
            ))
            .hint("run `framewitness inspect --all` first, so that no item is passed over")
        })?;
        Ok(inspection.inspected.prints)
    }
}
