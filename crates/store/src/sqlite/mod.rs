//! A case in one SQLite file.
//!
//! `synchronous=FULL` in WAL mode: a commit returns after its bytes are on disk. Writers take
//! turns by `BEGIN IMMEDIATE`, across processes too. The columns of the projections are what they
//! are found by; the record itself is JSON, so that the rules of [`crate::fold`] stay in one
//! place for every back end.

mod failure;
mod schema;
mod search;
mod structure;
mod tables;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::entries::{Backend, Entries, bring_up_to_date};
use crate::error::Error;
use failure::sort;
use tables::SqlTables;
use writing::Writing;

/// The journal and records of one case in one SQLite file.
pub struct SqliteStore {
    path: PathBuf,
    /// Sees only what was committed.
    reading: Mutex<Connection>,
    writing: Writing,
}

impl SqliteStore {
    /// Makes a new, empty case file. Its first event is [`crate::event::Event::CaseOpened`].
    ///
    /// # Errors
    /// [`Error::AlreadyThere`] when something is at `path`; otherwise what the file system says.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let store = Self::new(path, schema::create(path)?)?;
        bring_up_to_date(&store)?;
        Ok(store)
    }

    /// Opens a case file, and brings an older layout up to date.
    ///
    /// # Errors
    /// [`Error::NotACase`], [`Error::Newer`], or [`Error::Damaged`] when it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let store = Self::new(path, schema::open(path)?)?;
        bring_up_to_date(&store)?;
        Ok(store)
    }

    fn new(path: &Path, connection: Connection) -> Result<Self, Error> {
        Ok(Self {
            path: path.to_owned(),
            reading: Mutex::new(schema::connect(path)?),
            writing: Writing::new(connection, path.to_owned()),
        })
    }

    /// A look that panicked in another thread changed nothing.
    fn reading(&self) -> MutexGuard<'_, Connection> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Backend for SqliteStore {
    // Each look is one statement, which sees one moment by itself.
    fn read<T>(&self, look: impl FnOnce(&dyn Entries) -> Result<T, Error>) -> Result<T, Error> {
        look(&SqlTables::new(&self.reading(), &self.path))
    }

    // Through a connection of its own, so that others go on writing.
    fn survey<T>(&self, look: impl FnOnce(&dyn Entries) -> Result<T, Error>) -> Result<T, Error> {
        let mut connection = schema::open(&self.path)?;
        let begun = connection.transaction_with_behavior(TransactionBehavior::Deferred);
        let transaction = begun.map_err(|e| sort(e, &self.path))?;
        look(&SqlTables::new(&transaction, &self.path))
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&mut dyn Entries) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.writing
            .alone(|connection| work(&mut SqlTables::new(connection, &self.path)))
    }

    fn write_together<T>(
        &self,
        work: impl FnOnce(&mut dyn Entries) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.writing
            .together(|connection| work(&mut SqlTables::new(connection, &self.path)))
    }
}
