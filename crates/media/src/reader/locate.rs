//! Which frame of the index a decoded picture is, and where to start decoding for one.

use std::collections::HashMap;

use crate::index::FrameIndex;
use crate::protocol::FrameRecord;

/// The index, looked up by what a picture says of itself.
pub(super) struct Locator {
    by_sample: HashMap<(u64, u32), Vec<u32>>,
    by_time: HashMap<i64, Vec<u32>>,
    /// Frame number and timestamp of each sync frame, in order.
    syncs: Vec<(u32, i64)>,
}

impl Locator {
    pub(super) fn new(index: &FrameIndex) -> Self {
        let mut locator = Self {
            by_sample: HashMap::new(),
            by_time: HashMap::new(),
            syncs: Vec::new(),
        };
        for entry in &index.frames {
            let no = entry.no.0;
            if let Some(position) = entry.position {
                let frames = locator.by_sample.entry((position, entry.size)).or_default();
                frames.push(no);
            }
            if let Some(pts) = entry.pts {
                locator.by_time.entry(pts.0).or_default().push(no);
                if entry.key {
                    locator.syncs.push((no, pts.0));
                }
            }
        }
        locator
    }

    /// The frame that a picture is, if it comes after frame `after`: by its sample, which of those
    /// with the same sample by its timestamp, else by its timestamp alone.
    pub(super) fn find(&self, picture: &FrameRecord, after: Option<u32>) -> Option<u32> {
        let later = |no: &&u32| after.is_none_or(|after| **no > after);
        let by_time = picture.pts.and_then(|pts| self.by_time.get(&pts));
        let by_sample = picture
            .position
            .and_then(|position| self.by_sample.get(&(position, picture.size)));
        match (by_sample, by_time) {
            (Some(samples), Some(times)) => samples
                .iter()
                .filter(later)
                .find(|no| times.contains(no))
                .or_else(|| samples.iter().find(later)),
            (Some(frames), None) | (None, Some(frames)) => frames.iter().find(later),
            (None, None) => None,
        }
        .copied()
    }

    /// Number and timestamp of the sync frames at or before a frame, nearest first.
    pub(super) fn sync_before(&self, no: u32) -> impl Iterator<Item = (u32, i64)> {
        let end = self.syncs.partition_point(|(sync, _)| *sync <= no);
        self.syncs[..end].iter().rev().copied()
    }

    /// Whether a sync frame lies after frame `place` and at or before frame `no`, so that jumping is
    /// shorter than decoding on.
    pub(super) fn sync_between(&self, place: u32, no: u32) -> bool {
        let next = self.syncs.partition_point(|(sync, _)| *sync <= place);
        // A step or two is shorter still.
        no - place > 2 && self.syncs.get(next).is_some_and(|(sync, _)| *sync <= no)
    }
}
