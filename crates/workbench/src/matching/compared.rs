//! Which items a query is compared with: every one, or those that an index nominates.

use reuse::Prints;
use store::number::ItemNo;
use store::record::Item;

use super::nominator::{Nominations, Nominator};
use super::{Archive, Printed};
use crate::case::Case;
use crate::error::Result;

/// How many items a query is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breadth {
    /// Every one.
    Every,
    /// Those that the index nominates: much quicker in a large archive, and some footage is missed.
    Nominated,
}

impl Breadth {
    /// Those nominated, if it is to be quick.
    pub fn quick(quick: bool) -> Self {
        if quick { Self::Nominated } else { Self::Every }
    }
}

/// What queries are compared with, made ready once for many.
pub enum Compared {
    /// Every item.
    Every(Archive),
    /// Items that an index nominates.
    Nominated(Box<Nominator>),
}

impl Case {
    /// Makes the items of the case ready to be compared. Where they are nominated, the index in the
    /// scratch folder is brought up to date, or made anew where it is not sound.
    ///
    /// # Errors
    /// As [`Case::archive`]; another program has the index open, or it cannot be written.
    pub fn compared(&self, breadth: Breadth) -> Result<Compared> {
        Ok(match breadth {
            Breadth::Every => Compared::Every(self.archive()?),
            Breadth::Nominated => Compared::Nominated(Box::new(Nominator::open(self)?)),
        })
    }

    /// Makes the inspected items of the case ready to be compared, and says which were passed over because nobody
    /// inspected them yet.
    ///
    /// # Errors
    /// Kept bytes are not what they were, or the store fails.
    pub fn compared_inspected(&self) -> Result<(Compared, Vec<ItemNo>)> {
        let items = self.present_items()?.into_iter();
        let (inspected, not): (Vec<_>, Vec<_>) = items.partition(|it| it.inspection.is_some());
        let printed = inspected.into_iter().map(|item| self.printed(item));
        let archive = Archive(printed.collect::<Result<_>>()?);
        let passed_over = not.into_iter().map(|item| item.number).collect();
        Ok((Compared::Every(archive), passed_over))
    }
}

impl Compared {
    /// Calls `look` with an item, its fingerprints read unless they were already, and with the items to compare it
    /// with, of those `wanted`, by number.
    pub(super) fn beside<T>(
        &self,
        case: &Case,
        item: &Item,
        wanted: impl Fn(&Item) -> bool,
        look: impl FnOnce(&Printed, &[&Printed]) -> Result<T>,
    ) -> Result<T> {
        let read;
        let query = match self.kept(item.number) {
            Some(kept) => kept,
            None => {
                read = case.printed(item.clone())?;
                &read
            }
        };
        self.with(case, &query.prints, wanted, |others| look(query, others))
    }

    /// An item whose fingerprints were read already.
    fn kept(&self, number: ItemNo) -> Option<&Printed> {
        match self {
            Self::Every(Archive(all)) => all.iter().find(|one| one.item.number == number),
            Self::Nominated(_) => None,
        }
    }

    /// Calls `look` with the items to compare a query with, of those `wanted`, by number.
    pub(super) fn with<T>(
        &self,
        case: &Case,
        query: &Prints,
        wanted: impl Fn(&Item) -> bool,
        look: impl FnOnce(&[&Printed]) -> Result<T>,
    ) -> Result<T> {
        match self {
            Self::Every(Archive(all)) => {
                let all = all.iter().filter(|one| wanted(&one.item));
                look(&all.collect::<Vec<_>>())
            }
            Self::Nominated(nominator) => {
                let nominated = nominator.nominate(query, wanted)?.into_iter();
                let read = nominated.map(|item| case.printed(item));
                let read = read.collect::<Result<Vec<_>>>()?;
                look(&read.iter().collect::<Vec<_>>())
            }
        }
    }

    /// What was nominated so far; nothing where every item is compared.
    pub fn nominations(&self) -> Option<Nominations> {
        match self {
            Self::Every(_) => None,
            Self::Nominated(nominator) => Some(nominator.nominations()),
        }
    }
}
