//! Where a picture is seen.

use serde::Serialize;
use store::number::{ItemNo, MatchNo};
use utoipa::ToSchema;

/// A frame of an item that a picture shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Sighted {
    /// File name of the picture.
    pub picture: String,
    /// The item.
    pub item: ItemNo,
    /// Its file name.
    pub name: String,
    /// The frame that is most like it.
    pub frame: u32,
    /// Seconds after the first frame at which that one appears.
    pub at_s: f64,
    /// First and last of the frames about it that are equally like: more than one where nothing moves.
    pub frames: [u32; 2],
    /// Score from 0 to 1.
    pub score: f64,
    /// Whether the picture shows the frame mirrored left to right.
    pub mirrored: bool,
    /// Where in the picture the whole frame lies.
    pub place: PicturePlace,
    /// Bits of 256 by which the hash of that part differs from the frame's.
    pub distance: u32,
    /// Corners that agree on the place.
    pub corners: u32,
    /// Whether the frame was chosen by pixels; else by fingerprints alone, which neighbours often share.
    pub pixels: bool,
}

/// What lies over one side of a match and not over the other.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OverlaysView {
    /// The match.
    #[serde(rename = "match")]
    pub number: MatchNo,
    /// The item that is the query of the match.
    pub query: ItemNo,
    /// Pairs of frames that were compared.
    pub pairs: usize,
    /// Where they differ throughout, in the pixels of the query's frames as displayed, the largest first: a
    /// logo, a caption, a patch. Which of the two is covered, pixels cannot tell.
    pub boxes: Vec<PicturePlace>,
}

/// A box in the pixels of a picture as it is displayed. It reaches beyond the picture where the picture
/// shows a part of the frame only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PicturePlace {
    /// Left edge, from the left edge of the picture.
    pub x: i32,
    /// Top edge, from the top of the picture.
    pub y: i32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl PicturePlace {
    /// Of left, top, right and bottom edge, to the nearest pixel.
    pub(crate) fn within([left, top, right, bottom]: [f32; 4]) -> Self {
        let (x, y) = (left.round() as i32, top.round() as i32);
        Self {
            x,
            y,
            width: (right.round() as i32 - x).unsigned_abs(),
            height: (bottom.round() as i32 - y).unsigned_abs(),
        }
    }

    /// Left, top, right and bottom edge.
    pub(crate) fn edges(&self) -> [f32; 4] {
        let (x, y) = (self.x as f32, self.y as f32);
        [x, y, x + self.width as f32, y + self.height as f32]
    }
}
