//! Projections in SQLite tables.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Params, params};

use super::failure::sort;
use crate::error::Error;
use crate::fold::{Row, Table, Tables};

/// The projections, seen through a connection and whatever transaction is open on it.
pub(super) struct SqlTables<'a> {
    connection: &'a Connection,
    path: &'a Path,
}

impl<'a> SqlTables<'a> {
    pub(super) fn new(connection: &'a Connection, path: &'a Path) -> Self {
        Self { connection, path }
    }

    fn query(&self, table: Table, rest: &str, params: impl Params) -> Result<Vec<Row>, Error> {
        let sql = format!(
            "SELECT number, label, entry, record FROM {} {rest}",
            table.name()
        );
        let rows = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params, |row| {
                Ok(Row {
                    number: row.get(0)?,
                    label: row.get(1)?,
                    entry: row.get(2)?,
                    record: row.get(3)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        rows().map_err(|e| sort(e, self.path))
    }
}

impl Tables for SqlTables<'_> {
    fn row(&self, table: Table, number: u32) -> Result<Option<Row>, Error> {
        Ok(self.query(table, "WHERE number = ?1", [number])?.pop())
    }

    fn labelled(&self, table: Table, label: &str) -> Result<Option<Row>, Error> {
        Ok(self
            .query(table, "WHERE label = ?1 ORDER BY number LIMIT 1", [label])?
            .pop())
    }

    fn rows(&self, table: Table) -> Result<Vec<Row>, Error> {
        self.query(table, "ORDER BY number", [])
    }

    fn last(&self, table: Table) -> Result<u32, Error> {
        let sql = format!("SELECT max(number) FROM {}", table.name());
        let last = self
            .connection
            .query_row(&sql, [], |row| row.get::<_, Option<u32>>(0))
            .optional();
        Ok(last.map_err(|e| sort(e, self.path))?.flatten().unwrap_or(0))
    }

    fn put(&mut self, table: Table, row: Row) -> Result<(), Error> {
        let sql = format!(
            "INSERT INTO {} (number, label, entry, record) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (number) DO UPDATE SET label = ?2, entry = ?3, record = ?4",
            table.name()
        );
        let mut statement = self
            .connection
            .prepare_cached(&sql)
            .map_err(|e| sort(e, self.path))?;
        let put = statement.execute(params![row.number, row.label, row.entry, row.record]);
        put.map(|_| ()).map_err(|e| sort(e, self.path))
    }
}
