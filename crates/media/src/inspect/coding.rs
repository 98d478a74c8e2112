//! Key frames, sizes and bits out of what the pass heard.

use std::collections::BTreeMap;

use super::pass::Pass;
use super::quantisers;
use crate::facts::{Coding, Sizes};
use crate::index::{FrameIndex, PictureType};
use crate::protocol::Sample;
use crate::time::Pts;

/// Seconds of which the bits are kept.
const LONGEST: usize = 24 * 60 * 60;

/// `None` without frames.
pub(super) fn coding(pass: &Pass, frames: &FrameIndex) -> Option<Coding> {
    frames.frames.first()?;
    let keys = frames.keys();
    let mut distances = BTreeMap::new();
    for pair in keys.windows(2) {
        *distances.entry(pair[1] - pair[0]).or_insert(0) += 1;
    }
    let open = open_keys(&pass.samples)
        .into_iter()
        .filter(|(_, open)| *open);
    Some(Coding {
        keys: u32::try_from(keys.len()).unwrap_or(u32::MAX),
        key_distances: distances
            .into_iter()
            .map(|(far, often)| [far, often])
            .collect(),
        open_groups: u32::try_from(open.count()).unwrap_or(u32::MAX),
        sizes: sizes(frames),
        bits_per_second: bits(frames),
        quantisers: quantisers::quantisers(pass),
    })
}

/// Each key sample but the first, by its timestamp, and whether samples that follow it are shown
/// before it.
pub(super) fn open_keys(read: &[Sample]) -> Vec<(Pts, bool)> {
    let starts: Vec<usize> = (0..read.len()).filter(|&at| read[at].key).collect();
    let group = |(at, &start): (usize, &usize)| {
        let end = starts.get(at + 1).copied().unwrap_or(read.len());
        let key = read[start].pts?;
        let leads = |sample: &Sample| sample.pts.is_some_and(|pts| pts < key);
        Some((Pts(key), read[start + 1..end].iter().any(leads)))
    };
    starts
        .iter()
        .enumerate()
        .skip(1)
        .filter_map(group)
        .collect()
}

fn sizes(frames: &FrameIndex) -> Vec<Sizes> {
    let of = |picture: PictureType| {
        let mut bytes: Vec<u32> = frames
            .frames
            .iter()
            .filter(|frame| frame.picture == picture && frame.size > 0)
            .map(|frame| frame.size)
            .collect();
        bytes.sort_unstable();
        Some(Sizes {
            picture,
            count: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            least: *bytes.first()?,
            median: bytes[bytes.len() / 2],
            most: *bytes.last()?,
        })
    };
    PictureType::ALL.into_iter().filter_map(of).collect()
}

fn bits(frames: &FrameIndex) -> Vec<u64> {
    let mut seconds = Vec::new();
    for frame in &frames.frames {
        let Some(second) = second_of(frames, frame.pts).filter(|second| *second < LONGEST) else {
            continue;
        };
        if seconds.len() <= second {
            seconds.resize(second + 1, 0);
        }
        seconds[second] += 8 * u64::from(frame.size);
    }
    seconds
}

/// The whole second, from the first frame on, in which a frame begins.
pub(super) fn second_of(frames: &FrameIndex, pts: Option<Pts>) -> Option<usize> {
    let first = frames.frames.iter().find_map(|frame| frame.pts)?;
    let ticks = i128::from(pts?.0) - i128::from(first.0);
    let base = frames.time_base;
    usize::try_from(ticks * i128::from(base.num) / i128::from(base.den)).ok()
}
