//! H.264 (ITU-T H.264): `26 + pic_init_qp_minus26 + slice_qp_delta` of every slice.

mod sets;
mod slice;

use std::collections::HashMap;

use media::facts::Quantiser;

use super::units::{Framing, Units, listed};
use super::{Headers, joined};
use sets::{Pps, Sps};

/// Parameter sets so far, and how units lie in packets.
#[derive(Default)]
pub(super) struct H264 {
    framing: Framing,
    sequences: HashMap<u32, Sps>,
    pictures: HashMap<u32, Pps>,
}

impl Headers for H264 {
    fn configure(&mut self, extradata: &[u8]) {
        // An `avcC` record begins with its version, start codes with zeros.
        let &[1, _, _, _, length, sequences, ref sets @ ..] = extradata else {
            self.picture(extradata);
            return;
        };
        self.framing = Framing::Lengths(usize::from(length & 3) + 1);
        let (sequences, rest) = listed(sets, usize::from(sequences & 31));
        let pictures = rest.split_first().map_or_else(Vec::new, |(count, rest)| {
            listed(rest, usize::from(*count)).0
        });
        for unit in sequences.into_iter().chain(pictures) {
            self.unit(unit);
        }
    }

    fn picture(&mut self, packet: &[u8]) -> Option<Quantiser> {
        joined(Units::new(packet, self.framing).filter_map(|unit| self.unit(unit)))
    }
}

impl H264 {
    /// Takes a unit; gives the quantiser of a slice.
    fn unit(&mut self, unit: &[u8]) -> Option<i16> {
        let (&header, content) = unit.split_first()?;
        match header & 31 {
            // Slices, of coded data in one piece or its first partition, of IDR pictures.
            kind @ (1 | 2 | 5) => {
                let head = slice::Unit {
                    idr: kind == 5,
                    reference: header >> 5 & 3 != 0,
                };
                slice::quantiser(content, &head, &self.sequences, &self.pictures)
            }
            7 => {
                let (id, set) = Sps::read(content)?;
                self.sequences.insert(id, set);
                None
            }
            8 => {
                let (id, set) = Pps::read(content)?;
                self.pictures.insert(id, set);
                None
            }
            _ => None,
        }
    }
}
