//! The log: changes that are in no segment yet, one record after another.

use fearless_simd::Level;

use super::entry::{Bits, Entry, Hit, Nearest, VideoId};
use super::error::{Error, Result};
use super::files::Files;
use super::kernel::{self, Block, LANES};

const MARKER: [u8; 4] = *b"FWRC";
/// Marker, place in the log, length of the content, checksum of all but itself.
const HEAD: usize = 4 + 8 + 4 + 4;
const ADD: u8 = 1;
const REMOVE: u8 = 2;
/// Frame, view, quality, bits.
const ENTRY: usize = 4 + 1 + 1 + 32;

/// A change as it is logged.
pub(super) enum Change {
    Add(VideoId, Vec<Entry>),
    Remove(VideoId),
}

/// The videos that only the log holds, ready to be searched.
#[derive(Default)]
pub(super) struct Recent {
    videos: Vec<(VideoId, Vec<Entry>)>,
    blocks: Vec<Block>,
    /// Of each print, its video and its place there.
    owners: Vec<(u32, u32)>,
}

pub(super) fn file_name(number: u64) -> String {
    format!("{number:010}.log")
}

/// The bytes of a record that is put at `offset`.
pub(super) fn record(offset: u64, id: VideoId, added: Option<&[Entry]>) -> Result<Vec<u8>> {
    let entries = added.unwrap_or_default();
    let length = 33 + entries.len() * ENTRY;
    let mut out = Vec::with_capacity(HEAD + length);
    out.extend_from_slice(&MARKER);
    out.extend_from_slice(&offset.to_le_bytes());
    let length = u32::try_from(length).map_err(|_| Error::TooMany)?;
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    out.push(if added.is_some() { ADD } else { REMOVE });
    out.extend_from_slice(&id.0);
    for entry in entries {
        out.extend_from_slice(&entry.frame.to_le_bytes());
        out.extend_from_slice(&[entry.view, entry.quality.min(100)]);
        for word in entry.bits {
            out.extend_from_slice(&word.to_le_bytes());
        }
    }
    let sum = sum(&out);
    out[HEAD - 4..HEAD].copy_from_slice(&sum.to_le_bytes());
    Ok(out)
}

/// Of a whole record, but for the field that holds it.
fn sum(record: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&record[..HEAD - 4]);
    sum.update(&record[HEAD..]);
    sum.finalize()
}

/// Reads a log: its changes, how many bytes of it count, and how many there are. A torn end does not: what a write that
/// was cut off left there was never acknowledged.
pub(super) fn read(files: &dyn Files, number: u64) -> Result<(Vec<Change>, u64, u64)> {
    let name = file_name(number);
    let file = match files.open(&name) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok((Vec::new(), 0, 0));
        }
        other => other.map_err(Error::io("opening", &name))?,
    };
    let length = file.length().map_err(Error::io("reading", &name))?;
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| Error::TooMany)?];
    file.read_at(0, &mut bytes)
        .map_err(Error::io("reading", &name))?;
    let mut changes = Vec::new();
    let mut at = 0;
    while let Some(content) = content(&bytes, at) {
        let change = change(content).ok_or_else(|| Error::damaged(&name, "a record of no kind"))?;
        changes.push(change);
        at += HEAD + content.len();
    }
    if is_followed(&bytes, at) {
        return Err(Error::damaged(&name, "a record is not what was written"));
    }
    Ok((changes, at as u64, length))
}

/// The content of the whole and unharmed record at `at`.
fn content(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let head = bytes.get(at..)?.first_chunk::<HEAD>()?;
    let (marker, rest) = head.split_first_chunk::<4>()?;
    let (offset, rest) = rest.split_first_chunk::<8>()?;
    let (length, expected) = rest.split_first_chunk::<4>()?;
    let end = (at + HEAD).checked_add(u32::from_le_bytes(*length) as usize)?;
    let record = bytes.get(at..end)?;
    let here = *marker == MARKER && u64::from_le_bytes(*offset) == at as u64;
    (here && sum(record).to_le_bytes() == *expected).then(|| &record[HEAD..])
}

/// Whether a whole record lies behind `at`, where none does: then that one was harmed after it had
/// been written, for nothing is written behind a torn one.
fn is_followed(bytes: &[u8], at: usize) -> bool {
    // A record names its own place, so that hardly any other bytes are summed up.
    (at + 1..bytes.len().saturating_sub(HEAD)).any(|at| content(bytes, at).is_some())
}

fn change(content: &[u8]) -> Option<Change> {
    let (&[kind], rest) = content.split_first_chunk()?;
    let (id, rest) = rest.split_first_chunk()?;
    let (entries, odd) = rest.as_chunks::<ENTRY>();
    let entries: Vec<Entry> = entries.iter().map(entry).collect();
    let sound = odd.is_empty() && entries.iter().all(|entry| entry.quality <= 100);
    match kind {
        ADD if sound => Some(Change::Add(VideoId(*id), entries)),
        REMOVE if rest.is_empty() => Some(Change::Remove(VideoId(*id))),
        _ => None,
    }
}

fn entry(bytes: &[u8; ENTRY]) -> Entry {
    let [a, b, c, d, view, quality, bits @ ..] = bytes;
    let mut entry = Entry {
        frame: u32::from_le_bytes([*a, *b, *c, *d]),
        view: *view,
        quality: *quality,
        bits: Bits::default(),
    };
    for (word, bytes) in entry.bits.iter_mut().zip(bits.as_chunks().0) {
        *word = u64::from_le_bytes(*bytes);
    }
    entry
}

impl Recent {
    pub(super) fn prints(&self) -> usize {
        self.owners.len()
    }

    pub(super) fn videos(&self) -> &[(VideoId, Vec<Entry>)] {
        &self.videos
    }

    /// The prints of a video as they were added.
    pub(super) fn entries(&self, id: VideoId) -> impl Iterator<Item = Entry> {
        let found = self.videos.iter().filter(move |(other, _)| *other == id);
        found.flat_map(|(_, entries)| entries.iter().copied())
    }

    pub(super) fn add(&mut self, id: VideoId, entries: Vec<Entry>) {
        let video = self.videos.len() as u32;
        for (entry, at) in entries.iter().zip(0..) {
            let lane = self.owners.len() % LANES;
            if lane == 0 {
                self.blocks.push([[0; LANES]; 4]);
            }
            if let Some(block) = self.blocks.last_mut() {
                for (word, bits) in block.iter_mut().zip(entry.bits) {
                    word[lane] = bits;
                }
            }
            self.owners.push((video, at));
        }
        self.videos.push((id, entries));
    }

    /// Takes a video out; whether it was there.
    pub(super) fn remove(&mut self, id: VideoId) -> bool {
        let Some(at) = self.videos.iter().position(|(other, _)| *other == id) else {
            return false;
        };
        let mut kept = std::mem::take(self).videos;
        kept.remove(at);
        kept.into_iter()
            .for_each(|(id, entries)| self.add(id, entries));
        true
    }

    /// Adds what lies within `radius` of the query to what was found near it.
    pub(super) fn look(&self, level: Level, query: &Bits, radius: u32, found: &mut Nearest) {
        kernel::near(level, &self.blocks, query, radius, |at, distance| {
            // The last block is not full.
            let Some(&(video, place)) = self.owners.get(at) else {
                return;
            };
            if found.counts(distance) {
                let (id, entries) = &self.videos[video as usize];
                let entry = entries[place as usize];
                found.push(Hit {
                    distance,
                    video: *id,
                    frame: entry.frame,
                    view: entry.view,
                    quality: entry.quality,
                });
            }
        });
    }
}

/// Puts right the checksums of records that are whole, so that tests get past them.
#[cfg(test)]
pub(super) fn sum_up(bytes: &mut [u8]) {
    let mut at = 0;
    while let Some(head) = bytes.get(at..).and_then(|it| it.first_chunk::<HEAD>()) {
        let length = u32::from_le_bytes([head[12], head[13], head[14], head[15]]) as usize;
        let Some(record) = bytes.get_mut(at..at + HEAD + length) else {
            return;
        };
        if record[..4] != MARKER {
            return;
        }
        let sum = sum(record);
        record[HEAD - 4..HEAD].copy_from_slice(&sum.to_le_bytes());
        at += HEAD + length;
    }
}
