//! A case in one SQLite file.
//!
//! `synchronous=FULL` in WAL mode: a commit returns after its bytes are on disk. Writers take
//! turns by `BEGIN IMMEDIATE`, across processes too. The columns of the projections are what they
//! are found by; the record itself is JSON, so that the rules of [`crate::fold`] stay in one
//! place for every back end.

mod append;
mod check;
mod failure;
mod rebuild;
mod schema;
mod tables;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use journal::{Author, ContentId};
use rusqlite::Connection;

use crate::error::Error;
use crate::event::{Event, MatchFound};
use crate::fold::{self, Kept, Tables as _};
use crate::number::{ItemNo, MatchNo};
use crate::record::{
    Actor, Assessment, Case, Claim, CosignedJournal, Hypothesis, Item, Match, Observation,
    SignedCheckpoint, Source, Watch,
};
use crate::store::{Appended, Checked, Head, Rebuilt, Recorded, Store};
use tables::SqlTables;

/// The journal and records of one case in one SQLite file.
pub struct SqliteStore {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl SqliteStore {
    /// Makes a new, empty case file. Its first event is [`Event::CaseOpened`].
    ///
    /// # Errors
    /// [`Error::AlreadyThere`] when something is at `path`; otherwise what the file system says.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let connection = schema::create(path)?;
        Ok(Self::new(path, connection))
    }

    /// Opens a case file, and brings an older layout up to date.
    ///
    /// # Errors
    /// [`Error::NotACase`], [`Error::Newer`], or [`Error::Damaged`] when it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let connection = schema::open(path)?;
        Ok(Self::new(path, connection))
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

    fn all<R: Kept>(&self) -> Result<Vec<R>, Error> {
        fold::all(&SqlTables::new(&self.connection(), &self.path))
    }
}

impl Store for SqliteStore {
    fn append(&self, author: &dyn Author, at: &str, event: &Event) -> Result<Appended, Error> {
        append::append(&mut self.connection(), &self.path, author, at, event)
    }

    fn head(&self) -> Result<Head, Error> {
        let kept = append::read_head(&self.connection(), &self.path)?;
        Ok(Head {
            size: kept.tree.size(),
            root: ContentId(kept.tree.root()),
        })
    }

    fn entry(&self, seq: u64) -> Result<Option<Recorded>, Error> {
        Ok(self
            .entries(seq, 1)?
            .pop()
            .filter(|recorded| recorded.entry.seq == seq))
    }

    fn entries(&self, from: u64, limit: usize) -> Result<Vec<Recorded>, Error> {
        append::entries(&self.connection(), &self.path, from, limit)
    }

    fn case(&self) -> Result<Option<Case>, Error> {
        fold::get(&SqlTables::new(&self.connection(), &self.path), 1)
    }

    fn actors(&self) -> Result<Vec<Actor>, Error> {
        self.all()
    }

    fn items(&self) -> Result<Vec<Item>, Error> {
        self.all()
    }

    fn item(&self, number: ItemNo) -> Result<Option<Item>, Error> {
        fold::get(&SqlTables::new(&self.connection(), &self.path), number.0)
    }

    fn item_by_id(&self, id: &ContentId) -> Result<Option<Item>, Error> {
        fold::find(
            &SqlTables::new(&self.connection(), &self.path),
            &id.to_string(),
        )
    }

    fn sources(&self) -> Result<Vec<Source>, Error> {
        self.all()
    }

    fn claims(&self) -> Result<Vec<Claim>, Error> {
        self.all()
    }

    fn observations(&self) -> Result<Vec<Observation>, Error> {
        self.all()
    }

    fn hypotheses(&self) -> Result<Vec<Hypothesis>, Error> {
        self.all()
    }

    fn assessments(&self) -> Result<Vec<Assessment>, Error> {
        self.all()
    }

    fn matches(&self) -> Result<Vec<Match>, Error> {
        self.all()
    }

    fn watches(&self) -> Result<Vec<Watch>, Error> {
        self.all()
    }

    fn checkpoints(&self) -> Result<Vec<SignedCheckpoint>, Error> {
        self.all()
    }

    fn cosigned(&self) -> Result<Vec<CosignedJournal>, Error> {
        self.all()
    }

    fn known_match(&self, found: &MatchFound) -> Result<Option<MatchNo>, Error> {
        let label = fold::same_footage(found);
        let connection = self.connection();
        let row = SqlTables::new(&connection, &self.path).labelled(Match::TABLE, &label)?;
        Ok(row.map(|row| MatchNo(row.number)))
    }

    fn rebuild(&self) -> Result<Rebuilt, Error> {
        rebuild::rebuild(&mut self.connection(), &self.path)
    }

    fn check(&self) -> Result<Checked, Error> {
        check::check(&self.path)
    }
}
