//! Telling how far a pass is.

use std::ops::ControlFlow;
use std::time::Duration;

use super::super::watch::{Progress, Stage as Doing};
use super::{Listener, Stop};

impl Listener<'_> {
    /// Time from the first frame to the last, in microseconds.
    pub(super) fn position(&self) -> Option<u64> {
        let frames = &self.pass.frames;
        let passed = frames.last()?.pts?.checked_sub(frames.first()?.pts?)?;
        let base = self.scene.as_ref()?.time_base;
        let us =
            i128::from(passed) * i128::from(base.num) * 1_000_000 / i128::from(base.den.max(1));
        u64::try_from(us).ok()
    }

    /// Tells the watcher how far a stage is.
    pub(super) fn tell(&mut self, stage: Doing, within: u64) -> Result<(), Stop> {
        let position = match stage {
            Doing::Sound => self.pass.hearing.position(),
            _ => self.position().map(Duration::from_micros),
        };
        let progress = Progress {
            stage,
            share: self.effort.share(stage, within),
            frames: u32::try_from(self.pass.frames.len()).unwrap_or(u32::MAX),
            position: position.unwrap_or_default(),
        };
        match self.watch.progress(progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Cancelled),
        }
    }
}
