//! Looking on while a file is decoded.

use std::ops::ControlFlow;
use std::time::Duration;

use crate::picture::Luma;
use crate::protocol::LumaOf;
use crate::sound::SoundForm;
use crate::time::{FrameNo, Pts, TimeBase};

/// Looks on while a file is decoded.
pub trait Watch {
    /// The frames it wants to see; all unless it says otherwise.
    fn wants(&self) -> LumaOf {
        LumaOf::All
    }

    /// Each presented frame, in order, once, if it wants to see all.
    fn frame(&mut self, no: FrameNo, pts: Option<Pts>, time_base: TimeBase, luma: Luma<'_>);

    /// The decoded samples of the sound, in order: channels interleaved, full scale ±1, the first of
    /// them number `first`. Where that is 0, what was heard before does not count.
    fn sound(&mut self, form: &SoundForm, first: u64, samples: &[f32]) {
        let _ = (form, first, samples);
    }

    /// How far the pass is. `Break` cancels.
    fn progress(&mut self, progress: Progress) -> ControlFlow<()>;

    /// What lets it go on where an earlier watcher was cut off; without it, no pass goes on.
    fn memory(&mut self) -> Option<&mut dyn Memory> {
        None
    }
}

/// A watcher that can be brought to where another one was.
pub trait Memory {
    /// Appends what was made of the frame shown last.
    fn note(&mut self, note: &mut Vec<u8>);

    /// Instead of [`Watch::frame`]: a frame that another watcher saw, and the note it left. Whether
    /// the note can be of that frame.
    #[must_use]
    fn recall(&mut self, no: FrameNo, pts: Option<Pts>, time_base: TimeBase, note: &[u8]) -> bool;

    /// The first recalled frame whose picture is needed again; `None` where there is none.
    fn wanted(&self) -> Option<FrameNo>;

    /// The picture of each recalled frame from [`Memory::wanted`] on, and perhaps of some before it,
    /// in order, before the next new frame.
    fn again(&mut self, no: FrameNo, luma: Luma<'_>);

    /// What was recalled does not count: the pass begins from the start.
    fn forget(&mut self);
}

/// How far a pass is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of all work is done, in 1/10,000: an estimate. It falls only when a pass must begin
    /// from the start once more.
    pub share: u32,
    /// Frames so far, those of an earlier pass included.
    pub frames: u32,
    /// Time from the first frame to the last so far; in [`Stage::Sound`], length of the sound so far.
    pub position: Duration,
}

/// What a pass does, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reading on to where an earlier pass was cut off.
    Approach,
    /// Decoding pictures.
    Pictures,
    /// Reading the packets of the other streams, and those that edit lists hide.
    Structure,
    /// Decoding sound.
    Sound,
}

/// Sees nothing, stops nothing.
impl Watch for () {
    fn wants(&self) -> LumaOf {
        LumaOf::Thumbnails
    }

    fn frame(&mut self, _: FrameNo, _: Option<Pts>, _: TimeBase, _: Luma<'_>) {}

    fn progress(&mut self, _: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn memory(&mut self) -> Option<&mut dyn Memory> {
        Some(self)
    }
}

impl Memory for () {
    fn note(&mut self, _: &mut Vec<u8>) {}

    fn recall(&mut self, _: FrameNo, _: Option<Pts>, _: TimeBase, note: &[u8]) -> bool {
        note.is_empty()
    }

    fn wanted(&self) -> Option<FrameNo> {
        None
    }

    fn again(&mut self, _: FrameNo, _: Luma<'_>) {}

    fn forget(&mut self) {}
}
