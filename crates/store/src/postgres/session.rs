//! The journal and its projections in the tables of a schema.

use std::cell::RefCell;

use postgres::Row as SqlRow;
use postgres::types::{FromSql, ToSql};

use super::address::Address;
use super::failure::sort;
use super::pool::Connection;
use super::schema;
use crate::entries::{Entries, KeptHead};
use crate::error::Error;
use crate::fold::{Row, Table, Tables};
use crate::problem::{Place, Problem};

pub(super) type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// The tables of a case, seen through a connection and the transaction that is open on it.
pub(super) struct Session<'a> {
    // Reading takes a connection for itself, and the rules read through shared references.
    connection: RefCell<&'a mut Connection>,
    pub(super) address: &'a Address,
    /// The head that this transaction would leave.
    pub(super) left: Option<KeptHead>,
}

impl<'a> Session<'a> {
    pub(super) fn new(connection: &'a mut Connection, address: &'a Address) -> Self {
        Self {
            connection: RefCell::new(connection),
            address,
            left: None,
        }
    }

    pub(super) fn query(&self, sql: &str, params: Params<'_>) -> Result<Vec<SqlRow>, Error> {
        let rows = self.connection.borrow_mut().query(sql, params);
        rows.map_err(|e| sort(&e, &self.address.shown))
    }

    pub(super) fn execute(&self, sql: &str, params: Params<'_>) -> Result<u64, Error> {
        let done = self.connection.borrow_mut().execute(sql, params);
        done.map_err(|e| sort(&e, &self.address.shown))
    }

    fn select(&self, table: Table, rest: &str, params: Params<'_>) -> Result<Vec<Row>, Error> {
        let from = self.address.at(table.name());
        let sql = format!("SELECT number, label, entry, record FROM {from} {rest}");
        let rows = self.query(&sql, params)?;
        rows.iter().map(|row| read(table, row)).collect()
    }
}

/// A column that may be of another type, or empty, where the layout was tampered with.
pub(super) fn column<'r, T: FromSql<'r>>(row: &'r SqlRow, at: usize) -> Result<T, Error> {
    let read = row.try_get(at);
    read.map_err(|e| Error::damaged(Place::Database, e.to_string()))
}

fn read(table: Table, row: &SqlRow) -> Result<Row, Error> {
    let number: i64 = column(row, 0)?;
    let odd = |what: &str| {
        let place = Place::Record(format!("{number} of {}", table.name()));
        Error::damaged(place, format!("its {what} is impossible"))
    };
    Ok(Row {
        number: u32::try_from(number).map_err(|_| odd("number"))?,
        label: String::from_utf8(column(row, 1)?).map_err(|_| odd("label"))?,
        entry: u64::try_from(column::<i64>(row, 2)?).map_err(|_| odd("entry"))?,
        record: column(row, 3)?,
    })
}

/// PostgreSQL counts in i64: no journal reaches its end.
pub(super) fn signed(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

impl Tables for Session<'_> {
    fn row(&self, table: Table, number: u32) -> Result<Option<Row>, Error> {
        let found = self.select(table, "WHERE number = $1", &[&i64::from(number)]);
        Ok(found?.pop())
    }

    fn some_rows(&self, table: Table, numbers: &[u32]) -> Result<Vec<Row>, Error> {
        let numbers: Vec<i64> = numbers.iter().copied().map(i64::from).collect();
        self.select(table, "WHERE number = ANY($1) ORDER BY number", &[&numbers])
    }

    fn labelled(&self, table: Table, label: &str) -> Result<Option<Row>, Error> {
        let rest = "WHERE sha256(label) = sha256($1) AND label = $1 ORDER BY number LIMIT 1";
        Ok(self.select(table, rest, &[&label.as_bytes()])?.pop())
    }

    fn rows(&self, table: Table) -> Result<Vec<Row>, Error> {
        self.select(table, "ORDER BY number", &[])
    }

    fn last(&self, table: Table) -> Result<u32, Error> {
        let from = self.address.at(table.name());
        let sql = format!("SELECT coalesce(max(number), 0) FROM {from}");
        let rows = self.query(&sql, &[])?;
        let last: i64 = rows.first().map_or(Ok(0), |row| column(row, 0))?;
        u32::try_from(last).map_err(|_| {
            let place = Place::Record(format!("{last} of {}", table.name()));
            Error::damaged(place, "its number is impossible")
        })
    }

    fn put(&mut self, table: Table, row: Row) -> Result<(), Error> {
        let into = self.address.at(table.name());
        let sql = format!(
            "INSERT INTO {into} (number, label, entry, record) VALUES ($1, $2, $3, $4)
             ON CONFLICT (number) DO UPDATE SET label = $2, entry = $3, record = $4"
        );
        let (number, entry) = (i64::from(row.number), signed(row.entry));
        let params: Params<'_> = &[&number, &row.label.as_bytes(), &entry, &row.record];
        self.execute(&sql, params).map(|_| ())
    }
}

impl Entries for Session<'_> {
    fn head(&self) -> Result<KeptHead, Error> {
        let sql = format!("SELECT size, last, peaks FROM {}", self.address.at("head"));
        let rows = self.query(&sql, &[])?;
        let [row] = &rows[..] else {
            return Err(Error::damaged(Place::Head, "it is missing"));
        };
        let odd = || Error::damaged(Place::Head, "its numbers are impossible");
        let size = u64::try_from(column::<i64>(row, 0)?).map_err(|_| odd())?;
        let last = <[u8; 32]>::try_from(column::<&[u8]>(row, 1)?).map_err(|_| odd())?;
        KeptHead::new(size, last, column(row, 2)?)
    }

    fn envelopes(&self, from: u64, limit: usize) -> Result<Vec<(u64, Vec<u8>)>, Error> {
        let sql = format!(
            "SELECT seq, envelope FROM {} WHERE seq >= $1 ORDER BY seq LIMIT $2",
            self.address.at("entries")
        );
        let rows = self.query(&sql, &[&signed(from), &signed(limit)])?;
        let read = |row: &SqlRow| {
            let seq = u64::try_from(column::<i64>(row, 0)?);
            let seq = seq.map_err(|_| Error::damaged(Place::Database, "an entry has no place"))?;
            Ok((seq, column(row, 1)?))
        };
        rows.iter().map(read).collect()
    }

    fn add(&mut self, seq: u64, envelope: &[u8]) -> Result<(), Error> {
        let into = self.address.at("entries");
        let sql = format!("INSERT INTO {into} (seq, envelope) VALUES ($1, $2)");
        self.execute(&sql, &[&signed(seq), &envelope]).map(|_| ())
    }

    fn keep_head(&mut self, head: &KeptHead) -> Result<(), Error> {
        let at = self.address.at("head");
        let sql = format!("UPDATE {at} SET size = $1, last = $2, peaks = $3");
        let (size, last, peaks) = (signed(head.tree.size()), head.last.0, head.tree.to_bytes());
        match self.execute(&sql, &[&size, &&last[..], &peaks])? {
            1 => {
                self.left = Some(head.clone());
                Ok(())
            }
            _ => Err(Error::damaged(Place::Head, "it is missing")),
        }
    }

    fn rows_after(&self, table: Table, after: i64, limit: usize) -> Result<Vec<Row>, Error> {
        let rest = "WHERE number > $1::bigint ORDER BY number LIMIT $2";
        self.select(table, rest, &[&after, &signed(limit)])
    }

    fn clear(&mut self, table: Table) -> Result<(), Error> {
        let sql = format!("DELETE FROM {}", self.address.at(table.name()));
        self.execute(&sql, &[]).map(|_| ())
    }

    fn structure(&self) -> Result<Vec<Problem>, Error> {
        let found = schema::objects(&mut self.connection.borrow_mut(), self.address)?;
        Ok(schema::differences(&found))
    }
}
