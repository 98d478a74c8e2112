//! View filters: what makes something in an exact frame easier to see, and is stated wherever the
//! result goes.
//!
//! A [`View`] is a list of steps, written as `levels=16:180,gamma=1.4`. It starts from the exact pixels
//! of one frame as displayed, and computes with fractions from step to step; only the result is rounded.
//! Luma and colour differences are those of BT.709 at full range, computed from RGB.

mod clahe;
mod detail;
mod levels;
mod parse;
mod picture;
mod recompress;
mod shape;
mod time;

use std::fmt;

use crate::field::Field;
use crate::index::FrameHash;
use crate::still::{Still, Which};
use crate::time::FrameNo;

pub use parse::BadView;
pub use picture::Plane;

use picture::Picture;

/// Most frames that a step over time may take.
pub const MAX_FRAMES: u32 = 500;

/// Most steps of a view.
pub const MAX_STEPS: usize = 16;

/// Longest side of a result, in pixels.
pub const MAX_SIDE: u32 = 16_384;

/// One step of a view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// `average=FIRST:LAST`: the mean of these frames.
    Average(FrameNo, FrameNo),
    /// `denoise=REACH:STRENGTH`: the mean of up to `REACH` (1 to 15) frames before and after, each
    /// pixel weighted by how like it is; `STRENGTH` is the difference that counts 0.6, in steps.
    Denoise(u32, f32),
    /// `difference=previous:GAIN` or `difference=FRAME:GAIN`: the absolute difference to another
    /// frame, times `GAIN`.
    Difference(Other, f32),
    /// `field=top` or `field=bottom`: one field, its missing rows between by linear interpolation.
    Field(Field),
    /// `crop=X:Y:WIDTH:HEIGHT`, in pixels as displayed.
    Crop([u32; 4]),
    /// `zoom=N`: each pixel becomes a square of `N` × `N` (2 to 32), without interpolation.
    Zoom(u32),
    /// `levels=BLACK:WHITE`: this stretch of 0 to 255 becomes the whole; beyond it is cut off.
    Levels(f32, f32),
    /// `gamma=G` (0.1 to 10): above 1 brightens the middle.
    Gamma(f32),
    /// `stretch=PERCENT`: levels such that this share of luma is cut off at each end (0 to 20).
    Stretch(f32),
    /// `clahe=CLIP:TILES`: contrast limited adaptive histogram equalisation of luma (Zuiderveld 1994)
    /// over `TILES` × `TILES` tiles (2 to 32), bins limited to `CLIP` (1 to 40) times their mean.
    Clahe(f32, u32),
    /// `show=red|green|blue|luma|cb|cr`: one plane in grey.
    Show(Plane),
    /// `sharpen=AMOUNT:SIGMA`: unsharp mask; adds `AMOUNT` (0 to 10) times what a Gaussian of `SIGMA`
    /// pixels (0.3 to 10) takes away.
    Sharpen(f32, f32),
    /// `edges`: magnitude of the Sobel gradient of luma.
    Edges,
    /// `ela=QUALITY:GAIN`: error level: what JPEG quantisation at `QUALITY` (1 to 100, tables of
    /// ITU-T T.81 Annex K scaled as by the IJG, no subsampling) changes, times `GAIN`.
    ErrorLevel(u32, f32),
}

/// The other frame of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// The frame before; nothing differs at the first frame.
    Previous,
    /// This one.
    Frame(FrameNo),
}

/// Steps, applied in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View(Vec<Step>);

/// A frame as a view shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewed {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// RGB24, rows without padding: `3 * width * height` bytes.
    pub rgb: Vec<u8>,
    hash: FrameHash,
}

impl View {
    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether it shows the exact pixels.
    pub fn is_exact(&self) -> bool {
        self.0.is_empty()
    }

    /// Other frames that are needed to show frame `no` of a video of `count` frames.
    pub fn others(&self, no: FrameNo, count: u32) -> Vec<FrameNo> {
        match self.0.first() {
            Some(Step::Average(first, last)) => (first.0..=last.0)
                .filter(|&it| it < count)
                .map(FrameNo)
                .collect(),
            Some(Step::Denoise(reach, _)) => (no.0.saturating_sub(*reach)
                ..=no.0.saturating_add(*reach))
                .filter(|&it| it < count && it != no.0)
                .map(FrameNo)
                .collect(),
            Some(Step::Difference(Other::Previous, _)) => {
                vec![FrameNo(no.0.saturating_sub(1))]
            }
            Some(Step::Difference(Other::Frame(other), _)) => vec![*other],
            _ => Vec::new(),
        }
    }

    /// Shows `still`; a field or a stored sample, which have no place among the frames, without others. `fetch` gives other frames of the same video, one at a time: a mean over many
    /// frames holds one of them.
    ///
    /// # Errors
    /// Whatever `fetch` fails with; [`BadView`] if a box lies outside the picture, or the result would
    /// be larger than [`MAX_SIDE`].
    pub fn show<S, E>(
        &self,
        still: &Still,
        count: u32,
        mut fetch: impl FnMut(FrameNo) -> Result<S, E>,
    ) -> Result<Viewed, E>
    where
        S: AsRef<Still>,
        E: From<BadView>,
    {
        if self.is_exact() {
            return Ok(Viewed::of(still.width, still.height, still.rgb.clone()));
        }
        let mut picture = Picture::of(still);
        let others = match still.which {
            Which::Frame(no) => self.others(no, count),
            Which::Field(_) | Which::Stored { .. } => Vec::new(),
        };
        for (at, step) in self.0.iter().enumerate() {
            picture = if at == 0 && time::is_over(step) {
                let mut mix = time::Mix::new(step, picture);
                for &other in &others {
                    mix.take(fetch(other)?.as_ref());
                }
                mix.finish()
            } else {
                step.apply(picture)?
            };
        }
        Ok(picture.rounded())
    }
}

impl Step {
    fn apply(&self, picture: Picture) -> Result<Picture, BadView> {
        Ok(match *self {
            // Steps over time come first and are taken there; the parser sees to it.
            Self::Average(..) | Self::Denoise(..) | Self::Difference(..) => picture,
            Self::Field(field) => shape::field(picture, field),
            Self::Crop(within) => shape::crop(&picture, within)?,
            Self::Zoom(times) => shape::zoom(&picture, times)?,
            Self::Levels(black, white) => levels::levels(picture, black, white),
            Self::Gamma(gamma) => levels::gamma(picture, gamma),
            Self::Stretch(percent) => levels::stretch(picture, percent),
            Self::Clahe(clip, tiles) => clahe::clahe(picture, clip, tiles as usize),
            Self::Show(plane) => picture.show(plane),
            Self::Sharpen(amount, sigma) => detail::sharpen(&picture, amount, sigma),
            Self::Edges => detail::edges(&picture),
            Self::ErrorLevel(quality, gain) => recompress::error_level(&picture, quality, gain),
        })
    }
}

impl Viewed {
    fn of(width: u32, height: u32, rgb: Vec<u8>) -> Self {
        Self {
            width,
            height,
            hash: FrameHash::of(&rgb),
            rgb,
        }
    }

    /// The same pixels with a fourth byte of 255 each, as a canvas takes them: `4 * width * height` bytes.
    pub fn rgba(&self) -> Vec<u8> {
        let pixels = self.rgb.as_chunks::<3>().0;
        let mut rgba = vec![255; pixels.len() * 4];
        for (to, from) in rgba.as_chunks_mut::<4>().0.iter_mut().zip(pixels) {
            to[..3].copy_from_slice(from);
        }
        rgba
    }

    /// SHA-256 of `rgb`.
    pub fn pixel_hash(&self) -> FrameHash {
        self.hash
    }
}

impl fmt::Display for View {
    /// As it is written, every parameter stated.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(f, "{comma}{step}")?;
        }
        Ok(())
    }
}
