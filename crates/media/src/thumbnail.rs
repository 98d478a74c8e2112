//! Small grey pictures, blurred, evenly spread over a video of unknown length.
//!
//! They exist so that a list of terrible footage can be looked at: no detail survives that would
//! startle, while composition and light still tell one item from another.

mod blur;
mod bytes;
mod reduce;

use crate::display::DisplayGeometry;
use crate::picture::Luma;
use crate::still::{mirror, rotate};
use crate::time::FrameNo;

pub(crate) use reduce::average;

pub use bytes::{BadThumbnails, thumbnails_from_bytes, thumbnails_to_bytes};

/// Most thumbnails that are kept of one item.
pub const MAX_THUMBNAILS: usize = 24;

/// Longest side of a thumbnail, in pixels.
pub const MAX_THUMBNAIL_SIDE: u16 = 160;

/// One blurred grey picture, as displayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumbnail {
    /// The frame it shows.
    pub no: FrameNo,
    /// Width in pixels, 1 to 160.
    pub width: u16,
    /// Height in pixels, 1 to 160.
    pub height: u16,
    /// Rows without padding: `width * height` bytes, 0 black to 255 white.
    pub grey: Vec<u8>,
}

/// Whether a [`Collector`] keeps a frame for now, if it sees all frames from 0 on in order.
pub fn wanted(no: FrameNo) -> bool {
    let mut stride = 1u32;
    while no.0 / stride >= MAX_THUMBNAILS as u32 {
        stride *= 2;
    }
    no.0.is_multiple_of(stride)
}

/// Keeps up to [`MAX_THUMBNAILS`] frames, evenly spread whatever the length turns out to be: every
/// n-th frame, where n doubles whenever the set is full.
#[derive(Debug)]
pub struct Collector {
    geometry: DisplayGeometry,
    stride: u32,
    kept: Vec<Reduced>,
}

impl Collector {
    /// For a stream shown with `display`.
    pub fn new(display: DisplayGeometry) -> Self {
        Self {
            geometry: display,
            stride: 1,
            kept: Vec::with_capacity(MAX_THUMBNAILS),
        }
    }

    /// Takes the next presented frame. Costs a comparison for all but a few frames. Returns the
    /// reduced picture if it is kept for now, for [`Collector::recall`].
    pub fn frame(&mut self, no: FrameNo, luma: Luma<'_>) -> Option<&[u8]> {
        if !self.wants(no) {
            return None;
        }
        self.kept.push(Reduced::of(no, luma, self.geometry));
        self.kept.last().map(|kept| kept.grey.as_slice())
    }

    /// Takes the next presented frame, `width` × `height` as stored, by what another collector
    /// returned of it. Whether this one would have returned as much.
    #[must_use]
    pub fn recall(
        &mut self,
        no: FrameNo,
        (width, height): (u32, u32),
        kept: Option<&[u8]>,
    ) -> bool {
        match (self.wants(no), kept) {
            (false, None) => true,
            (true, Some(grey)) => {
                let empty = Reduced::empty(no, width, height, self.geometry);
                let fits = usize::from(empty.width) * usize::from(empty.height) == grey.len();
                self.kept.push(Reduced {
                    grey: grey.to_vec(),
                    ..empty
                });
                fits
            }
            _ => false,
        }
    }

    /// Whether a frame is kept for now. Makes room for it.
    fn wants(&mut self, no: FrameNo) -> bool {
        if !no.0.is_multiple_of(self.stride) {
            return false;
        }
        if self.kept.len() < MAX_THUMBNAILS {
            return true;
        }
        self.stride *= 2;
        self.kept
            .retain(|kept| kept.no.0.is_multiple_of(self.stride));
        no.0.is_multiple_of(self.stride)
    }

    /// The frames kept, in order.
    pub fn finish(self) -> Vec<Thumbnail> {
        self.kept.into_iter().map(Reduced::finish).collect()
    }
}

impl Thumbnail {
    /// The thumbnail as 8-bit grey PNG.
    pub fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match self.write_png(&mut bytes) {
            Ok(()) => bytes,
            // Writing to memory does not fail and the size is right by construction.
            Err(error) => unreachable!("a thumbnail is a valid picture: {error}"),
        }
    }

    fn write_png(&self, bytes: &mut Vec<u8>) -> Result<(), png::EncodingError> {
        let mut encoder = png::Encoder::new(bytes, self.width.into(), self.height.into());
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.grey)?;
        writer.finish()
    }
}

/// A frame in the size of its thumbnail: what later frames push out needs no more than this.
#[derive(Debug)]
struct Reduced {
    no: FrameNo,
    geometry: DisplayGeometry,
    width: u16,
    height: u16,
    grey: Vec<u8>,
}

impl Reduced {
    fn of(no: FrameNo, luma: Luma<'_>, geometry: DisplayGeometry) -> Self {
        let empty = Self::empty(no, luma.width as u32, luma.height as u32, geometry);
        Self {
            grey: reduce::reduce(luma, empty.width.into(), empty.height.into()),
            ..empty
        }
    }

    /// For a frame of this stored size, its picture still to come.
    fn empty(no: FrameNo, width: u32, height: u32, geometry: DisplayGeometry) -> Self {
        let geometry = geometry.with_stored_size(width, height);
        let (width, height) = fit(geometry.squared());
        Self {
            no,
            geometry,
            width,
            height,
            grey: Vec::new(),
        }
    }

    /// Mirrors, blurs and rotates.
    fn finish(self) -> Thumbnail {
        let (width, height) = (usize::from(self.width), usize::from(self.height));
        let mut grey = self.grey;
        if self.geometry.mirrored {
            mirror::<1>(&mut grey, width);
        }
        blur::blur(&mut grey, width, height);
        let (width, height) = if self.geometry.turns_sideways() {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        };
        Thumbnail {
            no: self.no,
            width,
            height,
            grey: rotate::<1>(
                grey,
                self.width.into(),
                self.height.into(),
                self.geometry.rotation,
            ),
        }
    }
}

/// The largest size of the same shape within the limit; never larger than the picture.
fn fit((width, height): (u32, u32)) -> (u16, u16) {
    let limit = u64::from(MAX_THUMBNAIL_SIDE);
    let long = u64::from(width.max(height)).max(limit);
    let side = |side: u32| ((u64::from(side) * limit + long / 2) / long).clamp(1, limit) as u16;
    (side(width), side(height))
}
