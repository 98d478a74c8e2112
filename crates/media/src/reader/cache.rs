//! A bounded store of pictures by frame number.

use std::collections::VecDeque;

/// Keeps what was used last, up to a number of bytes. At least one entry is always kept.
pub(super) struct Cache<V> {
    // Least lately used first. Entries are few, since pictures are large.
    entries: VecDeque<Entry<V>>,
    bytes: usize,
    budget: usize,
}

struct Entry<V> {
    no: u32,
    value: V,
    weight: usize,
}

impl<V> Cache<V> {
    pub(super) fn new(budget: usize) -> Self {
        Self {
            entries: VecDeque::new(),
            bytes: 0,
            budget,
        }
    }

    /// Bytes that are kept at most.
    pub(super) fn budget(&self) -> usize {
        self.budget
    }

    /// Keeps no more than this many bytes from now on.
    pub(super) fn limit(&mut self, budget: usize) {
        self.budget = budget;
        while self.bytes > self.budget && self.entries.len() > 1 {
            self.forget(0);
        }
    }

    /// The entry of a frame, which counts as used now.
    pub(super) fn get(&mut self, no: u32) -> Option<&V> {
        let index = self.entries.iter().position(|entry| entry.no == no)?;
        let entry = self.entries.remove(index)?;
        self.entries.push_back(entry);
        self.entries.back().map(|entry| &entry.value)
    }

    /// Keeps a value of `weight` bytes, in place of the frame's old one.
    pub(super) fn put(&mut self, no: u32, value: V, weight: usize) {
        if let Some(index) = self.entries.iter().position(|entry| entry.no == no) {
            self.forget(index);
        }
        while self.bytes.saturating_add(weight) > self.budget && !self.entries.is_empty() {
            self.forget(0);
        }
        self.bytes += weight;
        self.entries.push_back(Entry { no, value, weight });
    }

    fn forget(&mut self, index: usize) {
        if let Some(entry) = self.entries.remove(index) {
            self.bytes -= entry.weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cache;

    #[test]
    fn forgets_what_was_used_least_lately() {
        let mut cache = Cache::new(30);
        for no in 0..3 {
            cache.put(no, no, 10);
        }
        assert_eq!(cache.get(0), Some(&0));
        cache.put(3, 3, 10);
        assert_eq!(cache.get(1), None);
        assert_eq!(cache.get(0), Some(&0));
        cache.limit(20);
        assert!(cache.get(2).is_none() && cache.get(0).is_some() && cache.get(3).is_some());
        cache.put(4, 4, 100);
        assert_eq!(cache.get(4), Some(&4));
        assert_eq!(cache.get(0), None);
    }
}
