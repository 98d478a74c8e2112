//! The frame index as bytes: `docs/formats/frame-index.md`, version 1.
//!
//! One index has one byte form, so that equal bytes mean equal indexes: absent values are zero, and
//! reading refuses anything that writing would not have written.

use crate::index::{FrameEntry, FrameHash, FrameIndex, PictureType};
use crate::time::{FrameNo, Pts, SampleNo, TimeBase};

const MAGIC: [u8; 8] = *b"FWFRAMES";
const VERSION: u16 = 1;
const HEADER: usize = 24;
const RECORD: usize = 76;

const HAS_PTS: u8 = 1;
const HAS_SAMPLE: u8 = 2;
const HAS_POSITION: u8 = 4;
const KEY: u8 = 8;
const DAMAGED: u8 = 16;

/// Why bytes are not a frame index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadIndex {
    /// They do not begin as one.
    #[error("not a frame index")]
    Magic,
    /// Written by a newer program.
    #[error("frame index version {0} is not known here")]
    Version(u16),
    /// The header does not hold: record size, time base or count.
    #[error("the header of the frame index is damaged")]
    Header,
    /// Cut short, or with bytes left over.
    #[error("frame index of {frames} frames takes {expected} bytes, not {got}")]
    Length {
        /// Frames by the header.
        frames: u32,
        /// Bytes they take with the header.
        expected: u64,
        /// Bytes given.
        got: u64,
    },
    /// A record that is never written.
    #[error("the record of frame {0} is damaged")]
    Record(FrameNo),
}

impl FrameIndex {
    /// The index in its byte form.
    ///
    /// # Panics
    /// With more than 2³² − 1 frames, which [`FrameNo`] cannot number.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Ok(count) = u32::try_from(self.frames.len()) else {
            panic!("frames are numbered by u32");
        };
        let mut bytes = Vec::with_capacity(HEADER + RECORD * self.frames.len());
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((RECORD as u16).to_le_bytes());
        bytes.extend(self.time_base.num.to_le_bytes());
        bytes.extend(self.time_base.den.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        for frame in &self.frames {
            write_record(&mut bytes, frame);
        }
        bytes
    }

    /// Reads the byte form. Allocates only for records that are there.
    ///
    /// # Errors
    /// [`BadIndex`] for anything [`FrameIndex::to_bytes`] would not have written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadIndex> {
        let (header, records) = bytes.split_first_chunk::<HEADER>().ok_or(BadIndex::Magic)?;
        let mut header = Cursor(header);
        if header.take() != MAGIC {
            return Err(BadIndex::Magic);
        }
        let version = u16::from_le_bytes(header.take());
        if version != VERSION {
            return Err(BadIndex::Version(version));
        }
        let record_size = u16::from_le_bytes(header.take());
        let time_base = TimeBase {
            num: u32::from_le_bytes(header.take()),
            den: u32::from_le_bytes(header.take()),
        };
        if usize::from(record_size) != RECORD || time_base.num == 0 || time_base.den == 0 {
            return Err(BadIndex::Header);
        }
        let count = u32::from_le_bytes(header.take());
        let expected = HEADER as u64 + RECORD as u64 * u64::from(count);
        if expected != bytes.len() as u64 {
            return Err(BadIndex::Length {
                frames: count,
                expected,
                got: bytes.len() as u64,
            });
        }
        let frames = records
            .as_chunks::<RECORD>()
            .0
            .iter()
            .zip(0..)
            .map(|(record, no)| read_record(FrameNo(no), record))
            .collect::<Result<_, _>>()?;
        Ok(Self { time_base, frames })
    }
}

fn write_record(bytes: &mut Vec<u8>, frame: &FrameEntry) {
    let mut flags = 0;
    for (set, flag) in [
        (frame.pts.is_some(), HAS_PTS),
        (frame.sample.is_some(), HAS_SAMPLE),
        (frame.position.is_some(), HAS_POSITION),
        (frame.key, KEY),
        (frame.damaged, DAMAGED),
    ] {
        flags |= if set { flag } else { 0 };
    }
    bytes.extend(frame.pts.map_or(0, |pts| pts.0).to_le_bytes());
    bytes.extend(frame.duration.to_le_bytes());
    bytes.extend(frame.position.unwrap_or(0).to_le_bytes());
    bytes.extend(frame.sample.map_or(0, |sample| sample.0).to_le_bytes());
    bytes.extend(frame.size.to_le_bytes());
    bytes.extend(frame.width.to_le_bytes());
    bytes.extend(frame.height.to_le_bytes());
    bytes.push(picture_byte(frame.picture));
    bytes.push(flags);
    bytes.extend([0; 2]);
    bytes.extend(frame.hash.0);
}

fn read_record(no: FrameNo, record: &[u8; RECORD]) -> Result<FrameEntry, BadIndex> {
    let mut at = Cursor(record);
    let pts = i64::from_le_bytes(at.take());
    let duration = i64::from_le_bytes(at.take());
    let position = u64::from_le_bytes(at.take());
    let sample = u32::from_le_bytes(at.take());
    let size = u32::from_le_bytes(at.take());
    let width = u32::from_le_bytes(at.take());
    let height = u32::from_le_bytes(at.take());
    let [picture, flags, zero, zero_too] = at.take();
    let has = |flag| flags & flag != 0;
    let entry = FrameEntry {
        no,
        pts: has(HAS_PTS).then_some(Pts(pts)),
        duration,
        picture: picture_type(picture).ok_or(BadIndex::Record(no))?,
        key: has(KEY),
        damaged: has(DAMAGED),
        sample: has(HAS_SAMPLE).then_some(SampleNo(sample)),
        position: has(HAS_POSITION).then_some(position),
        size,
        width,
        height,
        hash: FrameHash(at.take()),
    };
    let unknown = flags & !(HAS_PTS | HAS_SAMPLE | HAS_POSITION | KEY | DAMAGED);
    let stray = (!has(HAS_PTS) && pts != 0)
        || (!has(HAS_SAMPLE) && sample != 0)
        || (!has(HAS_POSITION) && position != 0);
    if unknown != 0 || zero != 0 || zero_too != 0 || stray {
        return Err(BadIndex::Record(no));
    }
    Ok(entry)
}

fn picture_byte(picture: PictureType) -> u8 {
    match picture {
        PictureType::I => b'I',
        PictureType::P => b'P',
        PictureType::B => b'B',
        PictureType::Other => b'?',
    }
}

fn picture_type(byte: u8) -> Option<PictureType> {
    Some(match byte {
        b'I' => PictureType::I,
        b'P' => PictureType::P,
        b'B' => PictureType::B,
        b'?' => PictureType::Other,
        _ => return None,
    })
}

/// Hands out the fields of a header or record in order. Their sizes add up to `HEADER` and `RECORD`.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        match self.0.split_first_chunk::<N>() {
            Some((field, rest)) => {
                self.0 = rest;
                *field
            }
            None => unreachable!("the fields of the format fit its fixed sizes"),
        }
    }
}
