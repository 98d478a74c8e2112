//! How credible a claim is held to be.

use serde::{Deserialize, Serialize};

use crate::number::ClaimNo;
use crate::vocabulary::Credibility;

/// A judgement of how credible a claim is, whoever made it (Admiralty code, NATO AJP-2.1). One person's later
/// rating of a claim supersedes that person's earlier one; none is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClaimRated {
    /// The claim.
    pub claim: ClaimNo,
    /// How credible it is.
    pub credibility: Credibility,
    /// Whose judgement it is; not always who typed it.
    pub assessor: String,
    /// Why; may be empty only if there is evidence.
    pub reason: String,
    /// Addresses of the evidence, such as `O2`, `S1`, `F:#1:4`, `#1#frame=37` or `E12`.
    pub evidence: Vec<String>,
}
