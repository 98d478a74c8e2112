//! AV1 (bitstream specification 1.0.0): `base_q_idx` of the frame that a packet shows.

mod frame;
mod sequence;
mod size;
mod tiles;

use media::facts::Quantiser;

use super::Headers;
use super::bits::Bits;
use frame::{Layers, Outcome};
use sequence::Sequence;
use size::Size;

/// A frame that later ones may show or refer to.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    index: Option<i16>,
    size: Option<Size>,
    key: bool,
}

/// The sequence, and the frames that are kept.
#[derive(Default)]
pub(super) struct Av1 {
    sequence: Option<Sequence>,
    kept: [Kept; 8],
}

impl Headers for Av1 {
    fn configure(&mut self, extradata: &[u8]) {
        // An `av1C` record begins with a marker and its version, and units are behind four bytes.
        if let [0x81, _, _, _, units @ ..] = extradata {
            self.picture(units);
        }
    }

    fn picture(&mut self, packet: &[u8]) -> Option<Quantiser> {
        let mut shown = None;
        for (kind, layers, content) in Units(packet) {
            let mut bits = Bits::plain(content);
            match kind {
                1 => self.sequence = Sequence::read(&mut bits),
                3 | 6 => match self.frame(&mut bits, layers) {
                    Some((true, index)) => shown = index,
                    Some(_) => {}
                    // What it would have been, and what it would have replaced, is not known.
                    None => self.kept = <[Kept; 8]>::default(),
                },
                _ => {}
            }
        }
        shown.map(Quantiser::of)
    }
}

impl Av1 {
    /// Whether a frame is shown, and its index.
    fn frame(&mut self, bits: &mut Bits<'_>, layers: Layers) -> Option<(bool, Option<i16>)> {
        let sequence = self.sequence.as_ref()?;
        match frame::read(bits, layers, sequence, &self.kept)? {
            Outcome::Again(slot) => {
                let again = self.kept[slot];
                if again.key {
                    // Decoding begins anew from it.
                    self.kept = [again; 8];
                }
                Some((true, again.index))
            }
            Outcome::Coded {
                shown,
                kept,
                replaced,
            } => {
                for (slot, place) in self.kept.iter_mut().enumerate() {
                    if replaced >> slot & 1 == 1 {
                        *place = kept;
                    }
                }
                Some((shown, kept.index))
            }
        }
    }
}

/// The units of a packet (5.3): kind, layers and content of each.
struct Units<'a>(&'a [u8]);

impl<'a> Iterator for Units<'a> {
    type Item = (u8, Layers, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (&header, mut rest) = self.0.split_first()?;
        let mut layers = Layers::default();
        if header & 4 != 0 {
            let (&extension, behind) = rest.split_first()?;
            layers = Layers {
                temporal: u32::from(extension >> 5),
                spatial: u32::from(extension >> 3 & 3),
            };
            rest = behind;
        }
        let mut length = rest.len();
        if header & 2 != 0 {
            (length, rest) = leb128(rest)?;
        }
        let (content, behind) = rest.split_at(length.min(rest.len()));
        self.0 = behind;
        Some((header >> 3 & 15, layers, content))
    }
}

/// A number of at most eight bytes, seven bits in each, lowest first.
fn leb128(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0_u64;
    for (at, &byte) in bytes.iter().take(8).enumerate() {
        value |= u64::from(byte & 127) << (7 * at);
        if byte & 128 == 0 {
            return Some((usize::try_from(value).ok()?, &bytes[at + 1..]));
        }
    }
    None
}
