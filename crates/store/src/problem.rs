//! What verification finds, as data.

use std::fmt;

use journal::ContentId;

/// Something that is not as the journal says it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What is wrong, in words.
    pub what: String,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The database as a whole.
    Database,
    /// Size and root of the tree, kept beside the entries.
    Head,
    /// A journal entry, by its place from 0.
    Entry(u64),
    /// A row of a projection, by what people call it, such as `C3`.
    Record(String),
    /// The words that a search looks through, by what people call the record that they are of.
    Index(String),
    /// A blob.
    Blob(ContentId),
}

impl Problem {
    pub(crate) fn new(place: Place, what: impl Into<String>) -> Self {
        Self {
            place,
            what: what.into(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database => f.write_str("database"),
            Self::Head => f.write_str("tree head"),
            Self::Entry(seq) => write!(f, "entry {seq}"),
            Self::Record(name) => write!(f, "record {name}"),
            Self::Index(name) => write!(f, "search index of {name}"),
            Self::Blob(id) => write!(f, "blob {id}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}
