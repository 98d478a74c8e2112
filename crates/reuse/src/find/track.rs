//! A video's prints, laid out for matching.

use super::Side;
use super::evidence::Views;
use crate::fingerprinter::CUT;
use crate::pdq::Pdq;
use crate::prints::{Prints, Sample};

/// A video's prints with what matching asks of them again and again.
pub(super) struct Track<'a> {
    prints: &'a Prints,
    seconds: Vec<f64>,
    samples: Vec<&'a Sample>,
    pub(super) views: Vec<Views<'a>>,
}

impl<'a> Track<'a> {
    /// All samples.
    pub(super) fn new(prints: &'a Prints) -> Self {
        Self::with(prints, prints.samples.iter().collect())
    }

    /// Only the samples whose corners were described.
    pub(super) fn with_points(prints: &'a Prints) -> Self {
        Self::with(
            prints,
            prints
                .samples
                .iter()
                .filter(|sample| !sample.points.is_empty())
                .collect(),
        )
    }

    /// These samples alone.
    pub(super) fn with(prints: &'a Prints, samples: Vec<&'a Sample>) -> Self {
        let views = samples.iter().map(|sample| {
            let [trimmed, wide, middle, close] = sample.views;
            Views {
                whole: [prints.frames[sample.index as usize].whole, trimmed],
                crops: [wide, middle, close],
                windows: &sample.windows,
            }
        });
        Self {
            views: views.collect(),
            prints,
            seconds: prints.seconds(),
            samples,
        }
    }

    pub(super) fn samples(&self) -> impl Iterator<Item = &'a Sample> {
        self.samples.iter().copied()
    }

    pub(super) fn sample(&self, sample: usize) -> &'a Sample {
        self.samples[sample]
    }

    /// Number of a sample's frame.
    pub(super) fn number(&self, sample: usize) -> u32 {
        self.prints.frames[self.samples[sample].index as usize].frame
    }

    /// Width and height of the reduced picture, in samples.
    pub(super) fn size(&self) -> (f32, f32) {
        let (width, height) = self.prints.size;
        (f32::from(width), f32::from(height))
    }

    /// Presentation time of a sample, in seconds.
    pub(super) fn sample_at(&self, sample: usize) -> f64 {
        self.seconds[self.samples[sample].index as usize]
    }

    /// The first sample at or after a time.
    pub(super) fn sample_from(&self, at: f64) -> usize {
        let index = |sample: &&Sample| self.seconds[sample.index as usize];
        self.samples.partition_point(|sample| index(sample) < at)
    }

    /// The first frame at or after a time, or the position after the last.
    pub(super) fn frame_from(&self, at: f64) -> usize {
        self.seconds.partition_point(|&seconds| seconds < at)
    }

    /// The hash of a whole frame.
    pub(super) fn whole(&self, frame: usize) -> Pdq {
        self.prints.frames[frame].whole
    }

    /// Seconds until the next sample, or until the last frame.
    pub(super) fn held(&self, sample: usize) -> f64 {
        let next = if sample + 1 < self.views.len() {
            self.sample_at(sample + 1)
        } else {
            self.end()
        };
        next - self.sample_at(sample)
    }

    /// Bits by which the trimmed pictures of two samples differ.
    pub(super) fn change(&self, a: usize, b: usize) -> u32 {
        let trimmed = |sample: usize| &self.views[sample].whole[1];
        trimmed(a).distance(trimmed(b))
    }

    /// Seconds at which the last frame ends, taking it to last as long as the one before.
    fn end(&self) -> f64 {
        match self.seconds.as_slice() {
            [.., before, last] => last + (last - before),
            [only] => *only,
            [] => 0.0,
        }
    }

    /// Whether a frame begins a shot.
    fn is_cut(&self, frame: usize) -> bool {
        let frames = &self.prints.frames;
        frame == 0 || frames[frame - 1].whole.distance(&frames[frame].whole) >= CUT
    }

    /// The cut nearest to `at` in a range of seconds: the position of the frame it begins.
    /// The first frame, and the position after the last, count as cuts.
    pub(super) fn cut_near(&self, at: f64, from: f64, to: f64) -> Option<usize> {
        let first = self.seconds.partition_point(|&s| s < from);
        let past = self.seconds.partition_point(|&s| s <= to);
        let mut cuts: Vec<(f64, usize)> = (first..past)
            .filter(|&f| self.is_cut(f))
            .map(|f| ((self.seconds[f] - at).abs(), f))
            .collect();
        if (from..=to).contains(&self.end()) {
            cuts.push(((self.end() - at).abs(), self.seconds.len()));
        }
        cuts.into_iter()
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, frame)| frame)
    }

    /// Seconds at the start of a frame, or at the end of all.
    pub(super) fn starts(&self, frame: usize) -> f64 {
        self.seconds
            .get(frame)
            .copied()
            .unwrap_or_else(|| self.end())
    }

    /// The frame on screen nearest to a time: the position among frames, at most one past the last.
    pub(super) fn frame_at(&self, at: f64) -> usize {
        let next = self.seconds.partition_point(|&s| s < at);
        let before = next.saturating_sub(1);
        if (at - self.starts(before)).abs() <= (self.starts(next) - at).abs() {
            before
        } else {
            next
        }
    }

    /// The frames from `first` up to but not including `past`.
    pub(super) fn side(&self, first: usize, past: usize) -> Option<Side> {
        let frames = &self.prints.frames;
        let past = past.min(frames.len());
        let (head, tail) = (
            frames.get(first)?,
            frames.get(past.checked_sub(1)?.max(first))?,
        );
        let duration = |a: i64, b: i64| b.saturating_sub(a).max(1);
        let end = match frames.get(past) {
            Some(next) => next.pts,
            None if past > 1 => tail
                .pts
                .saturating_add(duration(frames[past - 2].pts, tail.pts)),
            None => tail.pts.saturating_add(1),
        };
        Some(Side {
            first: head.frame,
            last: tail.frame,
            start: head.pts,
            end: end.max(head.pts),
        })
    }
}
