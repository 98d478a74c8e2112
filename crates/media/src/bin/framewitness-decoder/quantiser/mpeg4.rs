//! MPEG-4 part 2 (ISO/IEC 14496-2): `vop_quant` of each picture. Shapes, sprites with trajectories,
//! complexity estimation and short headers are not followed.

use std::collections::VecDeque;

use media::facts::Quantiser;

use super::Headers;
use super::bits::{Bits, bits_for};
use super::units::{Framing, Units};

/// What the header of the layer said last.
#[derive(Default)]
pub(super) struct Mpeg4 {
    layer: Option<Layer>,
    /// Whether packets hold pictures for later ones, to fit containers that know no reordering: a picture
    /// with the one that is decoded before it, and then an empty one.
    packed: bool,
    held: VecDeque<Picture>,
}

/// The quantiser of a picture, where it can be told.
type Picture = Option<i16>;

/// Pictures that are held at most: two would do.
const HELD: usize = 4;

struct Layer {
    time_bits: u32,
    interlaced: bool,
    global_motion: bool,
    points: u32,
    quantiser_bits: u32,
}

impl Headers for Mpeg4 {
    fn configure(&mut self, extradata: &[u8]) {
        self.picture(extradata);
    }

    fn picture(&mut self, packet: &[u8]) -> Option<Quantiser> {
        for unit in Units::new(packet, Framing::StartCodes) {
            match unit.split_first() {
                Some((0x20..=0x2f, content)) => self.layer = Layer::read(&mut Bits::plain(content)),
                Some((0xb2, content)) => self.packed |= says_packed(content),
                Some((0xb6, content)) if self.held.len() < HELD => {
                    self.held.extend(self.vop(&mut Bits::plain(content)));
                }
                _ => {}
            }
        }
        let shown = self.held.pop_front()?;
        if !self.packed {
            self.held.clear();
        }
        shown.map(Quantiser::of)
    }
}

impl Mpeg4 {
    /// A picture; `None` for one that is not coded, but stands for another.
    fn vop(&self, bits: &mut Bits<'_>) -> Option<Picture> {
        let Some(layer) = &self.layer else {
            return Some(None);
        };
        match layer.coded(bits) {
            Some((_, false)) => None,
            Some((kind, true)) => Some(layer.quantiser(bits, kind)),
            None => Some(None),
        }
    }
}

/// What coders note of themselves where they pack: `DivX503b1393p`.
fn says_packed(note: &[u8]) -> bool {
    let end = note.iter().position(|&byte| byte == 0);
    let words = &note[..end.unwrap_or(note.len())];
    words.starts_with(b"DivX") && words.ends_with(b"p")
}

impl Layer {
    /// `VideoObjectLayer` (6.2.3).
    fn read(bits: &mut Bits<'_>) -> Option<Self> {
        bits.skip(9)?;
        let version = if bits.flag()? {
            let version = bits.number(4)?;
            bits.skip(3)?;
            version
        } else {
            1
        };
        if bits.number(4)? == 15 {
            bits.skip(16)?;
        }
        if bits.flag()? {
            bits.skip(3)?;
            if bits.flag()? {
                bits.skip(79)?;
            }
        }
        if bits.number(2)? != 0 {
            return None;
        }
        bits.skip(1)?;
        let time_bits = bits_for(bits.number(16)?).max(1);
        bits.skip(1)?;
        if bits.flag()? {
            bits.skip(time_bits)?;
        }
        bits.skip(29)?;
        let interlaced = bits.flag()?;
        bits.skip(1)?;
        let sprite = bits.number(if version == 1 { 1 } else { 2 })?;
        let points = match sprite {
            0 => 0,
            2 => {
                let points = bits.number(6)?;
                bits.skip(3)?;
                points
            }
            _ => return None,
        };
        let quantiser_bits = if bits.flag()? {
            let precision = bits.number(4)?;
            bits.skip(4)?;
            if !(3..=9).contains(&precision) {
                return None;
            }
            precision
        } else {
            5
        };
        let layer = Self {
            time_bits,
            interlaced,
            global_motion: sprite == 2,
            points,
            quantiser_bits,
        };
        plain(bits, version)?.then_some(layer)
    }

    /// How a picture is predicted, and whether it is coded.
    fn coded(&self, bits: &mut Bits<'_>) -> Option<(u32, bool)> {
        let kind = bits.number(2)?;
        while bits.flag()? {}
        bits.skip(self.time_bits + 2)?;
        Some((kind, bits.flag()?))
    }

    fn quantiser(&self, bits: &mut Bits<'_>, kind: u32) -> Option<i16> {
        let sprite = kind == 3 && self.global_motion;
        if sprite && self.points > 0 {
            return None;
        }
        if kind == 1 || sprite {
            bits.skip(1)?;
        }
        bits.skip(if self.interlaced { 5 } else { 3 })?;
        let value = bits.number(self.quantiser_bits)?;
        i16::try_from(value).ok().filter(|value| *value > 0)
    }
}

/// Passes over matrices; whether pictures have no estimate of their complexity, which would stand before
/// their quantiser.
fn plain(bits: &mut Bits<'_>, version: u32) -> Option<bool> {
    if bits.flag()? {
        for _ in 0..2 {
            if bits.flag()? {
                let mut count = 0;
                while count < 64 && bits.number(8)? != 0 {
                    count += 1;
                }
            }
        }
    }
    if version != 1 {
        bits.skip(1)?;
    }
    bits.flag()
}
