//! Which stored sample a decoded one is.

use std::collections::{HashMap, HashSet};

use super::kept::Frame;
use crate::index::FrameIndex;
use crate::protocol::Sample;

/// The samples that the file holds.
pub(crate) struct Stored<'a> {
    /// As stored; what the pass read where the container lists no more.
    samples: &'a [Sample],
    /// For each sample that the pass read, its number among the stored ones; absent where both are
    /// the same.
    numbers: Option<Vec<Option<u32>>>,
    /// Numbers of the samples that edit lists or marks in the container hide.
    pub(super) hidden: Vec<u32>,
}

impl<'a> Stored<'a> {
    /// Compares what was `read` with what is `stored`; the latter is empty where it was not listed.
    /// A sample that `frames` came from is not hidden, whatever the container marks: some decoders
    /// present it all the same.
    pub(super) fn of(read: &'a [Sample], stored: &'a [Sample], frames: &[Frame]) -> Self {
        let mut found = Self::compared(read, stored);
        let shown: HashSet<_> = frames
            .iter()
            .filter_map(|frame| found.number(frame.sample?))
            .collect();
        found.hidden.retain(|number| !shown.contains(number));
        found
    }

    /// The same for an index, which names stored samples by their number.
    pub(crate) fn of_index(
        read: &'a [Sample],
        stored: &'a [Sample],
        index: &FrameIndex,
    ) -> (&'a [Sample], Vec<u32>) {
        let mut found = Self::compared(read, stored);
        let shown: HashSet<_> = index
            .frames
            .iter()
            .filter_map(|frame| Some(frame.sample?.0))
            .collect();
        found.hidden.retain(|number| !shown.contains(number));
        (found.samples, found.hidden)
    }

    fn compared(read: &'a [Sample], stored: &'a [Sample]) -> Self {
        let same = stored.len() == read.len()
            && read
                .iter()
                .zip(stored)
                .all(|(read, stored)| (read.position, read.size) == (stored.position, stored.size));
        if stored.is_empty() || same {
            return Self {
                samples: read,
                numbers: None,
                hidden: read
                    .iter()
                    .zip(0..)
                    .filter(|(sample, _)| sample.hidden)
                    .map(|(_, number)| number)
                    .collect(),
            };
        }
        Self::matched(read, stored)
    }

    fn matched(read: &[Sample], stored: &'a [Sample]) -> Self {
        let by_position: HashMap<_, u32> = stored
            .iter()
            .zip(0..)
            .filter_map(|(sample, number)| Some((sample.position?, number)))
            .collect();
        let number = |sample: &Sample| by_position.get(&sample.position?).copied();
        let numbers: Vec<_> = read.iter().map(number).collect();
        let mut shown = vec![false; stored.len()];
        for (sample, number) in read.iter().zip(&numbers) {
            if let (false, Some(number)) = (sample.hidden, number) {
                shown[*number as usize] = true;
            }
        }
        let hidden = shown
            .iter()
            .zip(0..)
            .filter(|(shown, _)| !**shown)
            .map(|(_, number)| number)
            .collect();
        Self {
            samples: stored,
            numbers: Some(numbers),
            hidden,
        }
    }

    /// Number of stored samples.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.samples.len()).unwrap_or(u32::MAX)
    }

    /// Number among the stored samples of the one that the pass read as number `read`.
    pub(super) fn number(&self, read: u32) -> Option<u32> {
        match &self.numbers {
            None => (read < self.count()).then_some(read),
            Some(numbers) => numbers.get(read as usize).copied().flatten(),
        }
    }
}
