//! Where a pass can go on that was cut off.

use serde::{Deserialize, Serialize};

/// A sync sample that decoding can begin at, and what the decoder process's clock showed before it.
/// Times are in microseconds, [`i64::MIN`] where unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Number of the sample in decoding order.
    pub sample: u32,
    /// What is added to every timestamp.
    pub offset: i64,
    /// Decoding time of the packet at hand, and of the next.
    pub dts: (i64, i64),
    /// Presentation time of the frame at hand, and of the next.
    pub pts: (i64, i64),
    /// Decoding time of the packet before.
    pub last: i64,
    /// Whether the clock has been started.
    pub started: bool,
    /// Whether timestamps are no longer looked at for a wrap before the start.
    pub wrap_corrected: bool,
}
