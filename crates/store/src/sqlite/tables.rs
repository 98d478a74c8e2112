//! The journal and its projections in SQLite tables.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Params, params};

use super::failure::sort;
use super::structure;
use crate::entries::{Entries, KeptHead};
use crate::error::Error;
use crate::fold::{Row, Table, Tables};
use crate::problem::{Place, Problem};

/// The tables of a case, seen through a connection and whatever transaction is open on it.
pub(super) struct SqlTables<'a> {
    pub(super) connection: &'a Connection,
    path: &'a Path,
}

impl<'a> SqlTables<'a> {
    pub(super) fn new(connection: &'a Connection, path: &'a Path) -> Self {
        Self { connection, path }
    }

    pub(super) fn sort(&self, error: rusqlite::Error) -> Error {
        sort(error, self.path)
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
        rows().map_err(|e| self.sort(e))
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
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row([], |row| row.get::<_, Option<u32>>(0)))
            .optional();
        Ok(last.map_err(|e| self.sort(e))?.flatten().unwrap_or(0))
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
            .map_err(|e| self.sort(e))?;
        let put = statement.execute(params![row.number, row.label, row.entry, row.record]);
        put.map(|_| ()).map_err(|e| self.sort(e))
    }
}

impl Entries for SqlTables<'_> {
    fn head(&self) -> Result<KeptHead, Error> {
        let sql = "SELECT size, last, peaks FROM head";
        let read = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            });
        let (size, last, peaks): (u64, [u8; 32], Vec<u8>) = read.map_err(|e| self.sort(e))?;
        KeptHead::new(size, last, &peaks)
    }

    fn envelopes(&self, from: u64, limit: usize) -> Result<Vec<(u64, Vec<u8>)>, Error> {
        // SQLite counts in i64: no journal reaches its end.
        let (from, limit) = (
            i64::try_from(from).unwrap_or(i64::MAX),
            i64::try_from(limit).unwrap_or(i64::MAX),
        );
        let rows = || {
            let sql = "SELECT seq, envelope FROM entries WHERE seq >= ?1 ORDER BY seq LIMIT ?2";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map([from, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        rows().map_err(|e| self.sort(e))
    }

    fn add(&mut self, seq: u64, envelope: &[u8]) -> Result<(), Error> {
        let insert = "INSERT INTO entries (seq, envelope) VALUES (?1, ?2)";
        let added = self
            .connection
            .prepare_cached(insert)
            .and_then(|mut statement| statement.execute(params![seq, envelope]));
        added.map(|_| ()).map_err(|e| self.sort(e))
    }

    fn keep_head(&mut self, head: &KeptHead) -> Result<(), Error> {
        let sql = "UPDATE head SET size = ?1, last = ?2, peaks = ?3";
        let KeptHead { tree, last } = head;
        let kept = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut it| it.execute(params![tree.size(), last.0, tree.to_bytes()]));
        match kept.map_err(|e| self.sort(e))? {
            1 => Ok(()),
            _ => Err(Error::damaged(Place::Head, "it is missing")),
        }
    }

    fn rows_after(&self, table: Table, after: i64, limit: usize) -> Result<Vec<Row>, Error> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rest = "WHERE number > ?1 ORDER BY number LIMIT ?2";
        self.query(table, rest, [after, limit])
    }

    fn clear(&mut self, table: Table) -> Result<(), Error> {
        let clear = format!("DELETE FROM {}", table.name());
        let cleared = self.connection.execute(&clear, []);
        cleared.map(|_| ()).map_err(|e| self.sort(e))
    }

    fn structure(&self) -> Result<Vec<Problem>, Error> {
        structure::problems(self.connection, self.path)
    }
}
