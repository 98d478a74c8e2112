//! Frames in, prints out.

mod step;

use crate::border;
use crate::luma::Luma;
use crate::pdq::{Dihedral, Pdq, Reducer};
use crate::points::{self, Point};
use crate::prints::{FramePrint, Prints, Sample, Seconds, Window};
use crate::views::{Rect, Shrinker, Small};
use crate::windows;

pub use step::{BadStep, Step};
use step::{Seen, Settled};

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
    /// Absent while it was only recalled.
    small: Option<Small>,
    points: Vec<Point>,
}

/// Where a frame is among those pushed.
#[derive(Clone, Copy, Debug)]
struct Place {
    index: usize,
    /// In seconds.
    at: f64,
    /// Whether it begins a new shot.
    cut: bool,
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
    /// frame whose number does not exceed the last one's is passed over. Returns what was made of it,
    /// for [`Fingerprinter::recall`].
    pub fn push(&mut self, frame: u32, pts: i64, luma: Luma<'_>) -> Option<Step> {
        if self.is_past(frame) {
            return None;
        }
        let whole = self.reducer.spectrum(luma).hash(Dihedral::Original);
        let place = self.add(frame, pts, whole);
        let mut step = Step::of(whole);
        if luma.is_whole() && self.is_due(place) {
            self.sample(place, luma, &mut step);
        }
        Some(step)
    }

    /// Takes a frame without its picture, by what [`Fingerprinter::push`] made of it in another
    /// fingerprinter that had the same frames before.
    ///
    /// Pictures that were held then are held again, without their samples: before the next `push` or
    /// [`Fingerprinter::finish`] each frame from [`Fingerprinter::wanted`] on is to be shown with
    /// [`Fingerprinter::again`].
    ///
    /// # Errors
    /// The step cannot have been made here.
    pub fn recall(&mut self, frame: u32, pts: i64, step: &Step) -> Result<(), BadStep> {
        if self.is_past(frame) {
            return Err(BadStep);
        }
        let place = self.add(frame, pts, step.whole);
        let Some(Seen { size, points }) = &step.sample else {
            return step.settled.is_empty().then_some(()).ok_or(BadStep);
        };
        if !self.is_due(place) {
            return Err(BadStep);
        }
        if !step.settled.is_empty() {
            if step.settled.len() != self.held.len() {
                return Err(BadStep);
            }
            self.settle(&step.settled);
        }
        if self.is_described(place) {
            self.described = Some(place.at);
        }
        self.hold(place, None, *size, points.clone());
        Ok(())
    }

    /// The first recalled frame whose picture must be shown again; `None` where there is none.
    pub fn wanted(&self) -> Option<u32> {
        let first = self.held.iter().find(|held| held.small.is_none())?;
        Some(self.prints.frames[first.index as usize].frame)
    }

    /// Shows a recalled frame's picture again. Costs nothing where it is not wanted.
    pub fn again(&mut self, frame: u32, luma: Luma<'_>) {
        let frames = &self.prints.frames;
        let mut wanting = self.held.iter_mut().filter(|held| held.small.is_none());
        if let Some(held) = wanting.find(|held| frames[held.index as usize].frame == frame) {
            held.small = Some(self.shrinker.shrink(luma));
        }
    }

    fn is_past(&self, frame: u32) -> bool {
        let last = self.prints.frames.last();
        last.is_some_and(|last| last.frame >= frame)
    }

    /// Adds a frame with its hash.
    fn add(&mut self, frame: u32, pts: i64, whole: Pdq) -> Place {
        let last = self.prints.frames.last();
        let place = Place {
            index: self.prints.frames.len(),
            at: self.clock.of(pts),
            cut: last.is_none_or(|last| last.whole.distance(&whole) >= CUT),
        };
        self.prints.frames.push(FramePrint { frame, pts, whole });
        place
    }

    /// Takes a frame as a sample.
    fn sample(&mut self, place: Place, luma: Luma<'_>, step: &mut Step) {
        let small = self.shrinker.shrink(luma);
        let size = |small: &Small| (small.width, small.height);
        let first = self.held.first().and_then(|held| held.small.as_ref());
        let other = first.is_some_and(|first| size(first) != size(&small));
        if place.cut || self.held.len() >= HELD || other {
            step.settled = self.flush();
        }
        let described = self.is_described(place);
        let points = if described {
            self.described = Some(place.at);
            points::of(&small)
        } else {
            Vec::new()
        };
        // A side is at most 384.
        let size = (small.width as u16, small.height as u16);
        step.sample = Some(Seen {
            size,
            points: points.clone(),
        });
        self.hold(place, Some(small), size, points);
    }

    fn hold(&mut self, place: Place, small: Option<Small>, size: (u16, u16), points: Vec<Point>) {
        if self.prints.size == (0, 0) {
            self.prints.size = size;
        }
        self.held.push(Held {
            index: place.index as u32,
            small,
            points,
        });
        self.sampled = Some((place.index, place.at));
    }

    /// The prints of all frames pushed.
    pub fn finish(mut self) -> Prints {
        self.flush();
        self.prints
    }

    /// Whether the frame added last is to be sampled.
    fn is_due(&self, place: Place) -> bool {
        let Some((sampled, then)) = self.sampled else {
            return true;
        };
        let frames = &self.prints.frames;
        let changed = frames[sampled].whole.distance(&frames[place.index].whole) >= CHANGED;
        let past = place.at - then;
        past >= STILL || (changed && past >= CHANGING) || (place.cut && past >= AT_CUT)
    }

    /// Whether the corners of a sample are to be described.
    fn is_described(&self, place: Place) -> bool {
        place.cut
            || self
                .described
                .is_none_or(|then| place.at - then >= DESCRIBED)
    }

    /// Hashes the views of the pictures held, inside their common border, and the windows in them.
    fn flush(&mut self) -> Vec<Settled> {
        // Whoever recalled frames has shown those pictures again.
        self.held.retain(|held| held.small.is_some());
        let pictures: Vec<&Small> = self
            .held
            .iter()
            .filter_map(|it| it.small.as_ref())
            .collect();
        let inside: Rect = border::inside(&pictures);
        let windows = windows::of(&pictures, inside);
        let settle = |small: &&Small| Settled {
            views: small.views(inside, &mut self.reducer),
            windows: windows
                .iter()
                .map(|&place| Window {
                    place,
                    print: small.print(place, &mut self.reducer),
                })
                .collect(),
        };
        let settled: Vec<_> = pictures.iter().map(settle).collect();
        self.settle(&settled);
        settled
    }

    /// Turns the pictures held into samples with these views.
    fn settle(&mut self, settled: &[Settled]) {
        for (held, settled) in self.held.drain(..).zip(settled) {
            self.prints.samples.push(Sample {
                index: held.index,
                views: settled.views,
                windows: settled.windows.clone(),
                points: held.points,
            });
        }
    }
}
