//! One error for every use case: what kind it is, what to say, and what the person can do.

use std::fmt;

/// What went wrong, by what the person can do about it. The command line maps it to its exit codes,
/// the server to its statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It could not be done this time: disk, permissions, the machine.
    Failed,
    /// The request itself does not make sense.
    Usage,
    /// Kept bytes or entries are not what they were.
    Integrity,
    /// Something named does not exist, or is not there yet.
    Missing,
    /// The bytes are of a kind that cannot be handled, or the machine lacks a capability.
    Unsupported,
    /// It contradicts what the record holds already.
    Conflict,
    /// What was handed in from outside was checked, and does not hold what it should.
    Refused,
}

/// An error of a use case.
#[derive(Debug)]
pub struct Error {
    /// What kind.
    pub kind: Kind,
    /// One sentence: what happened.
    pub message: String,
    /// One sentence: what to do.
    pub hint: Option<String>,
}

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error without advice.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Something named does not exist.
    pub fn missing(message: impl Into<String>) -> Self {
        Self::new(Kind::Missing, message)
    }

    /// The request does not make sense.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Kept bytes are not what they were.
    pub fn integrity(message: impl Into<String>) -> Self {
        Self::new(Kind::Integrity, message)
            .hint("run `framewitness verify` to see all that is affected")
    }

    /// An input or output error, with what was being done.
    pub fn io(doing: impl fmt::Display, error: &std::io::Error) -> Self {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => Kind::Missing,
            _ => Kind::Failed,
        };
        Self::new(kind, format!("{doing}: {error}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<media::decoder::Error> for Error {
    fn from(error: media::decoder::Error) -> Self {
        use media::decoder::Error as Media;
        let kind = match &error {
            Media::NoDecoder { .. }
            | Media::ProtocolMismatch { .. }
            | Media::JailUnavailable { .. } => Kind::Unsupported,
            Media::TooLong { .. } => Kind::Usage,
            Media::NoSuchField { .. } => Kind::Missing,
            _ => Kind::Failed,
        };
        let told = Self::new(kind, error.to_string());
        match error {
            Media::JailUnavailable { .. } => told.hint(
                "`--unsafe-no-jail` decodes all the same, and is recorded: only for files that you trust",
            ),
            _ => told,
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        use store::{Error as Store, Reason};
        let kind = match &error {
            Store::Refused(refusal) => match refusal.reason {
                Reason::Unknown => Kind::Missing,
                Reason::Conflict => Kind::Conflict,
                Reason::Invalid => Kind::Usage,
            },
            Store::Damaged(_) => Kind::Integrity,
            Store::NotACase(_) | Store::NoBlob(_) => Kind::Missing,
            Store::AlreadyThere(_) => Kind::Usage,
            Store::Newer { .. } => Kind::Unsupported,
            Store::DiskFull(_)
            | Store::Busy
            | Store::Server { .. }
            | Store::Unsure(_)
            | Store::Io { .. }
            | Store::Database(_) => Kind::Failed,
        };
        Self {
            kind,
            message: error.to_string(),
            hint: error.hint().map(str::to_owned),
        }
    }
}
