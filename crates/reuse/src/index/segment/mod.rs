//! A segment: a file of prints that never changes, with tables to look them up by.

mod layout;
mod look;
mod summed;
mod tables;
mod write;

use std::collections::BTreeSet;

use super::chunks::{CHUNKS, VALUES};
use super::entry::{Entry, Hit, VideoId};
use super::error::{Error, Result};
use super::files::Files;
use super::kernel::{Block, LANES};
use layout::{BLOCK, BOUNDS, HEADER, Layout, MARK, Unfit, VIDEO};
use summed::Summed;
pub(super) use write::{Source, write};

/// A video of a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) id: VideoId,
    first: u32,
    pub(super) count: u32,
}

/// An open segment.
pub(super) struct Segment {
    pub(super) number: u64,
    bytes: Summed,
    layout: Layout,
    /// By id, as their prints lie.
    rows: Vec<Row>,
    /// For each chunk and each of its values, where its postings begin.
    bounds: Vec<u32>,
    /// Rows that were removed.
    dead: BTreeSet<u32>,
    dead_prints: u32,
}

pub(super) fn file_name(number: u64) -> String {
    format!("{number:010}.segment")
}

impl Segment {
    pub(super) fn open(files: &dyn Files, number: u64) -> Result<Self> {
        let name = file_name(number);
        let file = match files.open(&name) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::damaged(&name, "it is missing"));
            }
            other => other.map_err(Error::io("opening", &name))?,
        };
        let length = file.length().map_err(Error::io("reading", &name))?;
        let mut header = [0; HEADER as usize];
        if length < HEADER {
            return Err(Error::damaged(&name, "it is cut short"));
        }
        file.read_at(0, &mut header)
            .map_err(Error::io("reading", &name))?;
        let layout = Layout::from_header(&header).map_err(|unfit| match unfit {
            Unfit::Version(version) => Error::Version(version),
            Unfit::Damaged(what) => Error::damaged(&name, what),
        })?;
        if layout.length != length {
            return Err(Error::damaged(
                &name,
                "it is not as long as its header says",
            ));
        }
        let bytes = Summed::open(file, &name, layout.sums)?;
        Ok(Self {
            number,
            rows: rows(&bytes, &layout)?,
            bounds: bounds(&bytes, &layout)?,
            bytes,
            layout,
            dead: BTreeSet::new(),
            dead_prints: 0,
        })
    }

    /// Rows and places of the videos that were not removed.
    pub(super) fn living(&self) -> impl Iterator<Item = (u32, &Row)> {
        (0..)
            .zip(&self.rows)
            .filter(|(at, _)| !self.dead.contains(at))
    }

    pub(super) fn dead(&self) -> &BTreeSet<u32> {
        &self.dead
    }

    /// Prints that were not removed, and those that were.
    pub(super) fn weight(&self) -> (u32, u32) {
        let all = self.layout.prints as u32;
        (all - self.dead_prints, self.dead_prints)
    }

    /// Takes a video out; whether it was there.
    pub(super) fn remove(&mut self, row: u32) -> bool {
        let Some(removed) = self.rows.get(row as usize) else {
            return false;
        };
        let fresh = self.dead.insert(row);
        if fresh {
            self.dead_prints += removed.count;
        }
        fresh
    }

    /// All prints of a row.
    pub(super) fn entries(&self, row: u32, into: &mut Vec<Entry>) -> Result<()> {
        into.clear();
        let row = self.rows[row as usize];
        let mut marks = vec![0; row.count as usize * MARK as usize];
        let offset = self.layout.marks + u64::from(row.first) * MARK;
        self.bytes.read(offset, &mut marks)?;
        let (first, end) = (row.first as usize, (row.first + row.count) as usize);
        let mut blocks = Vec::new();
        let start = first / LANES;
        self.blocks(start, end.div_ceil(LANES) - start, &mut blocks)?;
        for (at, mark) in (first..end).zip(marks.as_chunks().0) {
            let block = &blocks[at / LANES - start];
            let (frame, view, quality) = self.mark(*mark)?;
            into.push(Entry {
                frame,
                view,
                quality,
                bits: block.map(|word| word[at % LANES]),
            });
        }
        Ok(())
    }

    /// Reads `count` blocks from the `first` on.
    fn blocks(&self, first: usize, count: usize, into: &mut Vec<Block>) -> Result<()> {
        let mut bytes = vec![0; count * BLOCK as usize];
        let offset = self.layout.blocks + first as u64 * BLOCK;
        self.bytes.read(offset, &mut bytes)?;
        into.clear();
        let parsed = bytes.as_chunks::<{ BLOCK as usize }>().0.iter();
        into.extend(parsed.map(block));
        Ok(())
    }

    /// The row that the print at `position` is of.
    fn row_of(&self, position: u32) -> u32 {
        self.rows.partition_point(|row| row.first <= position) as u32 - 1
    }

    fn hit(&self, row: u32, mark: [u8; MARK as usize], distance: u32) -> Result<Hit> {
        let (frame, view, quality) = self.mark(mark)?;
        Ok(Hit {
            distance,
            video: self.rows[row as usize].id,
            frame,
            view,
            quality,
        })
    }

    fn mark(&self, mark: [u8; MARK as usize]) -> Result<(u32, u8, u8)> {
        let [a, b, c, d, view, quality] = mark;
        if quality > 100 {
            return Err(self.bytes.damaged("a quality above 100"));
        }
        Ok((u32::from_le_bytes([a, b, c, d]), view, quality))
    }
}

fn block(bytes: &[u8; BLOCK as usize]) -> Block {
    let mut block = [[0; LANES]; 4];
    let words = bytes.as_chunks::<8>().0;
    for (word, from) in block.as_flattened_mut().iter_mut().zip(words) {
        *word = u64::from_le_bytes(*from);
    }
    block
}

fn rows(bytes: &Summed, layout: &Layout) -> Result<Vec<Row>> {
    let mut raw = vec![0; (layout.videos * VIDEO) as usize];
    bytes.read(HEADER, &mut raw)?;
    let mut rows: Vec<Row> = Vec::with_capacity(layout.videos as usize);
    let mut first = 0_u32;
    for row in raw.as_chunks::<{ VIDEO as usize }>().0 {
        let mut id = [0; 32];
        id.copy_from_slice(&row[..32]);
        let id = VideoId(id);
        let count = u32::from_le_bytes([row[32], row[33], row[34], row[35]]);
        if rows.last().is_some_and(|last| last.id >= id) {
            return Err(bytes.damaged("its videos are out of order"));
        }
        rows.push(Row { id, first, count });
        first = first
            .checked_add(count)
            .ok_or_else(|| bytes.damaged("its videos have too many prints"))?;
    }
    if u64::from(first) != layout.prints {
        return Err(bytes.damaged("its videos do not have its prints"));
    }
    Ok(rows)
}

fn bounds(bytes: &Summed, layout: &Layout) -> Result<Vec<u32>> {
    if !layout.tables {
        return Ok(Vec::new());
    }
    let mut raw = vec![0; CHUNKS * BOUNDS * 4];
    bytes.read(layout.bounds, &mut raw)?;
    let words = raw.as_chunks().0.iter();
    let bounds: Vec<u32> = words.map(|word| u32::from_le_bytes(*word)).collect();
    let sound = bounds
        .chunks_exact(BOUNDS)
        .all(|of| of[0] == 0 && u64::from(of[VALUES]) == layout.prints && of.is_sorted());
    if sound {
        Ok(bounds)
    } else {
        Err(bytes.damaged("the bounds of its tables contradict themselves"))
    }
}

/// Puts right the checksums of bytes that are as long as their header says, so that tests get past
/// them.
#[cfg(test)]
pub(super) fn sum_up(bytes: &mut Vec<u8>) {
    use std::io::Write;
    let Some(layout) = bytes
        .first_chunk()
        .and_then(|header| Layout::from_header(header).ok())
        .filter(|layout| layout.length == bytes.len() as u64)
    else {
        return;
    };
    bytes.truncate(layout.sums as usize);
    let mut out = Vec::new();
    let mut summing = summed::Summing::new(&mut out);
    summing.write_all(bytes).unwrap();
    summing.finish().unwrap();
    *bytes = out;
}
