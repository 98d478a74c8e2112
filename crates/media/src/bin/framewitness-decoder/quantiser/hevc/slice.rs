//! The head of a slice segment (7.3.6), up to its quantiser.

use std::collections::HashMap;

use super::super::bits::{Bits, bits_for};
use super::references::Set;
use super::sets::{Pps, Sps};

/// How a slice is predicted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    B,
    P,
    Intra,
}

/// What a slice may refer to.
#[derive(Default)]
struct Available {
    pictures: u32,
    /// Whether motion is taken over from another picture.
    motion: bool,
}

/// The quantiser of a slice; `None` where its head cannot be followed, or it continues another slice.
pub(super) fn quantiser(
    content: &[u8],
    unit: u8,
    sequences: &HashMap<u32, Sps>,
    pictures: &HashMap<u32, Pps>,
) -> Option<i16> {
    let mut bits = Bits::escaped(content);
    let first = bits.flag()?;
    if unit >= 16 {
        bits.skip(1)?;
    }
    let picture = pictures.get(&bits.ue_to(63)?)?;
    let sequence = sequences.get(&picture.sequence)?;
    if !first {
        if picture.dependent && bits.flag()? {
            return None;
        }
        bits.skip(sequence.block_bits)?;
    }
    bits.skip(picture.extra)?;
    let kind = match bits.ue_to(2)? {
        0 => Kind::B,
        1 => Kind::P,
        _ => Kind::Intra,
    };
    if unit >= 16 && kind != Kind::Intra {
        return None;
    }
    bits.skip(u32::from(picture.output))?;
    bits.skip(if sequence.separate_planes { 2 } else { 0 })?;
    let available = match unit {
        19 | 20 => Available::default(),
        _ => available(&mut bits, sequence)?,
    };
    if sequence.offsets {
        bits.skip(1 + u32::from(sequence.chroma))?;
    }
    if kind != Kind::Intra {
        prediction(&mut bits, kind, sequence, picture, &available)?;
    }
    let value = picture.initial.checked_add(bits.se()?)?;
    let possible = (-sequence.below_zero..=51).contains(&value);
    i16::try_from(value).ok().filter(|_| possible)
}

/// Order of the picture, and what it may refer to.
fn available(bits: &mut Bits<'_>, sequence: &Sps) -> Option<Available> {
    bits.skip(sequence.order_bits)?;
    let mut pictures = if bits.flag()? {
        let which = bits.number(bits_for(sequence.short.len() as u32))?;
        sequence.short.get(which as usize)?.used()
    } else {
        Set::read(bits, &sequence.short, true)?.used()
    };
    if sequence.long_present {
        pictures += long_term(bits, sequence)?;
    }
    let motion = sequence.temporal && bits.flag()?;
    Some(Available { pictures, motion })
}

fn long_term(bits: &mut Bits<'_>, sequence: &Sps) -> Option<u32> {
    let known = sequence.long.len() as u32;
    let listed = if known > 0 { bits.ue_to(32)? } else { 0 };
    let own = bits.ue_to(32)?;
    let mut used = 0;
    for at in 0..listed + own {
        used += u32::from(if at < listed {
            let which = bits.number(bits_for(known))?;
            *sequence.long.get(which as usize)?
        } else {
            bits.skip(sequence.order_bits)?;
            bits.flag()?
        });
        if bits.flag()? {
            bits.ue()?;
        }
    }
    Some(used)
}

/// Number, order and weights of references, and what else stands there.
fn prediction(
    bits: &mut Bits<'_>,
    kind: Kind,
    sequence: &Sps,
    picture: &Pps,
    available: &Available,
) -> Option<()> {
    let lists = if kind == Kind::B { 2 } else { 1 };
    let mut references = picture.references;
    if bits.flag()? {
        for count in &mut references[..lists] {
            *count = bits.ue_to(14)? + 1;
        }
    }
    if picture.orders && available.pictures > 1 {
        for count in &references[..lists] {
            if bits.flag()? {
                bits.skip(count * bits_for(available.pictures))?;
            }
        }
    }
    bits.skip(u32::from(kind == Kind::B))?;
    bits.skip(u32::from(picture.arithmetic))?;
    if available.motion {
        let second = kind == Kind::B && !bits.flag()?;
        if references[usize::from(second)] > 1 {
            bits.ue()?;
        }
    }
    let weighted = match kind {
        Kind::B => picture.weighted_both,
        _ => picture.weighted,
    };
    if weighted {
        weights(bits, sequence.chroma, &references[..lists])?;
    }
    bits.ue()?;
    Some(())
}

fn weights(bits: &mut Bits<'_>, chroma: bool, references: &[u32]) -> Option<()> {
    bits.skip_se(1 + u32::from(chroma))?;
    for &count in references {
        let mut stated = 0;
        for _ in 0..count {
            stated += if bits.flag()? { 2 } else { 0 };
        }
        for _ in 0..if chroma { count } else { 0 } {
            stated += if bits.flag()? { 4 } else { 0 };
        }
        bits.skip_se(stated)?;
    }
    Some(())
}
