//! The sequence header (5.5), as far as frame headers need it.

use super::super::bits::Bits;

/// What the frames of a sequence have in common.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of the standard")]
pub(super) struct Sequence {
    pub(super) reduced: bool,
    pub(super) timing: Timing,
    /// Layers of each operating point, and whether its decoder model has times for frames.
    pub(super) points: Vec<(u32, bool)>,
    pub(super) width: Side,
    pub(super) height: Side,
    /// Bits of the difference of two frame numbers, and of a frame number; absent without such.
    pub(super) numbers: Option<(u32, u32)>,
    pub(super) large_blocks: bool,
    pub(super) order_bits: u32,
    pub(super) motion_of_references: bool,
    pub(super) screen: Choice,
    pub(super) whole_motion: Choice,
    pub(super) scaled: bool,
}

/// A side of frames that state none, and the bits of one that is stated.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Side {
    pub(super) pixels: u32,
    pub(super) bits: u32,
}

/// Bits of times in frame headers; 0 where there are none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timing {
    /// When a frame is shown.
    pub(super) presentation: u32,
    /// Whether there is a decoder model, and the bits of when it lets a frame go.
    pub(super) removal: Option<u32>,
    delay: u32,
}

/// Whether a tool is used in all frames, in none, or each says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Choice {
    #[default]
    Each,
    All,
    None,
}

impl Choice {
    fn read(bits: &mut Bits<'_>) -> Option<Self> {
        Some(if bits.flag()? {
            Self::Each
        } else if bits.flag()? {
            Self::All
        } else {
            Self::None
        })
    }

    /// For one frame.
    pub(super) fn made(self, bits: &mut Bits<'_>) -> Option<bool> {
        match self {
            Self::Each => bits.flag(),
            Self::All => Some(true),
            Self::None => Some(false),
        }
    }
}

impl Sequence {
    pub(super) fn read(bits: &mut Bits<'_>) -> Option<Self> {
        bits.skip(4)?;
        let mut sequence = Self {
            reduced: bits.flag()?,
            ..Self::default()
        };
        if sequence.reduced {
            bits.skip(5)?;
        } else {
            sequence.operation(bits)?;
        }
        let sides = [bits.number(4)? + 1, bits.number(4)? + 1];
        let [width, height] = sides.map(|count| {
            let pixels = bits.number(count)? + 1;
            Some(Side {
                pixels,
                bits: count,
            })
        });
        (sequence.width, sequence.height) = (width?, height?);
        if !sequence.reduced && bits.flag()? {
            let difference = bits.number(4)? + 2;
            sequence.numbers = Some((difference, bits.number(3)? + difference + 1));
        }
        sequence.large_blocks = bits.flag()?;
        bits.skip(2)?;
        if !sequence.reduced {
            sequence.tools(bits)?;
        }
        sequence.scaled = bits.flag()?;
        Some(sequence)
    }

    fn operation(&mut self, bits: &mut Bits<'_>) -> Option<()> {
        if bits.flag()? {
            self.timing = Timing::read(bits)?;
        }
        let delays = bits.flag()?;
        for _ in 0..=bits.number(5)? {
            let layers = bits.number(12)?;
            if bits.number(5)? > 7 {
                bits.skip(1)?;
            }
            let modelled = self.timing.removal.is_some() && bits.flag()?;
            if modelled {
                bits.skip(2 * self.timing.delay + 1)?;
            }
            if delays && bits.flag()? {
                bits.skip(4)?;
            }
            self.points.push((layers, modelled));
        }
        Some(())
    }

    fn tools(&mut self, bits: &mut Bits<'_>) -> Option<()> {
        bits.skip(4)?;
        let ordered = bits.flag()?;
        if ordered {
            bits.skip(1)?;
            self.motion_of_references = bits.flag()?;
        }
        self.screen = Choice::read(bits)?;
        if self.screen != Choice::None {
            self.whole_motion = Choice::read(bits)?;
        }
        if ordered {
            self.order_bits = bits.number(3)? + 1;
        }
        Some(())
    }
}

impl Timing {
    /// `timing_info` and `decoder_model_info`.
    fn read(bits: &mut Bits<'_>) -> Option<Self> {
        bits.skip(64)?;
        let even = bits.flag()?;
        if even {
            bits.ue()?;
        }
        if !bits.flag()? {
            return Some(Self::default());
        }
        let delay = bits.number(5)? + 1;
        bits.skip(32)?;
        let removal = Some(bits.number(5)? + 1);
        let presentation = bits.number(5)? + 1;
        Some(Self {
            presentation: if even { 0 } else { presentation },
            removal,
            delay,
        })
    }
}
