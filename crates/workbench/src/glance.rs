//! What a list of items tells of an inspection: kept in its entry, so that a list reads no blobs.

use media::index::FrameIndex;
use media::sound::Waveform;
use store::event::Glance;

use crate::case::Examined;
use crate::examine::count;
use crate::tally::display;
use crate::timeline::Timeline;
use crate::view::{Examination, ItemSummary};

/// What is told of an examination.
pub(crate) fn of(
    examination: &Examination,
    frames: &FrameIndex,
    sound: Option<&Waveform>,
    thumbnails: usize,
) -> Glance {
    let facts = &examination.facts;
    let stream = facts.video.and_then(|at| facts.streams.get(at));
    Glance {
        duration_us: microseconds(duration(frames, sound)),
        display: display(facts).map(|size| [size.width, size.height]),
        codec: stream.map(|stream| stream.codec.clone()),
        thumbnails: count(thumbnails),
    }
}

/// The same of an inspection by an earlier version, from what it left behind.
pub(crate) fn of_examined(examined: &Examined) -> Glance {
    of(
        &examined.examination,
        &examined.frames,
        examined.sound.as_ref(),
        examined.thumbnails.len(),
    )
}

/// Enters in `summary` what is told of an inspection of so many frames, with so many findings.
pub(crate) fn tell(summary: &mut ItemSummary, frames: u32, findings: u32, glance: &Glance) {
    summary.frame_count = Some(frames);
    summary.duration_s = Some(glance.duration_us as f64 / 1e6);
    summary.width = glance.display.map(|[width, _]| width);
    summary.height = glance.display.map(|[_, height]| height);
    summary.codec.clone_from(&glance.codec);
    summary.thumbnails = glance.thumbnails as usize;
    summary.findings = findings as usize;
}

/// Seconds from the first frame's appearance to the last one's end; of the sound, where there is no
/// picture.
pub(crate) fn duration(frames: &FrameIndex, sound: Option<&Waveform>) -> f64 {
    match sound {
        Some(sound) if frames.frames.is_empty() => sound.seconds(),
        _ => Timeline::new(frames).duration(),
    }
}

fn microseconds(seconds: f64) -> u64 {
    (seconds * 1e6).round().max(0.0) as u64
}
