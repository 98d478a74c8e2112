//! Fields: whether a frame is two pictures taken one after the other.

use serde::{Deserialize, Serialize};

use super::Presentation;
use crate::time::FrameNo;

/// How a frame was taken and is to be shown, as its stream says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Scanning {
    /// Its even and odd rows were taken at two moments.
    pub interlaced: bool,
    /// The rows 0, 2, 4 … come first; says little where `interlaced` is false.
    pub top_first: bool,
    /// Half frames for which it is shown longer than usual: 1 in 3:2 pulldown.
    pub repeat: u8,
}

/// The same from one frame on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ScanningFrom {
    /// First frame that has it.
    pub first: FrameNo,
    /// What it has.
    #[serde(flatten)]
    pub scanning: Scanning,
}

/// Changes of scanning that are kept.
pub(crate) const MOST_CHANGES: usize = 10_000;

impl Presentation {
    /// How frame `no` was taken, by the stream; `None` where nobody asked, or behind more changes than
    /// are kept.
    pub fn scanning_of(&self, no: FrameNo) -> Option<Scanning> {
        let at = self.scanning.partition_point(|from| from.first <= no);
        let from = self.scanning.get(at.checked_sub(1)?)?;
        (at < MOST_CHANGES).then_some(from.scanning)
    }
}
