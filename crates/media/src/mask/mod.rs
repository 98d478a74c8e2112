//! Masks on decoded pictures and sound: which samples they cover, and what is put there.
//!
//! A mask is drawn on a picture as it is displayed and laid on its planes as they are decoded, before anything else
//! is made of them. Every sample that a region touches is covered, in every plane: a chroma sample that stands for
//! one covered pixel is covered. `docs/formats/masks.md` specifies it.

mod canvas;
mod coverage;
pub mod follow;
pub mod leak;
mod paint;
mod planes;
mod sound;

pub use canvas::Canvas;
pub use coverage::Coverage;
pub use sound::{Muffled, Muffler, SoundPaint};

/// A region of a picture as it is displayed, in its pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// `[x, x + width)` by `[y, y + height)`, as left, top, width and height.
    Box([u32; 4]),
    /// The ellipse that touches the four sides of such a box.
    Ellipse([u32; 4]),
    /// What lies within these corners, x and y each, by the even-odd rule, and the edges between them.
    Polygon(Vec<[u32; 2]>),
}

/// What is put in the place of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Black.
    Solid,
    /// The mean of each square, of which six go along the longer side of the region, none smaller than 16 pixels.
    Pixelate,
    /// Three means, one over the other, over a quarter of the shorter side of the region, at least 8 pixels, each way.
    Blur,
}

/// A mask on one frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// Where.
    pub area: Area,
    /// What is put there.
    pub paint: Paint,
}
