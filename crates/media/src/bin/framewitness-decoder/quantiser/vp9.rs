//! VP9 (bitstream specification 0.7): `base_q_idx` of the frame that a packet shows.

use media::facts::Quantiser;

use super::Headers;
use super::bits::Bits;

/// Bytes with which key frames and intra frames begin.
const SYNC: u32 = 0x0049_8342;
/// Colours without a space of their own.
const RGB: u32 = 7;

/// The indices of the frames that are kept to be shown later.
#[derive(Default)]
pub(super) struct Vp9 {
    kept: [Option<i16>; 8],
}

impl Headers for Vp9 {
    fn picture(&mut self, packet: &[u8]) -> Option<Quantiser> {
        let mut shown = None;
        for frame in frames(packet) {
            match self.frame(&mut Bits::plain(frame)) {
                Some(Frame { shown: true, index }) => shown = index,
                Some(_) => {}
                // What it would have been, and what it would have replaced, is not known.
                None => *self = Self::default(),
            }
        }
        shown.map(Quantiser::of)
    }
}

struct Frame {
    shown: bool,
    index: Option<i16>,
}

impl Vp9 {
    /// `uncompressed_header` (6.2).
    fn frame(&mut self, bits: &mut Bits<'_>) -> Option<Frame> {
        if bits.number(2)? != 2 {
            return None;
        }
        let profile = u32::from(bits.flag()?) | u32::from(bits.flag()?) << 1;
        bits.skip(u32::from(profile == 3))?;
        if bits.flag()? {
            return Some(Frame {
                shown: true,
                index: self.kept[bits.number(3)? as usize],
            });
        }
        let (inter, shown, resilient) = (bits.flag()?, bits.flag()?, bits.flag()?);
        let replaced = if inter {
            inter_frame(bits, profile, shown, resilient)?
        } else {
            sync(bits)?;
            colours(bits, profile)?;
            size(bits)?;
            render_size(bits)?;
            0xff
        };
        bits.skip(if resilient { 2 } else { 4 })?;
        loop_filter(bits)?;
        let index = i16::try_from(bits.number(8)?).ok();
        for (slot, kept) in self.kept.iter_mut().enumerate() {
            if replaced >> slot & 1 == 1 {
                *kept = index;
            }
        }
        Some(Frame { shown, index })
    }
}

/// The head of a frame that is no key frame; gives the slots that it replaces.
fn inter_frame(bits: &mut Bits<'_>, profile: u32, shown: bool, resilient: bool) -> Option<u32> {
    let intra = !shown && bits.flag()?;
    bits.skip(if resilient { 0 } else { 2 })?;
    if intra {
        sync(bits)?;
        if profile > 0 {
            colours(bits, profile)?;
        }
        let replaced = bits.number(8)?;
        size(bits)?;
        render_size(bits)?;
        return Some(replaced);
    }
    let replaced = bits.number(8)?;
    bits.skip(3 * 4)?;
    let mut found = false;
    for _ in 0..3 {
        found = bits.flag()?;
        if found {
            break;
        }
    }
    if !found {
        size(bits)?;
    }
    render_size(bits)?;
    bits.skip(1)?;
    if !bits.flag()? {
        bits.skip(2)?;
    }
    Some(replaced)
}

fn sync(bits: &mut Bits<'_>) -> Option<()> {
    (bits.number(24)? == SYNC).then_some(())
}

fn colours(bits: &mut Bits<'_>, profile: u32) -> Option<()> {
    bits.skip(u32::from(profile >= 2))?;
    let sampled = profile & 1 == 1;
    if bits.number(3)? == RGB {
        bits.skip(u32::from(sampled))
    } else {
        bits.skip(if sampled { 4 } else { 1 })
    }
}

fn size(bits: &mut Bits<'_>) -> Option<()> {
    bits.skip(32)
}

fn render_size(bits: &mut Bits<'_>) -> Option<()> {
    if bits.flag()? {
        bits.skip(32)
    } else {
        Some(())
    }
}

fn loop_filter(bits: &mut Bits<'_>) -> Option<()> {
    bits.skip(9)?;
    if bits.flag()? && bits.flag()? {
        for _ in 0..6 {
            if bits.flag()? {
                bits.skip(7)?;
            }
        }
    }
    Some(())
}

/// The frames of a packet: those that its last bytes list (annex B), or the packet itself.
fn frames(packet: &[u8]) -> Vec<&[u8]> {
    listed(packet).unwrap_or_else(|| vec![packet])
}

fn listed(packet: &[u8]) -> Option<Vec<&[u8]>> {
    let (&last, before) = packet.split_last()?;
    if last & 0xe0 != 0xc0 {
        return None;
    }
    let (count, bytes) = (usize::from(last & 7) + 1, usize::from(last >> 3 & 3) + 1);
    let start = before.len().checked_sub(count * bytes + 1)?;
    let (mut rest, list) = packet.split_at(start);
    let (&first, sizes) = list.split_first()?;
    if first != last {
        return None;
    }
    let mut frames = Vec::new();
    for size in sizes[..count * bytes].chunks(bytes) {
        let size = (size.iter().rev()).fold(0, |sum, &byte| sum << 8 | usize::from(byte));
        let frame;
        (frame, rest) = rest.split_at(size.min(rest.len()));
        if !frame.is_empty() {
            frames.push(frame);
        }
    }
    Some(frames)
}
