//! Frames in, prints out.

use crate::border;
use crate::luma::Luma;
use crate::pdq::{Dihedral, Reducer};
use crate::points::{self, Point};
use crate::prints::{FramePrint, Prints, Sample, Seconds};
use crate::views::{Rect, Shrinker, Small};

/// A change of this many bits between neighbouring frames begins a new shot.
pub(crate) const CUT: u32 = 64;

/// A change of this many bits since the last sample is worth a new one.
const CHANGED: u32 = 8;

/// Shortest time between samples of a changing picture, at a cut, and the longest in a still one.
const CHANGING: f64 = 0.2;
const AT_CUT: f64 = 0.08;
const STILL: f64 = 1.0;

/// Shortest time between samples whose corners are described, but at cuts.
const DESCRIBED: f64 = 0.45;

/// Pictures of a shot held back to judge its borders.
const HELD: usize = 24;

/// Takes the presented frames of one video, in order, and makes its [`Prints`].
///
/// Every frame is hashed whole; where the picture changes, up to five a second are also hashed in
/// views (inside their borders, and cropped). Memory grows by about 50 bytes a frame, 180 a sample.
#[derive(Debug)]
pub struct Fingerprinter {
    prints: Prints,
    reducer: Reducer,
    shrinker: Shrinker,
    held: Vec<Held>,
    clock: Seconds,
    sampled: Option<(usize, f64)>,
    described: Option<f64>,
}

/// A sampled picture whose views wait for the borders of its shot.
#[derive(Debug)]
struct Held {
    index: u32,
    small: Small,
    points: Vec<Point>,
}

impl Fingerprinter {
    /// A fingerprinter for a stream whose presentation times count in `time_base` (numerator,
    /// denominator) seconds. A zero in either counts as 1/1.
    pub fn new(time_base: (u32, u32)) -> Self {
        let prints = Prints::empty(time_base);
        Self {
            clock: Seconds::new(prints.time_base()),
            prints,
            reducer: Reducer::default(),
            shrinker: Shrinker::default(),
            held: Vec::new(),
            sampled: None,
            described: None,
        }
    }

    /// Adds the next presented frame: its number, its presentation time in ticks, its luma plane as
    /// displayed or as stored, as long as it is the same for all frames compared.
    ///
    /// Times that repeat or run back are kept as they are; matching treats them as standing still. A
    /// frame whose number does not exceed the last one's is passed over.
    pub fn push(&mut self, frame: u32, pts: i64, luma: Luma<'_>) {
        if self
            .prints
            .frames
            .last()
            .is_some_and(|last| last.frame >= frame)
        {
            return;
        }
        let print = self.reducer.spectrum(luma).hash(Dihedral::Original);
        let at = self.clock.of(pts);
        let cut = self
            .prints
            .frames
            .last()
            .is_none_or(|last| last.whole.distance(&print) >= CUT);
        let index = self.prints.frames.len();
        self.prints.frames.push(FramePrint {
            frame,
            pts,
            whole: print,
        });
        if luma.is_whole() && self.is_due(index, at, cut) {
            self.sample(index, at, cut, luma);
        }
    }

    /// Takes the frame at `index` as a sample.
    fn sample(&mut self, index: usize, at: f64, cut: bool, luma: Luma<'_>) {
        let small = self.shrinker.shrink(luma);
        let other =
            |held: &Held| (held.small.width, held.small.height) != (small.width, small.height);
        if cut || self.held.len() >= HELD || self.held.first().is_some_and(other) {
            self.flush();
        }
        let due = cut || self.described.is_none_or(|then| at - then >= DESCRIBED);
        let points = if due { points::of(&small) } else { Vec::new() };
        self.described = if due { Some(at) } else { self.described };
        self.held.push(Held {
            index: index as u32,
            small,
            points,
        });
        self.sampled = Some((index, at));
    }

    /// The prints of all frames pushed.
    pub fn finish(mut self) -> Prints {
        self.flush();
        self.prints
    }

    /// Whether the frame at `index` is to be sampled.
    fn is_due(&self, index: usize, at: f64, cut: bool) -> bool {
        let Some((sampled, then)) = self.sampled else {
            return true;
        };
        let frames = &self.prints.frames;
        let changed = frames[sampled].whole.distance(&frames[index].whole) >= CHANGED;
        let past = at - then;
        past >= STILL || (changed && past >= CHANGING) || (cut && past >= AT_CUT)
    }

    /// Hashes the views of the pictures held, inside their common border.
    fn flush(&mut self) {
        let pictures: Vec<&Small> = self.held.iter().map(|held| &held.small).collect();
        let inside: Rect = border::inside(&pictures);
        for Held {
            index,
            small,
            points,
        } in self.held.drain(..)
        {
            let views = small.views(inside, &mut self.reducer);
            self.prints.samples.push(Sample {
                index,
                views,
                points,
            });
        }
    }
}
