//! Which frames to leave out so that pictures come in time.

use super::Taken;

/// Seconds by which pictures may be late before some are left out: whoever watches has some in store.
const SLACK: f64 = 0.3;

/// Seconds on the screen for which nothing new is shown at most, however late everything is.
const LONGEST_GAP: f64 = 0.2;

/// The clock by which pictures are due.
pub(super) struct Pace {
    speed: f64,
    /// Clock and seconds of footage that belong together.
    tie: Option<(f64, f64)>,
    /// Seconds of footage of the picture shown last.
    last: f64,
}

impl Pace {
    pub(super) fn new(speed: f64) -> Self {
        Self {
            speed,
            tie: None,
            last: 0.0,
        }
    }

    /// Whether the frame at `at` seconds of footage is to be left out.
    pub(super) fn leaves_out(&self, at: f64, now: f64) -> bool {
        (at - self.last).abs() < LONGEST_GAP * self.speed && self.is_late(at, now)
    }

    /// Of how many frames one is to be shown, from `at` seconds of footage on.
    pub(super) fn stride(&self, at: f64, now: f64) -> u32 {
        if self.is_late(at, now) {
            (self.speed.ceil() as u32).max(2)
        } else {
            1
        }
    }

    /// A picture was given away.
    pub(super) fn shown(&mut self, at: f64, now: f64, taken: Taken) {
        // Who lets a picture wait sets the pace: until now nothing is late.
        if self.tie.is_none() || taken == Taken::Later {
            self.tie = Some((now, at));
        }
        self.last = at;
    }

    fn is_late(&self, at: f64, now: f64) -> bool {
        // Whoever slows footage down wants to see every frame of it.
        let Some((since, from)) = self.tie.filter(|_| self.speed >= 1.0) else {
            return false;
        };
        now - since > (at - from).abs() / self.speed + SLACK
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames shown of 250 at 25 a second, where each takes `cost` seconds to make.
    fn shown(speed: f64, cost: f64, taken: Taken) -> Vec<u32> {
        let (mut pace, mut now, mut frames) = (Pace::new(speed), 0.0, Vec::new());
        for no in 0..250 {
            let at = f64::from(no) * 0.04;
            if !pace.leaves_out(at, now) {
                now += cost;
                frames.push(no);
                pace.shown(at, now, taken);
            }
        }
        frames
    }

    #[test]
    fn nothing_is_left_out_of_what_comes_in_time() {
        assert_eq!(shown(1.0, 0.03, Taken::AtOnce).len(), 250);
        assert_eq!(shown(4.0, 0.009, Taken::AtOnce).len(), 250);
    }

    #[test]
    fn as_many_are_left_out_as_are_too_late() {
        let half = shown(4.0, 0.02, Taken::AtOnce);
        assert!((110..=150).contains(&half.len()), "{}", half.len());
        let few = shown(1.0, 1.0, Taken::AtOnce);
        assert!(few.windows(2).all(|pair| pair[1] - pair[0] <= 6), "{few:?}");
    }

    #[test]
    fn slow_footage_is_shown_whole_and_who_waits_is_not_late() {
        assert_eq!(shown(0.5, 1.0, Taken::AtOnce).len(), 250);
        assert_eq!(shown(1.0, 1.0, Taken::Later).len(), 250);
    }
}
