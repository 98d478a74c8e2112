//! Bytes with checksums: written, and checked the first time they are read.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use super::layout::SUMMED;
use crate::index::error::{Error, Result};
use crate::index::files::ReadAt;

/// Passes bytes on and sums up each stretch of [`SUMMED`].
pub(super) struct Summing<'a> {
    out: &'a mut dyn Write,
    sum: crc32fast::Hasher,
    filled: usize,
    sums: Vec<u8>,
    written: u64,
}

impl<'a> Summing<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            sum: crc32fast::Hasher::new(),
            filled: 0,
            sums: Vec::new(),
            written: 0,
        }
    }

    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Writes the sums of everything, and the sum of those.
    pub(super) fn finish(mut self) -> io::Result<()> {
        if self.filled > 0 {
            self.turn();
        }
        let over = crc32fast::hash(&self.sums);
        self.out.write_all(&self.sums)?;
        self.out.write_all(&over.to_le_bytes())
    }

    fn turn(&mut self) {
        let sum = std::mem::replace(&mut self.sum, crc32fast::Hasher::new());
        self.sums.extend_from_slice(&sum.finalize().to_le_bytes());
        self.filled = 0;
    }
}

impl Write for Summing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = SUMMED as usize - self.filled;
        let bytes = &bytes[..bytes.len().min(room)];
        self.out.write_all(bytes)?;
        self.sum.update(bytes);
        self.filled += bytes.len();
        self.written += bytes.len() as u64;
        if self.filled == SUMMED as usize {
            self.turn();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A file whose bytes up to its sums are checked when they are first read.
pub(super) struct Summed {
    file: Box<dyn ReadAt>,
    name: String,
    /// Bytes that the sums are over.
    length: u64,
    sums: Vec<u32>,
    /// A bit for each stretch: whether it was found to be what was written.
    checked: Vec<AtomicU64>,
}

impl Summed {
    /// `length` bytes of `file`, with their sums behind them.
    pub(super) fn open(file: Box<dyn ReadAt>, name: &str, length: u64) -> Result<Self> {
        let count = length.div_ceil(SUMMED) as usize;
        let mut bytes = vec![0; (count + 1) * 4];
        file.read_at(length, &mut bytes)
            .map_err(Error::io("reading", name))?;
        let mut sums: Vec<u32> = bytes
            .as_chunks()
            .0
            .iter()
            .map(|sum| u32::from_le_bytes(*sum))
            .collect();
        if sums.pop() != Some(crc32fast::hash(&bytes[..count * 4])) {
            return Err(Error::damaged(
                name,
                "its checksums are not what was written",
            ));
        }
        Ok(Self {
            file,
            name: name.to_owned(),
            length,
            sums,
            checked: (0..count.div_ceil(64)).map(|_| AtomicU64::new(0)).collect(),
        })
    }

    pub(super) fn damaged(&self, what: &'static str) -> Error {
        Error::damaged(&self.name, what)
    }

    /// Fills `into` from `offset` on.
    pub(super) fn read(&self, offset: u64, into: &mut [u8]) -> Result<()> {
        self.raw(offset, into)?;
        let end = offset + into.len() as u64;
        for stretch in offset / SUMMED..end.div_ceil(SUMMED) {
            if !self.is_checked(stretch) {
                self.check(stretch, offset, into)?;
            }
        }
        Ok(())
    }

    fn raw(&self, offset: u64, into: &mut [u8]) -> Result<()> {
        self.file
            .read_at(offset, into)
            .map_err(Error::io("reading", &self.name))
    }

    fn is_checked(&self, stretch: u64) -> bool {
        let word = &self.checked[(stretch / 64) as usize];
        word.load(Ordering::Relaxed) >> (stretch % 64) & 1 == 1
    }

    /// Checks a stretch in `bytes`, which were read from `offset` on, or reads the whole of it.
    fn check(&self, stretch: u64, offset: u64, bytes: &[u8]) -> Result<()> {
        let start = stretch * SUMMED;
        let end = (start + SUMMED).min(self.length);
        let sum = if offset <= start && end <= offset + bytes.len() as u64 {
            crc32fast::hash(&bytes[(start - offset) as usize..(end - offset) as usize])
        } else {
            let mut whole = vec![0; (end - start) as usize];
            self.raw(start, &mut whole)?;
            crc32fast::hash(&whole)
        };
        if self.sums.get(stretch as usize) != Some(&sum) {
            return Err(self.damaged("bytes are not what was written"));
        }
        self.checked[(stretch / 64) as usize].fetch_or(1 << (stretch % 64), Ordering::Relaxed);
        Ok(())
    }
}
