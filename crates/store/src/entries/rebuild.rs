//! Making the records afresh from the journal.

use super::Entries;
use super::check::{Replay, check_head, differences, replay};
use crate::error::Error;
use crate::fold::{Memory, Table, Tables};
use crate::search;
use crate::store::Rebuilt;

pub(super) fn rebuild(kept: &mut dyn Entries) -> Result<Rebuilt, Error> {
    let replay = sound(kept)?;
    let differences = differences(kept, &replay.records)?;
    put(kept, &replay.records)?;
    Ok(Rebuilt {
        entries: replay.chain.tree.size(),
        records: replay.records.len() as u64,
        differences,
    })
}

/// The same, where nobody asks what the records were.
pub(super) fn remake(kept: &mut dyn Entries) -> Result<(), Error> {
    let replay = sound(kept)?;
    put(kept, &replay.records)
}

/// The journal, verified and folded; or the first thing that is wrong with it.
fn sound(kept: &dyn Entries) -> Result<Replay, Error> {
    let mut replay = replay(kept, &mut |_, _| {})?;
    check_head(kept, &replay.chain, &mut replay.problems);
    match replay.problems.is_empty() {
        true => Ok(replay),
        false => Err(Error::Damaged(replay.problems.swap_remove(0))),
    }
}

fn put(kept: &mut dyn Entries, records: &Memory) -> Result<(), Error> {
    for table in Table::ALL {
        kept.clear(table)?;
        for row in records.rows(table)? {
            kept.put(table, row)?;
        }
    }
    search::reform(kept)
}
