//! Making the records afresh from the journal.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::check::{Replay, check_head, differences, replay};
use super::failure::sort;
use super::tables::SqlTables;
use crate::error::Error;
use crate::fold::{Table, Tables};
use crate::store::Rebuilt;

pub(super) fn rebuild(connection: &mut Connection, path: &Path) -> Result<Rebuilt, Error> {
    let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
    let transaction = begun.map_err(|e| sort(e, path))?;
    let Replay {
        chain,
        records,
        mut problems,
        ..
    } = replay(&transaction, path)?;
    check_head(&transaction, path, &chain, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Damaged(problems.swap_remove(0)));
    }
    let mut tables = SqlTables::new(&transaction, path);
    let differences = differences(&tables, &records)?;
    for table in Table::ALL {
        let clear = format!("DELETE FROM {}", table.name());
        transaction.execute(&clear, []).map_err(|e| sort(e, path))?;
        for row in records.rows(table)? {
            tables.put(table, row)?;
        }
    }
    transaction.commit().map_err(|e| sort(e, path))?;
    Ok(Rebuilt {
        entries: chain.tree.size(),
        records: records.len() as u64,
        differences,
    })
}
