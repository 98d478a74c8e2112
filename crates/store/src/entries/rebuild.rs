//! Making the records afresh from the journal.

use super::Entries;
use super::check::{Replay, check_head, differences, replay};
use crate::error::Error;
use crate::fold::{Table, Tables};
use crate::search;
use crate::store::Rebuilt;

pub(super) fn rebuild(kept: &mut dyn Entries) -> Result<Rebuilt, Error> {
    let Replay {
        chain,
        records,
        mut problems,
        ..
    } = replay(kept, &mut |_, _| {})?;
    check_head(kept, &chain, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Damaged(problems.swap_remove(0)));
    }
    let differences = differences(kept, &records)?;
    for table in Table::ALL {
        kept.clear(table)?;
        for row in records.rows(table)? {
            kept.put(table, row)?;
        }
    }
    search::reform(kept)?;
    Ok(Rebuilt {
        entries: chain.tree.size(),
        records: records.len() as u64,
        differences,
    })
}
