//! Key frames out of the pattern of the others, where nothing in the picture asks for one.

use super::{at, finding, plural, some};
use crate::finding::{Finding, FindingKind};
use crate::index::FrameIndex;
use crate::inspect::coding::open_keys;
use crate::protocol::Sample;

pub(super) const KEYS: &str = "coding/key-distance";
pub(super) const GROUPS: &str = "coding/open-groups";

const KEYS_LIMITS: (&str, &str) = (
    KEYS,
    "Speaks only where three in four key frames come at one distance. Coders also set key frames \
     where they expect a cut, where a stream was switched, and when they are asked to.",
);
const GROUPS_LIMITS: (&str, &str) = (
    GROUPS,
    "Speaks only where four in five groups are of one sort. Coders close groups at cuts and where a \
     stream may be switched.",
);

/// Distances between key frames that make a pattern at least.
const LEAST: usize = 4;
/// Frames within which a transition explains a key frame.
const NEAR: u32 = 2;

/// Key frames at another distance than usual; `scanned` is what was seen in the pictures. A gap in
/// time since the key frame before explains it: some coders count what they left out.
pub(super) fn breaks(
    frames: &FrameIndex,
    scanned: &[Finding],
    gaps: &[Finding],
) -> Option<Finding> {
    let distances: Vec<(u32, u32)> = distances(frames)
        .filter(|&(key, far)| !explained(key, scanned) && !gap_within(gaps, key - far, key))
        .collect();
    let usual = usual(&distances)?;
    let odd: Vec<(u32, u32)> = distances.into_iter().filter(|it| it.1 != usual).collect();
    let &(first, distance) = odd.first()?;
    let places: Vec<u32> = odd.iter().map(|it| it.0).collect();
    Some(finding(
        FindingKind::KeyFrames,
        format!(
            "Key frames come every {usual} frames, but {} out of step, at frame {}; the first comes \
             after {distance}.",
            plural(odd.len(), "time"),
            some(&places)
        ),
        at(frames, first as usize),
        KEYS_LIMITS,
        &[
            ("usual_distance", f64::from(usual)),
            ("first_distance", f64::from(distance)),
            ("breaks", odd.len() as f64),
        ],
    ))
}

/// The distance at which three in four key frames follow one another.
pub(super) fn usual_distance(frames: &FrameIndex) -> Option<u32> {
    usual(&distances(frames).collect::<Vec<_>>())
}

/// Each key frame but the first, and how many frames it is after the one before.
fn distances(frames: &FrameIndex) -> impl Iterator<Item = (u32, u32)> {
    let keys = frames.keys();
    let pairs: Vec<_> = keys
        .windows(2)
        .map(|pair| (pair[1], pair[1] - pair[0]))
        .collect();
    pairs.into_iter()
}

/// The distance of three in four.
fn usual(distances: &[(u32, u32)]) -> Option<u32> {
    let often = |far: u32| distances.iter().filter(|it| it.1 == far).count();
    let usual = distances
        .iter()
        .map(|it| it.1)
        .max_by_key(|far| often(*far))?;
    let enough = distances.len() >= LEAST && often(usual) * 4 >= distances.len() * 3;
    (enough && usual > 1).then_some(usual)
}

fn explained(key: u32, scanned: &[Finding]) -> bool {
    scanned
        .iter()
        .filter_map(|it| it.span)
        .any(|span| key + NEAR >= span.first.0 && key <= span.last.0.saturating_add(NEAR))
}

/// Whether time without a frame lies between two frames.
fn gap_within(gaps: &[Finding], from: u32, to: u32) -> bool {
    gaps.iter()
        .filter_map(|it| it.span)
        .any(|span| from < span.last.0 && span.first.0 < to)
}

/// Groups of pictures that are closed where others are open, or the other way round.
pub(super) fn groups(frames: &FrameIndex, read: &[Sample], scanned: &[Finding]) -> Option<Finding> {
    let groups = open_keys(read);
    let open = groups.iter().filter(|(_, open)| *open).count();
    let rare = open * 2 <= groups.len();
    let few = if rare { open } else { groups.len() - open };
    if few == 0 || few * 5 > groups.len() {
        return None;
    }
    let odd: Vec<u32> = groups
        .iter()
        .filter(|(_, open)| *open == rare)
        .filter_map(|(pts, _)| frames.frames.iter().find(|frame| frame.pts == Some(*pts)))
        .map(|frame| frame.no.0)
        .filter(|no| !explained(*no, scanned))
        .collect();
    let first = *odd.first()?;
    let (this, other) = if rare {
        ("open", "closed")
    } else {
        ("closed", "open")
    };
    Some(finding(
        FindingKind::KeyFrames,
        format!(
            "{} of pictures {this} among {other} ones, from frame {}.",
            plural(odd.len(), "group"),
            some(&odd)
        ),
        at(frames, first as usize),
        GROUPS_LIMITS,
        &[
            ("odd", odd.len() as f64),
            ("open", open as f64),
            ("groups", groups.len() as f64),
        ],
    ))
}
