//! What stops a verb of this crate.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::problem::{Place, Problem};

/// Why a verb did not do what was asked. Whichever it is but [`Error::Unsure`], nothing of it was
/// recorded.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules of the record forbid it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What is kept is not what was written: integrity is broken.
    #[error("damaged: {0}")]
    Damaged(Problem),
    /// There is no case at the path.
    #[error("{}: no case is kept here", .0.display())]
    NotACase(PathBuf),
    /// Something is at the path already.
    #[error("{}: already there", .0.display())]
    AlreadyThere(PathBuf),
    /// The case was written by a newer version.
    #[error("{}: kept in layout {found}, this version knows up to {known}", .path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its layout.
        found: i64,
        /// Newest layout known here.
        known: i64,
    },
    /// No room is left, or a quota is used up.
    #[error("{}: no room is left", .0.display())]
    DiskFull(PathBuf),
    /// Another process held the case for too long.
    #[error("another process is writing to the case")]
    Busy,
    /// The blob is not here.
    #[error("blob {0} is missing")]
    NoBlob(journal::ContentId),
    /// A server that the case rests on is away, or does not do what is asked.
    #[error("{server}: {what}")]
    Server {
        /// Its address.
        server: String,
        /// What it said, or what is wrong with it.
        what: String,
        /// What to do about it.
        hint: String,
    },
    /// The connection broke while an entry was committed, and the server is away: whether the entry
    /// is recorded cannot be told yet. This alone says nothing of what was recorded.
    #[error("{0}: the connection broke while an entry was recorded: it may be there or not")]
    Unsure(String),
    /// The operating system failed.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// How.
        source: io::Error,
    },
    /// The database failed.
    #[error("database: {0}")]
    Database(Box<dyn std::error::Error + Send + Sync>),
}

/// What kind of rule was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Something referred to does not exist.
    Unknown,
    /// It contradicts what stands in the record.
    Conflict,
    /// It is malformed or incomplete.
    Invalid,
}

/// A broken rule, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What kind.
    pub reason: Reason,
    /// What is wrong: a sentence without full stop.
    pub sentence: String,
    /// What to do about it.
    pub hint: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    pub(crate) fn unknown(sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Reason::Unknown, sentence.into(), hint.into())
    }

    pub(crate) fn conflict(sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Reason::Conflict, sentence.into(), hint.into())
    }

    pub(crate) fn invalid(sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(Reason::Invalid, sentence.into(), hint.into())
    }

    fn new(reason: Reason, sentence: String, hint: String) -> Self {
        Self {
            reason,
            sentence,
            hint,
        }
    }
}

impl Error {
    /// What to do about it, where that can be said.
    pub fn hint(&self) -> Option<&str> {
        Some(match self {
            Self::Refused(refusal) => &refusal.hint,
            Self::Damaged(_) => "work on a copy; `verify` lists everything that is wrong",
            Self::NotACase(_) => "make one with `init`, or name another folder",
            Self::AlreadyThere(_) => "name a folder that does not hold a case yet",
            Self::Newer { .. } => "use the newer version that wrote it",
            Self::DiskFull(_) => "make room and try again; what was acknowledged is safe",
            Self::Busy => "try again when it is done",
            Self::NoBlob(_) => {
                "add the original again, or inspect the item again for what is derived"
            }
            Self::Server { hint, .. } => hint,
            Self::Unsure(_) => "when the server is back, look at `log` before recording it again",
            Self::Io { .. } | Self::Database(_) => return None,
        })
    }

    pub(crate) fn damaged(place: Place, what: impl Into<String>) -> Self {
        Self::Damaged(Problem::new(place, what))
    }

    pub(crate) fn server(server: &str, what: String, hint: &str) -> Self {
        Self::Server {
            server: server.to_owned(),
            what,
            hint: hint.to_owned(),
        }
    }

    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match source.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Self::DiskFull(path.to_owned()),
            _ => Self::Io {
                path: path.to_owned(),
                source,
            },
        }
    }
}
