//! A person's judgement of how alike what two frames show is.

use serde::{Deserialize, Serialize};

use super::Pin;
use crate::number::ResemblanceNo;
use crate::vocabulary::Resemblance;

/// A person compared what a region of one frame shows with what a region of another shows. No program takes
/// part in the judgement: nothing here recognises anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ResemblanceJudged {
    /// One frame, with the region on it.
    pub one: Pin,
    /// The other, of the same item or of another.
    pub other: Pin,
    /// What is compared, in words that name nobody who need not be named: "the boy in the doorway".
    pub subject: String,
    /// Whose judgement it is; not always who typed it.
    pub judge: String,
    /// What the comparison supports, and how strongly.
    pub degree: Resemblance,
    /// What was compared, such as `left ear`, `scar over the brow`, `stripes of the shirt`.
    pub features: Vec<String>,
    /// Why.
    pub reasons: String,
    /// What the pictures did not allow to compare: size, light, angle, coding.
    pub limits: String,
    /// The judgement that this one revises: the same judge's of the same two frames.
    pub supersedes: Option<ResemblanceNo>,
}
