//! All the sound of a file, behind the pictures of a pass.

use std::io;

use media::channel::Channel;
use media::protocol::{Begin, Record, SoundChunk, SoundEnd, SoundPiece};

use super::Sound;
use crate::pass::Gallery;

/// Bytes that are handed over at once, and a little more.
const CHUNK: usize = 256 << 10;
/// Pieces that are handed over at once: a file may have one for every byte, and a message has an end.
const PIECES: usize = 4096;

/// Sound on its way into the ring.
#[derive(Default)]
pub(super) struct Basket {
    bytes: Vec<u8>,
    pieces: Vec<SoundPiece>,
}

/// Decodes everything and hands it over. Nothing is said of a file without sound.
pub(crate) fn run(channel: &mut Channel, begin: &Begin, gallery: &mut Gallery) -> io::Result<()> {
    let mut sound = match Sound::open(begin) {
        Ok(Some(sound)) => sound,
        Ok(None) => return Ok(()),
        Err(error) => {
            let first = Some(error.to_string());
            return channel.say(&Record::SoundEnd(SoundEnd {
                errors: 1,
                first,
                changed: false,
            }));
        }
    };
    let mut basket = Basket::default();
    let mut announced = false;
    while sound.advance() {
        if let (false, Some(start)) = (announced, sound.start()) {
            channel.say(&Record::SoundStart(start))?;
            announced = true;
        }
        let piece = sound.append(&mut basket.bytes);
        basket.pieces.push(piece);
        if basket.is_full() {
            basket.hand_over(channel, gallery, sound.reached())?;
        }
    }
    basket.hand_over(channel, gallery, sound.reached())?;
    channel.say(&Record::SoundEnd(sound.end().clone()))
}

impl Basket {
    /// Appends the samples `skip..until` of the piece at hand.
    pub(super) fn cut(&mut self, sound: &Sound, frame_bytes: usize, skip: usize, until: usize) {
        let start = self.bytes.len();
        let mut piece = sound.append(&mut self.bytes);
        self.bytes.truncate(start + until * frame_bytes);
        self.bytes.drain(start..start + skip * frame_bytes);
        piece.count = u32::try_from(until - skip).unwrap_or(u32::MAX);
        if skip > 0 {
            piece.pts = None;
        }
        self.pieces.push(piece);
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() >= CHUNK || self.pieces.len() >= PIECES
    }

    /// Puts what was gathered into the ring.
    pub(super) fn hand_over(
        &mut self,
        channel: &mut Channel,
        gallery: &mut Gallery,
        read: u64,
    ) -> io::Result<()> {
        if self.bytes.is_empty() {
            self.pieces.clear();
            return Ok(());
        }
        let slot = gallery.put(channel, &self.bytes)?;
        self.bytes.clear();
        let pieces = std::mem::take(&mut self.pieces);
        channel.say(&Record::SoundChunk(SoundChunk { slot, pieces, read }))
    }
}
