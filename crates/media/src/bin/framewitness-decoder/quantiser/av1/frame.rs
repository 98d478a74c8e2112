//! The frame header (5.9.2), up to `base_q_idx`.

use super::super::bits::Bits;
use super::sequence::Sequence;
use super::size::Size;
use super::{Kept, tiles};

/// The layers that a unit belongs to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Layers {
    pub(super) temporal: u32,
    pub(super) spatial: u32,
}

/// What a frame header says.
pub(super) enum Outcome {
    /// The frame of this slot is shown again.
    Again(usize),
    /// A frame is coded.
    Coded {
        shown: bool,
        kept: Kept,
        /// A bit for each slot that it goes to.
        replaced: u32,
    },
}

/// The first words of a frame.
struct Head {
    kind: Kind,
    shown: bool,
    resilient: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Key,
    Inter,
    IntraOnly,
    Switch,
}

const ALL: u32 = 0xff;

/// Reads a frame header; `None` where it cannot be followed.
pub(super) fn read(
    bits: &mut Bits<'_>,
    layers: Layers,
    sequence: &Sequence,
    kept: &[Kept; 8],
) -> Option<Outcome> {
    let mut head = Head {
        kind: Kind::Key,
        shown: true,
        resilient: true,
    };
    if !sequence.reduced {
        if bits.flag()? {
            return Some(Outcome::Again(bits.number(3)? as usize));
        }
        head = begin(bits, sequence)?;
    }
    let fixed = bits.flag()?;
    let screen = sequence.screen.made(bits)?;
    let whole_motion = screen && sequence.whole_motion.made(bits)?;
    let stated = number(bits, layers, sequence, &head)?;
    let replaced = match head.kind {
        Kind::Switch => ALL,
        Kind::Key if head.shown => ALL,
        _ => bits.number(8)?,
    };
    let intra = matches!(head.kind, Kind::Key | Kind::IntraOnly);
    if (!intra || replaced != ALL) && head.resilient {
        bits.skip(8 * sequence.order_bits)?;
    }
    let size = if intra {
        let size = Size::read(bits, sequence, stated)?;
        bits.skip(u32::from(screen && size.width == size.scaled_width))?;
        size
    } else {
        let size = references(bits, sequence, kept, stated, head.resilient)?;
        bits.skip(u32::from(!whole_motion))?;
        prediction(bits, sequence, head.resilient)?;
        size
    };
    bits.skip(u32::from(!sequence.reduced && !fixed))?;
    tiles::pass(bits, size, sequence.large_blocks)?;
    let index = i16::try_from(bits.number(8)?).ok();
    Some(Outcome::Coded {
        shown: head.shown,
        kept: Kept {
            index,
            size: Some(size),
            key: head.kind == Kind::Key,
        },
        replaced,
    })
}

fn begin(bits: &mut Bits<'_>, sequence: &Sequence) -> Option<Head> {
    let kind = match bits.number(2)? {
        0 => Kind::Key,
        1 => Kind::Inter,
        2 => Kind::IntraOnly,
        _ => Kind::Switch,
    };
    let shown = bits.flag()?;
    // Either when it is shown, or whether it may be later.
    bits.skip(if shown {
        sequence.timing.presentation
    } else {
        1
    })?;
    let resilient = kind == Kind::Switch || kind == Kind::Key && shown || bits.flag()?;
    Some(Head {
        kind,
        shown,
        resilient,
    })
}

/// Numbers and times of a frame. Whether it states its size.
fn number(bits: &mut Bits<'_>, layers: Layers, sequence: &Sequence, head: &Head) -> Option<bool> {
    if let Some((_, number)) = sequence.numbers {
        bits.skip(number)?;
    }
    let stated = head.kind == Kind::Switch || !sequence.reduced && bits.flag()?;
    bits.skip(sequence.order_bits)?;
    let intra = matches!(head.kind, Kind::Key | Kind::IntraOnly);
    if !intra && !head.resilient {
        bits.skip(3)?;
    }
    if let Some(removal) = sequence.timing.removal
        && bits.flag()?
    {
        for (of, modelled) in &sequence.points {
            let within = of >> layers.temporal & 1 == 1 && of >> (layers.spatial + 8) & 1 == 1;
            if *modelled && (*of == 0 || within) {
                bits.skip(removal)?;
            }
        }
    }
    Some(stated)
}

/// Which frames are referred to, and the size of this one.
fn references(
    bits: &mut Bits<'_>,
    sequence: &Sequence,
    kept: &[Kept; 8],
    stated: bool,
    resilient: bool,
) -> Option<Size> {
    let like = stated && !resilient;
    // Two references are named, and the others follow from the order of frames: where all that are kept
    // have one size, it does not matter which they are.
    let named = sequence.order_bits > 0 && bits.flag()?;
    let mut sizes = [kept[0].size; 7];
    if named {
        bits.skip(6)?;
        if like && kept.iter().any(|other| other.size != kept[0].size) {
            return None;
        }
    }
    for size in &mut sizes {
        if !named {
            *size = kept[bits.number(3)? as usize].size;
        }
        if let Some((difference, _)) = sequence.numbers {
            bits.skip(difference)?;
        }
    }
    if like {
        Size::like(bits, sequence, &sizes)
    } else {
        Size::read(bits, sequence, stated)
    }
}

fn prediction(bits: &mut Bits<'_>, sequence: &Sequence, resilient: bool) -> Option<()> {
    if !bits.flag()? {
        bits.skip(2)?;
    }
    bits.skip(1)?;
    bits.skip(u32::from(!resilient && sequence.motion_of_references))
}
