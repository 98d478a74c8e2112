//! MPEG-1 and MPEG-2 video (ISO/IEC 11172-2, 13818-2): the quantiser that each slice begins with. MPEG-1
//! gives it as it is; MPEG-2 gives a code for one of two scales, by `q_scale_type` of the picture.

use media::facts::Quantiser;

use super::bits::Bits;
use super::units::{Framing, Units};
use super::{Headers, joined};

/// The scale of `q_scale_type` 1 (table 7-6).
const UNEVEN: [i16; 32] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 40, 44, 48, 52, 56, 64,
    72, 80, 88, 96, 104, 112,
];

/// Rows from which on slices number theirs in more bits.
const TALL: u32 = 2800;

/// What the headers of sequence and picture said last.
#[derive(Default)]
pub(super) struct Mpeg12 {
    height: u32,
    scale: Scale,
}

#[derive(Clone, Copy, Default)]
enum Scale {
    #[default]
    Mpeg1,
    Even,
    Uneven,
}

impl Headers for Mpeg12 {
    fn configure(&mut self, extradata: &[u8]) {
        self.picture(extradata);
    }

    fn picture(&mut self, packet: &[u8]) -> Option<Quantiser> {
        joined(Units::new(packet, Framing::StartCodes).filter_map(|unit| self.unit(unit)))
    }
}

impl Mpeg12 {
    /// Takes what is behind a start code; gives the quantiser of a slice.
    fn unit(&mut self, unit: &[u8]) -> Option<i16> {
        let (&kind, content) = unit.split_first()?;
        let mut bits = Bits::plain(content);
        match kind {
            0x01..=0xaf => return self.slice(&mut bits),
            0xb3 => {
                bits.skip(12)?;
                self.height = bits.number(12)?;
                self.scale = Scale::Mpeg1;
            }
            0xb5 => self.extension(&mut bits)?,
            _ => {}
        }
        None
    }

    fn extension(&mut self, bits: &mut Bits<'_>) -> Option<()> {
        match bits.number(4)? {
            1 => {
                bits.skip(13)?;
                self.height |= bits.number(2)? << 12;
                self.scale = Scale::Even;
            }
            8 => {
                bits.skip(22)?;
                bits.skip(1)?;
                self.scale = if bits.flag()? {
                    Scale::Uneven
                } else {
                    Scale::Even
                };
            }
            _ => {}
        }
        Some(())
    }

    fn slice(&self, bits: &mut Bits<'_>) -> Option<i16> {
        if self.height > TALL {
            bits.skip(3)?;
        }
        let code = bits.number(5).filter(|code| *code > 0)?;
        Some(match self.scale {
            Scale::Mpeg1 => code as i16,
            Scale::Even => 2 * code as i16,
            Scale::Uneven => UNEVEN[code as usize],
        })
    }
}
