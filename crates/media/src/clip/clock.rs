//! Timestamps of a stream as nanoseconds that can be turned back.

use super::Refused;
use crate::index::FrameEntry;
use crate::time::{Pts, TimeBase};

const SECOND: i128 = 1_000_000_000;

/// Nanoseconds for the timestamps of a span.
pub(super) struct Clock {
    base: TimeBase,
    /// Timestamp that is nanosecond 0: 0, or the first one where that lies before.
    origin: i64,
}

impl Clock {
    /// For these frames, whose timestamps must be there and in order.
    pub(super) fn of(base: TimeBase, frames: &[FrameEntry]) -> Result<Self, Refused> {
        // Less than a nanosecond to a tick: two timestamps could become one.
        let coarse = i128::from(base.num) * SECOND >= i128::from(base.den);
        let mut last = None;
        for frame in frames {
            if frame.pts.is_none() || frame.pts < last {
                return Err(Refused::Timestamps { no: frame.no });
            }
            last = frame.pts;
        }
        let first = frames.first().and_then(|frame| frame.pts);
        let clock = Self {
            base,
            origin: first.map_or(0, |pts| pts.0.min(0)),
        };
        let end = last.map_or(0, |pts| clock.nanoseconds(pts));
        // Room above for the length of the last frame, and for sound after it.
        if coarse && end <= i128::from(i64::MAX / 2) {
            Ok(clock)
        } else {
            Err(Refused::Clock { time_base: base })
        }
    }

    /// When a frame of the span is shown.
    pub(super) fn at(&self, frame: &FrameEntry) -> u64 {
        let at = frame.pts.map_or(0, |pts| self.nanoseconds(pts));
        u64::try_from(at).unwrap_or(0)
    }

    /// When it is over, counted from when it is shown; `None` where that is unknown.
    pub(super) fn lasts(&self, frame: &FrameEntry) -> Option<u64> {
        let end = frame.pts?.0.checked_add(frame.duration)?;
        let end = u64::try_from(self.nanoseconds(Pts(end))).ok()?;
        end.checked_sub(self.at(frame)).filter(|lasts| *lasts > 0)
    }

    /// The length of each frame where all have the same, rounding aside.
    pub(super) fn even(&self, frames: &[FrameEntry]) -> Option<u64> {
        let (first, rest) = frames.split_first()?;
        let alike = rest.iter().all(|frame| frame.duration == first.duration);
        let ticks = i128::from(first.duration) * i128::from(self.base.num) * SECOND;
        let lasts = u64::try_from(ticks / i128::from(self.base.den)).ok()?;
        (alike && lasts > 0).then_some(lasts)
    }

    /// A time of the container's clock, in nanoseconds of the clip.
    pub(super) fn of_sound(&self, nanoseconds: i128) -> u64 {
        let origin = crate::sound::nanoseconds(Pts(self.origin), self.base);
        u64::try_from(nanoseconds - origin).unwrap_or(0)
    }

    /// What turns nanoseconds back into timestamps.
    pub(super) fn tags(&self) -> [(String, String); 2] {
        [
            ("TIME_BASE".to_owned(), self.base.to_string()),
            ("PTS_AT_ZERO".to_owned(), self.origin.to_string()),
        ]
    }

    fn nanoseconds(&self, pts: Pts) -> i128 {
        let ticks = i128::from(pts.0) - i128::from(self.origin);
        let (num, den) = (i128::from(self.base.num), i128::from(self.base.den));
        (ticks * num * SECOND + den / 2).div_euclid(den)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{FrameHash, PictureType};
    use crate::time::FrameNo;

    fn frames(stamps: &[Option<i64>]) -> Vec<FrameEntry> {
        let frame = |(no, pts): (u32, &Option<i64>)| FrameEntry {
            no: FrameNo(no),
            pts: pts.map(Pts),
            duration: 1,
            picture: PictureType::I,
            key: true,
            damaged: false,
            sample: None,
            position: None,
            size: 0,
            width: 16,
            height: 16,
            hash: FrameHash([0; 32]),
        };
        (0..).zip(stamps).map(frame).collect()
    }

    #[test]
    fn every_timestamp_comes_back() {
        for (num, den) in [
            (1, 90_000),
            (1, 15_360),
            (1001, 30_000),
            (1, 1_000_000_000),
            (1, 705_600_000),
        ] {
            let base = TimeBase { num, den };
            for start in [-90_001_i64, 0, 7, 123_456_789_012] {
                let stamps: Vec<_> = (start..start + 500).map(Some).collect();
                let frames = frames(&stamps);
                let clock = Clock::of(base, &frames).expect("a clock");
                for frame in &frames {
                    let tick = f64::from(num) / f64::from(den) * 1e9;
                    let back = clock.origin + (clock.at(frame) as f64 / tick).round() as i64;
                    assert_eq!(Some(Pts(back)), frame.pts, "{base}");
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_told_is_refused() {
        let base = TimeBase { num: 1, den: 1000 };
        let refused = |stamps: &[Option<i64>], base| Clock::of(base, &frames(stamps)).err();
        assert_eq!(
            refused(&[Some(0), None], base),
            Some(Refused::Timestamps { no: FrameNo(1) })
        );
        assert_eq!(
            refused(&[Some(5), Some(4)], base),
            Some(Refused::Timestamps { no: FrameNo(1) })
        );
        assert_eq!(refused(&[Some(5), Some(5)], base), None);
        let fine = TimeBase {
            num: 1,
            den: 2_000_000_000,
        };
        assert_eq!(
            refused(&[Some(0)], fine),
            Some(Refused::Clock { time_base: fine })
        );
        assert_eq!(
            refused(&[Some(i64::MAX - 1)], base),
            Some(Refused::Clock { time_base: base })
        );
    }
}
