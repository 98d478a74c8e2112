//! A Matroska file (RFC 9559) in which a tick is a nanosecond, written from front to back.
//!
//! Muxers commonly round to milliseconds, which moves frames. A block's time is a 16-bit number of
//! ticks after its cluster's, so here nearly every block begins a cluster of its own: twenty bytes a
//! frame, and no time is moved.

use std::io::{self, Write};

use super::ebml::{Elements, UNKNOWN_SIZE, head, wide};
use super::track::{self, SoundTrack, VideoTrack};

const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114D_9B74;
const INFO: u32 = 0x1549_A966;
const TRACKS: u32 = 0x1654_AE6B;
const TAGS: u32 = 0x1254_C367;
const CLUSTER: u32 = 0x1F43_B675;
const CUES: u32 = 0x1C53_BB6B;

/// Nanoseconds between places that can be jumped to: each costs memory until the end.
const CUE_EVERY: u64 = 500_000_000;

/// What the file says before its first picture.
pub(super) struct Head<'a> {
    pub(super) video: VideoTrack<'a>,
    pub(super) sound: Option<SoundTrack<'a>>,
    /// Nanosecond at which everything ends.
    pub(super) end: u64,
    /// Names and values.
    pub(super) tags: &'a [(String, String)],
}

/// Bytes to put over others, once the file is whole and if it can be gone back in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// Where in the file.
    pub at: u64,
    /// What to put there.
    pub bytes: Vec<u8>,
}

/// A file being written.
pub(super) struct Matroska<W> {
    out: W,
    /// Bytes written.
    written: u64,
    /// Where the data of the segment begins.
    segment: u64,
    /// Place that the list of other places will take.
    seek_head: (u64, usize),
    places: [(u32, u64); 3],
    cues: Vec<(u64, u64)>,
}

impl<W: Write> Matroska<W> {
    /// Writes everything before the first block.
    pub(super) fn begin(out: W, head: &Head<'_>) -> io::Result<Self> {
        let mut file = Self {
            out,
            written: 0,
            segment: 0,
            seek_head: (0, 0),
            places: [(INFO, 0), (TRACKS, 0), (TAGS, 0)],
            cues: Vec::new(),
        };
        let mut opening = Elements::default();
        opening.master(0x1A45_DFA3, |header| {
            header.uint(0x4286, 1).uint(0x42F7, 1);
            header.uint(0x42F2, 4).uint(0x42F3, 8);
            header.text(0x4282, "matroska");
            header.uint(0x4287, 4).uint(0x4285, 2);
        });
        let mut opening = opening.finish();
        opening.extend(SEGMENT.to_be_bytes());
        opening.extend(UNKNOWN_SIZE);
        file.put(&opening)?;
        file.segment = file.written;
        // Room for the list of places in its final size, as an empty element until then.
        let room = file.seek_head(0).len();
        file.seek_head = (file.written, room);
        file.put(&void(room))?;
        let parts = [info(head.end), tracks(head), tags(head.tags)];
        for (at, part) in parts.into_iter().enumerate() {
            file.places[at].1 = file.written - file.segment;
            file.put(&part)?;
        }
        Ok(file)
    }

    /// Writes a picture, which can be decoded by itself, with its time and length in nanoseconds.
    pub(super) fn picture(&mut self, at: u64, lasts: Option<u64>, coded: &[u8]) -> io::Result<()> {
        let far = |&(last, _): &(u64, u64)| at >= last.saturating_add(CUE_EVERY);
        if self.cues.last().is_none_or(far) {
            self.cues.push((at, self.written - self.segment));
        }
        let mut group = Elements::default();
        group.bytes(0xA1, &block(track::VIDEO, 0, coded));
        if let Some(lasts) = lasts {
            group.uint(0x9B, lasts);
        }
        self.cluster(at, 0xA0, &group.finish())
    }

    /// Writes samples of sound with the time of the first in nanoseconds.
    pub(super) fn sound(&mut self, at: u64, samples: &[u8]) -> io::Result<()> {
        /// Of a block without references: it can be decoded by itself.
        const KEY: u8 = 0x80;
        self.cluster(at, 0xA3, &block(track::SOUND, KEY, samples))
    }

    /// Writes the places to jump to. What comes back makes the file quicker to jump in.
    pub(super) fn finish(mut self) -> io::Result<(W, [Patch; 2])> {
        let cues_at = self.written - self.segment;
        let mut cues = Elements::default();
        cues.master(CUES, |cues| {
            for (at, position) in &self.cues {
                cues.master(0xBB, |point| {
                    point.uint(0xB3, *at).master(0xB7, |place| {
                        place.uint(0xF7, track::VIDEO.into()).uint(0xF1, *position);
                    });
                });
            }
        });
        self.put(&cues.finish())?;
        self.out.flush()?;
        let patches = [
            Patch {
                at: self.segment - 8,
                bytes: wide(self.written - self.segment).to_vec(),
            },
            Patch {
                at: self.seek_head.0,
                bytes: self.seek_head(cues_at),
            },
        ];
        Ok((self.out, patches))
    }

    fn cluster(&mut self, at: u64, id: u32, content: &[u8]) -> io::Result<()> {
        let mut cluster = Elements::default();
        cluster.uint(0xE7, at).bytes(id, content);
        let cluster = cluster.finish();
        let mut start = Vec::new();
        head(&mut start, CLUSTER, cluster.len() as u64);
        self.put(&start)?;
        self.put(&cluster)
    }

    /// The list of places, always of the same size.
    fn seek_head(&self, cues: u64) -> Vec<u8> {
        let mut list = Elements::default();
        list.master(SEEK_HEAD, |list| {
            for (id, position) in self.places.iter().chain([&(CUES, cues)]) {
                list.master(0x4DBB, |entry| {
                    entry
                        .bytes(0x53AB, &id.to_be_bytes())
                        .bytes(0x53AC, &position.to_be_bytes());
                });
            }
        });
        list.finish()
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// Track, time after the cluster's (none), flags, and the data.
fn block(track: u8, flags: u8, data: &[u8]) -> Vec<u8> {
    let mut block = Vec::with_capacity(data.len() + 4);
    block.extend([0x80 | track, 0, 0, flags]);
    block.extend(data);
    block
}

/// An element of `length` bytes (at least 9) that says nothing.
fn void(length: usize) -> Vec<u8> {
    let mut void = vec![0xEC];
    void.extend(wide(length as u64 - 9));
    void.resize(length, 0);
    void
}

fn info(end: u64) -> Vec<u8> {
    let mut info = Elements::default();
    info.master(INFO, |info| {
        info.uint(0x2AD7B1, 1);
        info.float(0x4489, end as f64);
        info.text(0x4D80, concat!("Framewitness ", env!("CARGO_PKG_VERSION")));
        info.text(0x5741, concat!("Framewitness ", env!("CARGO_PKG_VERSION")));
    });
    info.finish()
}

fn tracks(head: &Head<'_>) -> Vec<u8> {
    let mut tracks = Elements::default();
    tracks.master(TRACKS, |tracks| {
        tracks.master(0xAE, |entry| head.video.describe(entry));
        if let Some(sound) = &head.sound {
            tracks.master(0xAE, |entry| sound.describe(entry));
        }
    });
    tracks.finish()
}

fn tags(list: &[(String, String)]) -> Vec<u8> {
    let mut tags = Elements::default();
    tags.master(TAGS, |tags| {
        tags.master(0x7373, |tag| {
            tag.master(0x63C0, |_| {});
            for (name, value) in list {
                tag.master(0x67C8, |simple| {
                    simple.text(0x45A3, name).text(0x4487, value);
                });
            }
        });
    });
    tags.finish()
}
