//! One exact frame as a person sees it: RGB, mirrored, squared and rotated as a display would.

mod arrange;
mod encode;
mod webp;

use serde::{Deserialize, Serialize};

use crate::display::DisplayGeometry;
use crate::field::FieldNo;
use crate::index::FrameHash;
use crate::time::{FrameNo, Rational, SampleNo};
use crate::view::{View, Viewed};

pub(crate) use arrange::{mirror, rotate};
pub use webp::{MAX_WEBP_SIDE, TooLargeForWebp};

/// What was done to the decoded picture to show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Applied {
    /// Clockwise rotation in degrees: 0, 90, 180 or 270.
    pub rotation: u16,
    /// Whether it was mirrored left to right, before rotating.
    pub mirrored: bool,
    /// Width over height of a stored pixel, as applied; 1/1 where nothing was enlarged.
    pub sample_aspect: Rational,
    /// Stored width in pixels.
    pub stored_width: u32,
    /// Stored height in pixels.
    pub stored_height: u32,
    /// Native pixel format, such as `yuv420p`.
    pub pixel_format: String,
    /// Matrix coefficients used for the conversion to RGB, such as `bt709`.
    pub matrix: String,
    /// Range taken for the native samples: `tv` or `pc`.
    pub range: String,
    /// Bits of a native sample.
    pub depth: u8,
    /// What converted to RGB, with its version and flags.
    pub converter: String,
}

/// Which picture of a video a still is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// A presented frame.
    Frame(FrameNo),
    /// A field of a presented frame, each row of it shown twice.
    Field(FieldNo),
    /// The picture of a stored sample, edit lists ignored.
    Stored {
        /// The sample.
        sample: SampleNo,
        /// Frames that it is presented as; none if the file says not to show it.
        frames: Vec<FrameNo>,
    },
}

impl From<FrameNo> for Which {
    fn from(no: FrameNo) -> Self {
        Self::Frame(no)
    }
}

/// A frame as displayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Still {
    /// Which picture.
    pub which: Which,
    /// Hash of the decoded planes it was made from, as in the frame index for a presented frame; for a
    /// field of its own rows, plane by plane.
    pub native_hash: FrameHash,
    /// Width as displayed, in square pixels.
    pub width: u32,
    /// Height as displayed, in square pixels.
    pub height: u32,
    /// RGB24 as displayed, rows without padding: `3 * width * height` bytes.
    pub rgb: Vec<u8>,
    /// What was applied to get there.
    pub applied: Applied,
}

/// The bytes given are not a picture of the stored size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{got} bytes are not an RGB picture of {width}x{height}")]
pub struct WrongSize {
    /// Stored width in pixels.
    pub width: u32,
    /// Stored height in pixels.
    pub height: u32,
    /// Bytes given.
    pub got: usize,
}

impl Applied {
    /// The geometry that these values describe.
    pub fn geometry(&self) -> DisplayGeometry {
        DisplayGeometry {
            width: self.stored_width,
            height: self.stored_height,
            sample_aspect: self.sample_aspect,
            rotation: self.rotation,
            mirrored: self.mirrored,
        }
    }
}

impl Still {
    /// Lays out a decoded picture as a display would: mirror, square the pixels, rotate.
    ///
    /// `stored` is RGB24 in stored size, rows without padding. `applied.sample_aspect` may be what
    /// the file says; the value kept is the one applied (see [`DisplayGeometry::applied_aspect`]).
    ///
    /// # Errors
    /// [`WrongSize`] if `stored` is not `3 * stored_width * stored_height` bytes, or has no pixel.
    pub fn from_stored(
        which: impl Into<Which>,
        native_hash: FrameHash,
        stored: Vec<u8>,
        mut applied: Applied,
    ) -> Result<Self, WrongSize> {
        let geometry = applied.geometry();
        let pixels = u64::from(geometry.width) * u64::from(geometry.height);
        if pixels == 0 || pixels * 3 != stored.len() as u64 {
            return Err(WrongSize {
                width: geometry.width,
                height: geometry.height,
                got: stored.len(),
            });
        }
        applied.sample_aspect = geometry.applied_aspect();
        let (width, height) = geometry.displayed();
        let rgb = arrange::arrange(stored, geometry);
        Ok(Self {
            which: which.into(),
            native_hash,
            width,
            height,
            rgb,
            applied,
        })
    }

    /// SHA-256 of `rgb`: names the pixels on the screen, whatever file carries them.
    pub fn pixel_hash(&self) -> FrameHash {
        FrameHash::of(&self.rgb)
    }

    /// The picture as PNG: 8-bit RGB, square pixels, with text chunks that state frame number,
    /// native hash, pixel hash and what was applied. The same still gives the same bytes for one
    /// version of the `png` crate; across versions compare [`Still::pixel_hash`].
    pub fn png(&self) -> Vec<u8> {
        encode::png(self)
    }

    /// What `view` shows of this still, as PNG like [`Still::png`]; its pixel hash is that of the
    /// pixels shown, and another text chunk states the view where there is one.
    pub fn png_of(&self, view: &View, viewed: &Viewed) -> Vec<u8> {
        encode::png_of(self, view, viewed)
    }

    /// What `view` shows of this still as lossless WebP: the pixels of [`Still::png_of`], and what its
    /// text chunks state as XMP. The same still gives the same bytes for one version of `image-webp`.
    ///
    /// # Errors
    /// [`TooLargeForWebp`] beyond [`MAX_WEBP_SIDE`].
    pub fn webp_of(&self, view: &View, viewed: &Viewed) -> Result<Vec<u8>, TooLargeForWebp> {
        webp::webp_of(self, view, viewed)
    }
}
