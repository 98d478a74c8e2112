//! Frames at an even distance at which more of the picture changes than beside them, and which take
//! more bits: where key frames of an earlier coding were.
//!
//! A key frame is coded anew as a whole: what stood still copied the picture before until then, and
//! jumps to other noise there. Coded again, such frames lie somewhere within the groups of the new
//! coding, at the distance that the key frames of the old one had.

mod comb;
mod pulse;

use super::{finding, keys, spanning};
use crate::finding::{Finding, FindingKind};
use crate::findings::Weave;
use crate::index::FrameIndex;
use comb::Comb;
use pulse::Pulse;

pub(super) const PULSE: &str = "recoded/pulse";

const LIMITS: (&str, &str) = (
    PULSE,
    "A hint that misses more than it finds; docs/findings.md has the measured rates. Whatever else \
     changes the picture at an even distance looks the same to it: repeated or blended frames of a \
     changed frame rate, lamps, a coder that freshens the picture up at a beat. Does not tell old \
     distances under 9 or over 64 frames, nor multiples or whole parts of the present one, nor old \
     key frames that did not come at one distance.",
);

/// Frames that are looked at together, half of them again with the next.
const WINDOW: usize = 512;
/// Part of what usually stands in the picture that must not stand on the beat, in the median: a clock
/// in the picture or a blended frame changes less.
const DIP: f64 = 0.2;

/// One finding for each stretch of frames with one beat.
pub(super) fn pulses(frames: &FrameIndex, woven: &[Option<Weave>]) -> Vec<Finding> {
    let usual = keys::usual_distance(frames);
    let pulses = pulse::of(frames, woven);
    let strengths: Vec<Option<f64>> = pulses.iter().map(|it| Some((*it)?.strength)).collect();
    let mut found: Vec<(std::ops::Range<usize>, Comb)> = Vec::new();
    for start in (0..pulses.len()).step_by(WINDOW / 2) {
        let window = start..pulses.len().min(start + WINDOW);
        // Where most frames cannot be judged, a beat says little.
        let judged = strengths[window.clone()].iter().flatten().count();
        let best = (judged * 2 >= window.len())
            .then(|| Comb::best(&strengths, window.clone(), usual))
            .flatten();
        let Some(comb) = best.filter(|comb| dip(&pulses, comb) >= DIP) else {
            continue;
        };
        match found.last_mut() {
            Some((before, joined)) if joined.same_beat(&comb) && start <= before.end => {
                before.end = window.end;
                // That of the better window: over many the likelihood is no number any more.
                let chance = joined.chance.min(comb.chance);
                *joined = Comb {
                    chance,
                    ..Comb::over(&strengths, before.clone(), comb.period, comb.phase)
                };
            }
            _ => found.push((window, comb)),
        }
    }
    let told = found.iter();
    told.filter_map(|(_, comb)| tell(frames, comb, dip(&pulses, comb)))
        .collect()
}

/// The median dip of all frames on the comb.
fn dip(pulses: &[Option<Pulse>], comb: &Comb) -> f64 {
    let (Some(first), Some(last)) = (comb.hits.first(), comb.hits.last()) else {
        return 0.0;
    };
    let teeth = (*first..=*last).step_by(comb.period);
    pulse::median(teeth.filter_map(|at| Some(pulses[at]?.dip)).collect())
}

fn tell(frames: &FrameIndex, comb: &Comb, dip: f64) -> Option<Finding> {
    let (first, last) = (*comb.hits.first()?, *comb.hits.last()?);
    let mut told = finding(
        FindingKind::Recoded,
        format!(
            "Every {}th frame changes more than those around it, as where key frames of an earlier \
             coding were: {} of {} from frame {first} to {last}.",
            comb.period,
            comb.hits.len(),
            comb.places,
        ),
        spanning(
            frames,
            u32::try_from(first).ok()?,
            u32::try_from(last).ok()?,
        ),
        LIMITS,
        &[
            ("period_frames", comb.period as f64),
            ("first_frame", first as f64),
            ("strongest_around", comb.hits.len() as f64),
            ("places", comb.places as f64),
            ("no_longer_standing", dip),
            (
                "chance_below_power_of_ten",
                -comb.chance.log10().floor() - 1.0,
            ),
        ],
    );
    told.method.parameters = [
        ("window_frames", WINDOW as f64),
        ("no_longer_standing_at_least", DIP),
        ("chance_less_than", comb::CHANCE),
        ("places_at_least", comb::LEAST as f64),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    Some(told)
}
