//! Content credentials: manifests of the Coalition for Content Provenance and Authenticity (C2PA), as
//! they stand in the file. Claims of whoever signed them.

use serde::{Deserialize, Serialize};

/// What came of looking for content credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Credentials {
    /// Nobody looked: the program that reads them does not lie beside the decoder.
    NotInstalled,
    /// Nobody looked, for another reason.
    NotLookedFor {
        /// Why, as part of a sentence.
        reason: String,
    },
    /// The reader looked, and the file carries none that it knows. Most files never had any, and they
    /// are easily stripped.
    Absent,
    /// The file says that they lie elsewhere, which was not asked.
    Elsewhere {
        /// The address, by the file's own word.
        address: String,
    },
    /// There is something that could not be read.
    Unreadable {
        /// What the reader said.
        reason: String,
    },
    /// The reader ended before it could say anything: it crashed, reached a limit, or tried what its
    /// jail forbids.
    Stopped {
        /// How it ended.
        reason: String,
    },
    /// There are some.
    Found(Box<Manifests>),
}

/// The manifests in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Manifests {
    /// Name and version of the library that read them.
    pub reader: String,
    /// Label of the manifest that speaks of the file as it is.
    pub active: Option<String>,
    /// That manifest first, then those it was made from, by label.
    pub manifests: Vec<Manifest>,
    /// What the reader checked, failures first. It consults no list of trusted signers.
    pub checks: Vec<Check>,
    /// Manifests, entries of their lists and checks that are not kept because there are too many.
    pub left_out: u32,
}

/// One manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Manifest {
    /// Its label.
    pub label: String,
    /// Title of what it speaks of.
    pub title: Option<String>,
    /// Programs that made it, with their versions.
    pub generators: Vec<String>,
    /// Whose signature it carries.
    pub signer: Option<Signer>,
    /// What was done, in order.
    pub actions: Vec<Action>,
    /// What it was made from.
    pub ingredients: Vec<Ingredient>,
    /// Labels of all assertions.
    pub assertions: Vec<String>,
}

/// A signature's certificate, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Signer {
    /// Organisation.
    pub issuer: Option<String>,
    /// Common name.
    pub name: Option<String>,
    /// Serial number.
    pub serial: Option<String>,
    /// Signature algorithm.
    pub algorithm: Option<String>,
    /// Time by a time-stamp in the signature, if it has one.
    pub time: Option<String>,
}

/// Something done, by the manifest's own word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Action {
    /// Name, such as `c2pa.created`.
    pub action: String,
    /// When.
    pub when: Option<String>,
    /// With what program.
    pub software: Option<String>,
    /// Kind of source, such as `…/trainedAlgorithmicMedia`.
    pub source_type: Option<String>,
}

/// Something the file was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Ingredient {
    /// Its title.
    pub title: Option<String>,
    /// `parentOf`, `componentOf` or `inputTo`.
    pub relationship: Option<String>,
    /// Label of its own manifest, if it had one.
    pub manifest: Option<String>,
}

/// A check of the reader, by the code that the standard gives to what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Check {
    /// In which group it stands.
    pub outcome: Outcome,
    /// Such as `assertion.dataHash.mismatch`.
    pub code: String,
    /// What was checked: the address of a part of a manifest.
    pub about: Option<String>,
    /// In the reader's words.
    pub explanation: Option<String>,
}

/// The groups into which the standard puts what comes of a check, and one for checks that need what lies
/// beyond the file. Of those the reader says that they failed, or held, whichever it takes for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was checked does not hold.
    Failure,
    /// Not checked: that needs a list of whom to trust, or something that lies elsewhere.
    NotMade,
    /// Neither.
    Informational,
    /// What was checked holds.
    Success,
}
