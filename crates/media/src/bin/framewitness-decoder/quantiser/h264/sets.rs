//! What slice headers need of the parameter sets (7.3.2.1, 7.3.2.2).

use super::super::bits::{Bits, bits_for};

/// Profiles whose sequence parameter sets state the form of chroma.
const HIGH: [u32; 13] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/// Sequence parameter set.
#[derive(Debug)]
pub(super) struct Sps {
    pub(super) separate_planes: bool,
    pub(super) chroma: bool,
    /// Levels below zero that deep samples add to the scale.
    pub(super) below_zero: i32,
    pub(super) frame_num_bits: u32,
    pub(super) order: Order,
    pub(super) frames_only: bool,
}

/// How slices tell the order of pictures.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// In so many bits.
    Bits(u32),
    /// By a difference, where it is not always zero.
    Cycle { always_zero: bool },
    /// By decoding order.
    Decoding,
}

impl Sps {
    pub(super) fn read(content: &[u8]) -> Option<(u32, Self)> {
        let mut bits = Bits::escaped(content);
        let profile = bits.number(8)?;
        bits.skip(16)?;
        let id = bits.ue_to(31)?;
        let (mut format, mut separate_planes, mut depth) = (1, false, 0);
        if HIGH.contains(&profile) {
            format = bits.ue_to(3)?;
            separate_planes = format == 3 && bits.flag()?;
            depth = bits.ue_to(6)?;
            bits.ue()?;
            bits.skip(1)?;
            if bits.flag()? {
                scaling_lists(&mut bits, if format == 3 { 12 } else { 8 })?;
            }
        }
        let frame_num_bits = bits.ue_to(12)? + 4;
        let order = order(&mut bits)?;
        bits.ue()?;
        bits.skip(1)?;
        bits.ue()?;
        bits.ue()?;
        let set = Self {
            separate_planes,
            chroma: format != 0 && !separate_planes,
            below_zero: 6 * depth.cast_signed(),
            frame_num_bits,
            order,
            frames_only: bits.flag()?,
        };
        Some((id, set))
    }
}

fn order(bits: &mut Bits<'_>) -> Option<Order> {
    Some(match bits.ue_to(2)? {
        0 => Order::Bits(bits.ue_to(12)? + 4),
        1 => {
            let always_zero = bits.flag()?;
            bits.skip_se(2)?;
            let cycle = bits.ue_to(255)?;
            bits.skip_se(cycle)?;
            Order::Cycle { always_zero }
        }
        _ => Order::Decoding,
    })
}

fn scaling_lists(bits: &mut Bits<'_>, count: u32) -> Option<()> {
    for list in 0..count {
        if !bits.flag()? {
            continue;
        }
        let (mut last, mut next) = (8, 8);
        for _ in 0..if list < 6 { 16 } else { 64 } {
            if next != 0 {
                next = (last + bits.se()?.rem_euclid(256)) % 256;
            }
            last = if next == 0 { last } else { next };
        }
    }
    Some(())
}

/// Picture parameter set.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of the standard")]
pub(super) struct Pps {
    pub(super) sequence: u32,
    pub(super) arithmetic: bool,
    pub(super) order_of_bottom: bool,
    /// References of P and of B slices that state none.
    pub(super) references: [u32; 2],
    pub(super) weighted: bool,
    pub(super) weighted_both: bool,
    pub(super) initial: i32,
    pub(super) redundant: bool,
}

impl Pps {
    pub(super) fn read(content: &[u8]) -> Option<(u32, Self)> {
        let mut bits = Bits::escaped(content);
        let id = bits.ue_to(255)?;
        let sequence = bits.ue_to(31)?;
        let arithmetic = bits.flag()?;
        let order_of_bottom = bits.flag()?;
        slice_groups(&mut bits)?;
        let references = [bits.ue_to(31)? + 1, bits.ue_to(31)? + 1];
        let weighted = bits.flag()?;
        let weighted_both = bits.number(2)? == 1;
        let initial = 26 + bits.se()?.clamp(-128, 128);
        bits.skip_se(2)?;
        bits.skip(2)?;
        let set = Self {
            sequence,
            arithmetic,
            order_of_bottom,
            references,
            weighted,
            weighted_both,
            initial,
            redundant: bits.flag()?,
        };
        Some((id, set))
    }
}

fn slice_groups(bits: &mut Bits<'_>) -> Option<()> {
    let groups = bits.ue_to(7)? + 1;
    if groups == 1 {
        return Some(());
    }
    match bits.ue_to(6)? {
        0 => bits.skip_se(groups),
        2 => bits.skip_se(2 * (groups - 1)),
        3..=5 => {
            bits.skip(1)?;
            bits.skip_se(1)
        }
        6 => {
            let units = bits.ue()?.checked_add(1)?;
            // Each unit is read, so that the end of the bytes ends it.
            (0..units).try_for_each(|_| bits.skip(bits_for(groups)))
        }
        _ => Some(()),
    }
}
