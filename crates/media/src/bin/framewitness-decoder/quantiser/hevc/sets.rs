//! What slice headers need of the parameter sets (7.3.2.2, 7.3.2.3).

use super::super::bits::{Bits, bits_for};
use super::references::Set;

/// Profiles of screen content coding.
const SCREEN: [u32; 2] = [9, 11];

/// Sequence parameter set.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of the standard")]
pub(super) struct Sps {
    pub(super) separate_planes: bool,
    pub(super) chroma: bool,
    /// Levels below zero that deep samples add to the scale.
    pub(super) below_zero: i32,
    pub(super) order_bits: u32,
    /// Bits that number the blocks of a picture.
    pub(super) block_bits: u32,
    pub(super) offsets: bool,
    pub(super) short: Vec<Set>,
    pub(super) long_present: bool,
    /// Whether each long-term picture of the sequence may be referred to.
    pub(super) long: Vec<bool>,
    pub(super) temporal: bool,
}

impl Sps {
    pub(super) fn read(content: &[u8]) -> Option<(u32, Self)> {
        let mut bits = Bits::escaped(content);
        bits.skip(4)?;
        let layers = bits.number(3)?;
        bits.skip(1)?;
        profile(&mut bits, layers)?;
        let id = bits.ue_to(15)?;
        let format = bits.ue_to(3)?;
        let separate_planes = format == 3 && bits.flag()?;
        let size = [bits.ue_to(1 << 16)?, bits.ue_to(1 << 16)?];
        if bits.flag()? {
            bits.skip_se(4)?;
        }
        let below_zero = 6 * bits.ue_to(8)?.cast_signed();
        bits.ue()?;
        let order_bits = bits.ue_to(12)? + 4;
        let stated = if bits.flag()? { layers + 1 } else { 1 };
        bits.skip_se(3 * stated)?;
        let block = bits.ue_to(3)? + 3 + bits.ue_to(3)?;
        bits.skip_se(4)?;
        if bits.flag()? && bits.flag()? {
            scaling_lists(&mut bits)?;
        }
        bits.skip(1)?;
        let offsets = bits.flag()?;
        if bits.flag()? {
            bits.skip(8)?;
            bits.skip_se(2)?;
            bits.skip(1)?;
        }
        let mut short = Vec::new();
        for _ in 0..bits.ue_to(64)? {
            short.push(Set::read(&mut bits, &short, false)?);
        }
        let long_present = bits.flag()?;
        let mut long = Vec::new();
        for _ in 0..if long_present { bits.ue_to(32)? } else { 0 } {
            bits.skip(order_bits)?;
            long.push(bits.flag()?);
        }
        let [across, down] = size.map(|pixels| pixels.div_ceil(1 << block));
        let set = Self {
            separate_planes,
            chroma: format != 0 && !separate_planes,
            below_zero,
            order_bits,
            block_bits: bits_for(across.checked_mul(down)?),
            offsets,
            short,
            long_present,
            long,
            temporal: bits.flag()?,
        };
        Some((id, set))
    }
}

/// `profile_tier_level`; `None` for profiles that slices are not followed of.
fn profile(bits: &mut Bits<'_>, layers: u32) -> Option<()> {
    bits.skip(3)?;
    if SCREEN.contains(&bits.number(5)?) {
        return None;
    }
    bits.skip(88)?;
    let mut stated = Vec::new();
    for _ in 0..layers {
        stated.push((bits.flag()?, bits.flag()?));
    }
    if layers > 0 {
        bits.skip(2 * (8 - layers))?;
    }
    for (profile, level) in stated {
        bits.skip(if profile { 88 } else { 0 })?;
        bits.skip(if level { 8 } else { 0 })?;
    }
    Some(())
}

fn scaling_lists(bits: &mut Bits<'_>) -> Option<()> {
    for size in 0..4 {
        for _ in 0..if size == 3 { 2 } else { 6 } {
            if bits.flag()? {
                bits.skip_se(u32::from(size > 1))?;
                bits.skip_se(64.min(16 << (2 * size)))?;
            } else {
                bits.ue()?;
            }
        }
    }
    Some(())
}

/// Picture parameter set.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of the standard")]
pub(super) struct Pps {
    pub(super) sequence: u32,
    pub(super) dependent: bool,
    pub(super) output: bool,
    pub(super) extra: u32,
    pub(super) arithmetic: bool,
    /// References of P and of B slices that state none.
    pub(super) references: [u32; 2],
    pub(super) initial: i32,
    pub(super) weighted: bool,
    pub(super) weighted_both: bool,
    pub(super) orders: bool,
}

impl Pps {
    pub(super) fn read(content: &[u8]) -> Option<(u32, Self)> {
        let mut bits = Bits::escaped(content);
        let id = bits.ue_to(63)?;
        let sequence = bits.ue_to(15)?;
        let (dependent, output) = (bits.flag()?, bits.flag()?);
        let extra = bits.number(3)?;
        bits.skip(1)?;
        let arithmetic = bits.flag()?;
        let references = [bits.ue_to(14)? + 1, bits.ue_to(14)? + 1];
        let initial = 26 + bits.se()?.clamp(-128, 128);
        bits.skip(2)?;
        if bits.flag()? {
            bits.ue()?;
        }
        bits.skip_se(2)?;
        bits.skip(1)?;
        let (weighted, weighted_both) = (bits.flag()?, bits.flag()?);
        bits.skip(1)?;
        let tiles = bits.flag()?;
        bits.skip(1)?;
        if tiles {
            pass_tiles(&mut bits)?;
        }
        bits.skip(1)?;
        if bits.flag()? {
            bits.skip(1)?;
            if !bits.flag()? {
                bits.skip_se(2)?;
            }
        }
        if bits.flag()? {
            scaling_lists(&mut bits)?;
        }
        let set = Self {
            sequence,
            dependent,
            output,
            extra,
            arithmetic,
            references,
            initial,
            weighted,
            weighted_both,
            orders: bits.flag()?,
        };
        Some((id, set))
    }
}

fn pass_tiles(bits: &mut Bits<'_>) -> Option<()> {
    let (across, down) = (bits.ue_to(1 << 10)?, bits.ue_to(1 << 10)?);
    if !bits.flag()? {
        bits.skip_se(across + down)?;
    }
    bits.skip(1)
}
