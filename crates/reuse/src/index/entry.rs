//! What an index holds and what it answers.

use std::cmp::Ordering;

use crate::prints::{Prints, Sample};

/// The 256 bits of a print, as in [`crate::pdq::Pdq::bits`].
pub type Bits = [u64; 4];

/// Plainer pictures are no evidence (black, fog, a fade) and are alike by the thousand.
const PLAIN: u8 = 10;

/// Which video a print is of: any 32 bytes that name it wherever and whenever it is added, such as
/// the SHA-256 of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VideoId(pub [u8; 32]);

/// One print of a video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The number of the frame that it was made from.
    pub frame: u32,
    /// Which view of the frame: 0 is the whole picture; the others are as the maker counts them.
    pub view: u8,
    /// PDQ's quality, 0 to 100.
    pub quality: u8,
    /// The print.
    pub bits: Bits,
}

/// A print near a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bits that differ, 0 to 256.
    pub distance: u32,
    /// The video that the print is of.
    pub video: VideoId,
    /// The frame, see [`Entry::frame`].
    pub frame: u32,
    /// The view, see [`Entry::view`].
    pub view: u8,
    /// The quality, see [`Entry::quality`].
    pub quality: u8,
}

impl Ord for Hit {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |hit: &Self| (hit.distance, hit.video, hit.frame, hit.view, hit.quality);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Hit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What lies near one query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The nearest first, then by video, frame and view; as many as were asked for at most.
    pub hits: Vec<Hit>,
    /// How many more lie within the radius: what was left out is counted, never dropped in silence.
    pub more: u64,
}

/// Hits of one query, of which the nearest are kept.
#[derive(Clone, Debug)]
pub(super) struct Nearest {
    hits: Vec<Hit>,
    most: usize,
    all: u64,
    /// Farther ones than this need not be looked at, only counted.
    farthest: u32,
}

impl Nearest {
    pub(super) fn new(most: usize) -> Self {
        Self {
            hits: Vec::new(),
            most,
            all: 0,
            farthest: u32::MAX,
        }
    }

    /// Counts a hit at `distance`; whether it may be among the nearest, and must be pushed.
    pub(super) fn counts(&mut self, distance: u32) -> bool {
        self.all += 1;
        self.most > 0 && distance <= self.farthest
    }

    pub(super) fn push(&mut self, hit: Hit) {
        self.hits.push(hit);
        if self.hits.len() >= self.most.saturating_mul(2).saturating_add(64) {
            self.cut();
        }
    }

    /// Nothing found yet, and as many wanted.
    pub(super) fn fresh(&self) -> Self {
        Self::new(self.most)
    }

    pub(super) fn join(&mut self, other: Self) {
        self.all += other.all;
        self.farthest = self.farthest.min(other.farthest);
        other.hits.into_iter().for_each(|hit| self.push(hit));
    }

    pub(super) fn answer(mut self) -> Answer {
        self.hits.sort_unstable();
        self.hits.truncate(self.most);
        let more = self.all - self.hits.len() as u64;
        Answer {
            hits: self.hits,
            more,
        }
    }

    fn cut(&mut self) {
        if self.most > 0 && self.hits.len() > self.most {
            self.hits.select_nth_unstable(self.most - 1);
            self.hits.truncate(self.most);
            self.farthest = self.hits[self.most - 1].distance;
        }
    }
}

/// What an index keeps of a video: of each sample the whole frame (view 0), its views (1 to 4) and its
/// windows (from 5), but none plainer than quality 10.
pub fn entries(prints: &Prints) -> Vec<Entry> {
    let samples = prints.samples.iter();
    samples
        .flat_map(|sample| of_sample(prints, sample))
        .collect()
}

/// The same of one sample.
pub(super) fn of_sample<'a>(
    prints: &'a Prints,
    sample: &'a Sample,
) -> impl Iterator<Item = Entry> + 'a {
    let frame = prints.frames.get(sample.index as usize);
    frame.into_iter().flat_map(|frame| {
        let windows = sample.windows.iter().map(|window| &window.print);
        std::iter::once(&frame.whole)
            .chain(&sample.views)
            .chain(windows)
            .zip(0..)
            .filter(|(print, _)| print.quality >= PLAIN)
            .map(|(print, view)| Entry {
                frame: frame.frame,
                view,
                quality: print.quality,
                bits: print.bits,
            })
    })
}
