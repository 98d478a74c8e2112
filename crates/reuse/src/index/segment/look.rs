//! Looking for prints near a query: by the tables, or by reading all.

use std::ops::Range;

use fearless_simd::Level;
use rayon::prelude::*;

use super::layout::{BLOCK, MARK};
use super::{Segment, tables};
use crate::index::Plan;
use crate::index::chunks::{Allowed, CHUNKS, VALUES};
use crate::index::entry::{Bits, Nearest};
use crate::index::error::Result;
use crate::index::kernel::{self, Block, LANES};

/// Blocks read and compared at a time: 128 KiB, which stays near the core for all queries.
const STRIDE: usize = 64;

/// What things cost, in nanoseconds of one core, as measured; they decide how a search is done and
/// never what it finds.
mod cost {
    /// Reading one print, for all queries.
    pub(super) const READ: f64 = 10.0;
    /// Comparing one print with one query.
    pub(super) const COMPARE: f64 = 0.35;
    /// Reading the postings of one value.
    pub(super) const LOOKUP: f64 = 1500.0;
    /// Comparing one posting.
    pub(super) const POSTING: f64 = 0.5;
    /// Comparing one print that a posting leads to.
    pub(super) const PRINT: f64 = 1000.0;
}

/// The marks of the block that was looked at last.
#[derive(Default)]
pub(super) struct Marks {
    bytes: Vec<u8>,
    of: Option<u64>,
}

impl Segment {
    /// Adds what lies within `radius` of each query to what was found near it.
    pub(in crate::index) fn look(
        &self,
        plan: Plan,
        level: Level,
        queries: &[Bits],
        radius: u32,
        found: &mut [Nearest],
    ) -> Result<()> {
        let by_tables = match plan {
            Plan::Quicker => self.by_tables(queries.len(), radius),
            Plan::Tables => true,
            Plan::All => false,
        };
        if by_tables && self.layout.tables {
            // Few and large shares, since look-ups of one share are read together.
            let shares = 2 * rayon::current_num_threads();
            let share = queries.len().div_ceil(shares).clamp(1, tables::QUERIES);
            let shares = queries.par_chunks(share).zip(found.par_chunks_mut(share));
            shares.try_for_each(|(queries, found)| self.look_up(level, queries, radius, found))
        } else {
            self.read_all(level, queries, radius, found)
        }
    }

    /// Whether looking up is expected to be quicker than reading everything.
    fn by_tables(&self, queries: usize, radius: u32) -> bool {
        let (prints, queries) = (self.layout.prints as f64, queries as f64);
        let allowed = Allowed::within(radius);
        let lookups = (allowed.lookups() * CHUNKS as u64) as f64;
        let postings = lookups * prints / VALUES as f64;
        let posting = cost::POSTING + allowed.passing() * cost::PRINT;
        let looking = queries * (lookups * cost::LOOKUP + postings * posting);
        let reading = prints * (cost::READ + queries * cost::COMPARE);
        looking < reading
    }

    fn read_all(
        &self,
        level: Level,
        queries: &[Bits],
        radius: u32,
        found: &mut [Nearest],
    ) -> Result<()> {
        let blocks = (self.layout.prints as usize).div_ceil(LANES);
        let none: Vec<Nearest> = found.iter().map(Nearest::fresh).collect();
        // More parts than threads, so that one that is held up holds up little.
        let share = blocks
            .div_ceil(4 * rayon::current_num_threads())
            .max(STRIDE);
        let parts = blocks.div_ceil(share);
        let all: Vec<Vec<Nearest>> = (0..parts)
            .into_par_iter()
            .map(|part| {
                let part = part * share..((part + 1) * share).min(blocks);
                self.read_part(level, part, queries, radius, none.clone())
            })
            .collect::<Result<_>>()?;
        for part in all {
            for (found, more) in found.iter_mut().zip(part) {
                found.join(more);
            }
        }
        Ok(())
    }

    fn read_part(
        &self,
        level: Level,
        part: Range<usize>,
        queries: &[Bits],
        radius: u32,
        mut found: Vec<Nearest>,
    ) -> Result<Vec<Nearest>> {
        let mut bytes = vec![0; STRIDE * BLOCK as usize];
        let mut blocks = vec![[[0; LANES]; 4]; STRIDE];
        let (mut near, mut marks) = (Vec::new(), Marks::default());
        for first in part.clone().step_by(STRIDE) {
            let count = STRIDE.min(part.end - first);
            let bytes = &mut bytes[..count * BLOCK as usize];
            let offset = self.layout.blocks + first as u64 * BLOCK;
            self.bytes.read(offset, bytes)?;
            parse(bytes, &mut blocks);
            for (query, found) in queries.iter().zip(&mut found) {
                near.clear();
                kernel::near(level, &blocks[..count], query, radius, |at, distance| {
                    near.push(((first * LANES + at) as u32, distance));
                });
                for &(position, distance) in &near {
                    if u64::from(position) < self.layout.prints {
                        self.take(position, distance, &mut marks, found)?;
                    }
                }
            }
        }
        Ok(found)
    }

    pub(super) fn take(
        &self,
        position: u32,
        distance: u32,
        marks: &mut Marks,
        found: &mut Nearest,
    ) -> Result<()> {
        let row = self.row_of(position);
        if self.dead.contains(&row) || !found.counts(distance) {
            return Ok(());
        }
        let (block, lane) = (
            u64::from(position) / LANES as u64,
            position as usize % LANES,
        );
        if marks.of != Some(block) {
            let first = block * LANES as u64;
            let count = (self.layout.prints - first).min(LANES as u64);
            marks.bytes.resize((count * MARK) as usize, 0);
            let offset = self.layout.marks + first * MARK;
            self.bytes.read(offset, &mut marks.bytes)?;
            marks.of = Some(block);
        }
        let mark = marks.bytes.as_chunks().0[lane];
        found.push(self.hit(row, mark, distance)?);
        Ok(())
    }
}

fn parse(bytes: &[u8], into: &mut [Block]) {
    for (block, bytes) in into.iter_mut().zip(bytes.as_chunks().0) {
        *block = super::block(bytes);
    }
}
