//! Sources, and what is known of them.

use serde::{Deserialize, Serialize};

use super::{Origin, Withdrawn};
use crate::event::{Proof, SourceAliased, SourceGraded, SourceNamed, SourceRelated};
use crate::number::SourceNo;
use crate::vocabulary::{Reliability, SourceState};

/// A source and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Source {
    /// Number in the case.
    pub number: SourceNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub named: SourceNamed,
    /// Observed states, oldest entry first.
    pub observations: Vec<SourceObservation>,
    /// Other names, oldest entry first. Left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
    /// What it has to do with other sources, oldest entry first. Left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// Judgements of its reliability after the one that it was entered with, oldest entry first. Left out
    /// when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grading>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

impl Source {
    /// The grades that stand, each with whose judgement it is, by name: one for each person.
    pub fn standing_grades(&self) -> Vec<(&str, Reliability)> {
        let later = self.grades.iter().filter(|it| it.withdrawn.is_none());
        let mut standing: Vec<_> = later
            .filter(|it| it.superseded_by.is_none())
            .map(|it| (it.graded.assessor.as_str(), it.graded.grade))
            .collect();
        let first = self.named.grade.as_ref().and_then(|it| it.parse().ok());
        let by = self.origin.actor.as_str();
        if let Some(first) = first.filter(|_| standing.iter().all(|(who, _)| *who != by)) {
            standing.push((by, first));
        }
        standing.sort();
        standing
    }

    /// Leaves out what was taken back.
    pub fn leave_out_withdrawn(&mut self) {
        self.observations.retain(|it| it.withdrawn.is_none());
        self.aliases.retain(|it| it.withdrawn.is_none());
        self.ties.retain(|it| it.withdrawn.is_none());
        self.grades.retain(|it| it.withdrawn.is_none());
    }
}

/// A source's state at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceObservation {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// The state.
    pub state: SourceState,
    /// When it was seen so.
    pub observed: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// What it was called then, where that is another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What shows that it was so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<Proof>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// Another name of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Alias {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub aliased: SourceAliased,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// What a source has to do with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Tie {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub related: SourceRelated,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// One judgement of how reliable a source is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Grading {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub graded: SourceGraded,
    /// The entry of the same person's later grade, while that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<u64>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}
