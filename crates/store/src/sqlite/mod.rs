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

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::entries::{Backend, Entries, bring_up_to_date};
use crate::error::Error;
use failure::sort;
use tables::SqlTables;

/// The journal and records of one case in one SQLite file.
pub struct SqliteStore {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl SqliteStore {
    /// Makes a new, empty case file. Its first event is [`crate::event::Event::CaseOpened`].
    ///
    /// # Errors
    /// [`Error::AlreadyThere`] when something is at `path`; otherwise what the file system says.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let connection = schema::create(path)?;
        let store = Self::new(path, connection);
        bring_up_to_date(&store)?;
        Ok(store)
    }

    /// Opens a case file, and brings an older layout up to date.
    ///
    /// # Errors
    /// [`Error::NotACase`], [`Error::Newer`], or [`Error::Damaged`] when it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let connection = schema::open(path)?;
        let store = Self::new(path, connection);
        bring_up_to_date(&store)?;
        Ok(store)
    }

    fn new(path: &Path, connection: Connection) -> Self {
        Self {
            path: path.to_owned(),
            connection: Mutex::new(connection),
        }
    }

    /// A panic in another thread rolled its transaction back, so the connection is usable.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Backend for SqliteStore {
    // Each look is one statement, which sees one moment by itself.
    fn read<T>(&self, look: impl FnOnce(&dyn Entries) -> Result<T, Error>) -> Result<T, Error> {
        look(&SqlTables::new(&self.connection(), &self.path))
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
        let mut connection = self.connection();
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(|e| sort(e, &self.path))?;
        let done = work(&mut SqlTables::new(&transaction, &self.path))?;
        transaction.commit().map_err(|e| sort(e, &self.path))?;
        Ok(done)
    }
}
