//! When each frame is shown: one place that turns timestamps into seconds and back.

use media::finding::{Finding, FindingKind};
use media::index::{FrameEntry, FrameIndex};
use media::time::FrameNo;
use store::event::{FrameRef, Span};

use crate::error::{Error, Result};
use crate::place::Place;
use crate::view::Shot;

/// The frames of an item on a clock that starts at its first frame and never runs back.
pub struct Timeline<'a> {
    index: &'a FrameIndex,
    at: Vec<f64>,
    end: f64,
}

impl<'a> Timeline<'a> {
    /// Lays `index` out in time. A frame without timestamp, or with one that runs back, is placed at
    /// the end of the frame before it, so that presentation order is kept.
    pub fn new(index: &'a FrameIndex) -> Self {
        let first = index
            .frames
            .iter()
            .find_map(|frame| frame.pts)
            .map_or(0.0, |pts| index.time_base.seconds(pts));
        let mut at = Vec::with_capacity(index.frames.len());
        let mut end = 0.0_f64;
        let mut last = 0.0_f64;
        for frame in &index.frames {
            let stated = frame.pts.map(|pts| index.time_base.seconds(pts) - first);
            let start = stated.filter(|start| *start >= last).unwrap_or(end);
            at.push(microseconds(start));
            last = start;
            end = microseconds(start + seconds_of(index, frame));
        }
        Self { index, at, end }
    }

    /// Seconds after the first frame at which frame `no` appears.
    pub fn at(&self, no: FrameNo) -> f64 {
        self.at[no.0 as usize]
    }

    /// Seconds after the first frame at which frame `no` gives way to the next.
    pub fn until(&self, no: FrameNo) -> f64 {
        self.at.get(no.0 as usize + 1).copied().unwrap_or(self.end)
    }

    /// Seconds from the first frame's appearance to the last one's end.
    pub fn duration(&self) -> f64 {
        self.end
    }

    /// The frame that `place` names.
    ///
    /// # Errors
    /// There is no such frame.
    pub fn find(&self, place: Place) -> Result<FrameNo> {
        let total = self.index.frames.len();
        let found = match place {
            Place::Frame(no) => Some(no as usize).filter(|no| *no < total),
            Place::Seconds(at) => {
                let past = self.at.partition_point(|start| *start <= at);
                past.checked_sub(1).filter(|_| at <= self.end)
            }
            Place::Pts(ticks) => self
                .index
                .frames
                .iter()
                .position(|frame| frame.pts.is_some_and(|pts| pts.0 == ticks)),
        };
        let no = found.ok_or_else(|| {
            Error::missing(format!("there is no frame at {place}")).hint(format!(
                "frames go from 0 to {}, time from 0s to {:.3}s",
                total.saturating_sub(1),
                self.end
            ))
        })?;
        Ok(self.index.frames[no].no)
    }

    /// Number of frames that appear before `seconds`: the number of the first that does not.
    pub fn appeared_before(&self, seconds: f64) -> u32 {
        let past = self.at.partition_point(|start| *start < seconds);
        crate::examine::count(past)
    }

    /// The span from frame `first` to frame `last`, both included.
    ///
    /// # Errors
    /// `last` comes before `first`, or a frame does not exist.
    pub fn span(&self, first: FrameNo, last: FrameNo) -> Result<Span> {
        if last < first {
            return Err(Error::usage(format!(
                "frame {last} comes before frame {first}"
            )));
        }
        self.find(Place::Frame(last.0))?;
        let frames = &self.index.frames;
        let (from, to) = (&frames[first.0 as usize], &frames[last.0 as usize]);
        let start = from.pts.map_or(i64::from(first.0), |pts| pts.0);
        let end = to.pts.map_or(i64::from(last.0), |pts| pts.0) + to.duration.max(1);
        let base = self.index.time_base;
        Ok(Span {
            time_base: [base.num, base.den],
            start,
            end: end.max(start + 1),
            first: frame_ref(from),
            last: frame_ref(to),
        })
    }

    /// Seconds `[start, end)` of a span of this item, on this clock.
    pub fn seconds(&self, span: &Span) -> [f64; 2] {
        let last = self.index.frames.len().saturating_sub(1);
        let frame = |no: u32| FrameNo(no.min(u32::try_from(last).unwrap_or(u32::MAX)));
        [
            self.at(frame(span.first.no)),
            self.until(frame(span.last.no)),
        ]
    }

    /// Shots: the frames between one hard cut and the next.
    pub fn shots(&self, findings: &[Finding]) -> Vec<Shot> {
        let Some(last) = self.index.frames.last() else {
            return Vec::new();
        };
        let cuts = findings
            .iter()
            .filter(|finding| finding.kind == FindingKind::Cut)
            .filter_map(|cut| cut.span);
        let mut starts: Vec<u32> = cuts
            .map(|span| span.first.0)
            .filter(|no| *no <= last.no.0)
            .collect();
        starts.push(0);
        starts.sort_unstable();
        starts.dedup();
        let ends = starts
            .iter()
            .skip(1)
            .map(|next| next - 1)
            .chain([last.no.0]);
        let shot = |(first, last): (&u32, u32)| Shot {
            first: *first,
            last,
            start_s: self.at(FrameNo(*first)),
            end_s: self.until(FrameNo(last)),
        };
        starts.iter().zip(ends).map(shot).collect()
    }
}

/// A frame as entries name it.
pub fn frame_ref(frame: &FrameEntry) -> FrameRef {
    FrameRef {
        no: frame.no.0,
        pts: frame.pts.map(|pts| pts.0),
        hash: frame.hash.hex(),
    }
}

fn seconds_of(index: &FrameIndex, frame: &FrameEntry) -> f64 {
    frame.duration.max(0) as f64 * f64::from(index.time_base.num) / f64::from(index.time_base.den)
}

/// Rounded to a whole microsecond: what is shown has no use for the noise of binary fractions.
fn microseconds(seconds: f64) -> f64 {
    (seconds * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use media::index::{FrameHash, PictureType};
    use media::time::{Pts, TimeBase};

    use super::*;

    fn index(stamps: &[(Option<i64>, i64)]) -> FrameIndex {
        let frame = |(no, (pts, duration)): (usize, &(Option<i64>, i64))| FrameEntry {
            no: FrameNo(no as u32),
            pts: pts.map(Pts),
            duration: *duration,
            picture: PictureType::P,
            key: no == 0,
            damaged: false,
            sample: None,
            position: None,
            size: 0,
            width: 16,
            height: 16,
            hash: FrameHash([no as u8; 32]),
        };
        let frames = stamps.iter().enumerate().map(frame).collect();
        FrameIndex {
            time_base: TimeBase { num: 1, den: 1000 },
            frames,
        }
    }

    #[test]
    fn frames_of_uneven_length_keep_their_own_times() {
        let index = index(&[(Some(500), 40), (Some(540), 240), (Some(780), 80)]);
        let timeline = Timeline::new(&index);
        assert_eq!(
            [0, 1, 2].map(|no| timeline.at(FrameNo(no))),
            [0.0, 0.04, 0.28]
        );
        assert_eq!(timeline.duration(), 0.36);
        let at = |seconds| timeline.find(Place::Seconds(seconds)).map(|no| no.0);
        assert_eq!(
            [0.0, 0.039, 0.04, 0.2799, 0.28, 0.36].map(|s| at(s).ok()),
            [0, 0, 1, 1, 2, 2].map(Some)
        );
        assert!(at(0.37).is_err());
        assert_eq!(timeline.find(Place::Pts(780)).ok(), Some(FrameNo(2)));
    }

    #[test]
    fn time_never_runs_back_whatever_the_stamps_say() {
        let index = index(&[
            (Some(0), 40),
            (None, 40),
            (Some(20), 40),
            (Some(200), 40),
            (Some(160), 40),
        ]);
        let timeline = Timeline::new(&index);
        let times: Vec<f64> = (0..5).map(|no| timeline.at(FrameNo(no))).collect();
        assert_eq!(times, [0.0, 0.04, 0.08, 0.2, 0.24]);
        assert_eq!(timeline.until(FrameNo(4)), 0.28);
    }

    #[test]
    fn a_span_holds_both_its_frames_and_refuses_to_run_back() {
        let index = index(&[(Some(0), 40), (Some(40), 40), (Some(80), 40)]);
        let timeline = Timeline::new(&index);
        let span = timeline.span(FrameNo(1), FrameNo(2)).expect("both exist");
        assert_eq!(
            (span.start, span.end, span.first.no, span.last.no),
            (40, 120, 1, 2)
        );
        assert_eq!(timeline.seconds(&span), [0.04, 0.12]);
        assert!(timeline.span(FrameNo(2), FrameNo(1)).is_err());
        assert!(timeline.span(FrameNo(0), FrameNo(3)).is_err());
    }
}
