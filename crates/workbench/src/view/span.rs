//! Spans of frames that leave the case, and filmstrips.

use media::sound::SoundForm;
use media::still::Applied;
use media::time::TimeBase;
use serde::Serialize;
use store::number::ItemNo;
use utoipa::ToSchema;

/// What was saved of a span of frames: the listing that lies beside it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SavedSpan {
    /// Number of the item.
    pub item: ItemNo,
    /// Its content id, `sha256:…`.
    pub id: String,
    /// Original file name.
    pub name: String,
    /// What saved it.
    pub tool: String,
    /// First frame.
    pub from: u32,
    /// Frame after the last.
    pub to: u32,
    /// Seconds per tick of every `pts`.
    pub time_base: TimeBase,
    /// View filters that the stills were made through; empty for exact pixels.
    pub view: String,
    /// What was done to the first frame's planes to show them; absent for a clip, which holds the
    /// planes.
    pub applied: Option<Applied>,
    /// The sound in a clip.
    pub sound: Option<SavedSound>,
    /// The frames.
    pub frames: Vec<SavedFrame>,
}

/// A frame that was saved.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SavedFrame {
    /// Its number.
    pub frame: u32,
    /// Its timestamp in ticks.
    pub pts: Option<i64>,
    /// Seconds after the item's first frame at which it appears.
    pub at_s: f64,
    /// SHA-256 of its decoded planes, as in the frame index, hexadecimal.
    pub hash: String,
    /// The file that holds it; absent for a clip.
    pub file: Option<String>,
    /// SHA-256 of the RGB bytes in that file, hexadecimal.
    pub pixel_hash: Option<String>,
}

/// Sound that was saved beside frames.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SavedSound {
    /// First sample.
    pub from: u64,
    /// Sample after the last.
    pub to: u64,
    /// Form of the samples, which are as decoded.
    pub form: SoundForm,
}

/// Which frames a filmstrip shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Filmstrip {
    /// Seconds after the first frame at which the strip begins.
    pub from_s: f64,
    /// Seconds after the first frame at which it ends.
    pub to_s: f64,
    /// Width of a cell in pixels.
    pub width: u32,
    /// Height of a cell in pixels.
    pub height: u32,
    /// Its cells, in order.
    pub cells: Vec<FilmCell>,
}

/// A cell of a filmstrip.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct FilmCell {
    /// The frame it shows.
    pub frame: u32,
    /// Seconds after the first frame at which that appears.
    pub at_s: f64,
}
