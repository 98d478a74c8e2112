//! Seconds that take far more or far fewer bits than the others.

use super::{finding, plural, some, spanning};
use crate::facts::Coding;
use crate::finding::{Finding, FindingKind};
use crate::index::FrameIndex;
use crate::inspect::coding::second_of;

pub(super) const BITRATE: &str = "coding/bits-per-second";

const LIMITS: (&str, &str) = (
    BITRATE,
    "What is hard to code takes more bits: movement, water, noise; still pictures take few. Only \
     where the picture does not explain it does the number of bits say something.",
);

/// Whole seconds that tell what is usual at least.
const LEAST: usize = 8;
/// How many times the median a second takes, or the median it, to be told.
const TIMES: u64 = 8;

/// Whole seconds of eight times, or an eighth of, the median.
pub(super) fn outliers(frames: &FrameIndex, coding: Option<&Coding>) -> Option<Finding> {
    let seconds = &coding?.bits_per_second;
    let whole = seconds.get(..seconds.len().checked_sub(1)?)?;
    let mut sorted = whole.to_vec();
    sorted.sort_unstable();
    let median = *sorted.get(sorted.len() / 2)?;
    if whole.len() < LEAST || median == 0 {
        return None;
    }
    let odd =
        |bits: u64| bits >= median.saturating_mul(TIMES) || bits.saturating_mul(TIMES) <= median;
    let odd: Vec<u32> = (0..)
        .zip(whole)
        .filter(|&(_, bits)| odd(*bits))
        .map(|(second, _)| second)
        .collect();
    let (first, last) = (*odd.first()?, *odd.last()?);
    let within = |frame: &&crate::index::FrameEntry| {
        let second = second_of(frames, frame.pts).and_then(|it| u32::try_from(it).ok());
        second.is_some_and(|second| (first..=last).contains(&second))
    };
    let inside: Vec<u32> = frames
        .frames
        .iter()
        .filter(within)
        .map(|it| it.no.0)
        .collect();
    Some(finding(
        FindingKind::Bitrate,
        format!(
            "{} far from the usual number of bits, {median}: second {}.",
            plural(odd.len(), "second"),
            some(&odd)
        ),
        spanning(frames, *inside.first()?, *inside.last()?),
        LIMITS,
        &[
            ("seconds", odd.len() as f64),
            ("median_bits", median as f64),
            ("first_bits", whole[first as usize] as f64),
        ],
    ))
}
