//! The index of words in SQLite: a table of its full-text search.

use rusqlite::{OptionalExtension, Params, Row as SqlRow, params};

use super::schema::SEARCH;
use super::tables::SqlTables;
use crate::error::Error;
use crate::fold::Table;
use crate::problem::Place;
use crate::search::{Document, Index, Searched, Term, Wanted};
use crate::vocabulary::Order;

/// SQLite counts in `i64`: no place in the order of recording reaches its end.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// What is wanted, as the full-text search of SQLite takes it.
fn expression(wanted: &Wanted) -> String {
    let any = |terms: &[Term]| {
        let terms: Vec<String> = terms.iter().map(quoted).collect();
        format!("({})", terms.join(" OR "))
    };
    let all: Vec<String> = wanted.all.iter().map(|terms| any(terms)).collect();
    match &wanted.none[..] {
        [] => all.join(" AND "),
        none => format!("({}) NOT {}", all.join(" AND "), any(none)),
    }
}

// Folded words hold no quotation mark.
fn quoted(term: &Term) -> String {
    let end = if term.begins { " *" } else { "" };
    format!("\"{}\"{end}", term.words.join(" "))
}

/// The table of a document, by its id.
fn table(id: u64) -> Result<Table, Error> {
    let odd = || {
        Error::damaged(
            Place::Database,
            "its index of words names no kind of record",
        )
    };
    Table::of_id(id).ok_or_else(odd)
}

fn document(row: &SqlRow<'_>) -> rusqlite::Result<(u64, u32, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn made((id, number, words): (u64, u32, String)) -> Result<Document, Error> {
    let table = table(id)?;
    Ok(Document {
        id,
        table,
        number,
        words,
    })
}

impl SqlTables<'_> {
    fn selected(&self, rest: &str, params: impl Params) -> Result<Vec<Document>, Error> {
        let sql = format!("SELECT rowid, number, words FROM search {rest}");
        let read = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params, document)?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|e| self.sort(e))?;
        rows.into_iter().map(made).collect()
    }
}

impl Searched for SqlTables<'_> {
    fn document(&self, id: u64) -> Result<Option<Document>, Error> {
        Ok(self.selected("WHERE rowid = ?1", [signed(id)])?.pop())
    }

    fn documents(&self, after: Option<u64>, limit: usize) -> Result<Vec<Document>, Error> {
        let after = after.map_or(-1, signed);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.selected("WHERE rowid > ?1 ORDER BY rowid LIMIT ?2", [after, limit])
    }

    fn found(
        &self,
        wanted: &Wanted,
        order: Order,
        after: Option<u64>,
        limit: usize,
    ) -> Result<Vec<(u64, Table, u32)>, Error> {
        let (beyond, after) = match order {
            Order::Newest => (
                "rowid < ?2 ORDER BY rowid DESC",
                after.map_or(i64::MAX, signed),
            ),
            Order::Oldest => ("rowid > ?2 ORDER BY rowid", after.map_or(-1, signed)),
        };
        let sql =
            format!("SELECT rowid, number FROM search WHERE search MATCH ?1 AND {beyond} LIMIT ?3");
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let read = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params![expression(wanted), after, limit], |row| {
                Ok((row.get::<_, u64>(0)?, row.get::<_, u32>(1)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|e| self.sort(e))?;
        let named = |(id, number): (u64, u32)| Ok((id, table(id)?, number));
        rows.into_iter().map(named).collect()
    }

    fn count(&self, wanted: &Wanted, most: usize) -> Result<usize, Error> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ?1 LIMIT ?2)";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let counted = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement.query_row(params![expression(wanted), most], |row| {
                    row.get::<_, u64>(0)
                })
            });
        let counted = counted.map_err(|e| self.sort(e))?;
        Ok(usize::try_from(counted).unwrap_or(usize::MAX))
    }

    fn form(&self) -> Result<String, Error> {
        let form = self
            .connection
            .query_row("SELECT form FROM search_form", [], |row| row.get(0));
        Ok(form
            .optional()
            .map_err(|e| self.sort(e))?
            .unwrap_or_default())
    }
}

impl Index for SqlTables<'_> {
    fn put_document(&mut self, document: &Document) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO search (rowid, number, words) VALUES (?1, ?2, ?3)";
        let Document {
            id, number, words, ..
        } = document;
        let put = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params![signed(*id), number, words]));
        put.map(|_| ()).map_err(|e| self.sort(e))
    }

    fn clear_documents(&mut self, form: &str) -> Result<(), Error> {
        let cleared = self
            .connection
            .execute_batch(&format!("DROP TABLE search; {SEARCH}"))
            .and_then(|()| {
                let sql = "INSERT OR REPLACE INTO search_form VALUES (1, ?1)";
                self.connection.execute(sql, [form])
            });
        cleared.map(|_| ()).map_err(|e| self.sort(e))
    }
}
