//! People who appear in items.

use serde::{Deserialize, Serialize};

use super::{Origin, Withdrawn};
use crate::event::{Identity, PersonAppears, PersonEntered, PersonIdentified, PersonProtected};
use crate::number::PersonNo;
use crate::vocabulary::{PersonRole, Protection};

/// A person under a number and a description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Person {
    /// Number in the case.
    pub number: PersonNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub entered: PersonEntered,
    /// Where the person appears, oldest entry first.
    pub appearances: Vec<PersonSeen>,
    /// What was said of the person's protection, oldest first.
    pub protections: Vec<ProtectionChange>,
    /// What was said of who it is, oldest first.
    pub identities: Vec<IdentityChange>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// Where a person appears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonSeen {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub appears: PersonAppears,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// A word on whether a person must be masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProtectionChange {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub protected: PersonProtected,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// A word on who a person is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct IdentityChange {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub identified: PersonIdentified,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

impl Person {
    /// Why the person must be masked wherever something is published; not at all when empty.
    ///
    /// The last word on it counts, and every protective role that was recorded since: whoever is entered as a
    /// minor, a witness or a victim is protected until somebody says otherwise.
    pub fn protection(&self) -> Vec<Protection> {
        let word = { &self.protections }
            .iter()
            .rfind(|it| it.withdrawn.is_none());
        let since = word.map(|it| it.origin.entry);
        let later = |entry: u64| since.is_none_or(|since| entry > since);
        let own = Some(&self.entered.roles).filter(|_| since.is_none());
        let seen = { &self.appearances }
            .iter()
            .filter(|it| it.withdrawn.is_none() && later(it.origin.entry));
        let roles = own.into_iter().chain(seen.map(|it| &it.appears.roles));
        let mut protection: Vec<Protection> = roles.flatten().filter_map(protective).collect();
        protection.extend(word.into_iter().flat_map(|it| &it.protected.protection));
        protection.sort_unstable();
        protection.dedup();
        protection
    }

    /// The newest entry that says that the person is, or may be, under age: a role, or a ground of protection; `None`
    /// where none says so that stands.
    pub fn said_minor(&self) -> Option<u64> {
        let own = Some((self.origin.entry, &self.entered.roles)).into_iter();
        let seen = { self.appearances.iter() }.filter(|it| it.withdrawn.is_none());
        let roles = own.chain(seen.map(|it| (it.origin.entry, &it.appears.roles)));
        let roles = roles.filter(|(_, roles)| roles.contains(&PersonRole::Minor));
        let grounds = { self.protections.iter() }.filter(|it| {
            it.withdrawn.is_none() && it.protected.protection.contains(&Protection::Minor)
        });
        let grounds = grounds.map(|it| it.origin.entry);
        roles.map(|(entry, _)| entry).chain(grounds).max()
    }

    /// Who has said since [`Person::said_minor`] that the person needs no protection as a minor, each once, by name.
    pub fn minor_no_more(&self) -> Vec<&str> {
        let since = self.said_minor();
        let later = { self.protections.iter() }.filter(|it| {
            it.withdrawn.is_none() && since.is_some_and(|said| it.origin.entry > said)
        });
        let mut names: Vec<&str> = later.map(|it| it.origin.actor.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Who it is, by the last word.
    pub fn identity(&self) -> &Identity {
        let word = { &self.identities }
            .iter()
            .rfind(|it| it.withdrawn.is_none());
        word.map_or(&Identity::Unknown, |it| &it.identified.identity)
    }
}

fn protective(role: &PersonRole) -> Option<Protection> {
    match role {
        PersonRole::Minor => Some(Protection::Minor),
        PersonRole::Witness => Some(Protection::Witness),
        PersonRole::Victim => Some(Protection::Victim),
        _ => None,
    }
}
