//! The sound beside a span of frames.

use std::ops::Range;

use media::sound::{Waveform, nanoseconds};
use media::time::Pts;

use super::clock::Clock;
use crate::case::Examined;

/// The samples that begin while the frames of a span are shown. `None` where nothing does, and for
/// sound without timestamps, which has no place beside frames.
pub(crate) fn beside<'a>(
    examined: &'a Examined,
    span: &Range<u32>,
) -> Option<(&'a Waveform, Range<u64>)> {
    let sound = examined.sound.as_ref()?;
    if sound.anchors.all().is_empty() {
        return None;
    }
    let frames = &examined.frames;
    let first = frames.frames.get(span.start as usize)?.pts?;
    let last = frames.frames.get(span.end.checked_sub(1)? as usize)?;
    let end = Pts(last.pts?.0.checked_add(last.duration)?);
    let clock = Clock::new(examined, sound);
    let from = |pts| {
        let at = nanoseconds(pts, frames.time_base);
        let sample = clock.first_from(at);
        // One that is sounding already began before.
        let begun = sample < sound.samples && clock.begins(sample) < at;
        if begun { sample + 1 } else { sample }
    };
    let samples = from(first)..from(end);
    (!samples.is_empty()).then_some((sound, samples))
}
