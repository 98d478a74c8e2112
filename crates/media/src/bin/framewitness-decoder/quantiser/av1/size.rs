//! Sizes of frames (5.9.5 to 5.9.8).

use super::super::bits::Bits;
use super::sequence::Sequence;

/// A frame's size in pixels: as shown after scaling, as coded, and its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) scaled_width: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Size {
    /// `frame_size` and `render_size`.
    pub(super) fn read(bits: &mut Bits<'_>, sequence: &Sequence, stated: bool) -> Option<Self> {
        let [width, height] = [sequence.width, sequence.height].map(|side| {
            if stated {
                Some(bits.number(side.bits)? + 1)
            } else {
                Some(side.pixels)
            }
        });
        let size = Self::scaled(bits, sequence, width?, height?)?;
        if bits.flag()? {
            bits.skip(32)?;
        }
        Some(size)
    }

    /// `frame_size_with_refs`, of seven references. `None` too where the size is that of a frame that
    /// is not known.
    pub(super) fn like(
        bits: &mut Bits<'_>,
        sequence: &Sequence,
        references: &[Option<Self>; 7],
    ) -> Option<Self> {
        for like in references {
            if bits.flag()? {
                let like = (*like)?;
                return Self::scaled(bits, sequence, like.scaled_width, like.height);
            }
        }
        Self::read(bits, sequence, true)
    }

    /// `superres_params`.
    fn scaled(
        bits: &mut Bits<'_>,
        sequence: &Sequence,
        scaled_width: u32,
        height: u32,
    ) -> Option<Self> {
        let mut width = scaled_width;
        if sequence.scaled && bits.flag()? {
            let denominator = bits.number(3)? + 9;
            width = (scaled_width * 8 + denominator / 2) / denominator;
        }
        Some(Self {
            scaled_width,
            width,
            height,
        })
    }
}
