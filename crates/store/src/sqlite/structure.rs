//! SQLite's own view of the file, and the layout.

use std::path::Path;

use rusqlite::Connection;

use super::failure::sort;
use super::schema;
use crate::error::Error;
use crate::problem::{Place, Problem};

/// What is wrong with the file as a database.
pub(super) fn problems(connection: &Connection, path: &Path) -> Result<Vec<Problem>, Error> {
    let mut problems = Vec::new();
    let mut read = |sql, sound: &str| -> rusqlite::Result<()> {
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let said: String = row.get(0)?;
            if said != sound {
                problems.push(Problem::new(Place::Database, said));
            }
        }
        Ok(())
    };
    read("PRAGMA integrity_check", "ok").map_err(|e| sort(e, path))?;
    let orphans = "SELECT \"table\" || ' holds a row of an entry that is not there' FROM pragma_foreign_key_check";
    read(orphans, "").map_err(|e| sort(e, path))?;
    let expected = schema::expected_objects().map_err(|e| Error::Database(Box::new(e)))?;
    if schema::objects(connection).map_err(|e| sort(e, path))? != expected {
        problems.push(Problem::new(
            Place::Database,
            "its tables, indexes or triggers are not those of its layout",
        ));
    }
    Ok(problems)
}
