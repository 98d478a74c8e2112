//! Bits of a header, most significant first. Reading past the end gives nothing, for good.

/// Longest run of zeros before a number: 32 bits are enough for all that headers hold.
const LONGEST: u32 = 31;

/// Bytes, read bit by bit.
pub(super) struct Bits<'a> {
    rest: &'a [u8],
    /// Whether a 3 behind two zeros is no part of the content, as in units of H.264 and HEVC.
    escaped: bool,
    zeros: u8,
    byte: u8,
    left: u8,
}

impl<'a> Bits<'a> {
    /// The bits of `bytes` as they are.
    pub(super) fn plain(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            escaped: false,
            zeros: 0,
            byte: 0,
            left: 0,
        }
    }

    /// The bits of a unit of H.264 or HEVC, behind its own header.
    pub(super) fn escaped(bytes: &'a [u8]) -> Self {
        Self {
            escaped: true,
            ..Self::plain(bytes)
        }
    }

    fn load(&mut self) -> Option<()> {
        if self.escaped && self.zeros >= 2 && self.rest.first() == Some(&3) {
            self.rest = &self.rest[1..];
            self.zeros = 0;
        }
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        self.zeros = if byte == 0 {
            self.zeros.saturating_add(1)
        } else {
            0
        };
        (self.byte, self.left) = (byte, 8);
        Some(())
    }

    /// One bit.
    pub(super) fn flag(&mut self) -> Option<bool> {
        if self.left == 0 {
            self.load()?;
        }
        self.left -= 1;
        Some(self.byte >> self.left & 1 == 1)
    }

    /// An unsigned number of at most 32 bits.
    pub(super) fn number(&mut self, bits: u32) -> Option<u32> {
        (0..bits).try_fold(0, |sum: u32, _| Some(sum << 1 | u32::from(self.flag()?)))
    }

    /// Passes over bits.
    pub(super) fn skip(&mut self, bits: u32) -> Option<()> {
        (0..bits).try_for_each(|_| self.flag().map(|_| ()))
    }

    /// An unsigned Exp-Golomb number, ue(v).
    pub(super) fn ue(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while !self.flag()? {
            zeros += 1;
            if zeros > LONGEST {
                return None;
            }
        }
        Some((1 << zeros) - 1 + self.number(zeros)?)
    }

    /// One that is at most `most`.
    pub(super) fn ue_to(&mut self, most: u32) -> Option<u32> {
        self.ue().filter(|value| *value <= most)
    }

    /// A signed Exp-Golomb number, se(v).
    pub(super) fn se(&mut self) -> Option<i32> {
        let value = self.ue()?;
        let half = value.div_ceil(2).cast_signed();
        Some(if value % 2 == 1 { half } else { -half })
    }

    /// Passes over signed Exp-Golomb numbers.
    pub(super) fn skip_se(&mut self, count: u32) -> Option<()> {
        (0..count).try_for_each(|_| self.ue().map(|_| ()))
    }
}

/// Bits that tell `count` values apart: the logarithm, rounded up.
pub(super) fn bits_for(count: u32) -> u32 {
    count.max(1).next_power_of_two().trailing_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_standards_write_them() {
        // 1 010 011 00100 00101: ue 0 1 2 3 4.
        let mut bits = Bits::plain(&[0b1010_0110, 0b0100_0010, 0b1000_0000]);
        let read: Vec<_> = (0..5).map(|_| bits.ue()).collect();
        assert_eq!(read, [0, 1, 2, 3, 4].map(Some));
        let mut bits = Bits::plain(&[0b1010_0110, 0b0100_0010, 0b1000_0000]);
        let read: Vec<_> = (0..5).map(|_| bits.se()).collect();
        assert_eq!(read, [0, 1, -1, 2, -2].map(Some));
        assert_eq!(Bits::plain(&[0; 8]).ue(), None, "no end of zeros");
        assert_eq!(Bits::plain(&[0xff]).number(9), None);
    }

    #[test]
    fn a_three_behind_two_zeros_is_passed_over_where_it_is_no_content() {
        let bytes = [0, 0, 3, 1, 0, 0, 3];
        assert_eq!(Bits::escaped(&bytes).number(24), Some(1));
        assert_eq!(Bits::plain(&bytes).number(32), Some(0x0301));
        let mut bits = Bits::escaped(&bytes);
        bits.skip(40);
        assert_eq!(bits.flag(), None, "the last three is no content either");
    }

    #[test]
    fn so_many_bits_tell_values_apart() {
        let needed = [0, 1, 2, 3, 4, 5, 256, 257].map(bits_for);
        assert_eq!(needed, [0, 0, 1, 2, 2, 3, 8, 9]);
    }
}
