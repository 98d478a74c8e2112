//! Persons, accounts, outlets and organisations: what they are called, what they have to do with each
//! other, how reliable they are held to be, and what became of them.

use journal::ContentId;
use serde::{Deserialize, Serialize};

use crate::number::SourceNo;
use crate::vocabulary::{Reliability, SourceKind, SourceState, SourceTie};

/// A source is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceNamed {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Where it is found.
    pub url: Option<String>,
    /// Admiralty grade of the source, `A` to `F`, as whoever entered it holds it.
    pub grade: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}

/// A source's state at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceObserved {
    /// The source.
    pub source: SourceNo,
    /// Its state.
    pub state: SourceState,
    /// When it was seen so, RFC 3339 or a shorter date; the entry's time when absent.
    pub observed: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// What it was called then, where that is another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What shows that it was so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Proof>,
}

/// What shows that something was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum Proof {
    /// An item of the case, such as a screenshot.
    Item {
        /// The item.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        item: ContentId,
    },
    /// Other bytes that the case keeps, such as a saved page.
    Blob {
        /// The bytes.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        blob: ContentId,
        /// Name of the file that they came from, without folder.
        name: String,
    },
    /// An address where it can, or could, be seen.
    Url {
        /// The address.
        url: String,
    },
}

/// Another name of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceAliased {
    /// The source.
    pub source: SourceNo,
    /// The other name.
    pub name: String,
    /// Where it is, or was, found under that name.
    pub url: Option<String>,
    /// Since when it was used, RFC 3339 or a shorter date; not known when absent.
    pub from: Option<String>,
    /// Until when it was used; in use, or not known, when absent.
    pub until: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}

/// One source has to do with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceRelated {
    /// The source, such as an account.
    pub source: SourceNo,
    /// What it has to do with the other.
    pub tie: SourceTie,
    /// The other, such as an outlet.
    pub to: SourceNo,
    /// Since when, RFC 3339 or a shorter date; not known when absent.
    pub from: Option<String>,
    /// Until when; still so, or not known, when absent.
    pub until: Option<String>,
    /// How that is known, or anything else.
    pub note: Option<String>,
}

/// A judgement of how reliable a source is (Admiralty code, NATO AJP-2.1). One person's later grade of a
/// source supersedes that person's earlier one; none is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceGraded {
    /// The source.
    pub source: SourceNo,
    /// How reliable it is.
    pub grade: Reliability,
    /// Whose judgement it is; not always who typed it.
    pub assessor: String,
    /// Why.
    pub reason: String,
}
