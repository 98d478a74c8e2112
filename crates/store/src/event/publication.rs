//! What is to leave the case, who looked at it, and that it left.

use std::collections::BTreeMap;

use journal::ContentId;
use serde::{Deserialize, Serialize};

use crate::number::{CheckpointNo, PublicationNo};

/// What is to be published, as of one checkpoint. It is never changed: another draft revises it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicationDrafted {
    /// Its title.
    pub title: String,
    /// The question that it answers, as it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// What it says, in an editor's words.
    pub summary: String,
    /// Whose words these are; not always who typed them.
    pub editor: String,
    /// The signed head as of which everything is published.
    pub checkpoint: CheckpointNo,
    /// Addresses of what is published, each once: items (`#1`), frames (`#1#frame=37`), findings (`F:#1:4`),
    /// claims, observations, hypotheses, assessments, matches, reviews, resemblances, dates, places and sources.
    pub selected: Vec<String>,
    /// Addresses that may be mentioned, with nothing said of what they name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentioned: Vec<String>,
    /// Names that actors go by in it, each by another, by their own name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pseudonyms: BTreeMap<String, String>,
    /// Whether it tells how items were obtained: names of files, paths, notes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acquisitions: bool,
    /// Whether it holds the originals of the items.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub originals: bool,
    /// Whether it holds masked copies of the items.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub masked: bool,
    /// The publication that this one revises, or nothing.
    pub supersedes: Option<PublicationNo>,
}

/// Somebody read a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicationReviewed {
    /// The draft.
    pub publication: PublicationNo,
    /// What exactly was read: SHA-256 of the canonical JSON (RFC 8785) of what was drafted.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub draft: ContentId,
    /// Whether it may leave.
    pub approved: bool,
    /// Why, or anything else. Not empty where it may not leave.
    pub note: Option<String>,
}

/// The bundle of a publication was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicationSealed {
    /// The publication.
    pub publication: PublicationNo,
    /// What was drafted, as in its reviews.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub draft: ContentId,
    /// SHA-256 of the bundle's `tagmanifest-sha256.txt`, which by hashes names every other file of it.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub manifest: ContentId,
}

/// A draft will not be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicationWithdrawn {
    /// The draft.
    pub publication: PublicationNo,
    /// Why.
    pub reason: String,
}
