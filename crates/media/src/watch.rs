//! Pictures for watching: frames as displayed, reduced to what a screen shows, as JPEG.
//!
//! They are never evidence: what is cited, exported or hashed is a [`crate::still::Still`]. They are
//! encoded here, from plain pixels, and not by the jailed process, so that no browser is given bytes
//! which a hostile file could have composed.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::display::DisplayGeometry;
use crate::still::{mirror, rotate};
use crate::time::{FrameNo, Pts};

/// Of 100: artefacts stay below what a reduced picture in motion lets be seen.
const QUALITY: u8 = 80;

/// Longest side in pixels.
const LONGEST: u32 = 8192;

/// A frame as displayed, reduced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reduced {
    /// Which frame.
    pub no: FrameNo,
    /// Its timestamp in ticks of the stream, where the stream gives one.
    pub pts: Option<Pts>,
    /// Width in square pixels.
    pub width: u32,
    /// Height in square pixels.
    pub height: u32,
    /// RGB24, rows without padding: `3 * width * height` bytes.
    pub rgb: Vec<u8>,
}

impl Reduced {
    /// Width and height to which a stored picture is scaled before it is mirrored and rotated, so that
    /// it is displayed at most `width` pixels wide. Nothing is enlarged but what sample aspect enlarges.
    pub fn stored_size(geometry: DisplayGeometry, width: u32) -> (u32, u32) {
        let (wide, high) = geometry.displayed();
        let most = width.clamp(1, LONGEST).min(wide.max(1));
        let (mut to_wide, mut to_high) = (most, share(high, most, wide));
        if to_high > LONGEST {
            (to_wide, to_high) = (share(wide, LONGEST, high), LONGEST);
        }
        if geometry.turns_sideways() {
            (to_high, to_wide)
        } else {
            (to_wide, to_high)
        }
    }

    /// Lays out a stored picture that was scaled to [`Reduced::stored_size`], as a display would.
    pub(crate) fn from_stored(
        no: FrameNo,
        pts: Option<Pts>,
        mut rgb: Vec<u8>,
        (wide, high): (u32, u32),
        geometry: DisplayGeometry,
    ) -> Self {
        if geometry.mirrored {
            mirror::<3>(&mut rgb, wide as usize);
        }
        let rgb = rotate::<3>(rgb, wide as usize, high as usize, geometry.rotation);
        let (width, height) = if geometry.turns_sideways() {
            (high, wide)
        } else {
            (wide, high)
        };
        Self {
            no,
            pts,
            width,
            height,
            rgb,
        }
    }

    /// The picture as baseline JPEG, chroma at half resolution.
    pub fn jpeg(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.rgb.len() / 8);
        let mut encoder = Encoder::new(&mut bytes, QUALITY);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        let (width, height) = (self.width as u16, self.height as u16);
        match encoder.encode(&self.rgb, width, height, ColorType::Rgb) {
            Ok(()) => bytes,
            // Writing to memory does not fail, and no side is longer than LONGEST.
            Err(error) => unreachable!("a reduced picture is a valid picture: {error}"),
        }
    }
}

/// `side * part / whole`, rounded half up, at least 1.
fn share(side: u32, part: u32, whole: u32) -> u32 {
    let whole = u64::from(whole.max(1));
    let scaled = (u64::from(side) * u64::from(part) + whole / 2) / whole;
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Rational;

    fn geometry(width: u32, height: u32, aspect: (i32, i32), rotation: u16) -> DisplayGeometry {
        DisplayGeometry {
            width,
            height,
            sample_aspect: Rational {
                num: aspect.0,
                den: aspect.1,
            },
            rotation,
            mirrored: false,
        }
    }

    #[test]
    fn is_as_wide_as_asked_for_and_never_larger_than_the_frame() {
        let size = |width, height, aspect, rotation, asked| {
            Reduced::stored_size(geometry(width, height, aspect, rotation), asked)
        };
        assert_eq!(size(1920, 1080, (1, 1), 0, 1280), (1280, 720));
        assert_eq!(size(1920, 1080, (1, 1), 0, 4000), (1920, 1080));
        assert_eq!(size(1920, 1080, (1, 1), 90, 540), (960, 540));
        assert_eq!(size(720, 576, (16, 11), 0, 4000), (1047, 576));
        assert_eq!(size(1440, 1080, (4, 3), 0, 960), (960, 540));
        assert_eq!(size(3, 30_000, (1, 1), 0, 100), (1, 8192));
        assert_eq!(size(30_000, 3, (1, 1), 0, 0), (1, 1));
    }

    #[test]
    fn a_jpeg_says_its_size() {
        let picture = Reduced {
            no: FrameNo(3),
            pts: None,
            width: 33,
            height: 17,
            rgb: vec![90; 3 * 33 * 17],
        };
        let jpeg = picture.jpeg();
        assert_eq!(jpeg[..2], [0xff, 0xd8]);
        let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]);
        let at = frame.expect("a baseline frame") + 5;
        assert_eq!(jpeg[at..at + 4], [0, 17, 0, 33]);
    }
}
