//! Writing a segment, in a few passes over its prints, so that memory is a few bytes for each.

use std::io::{self, BufWriter, Write};

use super::file_name;
use super::layout::{BOUNDS, Layout};
use super::summed::Summing;
use crate::index::chunks::{CHUNKS, VALUES, chunks};
use crate::index::entry::{Entry, VideoId};
use crate::index::error::{Error, Result};
use crate::index::files::Files;
use crate::index::kernel::{Block, LANES};

/// Tables made in one pass over the prints; each takes six bytes of memory a print.
const AT_A_TIME: usize = 4;

/// Gives the prints of a video; the same each time.
type Read<'a> = Box<dyn Fn(&mut Vec<Entry>) -> Result<()> + 'a>;

/// A video to be written.
pub(in crate::index) struct Source<'a> {
    pub(in crate::index) id: VideoId,
    pub(in crate::index) count: u32,
    pub(in crate::index) read: Read<'a>,
}

/// Writes the segment of that number; with tables where `tables` says so.
pub(in crate::index) fn write(
    files: &dyn Files,
    number: u64,
    sources: &mut [Source<'_>],
    tables: bool,
) -> Result<()> {
    // By id, so that the same videos make the same file.
    sources.sort_by_key(|source| source.id);
    let prints = sources
        .iter()
        .try_fold(0_u32, |sum, source| sum.checked_add(source.count))
        .ok_or(Error::TooMany)?;
    let videos = u32::try_from(sources.len()).map_err(|_| Error::TooMany)?;
    let layout = Layout::new(videos, prints, tables);
    let name = file_name(number);
    let mut failed = None;
    let written = files.write(&name, &mut |out| {
        let mut out = BufWriter::with_capacity(1 << 16, Summing::new(out));
        let poured = pour(&mut out, &layout, sources);
        poured.map_err(|error| match error {
            Error::Io { source, .. } if failed.is_none() => source,
            other => {
                failed = Some(other);
                io::Error::other("the prints could not be read")
            }
        })?;
        let summing = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        debug_assert_eq!(summing.written(), layout.sums);
        summing.finish()
    });
    match failed {
        Some(error) => Err(error),
        None => written.map_err(Error::io("writing", &name)),
    }
}

/// Everything but the sums.
fn pour(out: &mut impl Write, layout: &Layout, sources: &[Source<'_>]) -> Result<()> {
    let wrote = || Error::io("writing", "a segment");
    out.write_all(&layout.header()).map_err(wrote())?;
    for source in sources {
        out.write_all(&source.id.0).map_err(wrote())?;
        let count = source.count.to_le_bytes();
        out.write_all(&count).map_err(wrote())?;
    }
    let bounds = if layout.tables {
        bounds(sources)?
    } else {
        Vec::new()
    };
    for bound in &bounds {
        out.write_all(&bound.to_le_bytes()).map_err(wrote())?;
    }
    let gap = layout.blocks - layout.bounds - bounds.len() as u64 * 4;
    out.write_all(&vec![0; gap as usize]).map_err(wrote())?;
    write_blocks(out, sources)?;
    each(sources, |entry| {
        out.write_all(&entry.frame.to_le_bytes())?;
        out.write_all(&[entry.view, entry.quality])
    })?;
    if layout.tables {
        for first in (0..CHUNKS).step_by(AT_A_TIME) {
            let tables = tables(first, &bounds, layout.prints as usize, sources)?;
            tables
                .iter()
                .try_for_each(|table| table.write(out))
                .map_err(wrote())?;
        }
    }
    Ok(())
}

/// Calls `take` with every print.
fn each(sources: &[Source<'_>], mut take: impl FnMut(&Entry) -> io::Result<()>) -> Result<()> {
    let mut entries = Vec::new();
    for source in sources {
        (source.read)(&mut entries)?;
        // The header has counted them.
        if entries.len() != source.count as usize {
            return Err(Error::TooMany);
        }
        entries
            .iter()
            .try_for_each(&mut take)
            .map_err(Error::io("writing", "a segment"))?;
    }
    Ok(())
}

fn write_blocks(out: &mut impl Write, sources: &[Source<'_>]) -> Result<()> {
    let mut block: Block = [[0; LANES]; 4];
    let mut filled = 0;
    each(sources, |entry| {
        for (word, bits) in block.iter_mut().zip(entry.bits) {
            word[filled] = bits;
        }
        filled += 1;
        if filled < LANES {
            return Ok(());
        }
        filled = 0;
        write_block(out, &block)
    })?;
    if filled > 0 {
        block.iter_mut().for_each(|word| word[filled..].fill(0));
        write_block(out, &block).map_err(Error::io("writing", "a segment"))?;
    }
    Ok(())
}

fn write_block(out: &mut impl Write, block: &Block) -> io::Result<()> {
    let mut words = block.as_flattened().iter();
    words.try_for_each(|word| out.write_all(&word.to_le_bytes()))
}

/// Where the postings of each value begin, chunk after chunk.
fn bounds(sources: &[Source<'_>]) -> Result<Vec<u32>> {
    let mut bounds = vec![0_u32; CHUNKS * BOUNDS];
    each(sources, |entry| {
        for (chunk, value) in chunks(&entry.bits).into_iter().enumerate() {
            bounds[chunk * BOUNDS + usize::from(value) + 1] += 1;
        }
        Ok(())
    })?;
    for of in bounds.chunks_exact_mut(BOUNDS) {
        let mut sum = 0;
        for bound in of {
            sum += *bound;
            *bound = sum;
        }
    }
    Ok(bounds)
}

/// The postings of one chunk, by value.
struct Table<'a> {
    chunk: usize,
    bounds: &'a [u32],
    free: Vec<u32>,
    nexts: Vec<u16>,
    positions: Vec<u32>,
}

impl Table<'_> {
    fn put(&mut self, position: u32, chunks: &[u16; CHUNKS]) {
        let free = &mut self.free[usize::from(chunks[self.chunk])];
        self.nexts[*free as usize] = chunks[(self.chunk + 1) % CHUNKS];
        self.positions[*free as usize] = position;
        *free += 1;
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        for bounds in self.bounds.windows(2) {
            let range = bounds[0] as usize..bounds[1] as usize;
            for next in &self.nexts[range.clone()] {
                out.write_all(&next.to_le_bytes())?;
            }
            for position in &self.positions[range] {
                out.write_all(&position.to_le_bytes())?;
            }
        }
        Ok(())
    }
}

/// The tables of a few chunks from `first` on.
fn tables<'a>(
    first: usize,
    bounds: &'a [u32],
    prints: usize,
    sources: &[Source<'_>],
) -> Result<Vec<Table<'a>>> {
    let empty = |chunk: usize| {
        let bounds = &bounds[chunk * BOUNDS..(chunk + 1) * BOUNDS];
        Table {
            chunk,
            bounds,
            free: bounds[..VALUES].to_vec(),
            nexts: vec![0; prints],
            positions: vec![0; prints],
        }
    };
    let mut tables: Vec<Table<'_>> = (first..first + AT_A_TIME).map(empty).collect();
    let mut position = 0;
    each(sources, |entry| {
        let chunks = chunks(&entry.bits);
        tables
            .iter_mut()
            .for_each(|table| table.put(position, &chunks));
        position += 1;
        Ok(())
    })?;
    Ok(tables)
}
