//! The head of a slice (7.3.3), up to its quantiser.

use std::collections::HashMap;

use super::super::bits::Bits;
use super::sets::{Order, Pps, Sps};

/// What the header of the unit says.
pub(super) struct Unit {
    pub(super) idr: bool,
    pub(super) reference: bool,
}

/// How a slice is predicted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    P,
    B,
    Intra,
}

/// Orders and marks that a slice may give at most: more than there are pictures to give them for.
const MOST: usize = 66;

/// The quantiser of a slice; `None` where its head cannot be followed, or it only stands in for another.
pub(super) fn quantiser(
    content: &[u8],
    unit: &Unit,
    sequences: &HashMap<u32, Sps>,
    pictures: &HashMap<u32, Pps>,
) -> Option<i16> {
    let mut bits = Bits::escaped(content);
    bits.ue()?;
    let kind = match bits.ue_to(9)? % 5 {
        0 | 3 => Kind::P,
        1 => Kind::B,
        _ => Kind::Intra,
    };
    if unit.idr && kind != Kind::Intra {
        return None;
    }
    let picture = pictures.get(&bits.ue_to(255)?)?;
    let sequence = sequences.get(&picture.sequence)?;
    place(&mut bits, unit, sequence, picture)?;
    if picture.redundant && bits.ue()? > 0 {
        return None;
    }
    if kind == Kind::B {
        bits.skip(1)?;
    }
    if kind != Kind::Intra {
        prediction(&mut bits, kind, sequence, picture)?;
    }
    if unit.reference {
        marking(&mut bits, unit.idr)?;
    }
    if picture.arithmetic && kind != Kind::Intra {
        bits.ue()?;
    }
    let value = picture.initial.checked_add(bits.se()?)?;
    let possible = (-sequence.below_zero..=51).contains(&value);
    i16::try_from(value).ok().filter(|_| possible)
}

/// Which picture the slice belongs to.
fn place(bits: &mut Bits<'_>, unit: &Unit, sequence: &Sps, picture: &Pps) -> Option<()> {
    if sequence.separate_planes {
        bits.skip(2)?;
    }
    bits.skip(sequence.frame_num_bits)?;
    let field = !sequence.frames_only && bits.flag()?;
    if field {
        bits.skip(1)?;
    }
    if unit.idr {
        bits.ue()?;
    }
    let both = picture.order_of_bottom && !field;
    match sequence.order {
        Order::Bits(count) => {
            bits.skip(count)?;
            bits.skip_se(u32::from(both))
        }
        Order::Cycle { always_zero: false } => bits.skip_se(1 + u32::from(both)),
        Order::Cycle { always_zero: true } | Order::Decoding => Some(()),
    }
}

/// Number, order and weights of references.
fn prediction(bits: &mut Bits<'_>, kind: Kind, sequence: &Sps, picture: &Pps) -> Option<()> {
    let lists = if kind == Kind::B { 2 } else { 1 };
    let mut references = picture.references;
    if bits.flag()? {
        for count in &mut references[..lists] {
            *count = bits.ue_to(31)? + 1;
        }
    }
    for _ in 0..lists {
        if bits.flag()? {
            orders(bits)?;
        }
    }
    let weighted = match kind {
        Kind::B => picture.weighted_both,
        _ => picture.weighted,
    };
    if weighted {
        weights(bits, sequence.chroma, &references[..lists])?;
    }
    Some(())
}

/// `modification_of_pic_nums_idc` and what it is for, up to its end.
fn orders(bits: &mut Bits<'_>) -> Option<()> {
    for _ in 0..MOST {
        if bits.ue_to(5)? == 3 {
            return Some(());
        }
        bits.ue()?;
    }
    None
}

fn weights(bits: &mut Bits<'_>, chroma: bool, references: &[u32]) -> Option<()> {
    bits.skip_se(1 + u32::from(chroma))?;
    for _ in 0..references.iter().sum() {
        if bits.flag()? {
            bits.skip_se(2)?;
        }
        if chroma && bits.flag()? {
            bits.skip_se(4)?;
        }
    }
    Some(())
}

fn marking(bits: &mut Bits<'_>, idr: bool) -> Option<()> {
    if idr {
        return bits.skip(2);
    }
    if !bits.flag()? {
        return Some(());
    }
    for _ in 0..MOST {
        match bits.ue_to(6)? {
            0 => return Some(()),
            3 => bits.skip_se(2)?,
            5 => {}
            _ => bits.skip_se(1)?,
        }
    }
    None
}
