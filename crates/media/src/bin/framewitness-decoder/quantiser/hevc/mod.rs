//! HEVC (ITU-T H.265): `26 + init_qp_minus26 + slice_qp_delta` of every independent slice segment of the
//! base layer. Screen content coding, which adds to slice headers, is not followed.

mod references;
mod sets;
mod slice;

use std::collections::HashMap;

use media::facts::Quantiser;

use super::units::{Framing, Units, listed};
use super::{Headers, joined};
use sets::{Pps, Sps};

/// Parameter sets so far, and how units lie in packets.
#[derive(Default)]
pub(super) struct Hevc {
    framing: Framing,
    sequences: HashMap<u32, Sps>,
    pictures: HashMap<u32, Pps>,
}

impl Headers for Hevc {
    fn configure(&mut self, extradata: &[u8]) {
        // Start codes begin with two zeros; an `hvcC` record with its version and a profile.
        let record = !matches!(extradata, [0, 0, 0 | 1, ..]);
        let (true, Some([length, arrays, sets @ ..])) = (record, extradata.get(21..)) else {
            self.picture(extradata);
            return;
        };
        self.framing = Framing::Lengths(usize::from(length & 3) + 1);
        let mut rest = sets;
        for _ in 0..*arrays {
            let &[_, high, low, ref behind @ ..] = rest else {
                return;
            };
            let count = u16::from_be_bytes([high, low]);
            let (units, behind) = listed(behind, usize::from(count));
            for unit in units {
                self.unit(unit);
            }
            rest = behind;
        }
    }

    fn picture(&mut self, packet: &[u8]) -> Option<Quantiser> {
        joined(Units::new(packet, self.framing).filter_map(|unit| self.unit(unit)))
    }
}

impl Hevc {
    /// Takes a unit; gives the quantiser of a slice.
    fn unit(&mut self, unit: &[u8]) -> Option<i16> {
        let &[first, second, ref content @ ..] = unit else {
            return None;
        };
        let layer = (first & 1) << 5 | second >> 3;
        if layer != 0 {
            return None;
        }
        match first >> 1 & 63 {
            kind @ (0..=9 | 16..=21) => {
                slice::quantiser(content, kind, &self.sequences, &self.pictures)
            }
            33 => {
                let (id, set) = Sps::read(content)?;
                self.sequences.insert(id, set);
                None
            }
            34 => {
                let (id, set) = Pps::read(content)?;
                self.pictures.insert(id, set);
                None
            }
            _ => None,
        }
    }
}
