//! Where what lies in a segment; `docs/formats/index.md` has it in words.

use crate::index::chunks::{CHUNKS, VALUES};
use crate::index::kernel::LANES;

pub(super) const MAGIC: [u8; 8] = *b"FWINDSEG";
pub(super) const VERSION: u16 = 1;
pub(super) const HEADER: u64 = 64;
/// Id, number of prints.
pub(super) const VIDEO: u64 = 32 + 4;
/// Frame, view, quality.
pub(super) const MARK: u64 = 4 + 1 + 1;
/// Next chunk, position.
pub(super) const POSTING: u64 = 2 + 4;
pub(super) const BLOCK: u64 = LANES as u64 * 32;
/// Bytes that a checksum is over.
pub(super) const SUMMED: u64 = 16 * 1024;
/// Blocks begin at a multiple of this.
const PAGE: u64 = 4096;
/// Bounds of the postings of each value, for each chunk.
pub(super) const BOUNDS: usize = VALUES + 1;

/// Offsets of the parts of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) videos: u64,
    pub(super) prints: u64,
    pub(super) tables: bool,
    pub(super) bounds: u64,
    pub(super) blocks: u64,
    pub(super) marks: u64,
    pub(super) postings: u64,
    /// Checksums, behind everything that they are over.
    pub(super) sums: u64,
    pub(super) length: u64,
}

impl Layout {
    pub(super) fn new(videos: u32, prints: u32, tables: bool) -> Self {
        // Counts have 32 bits, so that no sum here reaches 2^48.
        let (videos, prints) = (u64::from(videos), u64::from(prints));
        let present = u64::from(tables);
        let bounds = HEADER + videos * VIDEO;
        let blocks = bounds + present * (CHUNKS * BOUNDS * 4) as u64;
        let blocks = blocks.next_multiple_of(PAGE);
        let marks = blocks + prints.div_ceil(LANES as u64) * BLOCK;
        let postings = marks + prints * MARK;
        let sums = postings + present * CHUNKS as u64 * prints * POSTING;
        Self {
            videos,
            prints,
            tables,
            bounds,
            blocks,
            marks,
            postings,
            sums,
            length: sums + (sums.div_ceil(SUMMED) + 1) * 4,
        }
    }

    /// Where the postings of a chunk begin, from its `first` on.
    pub(super) fn postings_of(&self, chunk: usize, first: u32) -> u64 {
        self.postings + (chunk as u64 * self.prints + u64::from(first)) * POSTING
    }

    pub(super) fn header(&self) -> [u8; HEADER as usize] {
        let mut header = [0; HEADER as usize];
        header[..8].copy_from_slice(&MAGIC);
        header[8..10].copy_from_slice(&VERSION.to_le_bytes());
        header[10] = u8::from(self.tables);
        header[12..16].copy_from_slice(&(self.videos as u32).to_le_bytes());
        header[16..20].copy_from_slice(&(self.prints as u32).to_le_bytes());
        header
    }

    /// What a header says; `Err` says what is wrong with it.
    pub(super) fn from_header(header: &[u8; HEADER as usize]) -> Result<Self, Unfit> {
        let number = |at: usize| {
            u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
        };
        if header[..8] != MAGIC {
            return Err(Unfit::Damaged("it does not begin as a segment does"));
        }
        let version = u16::from_le_bytes([header[8], header[9]]);
        if version != VERSION {
            return Err(Unfit::Version(version));
        }
        let layout = Self::new(number(12), number(16), header[10] == 1);
        if layout.header() == *header {
            Ok(layout)
        } else {
            Err(Unfit::Damaged("its header holds more than it may"))
        }
    }
}

/// Why a header will not do.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unfit {
    Version(u16),
    Damaged(&'static str),
}
