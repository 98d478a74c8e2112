//! Looking prints up by the tables, for many queries together.

use fearless_simd::Level;

use super::Segment;
use super::layout::{BLOCK, BOUNDS, POSTING};
use super::look::Marks;
use crate::index::chunks::{Allowed, CHUNKS, chunks, masks};
use crate::index::entry::{Bits, Nearest};
use crate::index::error::Result;
use crate::index::kernel::{self, LANES};

/// Bytes between two stretches up to which they are read as one: a read costs about as much as
/// copying so many.
const GAP: u64 = 8 * 1024;

/// Bytes read at once, unless one value has more.
const RUN: u64 = 256 * 1024;

/// Candidates held before they are compared: 32 MiB.
const HELD: usize = 1 << 22;

/// Queries looked up together at most.
pub(super) const QUERIES: usize = 1 << 28;

/// Blocks read at once.
const BLOCKS: u64 = 16;

/// A value of a chunk to be looked up for a query.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Lookup {
    value: u16,
    query: u32,
    /// Bits by which the value differs from the query's.
    bits: u32,
}

/// A print that may be near a query, and by which chunk: position, query and chunk in one number,
/// since there are many to sort.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate(u64);

impl Candidate {
    fn new(position: u32, query: u32, chunk: usize) -> Self {
        Self(u64::from(position) << 32 | u64::from(query) << 4 | chunk as u64)
    }

    fn position(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn query(self) -> usize {
        (self.0 as u32 >> 4) as usize
    }

    fn chunk(self) -> usize {
        self.0 as usize % CHUNKS
    }

    fn block(self) -> u64 {
        u64::from(self.position()) / LANES as u64
    }
}

/// What is looked for, and where it goes.
struct Search<'a> {
    level: Level,
    queries: &'a [Bits],
    chunks: Vec<[u16; CHUNKS]>,
    radius: u32,
    allowed: Allowed,
    candidates: Vec<Candidate>,
    marks: Marks,
    found: &'a mut [Nearest],
}

impl Segment {
    pub(super) fn look_up(
        &self,
        level: Level,
        queries: &[Bits],
        radius: u32,
        found: &mut [Nearest],
    ) -> Result<()> {
        let allowed = Allowed::within(radius);
        let mut search = Search {
            level,
            queries,
            chunks: queries.iter().map(chunks).collect(),
            radius,
            allowed,
            candidates: Vec::new(),
            marks: Marks::default(),
            found,
        };
        let mut lookups = Vec::new();
        for chunk in 0..CHUNKS {
            lookups.clear();
            for (chunks, query) in search.chunks.iter().zip(0..) {
                lookups.extend(masks(allowed.one).iter().map(|mask| Lookup {
                    value: chunks[chunk] ^ mask,
                    query,
                    bits: mask.count_ones(),
                }));
            }
            lookups.sort_unstable();
            self.postings(chunk, &lookups, &mut search)?;
        }
        self.compare(&mut search)
    }

    /// Reads the postings of what is looked up in one chunk, by value, near ones together.
    fn postings(&self, chunk: usize, lookups: &[Lookup], search: &mut Search<'_>) -> Result<()> {
        let bound = |at: usize| u64::from(self.bounds[chunk * BOUNDS + at]) * POSTING;
        let start = |lookup: &Lookup| bound(usize::from(lookup.value));
        let end = |lookup: &Lookup| bound(usize::from(lookup.value) + 1);
        let mut bytes = Vec::new();
        let mut rest = lookups;
        while let Some(first) = rest.first() {
            let (from, mut to, mut count) = (start(first), end(first), 1);
            for next in &rest[1..] {
                if start(next) > to + GAP || end(next) - from > RUN {
                    break;
                }
                to = end(next);
                count += 1;
            }
            bytes.resize((to - from) as usize, 0);
            let offset = self.layout.postings_of(chunk, 0) + from;
            self.bytes.read(offset, &mut bytes)?;
            let (run, later) = rest.split_at(count);
            for lookup in run {
                let range = (start(lookup) - from) as usize..(end(lookup) - from) as usize;
                search.select(chunk, lookup, &bytes[range]);
                if search.candidates.len() >= HELD {
                    self.compare(search)?;
                }
            }
            rest = later;
        }
        Ok(())
    }

    /// Compares the candidates held with their queries.
    fn compare(&self, search: &mut Search<'_>) -> Result<()> {
        let mut candidates = std::mem::take(&mut search.candidates);
        candidates.sort_unstable();
        candidates.dedup_by_key(|candidate| candidate.0 >> 4);
        let mut bytes = Vec::new();
        let mut rest = &candidates[..];
        while let Some(first) = rest.first() {
            let from = first.block();
            let (run, later) = rest.split_at(rest.partition_point(|it| it.block() < from + BLOCKS));
            let last = run[run.len() - 1];
            if u64::from(last.position()) >= self.layout.prints {
                return Err(self.bytes.damaged("a table leads nowhere"));
            }
            bytes.resize(((last.block() + 1 - from) * BLOCK) as usize, 0);
            self.bytes
                .read(self.layout.blocks + from * BLOCK, &mut bytes)?;
            let blocks = bytes.as_chunks::<{ BLOCK as usize }>().0;
            for candidate in run {
                let block = &blocks[(candidate.block() - from) as usize];
                let print = print(block, candidate.position() as usize % LANES);
                if let Some(distance) = search.distance(*candidate, &print) {
                    let found = &mut search.found[candidate.query()];
                    self.take(candidate.position(), distance, &mut search.marks, found)?;
                }
            }
            rest = later;
        }
        candidates.clear();
        search.candidates = candidates;
        Ok(())
    }
}

impl Search<'_> {
    /// Takes the postings that are alike in the next chunk too.
    fn select(&mut self, chunk: usize, lookup: &Lookup, postings: &[u8]) {
        let next = self.chunks[lookup.query as usize][(chunk + 1) % CHUNKS];
        let most = self.allowed.two - lookup.bits;
        let (nexts, positions) = postings.split_at(postings.len() / POSTING as usize * 2);
        let positions = positions.as_chunks().0;
        kernel::alike(self.level, nexts, next, most, |at| {
            let position = u32::from_le_bytes(positions[at]);
            self.candidates
                .push(Candidate::new(position, lookup.query, chunk));
        });
    }

    /// The distance of a candidate within the radius, unless an earlier chunk has led to it.
    fn distance(&self, candidate: Candidate, print: &Bits) -> Option<u32> {
        let query = &self.queries[candidate.query()];
        let differs: Bits = std::array::from_fn(|k| print[k] ^ query[k]);
        let distance = differs.iter().map(|word| word.count_ones()).sum();
        if distance > self.radius {
            return None;
        }
        let differs = chunks(&differs).map(u16::count_ones);
        let earlier = (0..candidate.chunk()).any(|it| self.allowed.finds(&differs, it));
        (!earlier).then_some(distance)
    }
}

/// A lane of a block.
fn print(bytes: &[u8; BLOCK as usize], lane: usize) -> Bits {
    let words = bytes.as_chunks().0;
    std::array::from_fn(|k| u64::from_le_bytes(words[k * LANES + lane]))
}
