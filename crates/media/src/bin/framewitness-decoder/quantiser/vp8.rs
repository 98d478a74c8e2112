//! VP8 (RFC 6386): `y_ac_qi` of each frame header, the index that segments may differ from.

use media::facts::Quantiser;

use super::Headers;

/// Every frame header stands for itself.
pub(super) struct Vp8;

/// The boolean decoder (section 7) for bits of even chance, of which headers are made.
struct Evens<'a> {
    rest: &'a [u8],
    value: u32,
    range: u32,
    shifts: u32,
}

impl Headers for Vp8 {
    fn picture(&mut self, packet: &[u8]) -> Option<Quantiser> {
        let &[first, _, _, ref rest @ ..] = packet else {
            return None;
        };
        let key = first & 1 == 0;
        let header = if key {
            let [0x9d, 0x01, 0x2a, _, _, _, _, header @ ..] = rest else {
                return None;
            };
            header
        } else {
            rest
        };
        let index = index(&mut Evens::new(header)?, key)?;
        i16::try_from(index).ok().map(Quantiser::of)
    }
}

/// The frame header (9.3 to 9.6, 19.2), up to `y_ac_qi`.
fn index(bits: &mut Evens<'_>, key: bool) -> Option<u32> {
    if key {
        bits.number(2)?;
    }
    if bits.flag()? {
        segmentation(bits)?;
    }
    bits.number(10)?;
    if bits.flag()? && bits.flag()? {
        optional(bits, 8, 7)?;
    }
    bits.number(2)?;
    bits.number(7)
}

fn segmentation(bits: &mut Evens<'_>) -> Option<()> {
    let (map, data) = (bits.flag()?, bits.flag()?);
    if data {
        bits.flag()?;
        optional(bits, 4, 8)?;
        optional(bits, 4, 7)?;
    }
    if map {
        optional(bits, 3, 8)?;
    }
    Some(())
}

/// Numbers of so many bits, each behind a flag that says whether it is there.
fn optional(bits: &mut Evens<'_>, count: u32, size: u32) -> Option<()> {
    for _ in 0..count {
        if bits.flag()? {
            bits.number(size)?;
        }
    }
    Some(())
}

impl<'a> Evens<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let (first, rest) = bytes.split_first_chunk::<2>()?;
        Some(Self {
            rest,
            value: u32::from(u16::from_be_bytes(*first)),
            range: 255,
            shifts: 0,
        })
    }

    fn flag(&mut self) -> Option<bool> {
        let split = 1 + ((self.range - 1) >> 1);
        let set = self.value >= split << 8;
        if set {
            self.range -= split;
            self.value -= split << 8;
        } else {
            self.range = split;
        }
        while self.range < 128 {
            (self.value, self.range) = (self.value << 1, self.range << 1);
            self.shifts += 1;
            if self.shifts == 8 {
                let (&byte, rest) = self.rest.split_first()?;
                self.value |= u32::from(byte);
                (self.rest, self.shifts) = (rest, 0);
            }
        }
        Some(set)
    }

    fn number(&mut self, bits: u32) -> Option<u32> {
        (0..bits).try_fold(0, |sum: u32, _| Some(sum << 1 | u32::from(self.flag()?)))
    }
}
