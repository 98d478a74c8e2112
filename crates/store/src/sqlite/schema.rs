//! Layout of the file, and its versions.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::failure::sort;
use crate::error::Error;
use crate::fold::Table;
use crate::problem::Place;

/// `FWcs`: marks the file as a case (SQLite's `application_id`).
const APPLICATION_ID: i64 = 0x4657_6373;

/// The layouts, oldest first: `user_version` counts how many are applied. An applied one is
/// never changed; a new layout is a new step at the end.
const STEPS: [fn() -> String; 16] = [
    first,
    watches,
    checkpoints,
    series,
    removals,
    reviews,
    searching,
    whereabouts,
    remarks,
    people,
    requests,
    masks,
    publications,
    renderings,
    beginnings,
    received,
];

/// Statements kept ready: an append uses some for each table that it touches.
const STATEMENTS: usize = 128;

/// How long a writer waits for another process.
const PATIENCE: Duration = Duration::from_secs(30);

fn first() -> String {
    let mut sql = String::from(
        "CREATE TABLE entries (
            seq INTEGER PRIMARY KEY,
            envelope BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
            BEGIN SELECT RAISE(ABORT, 'entries are not changed'); END;
        CREATE TRIGGER entries_remain BEFORE DELETE ON entries
            BEGIN SELECT RAISE(ABORT, 'entries are not removed'); END;
        CREATE TABLE head (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            size INTEGER NOT NULL,
            last BLOB NOT NULL,
            peaks BLOB NOT NULL
        ) STRICT;
        INSERT INTO head VALUES (1, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', x'');",
    );
    for table in FIRST {
        sql.push_str(&records(table));
    }
    sql
}

/// The tables of records in the first layout.
const FIRST: [Table; 9] = [
    Table::Cases,
    Table::Actors,
    Table::Items,
    Table::Sources,
    Table::Claims,
    Table::Observations,
    Table::Hypotheses,
    Table::Assessments,
    Table::Matches,
];

/// The watch list.
fn watches() -> String {
    records(Table::Watches)
}

/// Checkpoints and their witnesses.
fn checkpoints() -> String {
    records(Table::Checkpoints) + &records(Table::Cosigned)
}

/// Series of releases.
fn series() -> String {
    records(Table::Series)
}

/// Tombstones of items.
fn removals() -> String {
    records(Table::Removals)
}

/// Reviews of items, and judgements of resemblance.
fn reviews() -> String {
    records(Table::MediaReviews) + &records(Table::Resemblances)
}
/// Kept searches, and the index of words.
fn searching() -> String {
    records(Table::Views)
        + SEARCH
        + "CREATE TABLE search_form (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            form TEXT NOT NULL
        ) STRICT;
        INSERT INTO search_form VALUES (1, '');"
}

/// Words come folded and parted by single spaces, so the tokenizer has nothing to decide. Beginnings of
/// one and two characters have lists of their own: so many words begin so that putting theirs together
/// took a quarter of a second in a case of a million entries.
pub(super) const SEARCH: &str = "CREATE VIRTUAL TABLE search USING fts5 (
            words, number UNINDEXED, tokenize = 'ascii', columnsize = 0, prefix = '1 2'
        );";

/// Dates and places of items.
fn whereabouts() -> String {
    records(Table::Dates) + &records(Table::Places)
}

/// Tags and notes.
fn remarks() -> String {
    records(Table::Tags) + &records(Table::Notes)
}

/// People who appear in items.
fn people() -> String {
    records(Table::People)
}

/// Requests that carried a key.
fn requests() -> String {
    records(Table::Requests)
}

/// Masks of items.
fn masks() -> String {
    records(Table::Masks)
}

/// What leaves the case.
fn publications() -> String {
    records(Table::Publications)
}

/// Masked copies of items.
fn renderings() -> String {
    records(Table::Renderings)
}

/// The index of words with lists of beginnings. It is filled anew, its form being another.
fn beginnings() -> String {
    format!("DROP TABLE search; {SEARCH} UPDATE search_form SET form = '';")
}

/// Publications that came in from others.
fn received() -> String {
    records(Table::Received)
}

fn records(table: Table) -> String {
    let name = table.name();
    let unique = if table == Table::Matches {
        ""
    } else {
        "UNIQUE"
    };
    format!(
        "CREATE TABLE {name} (
                number INTEGER PRIMARY KEY,
                label TEXT NOT NULL,
                entry INTEGER NOT NULL REFERENCES entries (seq),
                record TEXT NOT NULL
            ) STRICT;
            CREATE {unique} INDEX {name}_by_label ON {name} (label);"
    )
}

/// Makes the file, or goes on where making it was cut off. Any other file that is there is left alone.
pub(super) fn create(path: &Path) -> Result<Connection, Error> {
    let there = || Error::AlreadyThere(path.to_owned());
    let file = File::options().write(true).create_new(true).open(path);
    match file {
        Ok(_) => {}
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => return Err(Error::io(path, e)),
        Err(_) if is_unmade(path) => {}
        Err(_) => return Err(there()),
    }
    let mut connection = connect(path)?;
    let made = make(&mut connection).map_err(|e| sort(e, path))?;
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|f| f.sync_all())
        .map_err(|e| Error::io(folder, e))?;
    // Another process may have been faster.
    if made { Ok(connection) } else { Err(there()) }
}

/// Whether the file is a database in which nothing was put yet.
fn is_unmade(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let looked = Connection::open_with_flags(path, flags).and_then(|connection| {
        connection.busy_timeout(PATIENCE)?;
        let marks = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let marked = marks("application_id")? != 0 || marks("user_version")? != 0;
        Ok(!marked && objects(&connection)?.is_empty())
    });
    looked.unwrap_or(false)
}

/// Puts marks and layout into an empty database, at once. False when they are there already.
fn make(connection: &mut Connection) -> rusqlite::Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let number = |name| transaction.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if number("user_version")? != 0 {
        return Ok(false);
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    apply(&transaction, 0)?;
    transaction.commit()?;
    Ok(true)
}

/// Opens the file and applies the steps that it lacks.
pub(super) fn open(path: &Path) -> Result<Connection, Error> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Err(Error::NotACase(path.to_owned())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::NotACase(path.to_owned()));
        }
        Err(e) => return Err(Error::io(path, e)),
    }
    let mut connection = connect(path)?;
    let unsure = |e| sort(e, path);
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = number("application_id").map_err(unsure)?;
    let found = number("user_version").map_err(unsure)?;
    let known = STEPS.len() as i64;
    if application == APPLICATION_ID && (0..known).contains(&found) {
        migrate(&mut connection, found as usize).map_err(unsure)?;
    } else if (application, found) != (APPLICATION_ID, known) {
        return Err(stranger(&connection, path, application, found));
    }
    Ok(connection)
}

/// Why a file with other marks than ours is not opened: it is damaged if all else is ours.
fn stranger(connection: &Connection, path: &Path, application: i64, found: i64) -> Error {
    let ours = expected_objects().and_then(|expected| Ok(objects(connection)? == expected));
    match ours {
        Err(e) => sort(e, path),
        Ok(true) => Error::damaged(
            Place::Database,
            "the marks in its header are not those of a case",
        ),
        Ok(false) if application == APPLICATION_ID => Error::Newer {
            path: path.to_owned(),
            found,
            known: STEPS.len() as i64,
        },
        Ok(false) => Error::NotACase(path.to_owned()),
    }
}

/// Connects to a file that exists. The file may have been prepared to harm: what its schema says
/// is not trusted.
pub(super) fn connect(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| sort(e, path))?;
    configure(&connection).map_err(|e| sort(e, path))?;
    Ok(connection)
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    // What is undone is put beside nowhere else than in memory.
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "foreign_keys", true)
}

fn migrate(connection: &mut Connection, from: usize) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    apply(&transaction, from)?;
    transaction.commit()
}

fn apply(transaction: &Connection, from: usize) -> rusqlite::Result<()> {
    for step in &STEPS[from..] {
        transaction.execute_batch(&step())?;
    }
    transaction.pragma_update(None, "user_version", STEPS.len() as i64)
}

/// Every object of the layout as SQLite states it, by name.
pub(super) fn objects(connection: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = "SELECT name, coalesce(sql, '') FROM sqlite_schema ORDER BY name";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// The objects that a file of the newest layout has.
pub(super) fn expected_objects() -> rusqlite::Result<Vec<(String, String)>> {
    let mut connection = Connection::open_in_memory()?;
    migrate(&mut connection, 0)?;
    objects(&connection)
}
