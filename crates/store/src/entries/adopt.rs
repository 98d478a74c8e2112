//! Taking over the journal of another store.

use journal::ContentId;
use journal::tree::{Frontier, leaf_hash};

use super::{Entries, KeptHead, rebuild};
use crate::error::{Error, Refusal};
use crate::problem::Place;
use crate::store::Head;

/// Adds the entries that are not here yet, and says how many those are.
pub(super) fn adopt(
    kept: &mut dyn Entries,
    stated: &Head,
    envelopes: &mut dyn Iterator<Item = Result<Vec<u8>, Error>>,
) -> Result<u64, Error> {
    let here = kept.head()?;
    let mut head = KeptHead {
        tree: Frontier::default(),
        last: here.last,
    };
    for envelope in envelopes {
        let bytes = envelope?;
        let seq = head.tree.size();
        if seq == here.tree.size() && head.tree != here.tree {
            return Err(other(&here));
        }
        head.tree.push(leaf_hash(&bytes));
        if seq >= here.tree.size() {
            kept.add(seq, &bytes)?;
            head.last = ContentId::of(&bytes);
        }
    }
    if (head.tree.size(), head.tree.root()) != (stated.size, stated.root.0) {
        let what = format!(
            "of its entries there are to be {}, with root {}",
            stated.size, stated.root
        );
        return Err(Error::damaged(Place::Head, what));
    }
    let fresh = match stated.size.checked_sub(here.tree.size()) {
        Some(0) if head.tree == here.tree => return Ok(0),
        Some(fresh) if fresh > 0 => fresh,
        _ => return Err(other(&here)),
    };
    kept.keep_head(&head)?;
    // Checks every entry, and gives the records.
    rebuild::remake(kept)?;
    Ok(fresh)
}

fn other(here: &KeptHead) -> Error {
    let sentence = format!(
        "the {} entries that are kept here are not the first ones of that journal",
        here.tree.size()
    );
    Refusal::conflict(sentence, "name a place for a new case").into()
}
