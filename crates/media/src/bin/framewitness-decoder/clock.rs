//! The timestamps of ffmpeg's command line.
//!
//! ffmpeg shifts a file to start at zero, follows the decoding time itself where packets have none,
//! and mends clocks that jump. libav's decoders guess missing timestamps from what they are given, so
//! the same guesses need the same input. This follows the behaviour of the `ffmpeg` program, version
//! 5.1, for one mapped video stream and no options.

use std::collections::VecDeque;

use media::protocol::Mark;
use media::time::Rational;

use crate::av::{Codec, Frame, NO_PTS, Packet, Stream, known};
use ticks::{MICRO, rescale, rescale_or_none};

mod ticks;

/// A jump of more than this is a discontinuity, in formats that have them.
const JUMP: i64 = 10_000_000;

/// A timestamp further off than this is not believed, in formats that have none.
const ABSURD: i64 = 3600 * 30 * 1_000_000;

/// Follows one stream.
pub(crate) struct Clock {
    time_base: Rational,
    discontinuous: bool,
    /// Start of the container, in microseconds.
    start: i64,
    /// Start of the stream, in microseconds.
    stream_start: i64,
    wrap_bits: u32,
    wrap_corrected: bool,
    /// Added to every timestamp, in microseconds.
    offset: i64,
    dts: i64,
    next_dts: i64,
    pts: i64,
    next_pts: i64,
    started: bool,
    last: i64,
    /// Decoding times at the end, for frames that come without any timestamp.
    spare: VecDeque<i64>,
}

impl Clock {
    /// For a stream of a container that starts at `start` microseconds.
    pub(crate) fn new(stream: Stream<'_>, start: i64, discontinuous: bool) -> Self {
        let time_base = stream.raw_time_base();
        Self {
            time_base,
            discontinuous,
            start,
            stream_start: rescale_or_none(stream.start(), time_base, MICRO),
            wrap_bits: stream.wrap_bits(),
            wrap_corrected: false,
            offset: known(start).map_or(0, |start| -start),
            dts: NO_PTS,
            next_dts: NO_PTS,
            pts: NO_PTS,
            next_pts: NO_PTS,
            started: false,
            last: NO_PTS,
            spare: VecDeque::new(),
        }
    }

    /// What it shows before `sample` arrives.
    pub(crate) fn mark(&self, sample: u32) -> Mark {
        Mark {
            sample,
            offset: self.offset,
            dts: (self.dts, self.next_dts),
            pts: (self.pts, self.next_pts),
            last: self.last,
            started: self.started,
            wrap_corrected: self.wrap_corrected,
        }
    }

    /// Shows what another clock of this stream showed.
    pub(crate) fn set(&mut self, mark: &Mark) {
        self.offset = mark.offset;
        (self.dts, self.next_dts) = mark.dts;
        (self.pts, self.next_pts) = mark.pts;
        self.last = mark.last;
        self.started = mark.started;
        self.wrap_corrected = mark.wrap_corrected;
    }

    /// Takes in a packet and gives it the times that the decoder is to see. Returns what was added to
    /// its presentation time, in ticks.
    pub(crate) fn arrive(&mut self, packet: &mut Packet, codec: &Codec, rate: Rational) -> i64 {
        let (mut pts, mut dts) = (packet.pts(), packet.dts());
        let unwrapped = self.unwrap_around(&mut pts, &mut dts);
        let mut shift = self.shift();
        add(&mut pts, shift);
        add(&mut dts, shift);
        shift += unwrapped;
        shift += self.mend(&mut pts, &mut dts);
        if dts != NO_PTS {
            self.last = self.micro(dts);
        }
        self.start_following(codec, rate);
        if dts != NO_PTS {
            self.dts = self.micro(dts);
            self.next_dts = self.dts;
        }
        packet.set_times(pts, dts);
        shift
    }

    /// Before each turn of the decoder. Returns the decoding time that it is told, in ticks.
    pub(crate) fn turn(&mut self) -> i64 {
        self.pts = self.next_pts;
        self.dts = self.next_dts;
        rescale_or_none(self.dts, MICRO, self.time_base)
    }

    /// Before each turn of the decoder after the last packet.
    pub(crate) fn turn_at_end(&mut self, codec: &Codec, rate: Rational) {
        self.start_following(codec, rate);
        let dts = self.turn();
        self.spare.push_back(dts);
    }

    /// Advances the decoding time by a packet; `duration` is the packet's, in ticks. Returns the
    /// duration taken, in microseconds.
    pub(crate) fn advance(&mut self, duration: i64, codec: &Codec, repeat: Option<i32>) -> i64 {
        let rate = codec.frame_rate();
        let taken = if duration != 0 {
            rescale(duration, self.time_base, MICRO)
        } else if rate.num > 0 && rate.den > 0 {
            let per_frame = i64::from(codec.ticks_per_frame().max(1));
            let ticks = repeat.map_or(per_frame, |repeat| i64::from(repeat) + 1);
            1_000_000 * i64::from(rate.den) * ticks / i64::from(rate.num) / per_frame
        } else {
            0
        };
        self.next_dts = if self.dts != NO_PTS && taken != 0 {
            self.next_dts.saturating_add(taken)
        } else {
            NO_PTS
        };
        taken
    }

    /// Takes in a decoded frame and says its timestamp, shifted, in ticks.
    pub(crate) fn leave(&mut self, frame: &Frame, advanced: i64, at_end: bool) -> i64 {
        let mut best = frame.best_effort();
        if at_end && best == NO_PTS {
            best = self.spare.pop_front().unwrap_or(NO_PTS);
        }
        if best != NO_PTS {
            self.pts = self.micro(best);
            self.next_pts = self.pts;
        }
        let duration = match frame.duration() {
            ticks @ 1.. => rescale(ticks, self.time_base, MICRO),
            _ => advanced,
        };
        add(&mut self.next_pts, duration);
        best
    }

    /// The shift in force, in ticks.
    pub(crate) fn shift(&self) -> i64 {
        rescale(self.offset, MICRO, self.time_base)
    }

    fn micro(&self, ticks: i64) -> i64 {
        rescale(ticks, self.time_base, MICRO)
    }

    fn start_following(&mut self, codec: &Codec, rate: Rational) {
        if !self.started {
            self.started = true;
            self.pts = 0;
            self.dts = if rate.num != 0 {
                let seconds = f64::from(rate.num) / f64::from(rate.den);
                (-f64::from(codec.reordered()) * 1_000_000.0 / seconds) as i64
            } else {
                0
            };
        }
        if self.next_dts == NO_PTS {
            self.next_dts = self.dts;
        }
        if self.next_pts == NO_PTS {
            self.next_pts = self.pts;
        }
    }

    /// Brings timestamps that have wrapped before the start back in line. Returns the ticks added to
    /// the presentation time.
    fn unwrap_around(&mut self, pts: &mut i64, dts: &mut i64) -> i64 {
        if self.wrap_corrected || self.start == NO_PTS || !(1..63).contains(&self.wrap_bits) {
            return 0;
        }
        self.correct_start();
        let start = rescale(self.start, MICRO, self.time_base);
        let half = start.saturating_add(1 << (self.wrap_bits - 1));
        let around = -(1_i64 << self.wrap_bits);
        self.wrap_corrected = true;
        if *dts != NO_PTS && *dts > half {
            *dts += around;
            self.wrap_corrected = false;
        }
        if *pts != NO_PTS && *pts > half {
            *pts += around;
            self.wrap_corrected = false;
            return around;
        }
        0
    }

    /// A container may start with a stream that is not read.
    fn correct_start(&mut self) {
        let untouched = self.next_dts == NO_PTS && self.offset == -self.start;
        if untouched && self.discontinuous && self.stream_start > self.start {
            self.offset = -self.stream_start;
        }
    }

    /// Mends a clock that jumps. Returns the ticks added to the presentation time.
    fn mend(&mut self, pts: &mut i64, dts: &mut i64) -> i64 {
        if *dts == NO_PTS {
            return 0;
        }
        let now = self.micro(*dts);
        if self.next_dts == NO_PTS {
            let delta = if self.last == NO_PTS {
                0
            } else {
                now - self.last
            };
            return if self.discontinuous && delta.abs() > JUMP {
                self.bridge(delta, pts, dts)
            } else {
                0
            };
        }
        let delta = now.saturating_sub(self.next_dts);
        if self.discontinuous {
            let back = now.saturating_add(100_000) < self.pts.max(self.dts);
            if delta.saturating_abs() > JUMP || back {
                return self.bridge(delta, pts, dts);
            }
            return 0;
        }
        if delta.saturating_abs() > ABSURD {
            *dts = NO_PTS;
        }
        if *pts != NO_PTS {
            let ahead = self.micro(*pts).saturating_sub(self.next_dts);
            if ahead.saturating_abs() > ABSURD {
                *pts = NO_PTS;
            }
        }
        0
    }

    fn bridge(&mut self, delta: i64, pts: &mut i64, dts: &mut i64) -> i64 {
        self.offset = self.offset.saturating_sub(delta);
        let ticks = -rescale(delta, MICRO, self.time_base);
        add(pts, ticks);
        add(dts, ticks);
        ticks
    }
}

/// Adds to a timestamp, if there is one.
fn add(time: &mut i64, ticks: i64) {
    if *time != NO_PTS {
        *time = time.saturating_add(ticks);
    }
}
