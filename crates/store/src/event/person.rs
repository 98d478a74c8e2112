//! People who appear in items, under a number and a description. Nobody is recognised by a machine here: that two
//! appearances are one person is what somebody says.

use serde::{Deserialize, Serialize};

use super::Pin;
use crate::number::PersonNo;
use crate::vocabulary::{PersonRole, Protection};

/// A person who appears in items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonEntered {
    /// What tells the person apart, such as `man in red jacket`; no name.
    pub description: String,
    /// What the person does or is.
    pub roles: Vec<PersonRole>,
    /// Anything else.
    pub note: Option<String>,
}

/// A person appears in an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonAppears {
    /// The person.
    pub person: PersonNo,
    /// Where.
    pub pin: Pin,
    /// What the person does or is there.
    pub roles: Vec<PersonRole>,
    /// Anything else.
    pub note: Option<String>,
}

/// Whether a person must be masked wherever something is published. The last word stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonProtected {
    /// The person.
    pub person: PersonNo,
    /// Why the person is protected; not protected when empty.
    pub protection: Vec<Protection>,
    /// Why that is said.
    pub reason: String,
}

/// What is known of who a person is. The last word stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonIdentified {
    /// The person.
    pub person: PersonNo,
    /// What is known.
    pub identity: Identity,
    /// How that is known, or why it is withheld.
    pub reason: String,
}

/// Who a person is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Identity {
    /// Nobody knows.
    Unknown,
    /// It is known, and the case does not hold it.
    Withheld,
    /// It is known, and a person chose to write it here.
    Named {
        /// The name.
        name: String,
    },
}
