//! The index of a case's prints: which items are worth comparing with a query.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use reuse::Prints;
use reuse::index::{self, Entry, Index, Tuning, VideoId, entries, nominate};
use store::record::Item;

use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::index_folder::IndexFolder;
use crate::scratch;

/// Prints gathered before they are added at once: each addition waits for the disk.
const AT_ONCE: usize = 1 << 15;

/// The index of a case, up to date, and locked as long as this lives.
pub struct Nominator {
    index: Index,
    /// Items by the fingerprints that their newest inspection kept. Two may have the same.
    items: BTreeMap<VideoId, Vec<Item>>,
    sum: Mutex<Nominations>,
}

/// What was nominated, over all queries so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nominations {
    /// Queries.
    pub queries: usize,
    /// Items nominated.
    pub items: usize,
    /// Prints of queries that are like so much of the archive that not all of it was looked at.
    pub crowded: usize,
}

impl Nominator {
    pub(super) fn open(case: &Case) -> Result<Self> {
        let mut items: BTreeMap<VideoId, Vec<Item>> = BTreeMap::new();
        for item in case.present_items()? {
            let id = VideoId(case.prints_id(&item)?.0);
            items.entry(id).or_default().push(item);
        }
        let (path, recipe) = scratch::index(&case.scratch, case.author())?;
        let mut index = sound(&path, &recipe)?;
        update(case, &mut index, &items)?;
        Ok(Self {
            index,
            items,
            sum: Mutex::default(),
        })
    }

    /// The items that the index nominates, of those `wanted`, by number.
    pub(super) fn nominate(
        &self,
        query: &Prints,
        wanted: impl Fn(&Item) -> bool,
    ) -> Result<Vec<Item>> {
        let nominated = nominate(&self.index, query).map_err(|error| told(&error))?;
        let ids = nominated.videos.keys();
        let items = ids.flat_map(|id| self.items.get(id).into_iter().flatten());
        let mut items: Vec<Item> = items.filter(|item| wanted(item)).cloned().collect();
        items.sort_by_key(|item| item.number);
        let mut sum = self.sum.lock().unwrap_or_else(PoisonError::into_inner);
        sum.queries += 1;
        sum.items += items.len();
        sum.crowded += nominated.crowded;
        Ok(items)
    }

    /// What was nominated so far.
    pub fn nominations(&self) -> Nominations {
        *self.sum.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The index at `path`. One that is harmed, or of other prints, is made anew: it is derived.
fn sound(path: &Path, recipe: &str) -> Result<Index> {
    let folder = || IndexFolder::open(path).map(Box::new);
    match Index::open(folder()?, recipe, Tuning::default()) {
        Ok(index) => Ok(index),
        Err(index::Error::Damaged { .. } | index::Error::Version(_) | index::Error::Recipe(_)) => {
            Index::make_anew(folder()?, recipe, Tuning::default()).map_err(|error| told(&error))
        }
        Err(other) => Err(told(&other)),
    }
}

/// Adds what the index lacks, and removes what the case no longer has.
fn update(case: &Case, index: &mut Index, items: &BTreeMap<VideoId, Vec<Item>>) -> Result<()> {
    let held: HashSet<VideoId> = index.videos().into_iter().collect();
    for id in held.iter().filter(|id| !items.contains_key(id)) {
        index.remove(*id).map_err(|error| told(&error))?;
    }
    let mut waiting: Vec<(VideoId, Vec<Entry>)> = Vec::new();
    let mut prints = 0;
    for (id, items) in items.iter().filter(|(id, _)| !held.contains(id)) {
        let Some(item) = items.first() else { continue };
        let made = entries(&case.prints(item)?);
        prints += made.len();
        waiting.push((*id, made));
        if prints >= AT_ONCE {
            add(index, &waiting)?;
            waiting.clear();
            prints = 0;
        }
    }
    add(index, &waiting)
}

fn add(index: &mut Index, videos: &[(VideoId, Vec<Entry>)]) -> Result<()> {
    let videos: Vec<(VideoId, &[Entry])> = videos
        .iter()
        .map(|(id, entries)| (*id, entries.as_slice()))
        .collect();
    index.add(&videos).map_err(|error| told(&error))
}

fn told(error: &index::Error) -> Error {
    Error::new(Kind::Failed, error.to_string()).hint(
        "match without --quick, or remove the folder scratch of the case: it holds no evidence",
    )
}
