//! How fast an examination goes, and how long it takes yet.

use std::time::{Duration, Instant};

use workbench::{Progress, Stage};

/// The whole of a share.
const WHOLE: u32 = 10_000;
/// Time and share that must have passed before an estimate means anything.
const LEAST: Duration = Duration::from_secs(3);
const LEAST_SHARE: u32 = 50;
/// Time over which an estimate follows a change of pace.
const SLOW: f64 = 15.0;

/// Follows one examination.
#[derive(Debug, Default)]
pub struct Pace {
    /// When decoding was first seen under way, how far it was then, and where in the video.
    begun: Option<Begun>,
    /// Share at the last look.
    share: u32,
    /// Seconds from `begun` to the expected end, and when that was expected.
    end: Option<(f64, Instant)>,
}

#[derive(Clone, Copy, Debug)]
struct Begun {
    at: Instant,
    share: u32,
    position: Duration,
}

impl Pace {
    /// A line about how far it is, for a person.
    pub fn line(&mut self, progress: &Progress, now: Instant) -> String {
        let left = self.left(progress, now);
        let doing = match progress.stage {
            Stage::Approach => "reading on to where it was cut off".to_owned(),
            Stage::Pictures => match self.speed(progress, now) {
                Some(speed) => format!("frame {}, {speed:.1}× real time", progress.frames),
                None => format!("frame {}", progress.frames),
            },
            Stage::Structure => "structure".to_owned(),
            Stage::Sound => "sound".to_owned(),
        };
        let percent = progress.share / (WHOLE / 100);
        match left {
            Some(left) => format!("{percent} %  {doing}, {} left", rough(left)),
            None => format!("{percent} %  {doing}"),
        }
    }

    /// Time that it takes yet; `None` until that can be told.
    pub fn left(&mut self, progress: &Progress, now: Instant) -> Option<Duration> {
        let again = progress.share < self.share;
        self.share = progress.share;
        if again {
            // It began from the start.
            *self = Self {
                share: progress.share,
                ..Self::default()
            };
        }
        if progress.stage == Stage::Approach {
            return None;
        }
        let begun = *self.begun.get_or_insert(Begun {
            at: now,
            share: progress.share,
            position: progress.position,
        });
        let (passed, done) = (now - begun.at, progress.share - begun.share);
        if passed < LEAST || done < LEAST_SHARE {
            return None;
        }
        let all = f64::from(WHOLE - begun.share);
        let told = passed.as_secs_f64() * all / f64::from(done);
        let end = match self.end {
            Some((before, then)) => {
                let step = ((now - then).as_secs_f64() / SLOW).min(1.0);
                before + (told - before) * step
            }
            None => told,
        };
        self.end = Some((end, now));
        Some(Duration::from_secs_f64(
            (end - passed.as_secs_f64()).max(0.0),
        ))
    }

    /// How many times as fast as the video plays.
    fn speed(&self, progress: &Progress, now: Instant) -> Option<f64> {
        let begun = self.begun?;
        let passed = (now - begun.at).as_secs_f64();
        let shown = progress.position.checked_sub(begun.position)?;
        (passed >= 1.0).then(|| shown.as_secs_f64() / passed)
    }
}

/// A time as exact as an estimate of it can be.
fn rough(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..=9 => format!("{} s", seconds.max(1)),
        10..=89 => format!("{} s", (seconds + 2) / 5 * 5),
        90..=5399 => format!("{} min", (seconds + 30) / 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60 / 5 * 5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(stage: Stage, share: u32, position: u64) -> Progress {
        Progress {
            stage,
            share,
            frames: share,
            position: Duration::from_secs(position),
        }
    }

    #[test]
    fn no_time_is_told_before_it_means_anything() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        let mut left = |ms: u64, share: u32| {
            let now = start + Duration::from_millis(ms);
            pace.left(&progress(Stage::Pictures, share, 0), now)
        };
        assert_eq!(left(0, 0), None);
        assert_eq!(left(2000, 900), None, "too soon");
        assert!(left(4000, 1000).is_some());
    }

    #[test]
    fn an_even_pace_is_told_to_the_second_also_when_it_was_gone_on_with() {
        for from in [0, 6000] {
            let (mut pace, start) = (Pace::default(), Instant::now());
            pace.left(&progress(Stage::Approach, from / 2, 0), start);
            for second in 0..=20 {
                let share = from + second * 100;
                let now = start + Duration::from_secs(second.into());
                let left = pace.left(&progress(Stage::Pictures, share, 0), now);
                if second >= 3 {
                    let expected = (10_000 - from) / 100 - second;
                    let left = left.expect("told").as_secs_f64().round();
                    assert_eq!(left, f64::from(expected), "{from} at {second}");
                }
            }
        }
    }

    #[test]
    fn a_change_of_pace_does_not_make_it_jump() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        let (mut share, mut last) = (0.0, None::<f64>);
        for tick in 0..600_u64 {
            share += if tick < 300 { 5.0 } else { 15.0 };
            let now = start + Duration::from_millis(tick * 100);
            let left = pace.left(&progress(Stage::Pictures, share as u32, 0), now);
            let left = left.map(|left| left.as_secs_f64());
            if let Some((left, last)) = left.zip(last) {
                let change = (left - last).abs();
                assert!(change < 3.0, "{last} to {left} at {tick}");
            }
            last = left.or(last);
        }
    }

    #[test]
    fn a_line_says_stage_speed_and_time_left() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        let mut line = |second: u64, stage: Stage, share: u32| {
            let now = start + Duration::from_secs(second);
            pace.line(&progress(stage, share, second * 4), now)
        };
        assert_eq!(line(0, Stage::Pictures, 0), "0 %  frame 0");
        assert_eq!(
            line(50, Stage::Pictures, 2500),
            "25 %  frame 2500, 4.0× real time, 3 min left"
        );
        assert_eq!(line(180, Stage::Sound, 9800), "98 %  sound, 3 s left");
    }

    #[test]
    fn times_are_rounded_to_what_they_are_worth() {
        let told = [3, 12, 88, 200, 6000].map(|seconds| rough(Duration::from_secs(seconds)));
        assert_eq!(told, ["3 s", "10 s", "90 s", "3 min", "1 h 40 min"]);
    }
}
