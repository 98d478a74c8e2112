//! Roots of trees over the first so many entries.

use std::collections::{BTreeMap, BTreeSet};

use journal::ContentId;
use journal::tree::{Frontier, Hash, leaf_hash};

use super::Entries;
use super::side_by_side::in_order;
use crate::error::Error;

/// The root for each of `sizes` that the journal has.
pub(super) fn heads(
    kept: &dyn Entries,
    sizes: &BTreeSet<u64>,
) -> Result<BTreeMap<u64, ContentId>, Error> {
    let mut heads = BTreeMap::new();
    let mut tree = Frontier::default();
    let mut keep = |tree: &Frontier| {
        if sizes.contains(&tree.size()) {
            heads.insert(tree.size(), ContentId(tree.root()));
        }
    };
    keep(&tree);
    let last = sizes.last().copied().unwrap_or_default();
    let hash = |page: &[(u64, Vec<u8>)]| -> Vec<Hash> {
        page.iter()
            .map(|(_, envelope)| leaf_hash(envelope))
            .collect()
    };
    in_order(kept, 0..last, hash, |leaf| {
        tree.push(leaf);
        keep(&tree);
        Ok(())
    })?;
    Ok(heads)
}
