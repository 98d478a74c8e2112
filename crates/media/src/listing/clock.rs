//! From the stream's timestamps to those that ffmpeg's command line writes with
//! `-fps_mode passthrough`: whole ticks of the frame rate, never running back.

use crate::time::Rational;

/// Turns the timestamps of one stream, in order.
pub(super) struct Clock {
    stream: Rational,
    rate: Rational,
    last: Option<i64>,
}

impl Clock {
    /// From ticks of `stream` to frames of `rate`; both positive.
    pub(super) fn new(stream: Rational, rate: Rational) -> Self {
        Self {
            stream,
            rate,
            last: None,
        }
    }

    /// Decoding and presentation time written for a frame.
    pub(super) fn tick(&mut self, pts: Option<i64>) -> (i64, i64) {
        // The muxer makes up what is missing: one more than before.
        let wanted = pts.map_or_else(
            || self.last.map_or(0, |last| last.saturating_add(1)),
            |pts| self.in_frames(pts),
        );
        let time = self.last.map_or(wanted, |last| wanted.max(last));
        self.last = Some(time);
        (time, time)
    }

    /// Converts with up to 16 more bits than whole frames have, and rounds away from exact halves, as
    /// ffmpeg does.
    fn in_frames(&self, pts: i64) -> i64 {
        let bits = 29_u32.saturating_sub(self.rate.num.max(1).ilog2()).min(16);
        let num = i128::from(self.stream.num) * (i128::from(self.rate.num) << bits);
        let den = i128::from(self.stream.den) * i128::from(self.rate.den);
        let scaled = i128::from(pts) * num;
        let magnitude = (scaled.abs() + den / 2) / den;
        let fine = if scaled < 0 { -magnitude } else { magnitude };
        let exact = fine as f64 / f64::from(1_u32 << bits);
        let nudged = exact + sign(exact) / f64::from(1 << 17);
        nudged.round_ties_even() as i64
    }
}

fn sign(value: f64) -> f64 {
    if value > 0.0 {
        1.0
    } else if value < 0.0 {
        -1.0
    } else {
        0.0
    }
}
