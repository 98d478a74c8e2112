//! Frames around the one that is looked at, decoded before anyone asks for them.

use std::ops::Range;
use std::sync::Arc;

use super::seat::{Lost, Seat};
use super::{Footage, Shelf};
use crate::decoder::Error;
use crate::time::FrameNo;

/// Frames on each side of the middle that are decoded, where what is kept has room for them.
pub const AROUND: u32 = 125;

/// Of what is kept, the share in percent that surroundings may fill: the rest is for what the reader
/// decodes on its way elsewhere.
const SHARE: usize = 85;

/// Decodes what lies around a frame into what a [`super::FrameReader`] keeps. Has a process and a
/// position of its own, so that the reader is never made to wait or to seek.
pub struct Surroundings {
    footage: Arc<Footage>,
    shelf: Shelf,
    seat: Option<Seat>,
}

impl Surroundings {
    pub(super) fn new(footage: Arc<Footage>, shelf: Shelf) -> Self {
        Self {
            footage,
            shelf,
            seat: None,
        }
    }

    /// Decodes the frames around `middle` that are not kept yet, first those after it. `go_on` is asked
    /// before each frame. Whether all came; those that did not are decoded when they are asked for.
    ///
    /// # Errors
    /// That the process cannot be started. One that dies is started again by the next call.
    pub fn fill(
        &mut self,
        middle: FrameNo,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<bool, Error> {
        match self.both_sides(middle.0, go_on) {
            Ok(all) => Ok(all),
            Err(Lost::Elsewhere) => Ok(false),
            Err(Lost::Gone(_)) => {
                self.seat = None;
                Ok(false)
            }
            Err(Lost::Error(error)) => Err(error),
        }
    }

    fn both_sides(&mut self, middle: u32, go_on: &mut dyn FnMut() -> bool) -> Result<bool, Lost> {
        let Some(around) = self.around(middle) else {
            return Ok(true);
        };
        let after = self.range(middle..around.end, go_on)?;
        Ok(after && self.range(around.start..middle, go_on)?)
    }

    /// The frames for which there is room.
    fn around(&self, middle: u32) -> Option<Range<u32>> {
        let count = u32::try_from(self.footage.index.frames.len()).ok()?;
        let entry = self.footage.index.frames.get(middle as usize)?;
        let kept = self.shelf.get(middle);
        // Before any is decoded, a guess: 4:2:0 in 16 bits.
        let guess = entry.width as usize * entry.height as usize * 3;
        let each = kept.map_or(guess, |planes| planes.bytes.len()).max(1);
        let room = self.shelf.lock().budget() / 100 * SHARE / each / 2;
        let reach = AROUND.min(u32::try_from(room).unwrap_or(AROUND));
        Some(middle.saturating_sub(reach)..middle.saturating_add(reach).min(count))
    }

    /// Decodes what is missing of a range, each frame once.
    fn range(&mut self, range: Range<u32>, go_on: &mut dyn FnMut() -> bool) -> Result<bool, Lost> {
        let Some(first) = range.clone().find(|no| self.shelf.get(*no).is_none()) else {
            return Ok(true);
        };
        if self.seat.is_none() {
            // One thread: whoever asks for frames meanwhile needs the others.
            let decoder = self.footage.decoder.clone().in_background();
            self.seat = Some(self.footage.sit_down(&decoder, 1)?);
        }
        let (Some(seat), locator) = (&mut self.seat, &self.footage.locator) else {
            return Ok(false);
        };
        let ahead = |place: u32| place < first && !locator.sync_between(place, first);
        if !seat.place().is_some_and(ahead) {
            let start = locator.sync_before(first).next();
            let found = match start {
                Some((_, ticks)) => seat.seek(ticks)?,
                None => seat.restart()?,
            };
            if !found {
                return Ok(false);
            }
        }
        while go_on() {
            let last = range.end.saturating_sub(1);
            let Some(place) = seat.advance(locator, last, first)? else {
                return Ok(false);
            };
            // What is there counts as used, or it could be given up for what comes now.
            if range.contains(&place) && self.shelf.get(place).is_none() {
                let planes = seat.fetch()?;
                // Made here, so that whoever asks for the frame need not wait for it.
                planes.hash();
                self.shelf.put(place, planes);
            }
            if place >= last {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
