//! How much each frame stands out from those around it of its own coding type: by what stands in the
//! picture, and by bytes.

use crate::findings::Weave;
use crate::index::{FrameEntry, FrameIndex, PictureType};

/// Frames of the same type on each side that tell what is usual.
const BESIDE: usize = 4;
/// Frames of a type that tell how far it deviates at least.
const LEAST: usize = 12;
/// Deviations beyond which a frame counts no further.
const CLIP: (f64, f64) = (-3.0, 5.0);

/// How one frame stands out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pulse {
    /// In usual deviations, both measures together.
    pub(super) strength: f64,
    /// The part of what usually stands that does not stand here.
    pub(super) dip: f64,
}

/// The pulse of each frame; `None` for key frames, the frames after them, repetitions and the frames
/// after those.
pub(super) fn of(frames: &FrameIndex, woven: &[Option<Weave>]) -> Vec<Option<Pulse>> {
    let frames = &frames.frames;
    let mut pulse = vec![None; frames.len().min(woven.len())];
    for picture in [PictureType::P, PictureType::B, PictureType::Other] {
        let places: Vec<usize> = (0..pulse.len())
            .filter(|at| {
                frames[*at].picture == picture && ordinary(frames, *at) && woven[*at].is_some()
            })
            .collect();
        if places.len() < LEAST {
            continue;
        }
        let stands = |at: usize| woven[at].map_or(0.0, |it| f64::from(it.standing) / 10_000.0);
        let less = deviations(&places, stands, |own, usual| usual - own);
        let dips = off(&places, stands, |own, usual| {
            (usual - own) / usual.max(0.001)
        });
        let bytes = |at: usize| f64::from(frames[at].size) + 16.0;
        let more = deviations(&places, bytes, |own, usual| (own - usual) / (own + usual));
        for (nth, at) in places.iter().enumerate() {
            pulse[*at] = Some(Pulse {
                strength: less[nth] + more[nth],
                dip: dips[nth],
            });
        }
    }
    pulse
}

/// Whether a frame, and the one before it, is neither key nor repetition.
fn ordinary(frames: &[FrameEntry], at: usize) -> bool {
    let repeats = |at: usize| at > 0 && frames[at].hash == frames[at - 1].hash;
    at > 0 && !(frames[at].key || frames[at - 1].key || repeats(at) || repeats(at - 1))
}

/// How far each frame is from the median of those beside it, in usual deviations of all.
fn deviations(
    places: &[usize],
    value: impl Fn(usize) -> f64,
    apart: impl Fn(f64, f64) -> f64,
) -> Vec<f64> {
    let off = off(places, value, apart);
    // 1.48 times the median deviation is the standard deviation of what is spread normally.
    let usual = 1.48 * median(off.iter().map(|off| off.abs()).collect()) + 1e-6;
    let clip = |off: &f64| (off / usual).clamp(CLIP.0, CLIP.1);
    off.iter().map(clip).collect()
}

/// How far each frame is from the median of those beside it.
fn off(
    places: &[usize],
    value: impl Fn(usize) -> f64,
    apart: impl Fn(f64, f64) -> f64,
) -> Vec<f64> {
    let values: Vec<f64> = places.iter().map(|at| value(*at)).collect();
    let off = |(at, own): (usize, &f64)| {
        let before = &values[at.saturating_sub(BESIDE)..at];
        let after = &values[at + 1..values.len().min(at + 1 + BESIDE)];
        apart(*own, median([before, after].concat()))
    };
    values.iter().enumerate().map(off).collect()
}

/// The middle one, or between the middle two; 0 of none.
pub(super) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    let count = numbers.len();
    match (
        numbers.get(count / 2),
        numbers.get(count.wrapping_sub(1) / 2),
    ) {
        (Some(upper), Some(lower)) => f64::midpoint(*upper, *lower),
        _ => 0.0,
    }
}
