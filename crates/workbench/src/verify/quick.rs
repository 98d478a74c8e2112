//! What can be said of a long journal in seconds.

use std::collections::{BTreeMap, BTreeSet};

use journal::ContentId;

use super::{begun, concluded};
use crate::case::Case;
use crate::error::Result;
use crate::view::Verified;
use crate::witness::{Heads, Signed};

impl Case {
    /// Checks the journal alone, and of it what a signed head does not vouch for: that each entry follows
    /// from the one before, the tree, every signed head and testimony (see [`Case::verify`] for `roots`),
    /// the entries that say who signs and those after the last head and, if given, that the journal still
    /// begins as `checkpoint` says. Says what it left out.
    ///
    /// # Errors
    /// Those of [`Case::verify`].
    pub fn verify_quickly(&self, checkpoint: Option<&str>, roots: &[Vec<u8>]) -> Result<Verified> {
        let stated = checkpoint
            .map(|note| self.open_checkpoint(note))
            .transpose()?;
        let checkpoints = self.store.checkpoints()?;
        let sizes: BTreeSet<u64> = checkpoints.iter().map(|it| it.size).collect();
        let covered = sizes.last().copied().unwrap_or_default();
        let asked = stated.as_ref().map(|head| head.size);
        let mut found: BTreeMap<u64, ContentId> = BTreeMap::new();
        let checked = self.store.check_quickly(covered, &mut |tree| {
            if sizes.contains(&tree.size()) || asked == Some(tree.size()) {
                found.insert(tree.size(), ContentId(tree.root()));
            }
        })?;
        let mut verified = begun(&checked);
        if let Some(stated) = stated {
            verified.compare(&stated, found.get(&stated.size).copied());
        }
        let heads = Heads {
            checkpoints,
            roots: found,
        };
        let judged = self.judge(heads, &Signed::From(covered), roots, &mut verified);
        let mut verified = concluded(judged, verified)?;
        verified.unproven.extend(left_out(covered));
        Ok(verified)
    }
}

fn left_out(covered: u64) -> Vec<String> {
    let mut left = Vec::new();
    if covered > 0 {
        left.push(format!(
            "that each of the first {covered} entries is signed by its author: their own signatures were not tried"
        ));
    }
    left.push("that blobs are as they were, and that the records shown are what the journal says: neither was read".to_owned());
    left
}
