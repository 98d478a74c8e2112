//! Packets cut into their units: behind start codes, or behind lengths as MP4 and Matroska keep them.

/// How units lie in a packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Framing {
    /// Behind `00 00 01`.
    #[default]
    StartCodes,
    /// Behind their length, big-endian in so many bytes.
    Lengths(usize),
}

/// The units of a packet, one after the other.
pub(super) struct Units<'a> {
    rest: &'a [u8],
    framing: Framing,
}

impl<'a> Units<'a> {
    pub(super) fn new(packet: &'a [u8], framing: Framing) -> Self {
        let rest = match framing {
            Framing::StartCodes => behind_start_code(packet),
            Framing::Lengths(_) => packet,
        };
        Self { rest, framing }
    }
}

impl<'a> Iterator for Units<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let unit;
        (unit, self.rest) = match self.framing {
            Framing::StartCodes => match start_code(self.rest) {
                Some(at) => (&self.rest[..at], &self.rest[at + 3..]),
                None => (self.rest, &[][..]),
            },
            Framing::Lengths(bytes) => {
                let (length, rest) = self.rest.split_at_checked(bytes)?;
                let length = (length.iter()).fold(0, |sum, &byte| sum << 8 | usize::from(byte));
                // One that ends early may still begin well.
                rest.split_at(length.min(rest.len()))
            }
        };
        Some(unit)
    }
}

/// Parameter sets that an `avcC` or `hvcC` record lists behind their lengths of two bytes: the next
/// `count`, and what is behind them.
pub(super) fn listed(mut rest: &[u8], count: usize) -> (Vec<&[u8]>, &[u8]) {
    let mut sets = Vec::new();
    for _ in 0..count {
        let Some((length, behind)) = rest.split_first_chunk() else {
            return (sets, &[]);
        };
        let length = usize::from(u16::from_be_bytes(*length));
        let Some((set, behind)) = behind.split_at_checked(length) else {
            return (sets, &[]);
        };
        sets.push(set);
        rest = behind;
    }
    (sets, rest)
}

fn behind_start_code(bytes: &[u8]) -> &[u8] {
    start_code(bytes).map_or(&[], |at| &bytes[at + 3..])
}

/// Where the next start code is. Two bytes of three are not looked at, mostly.
fn start_code(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            0 => 1,
            1 if bytes[at - 2] == 0 && bytes[at - 1] == 0 => return Some(at - 2),
            _ => 3,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(packet: &[u8], framing: Framing) -> Vec<&[u8]> {
        Units::new(packet, framing).collect()
    }

    #[test]
    fn units_lie_behind_start_codes() {
        let packet = [9, 0, 0, 0, 1, 7, 8, 0, 0, 1, 5, 0, 0, 1];
        assert_eq!(units(&packet, Framing::StartCodes), [&[7, 8][..], &[5][..]]);
        assert!(units(&[1, 0, 0], Framing::StartCodes).is_empty());
    }

    #[test]
    fn units_lie_behind_lengths() {
        let packet = [0, 2, 7, 8, 0, 9, 5];
        assert_eq!(units(&packet, Framing::Lengths(2)), [&[7, 8][..], &[5][..]]);
        assert!(units(&[0], Framing::Lengths(2)).is_empty());
    }
}
