//! How a frame is cut into tiles (5.9.15): what stands between its size and its quantiser.

use super::super::bits::Bits;
use super::size::Size;

/// Tiles in a row or column.
const MOST: u32 = 64;

/// Passes over `tile_info`.
pub(super) fn pass(bits: &mut Bits<'_>, size: Size, large_blocks: bool) -> Option<()> {
    let shift = if large_blocks { 7 } else { 6 };
    let [across, down] = [size.width, size.height].map(|side| side.div_ceil(1 << shift));
    let (widest, largest) = (4096 >> shift, (4096 * 2304) >> (2 * shift));
    let least_across = logarithm(widest, across);
    let least = least_across.max(logarithm(largest, across * down));
    let [columns, rows] = if bits.flag()? {
        let columns = even(bits, least_across, across)?;
        [columns, even(bits, least.saturating_sub(columns), down)?]
    } else {
        let (columns, wide) = stated(bits, across, widest)?;
        let area = if least > 0 {
            (across * down) >> (least + 1)
        } else {
            across * down
        };
        let (rows, _) = stated(bits, down, (area / wide.max(1)).max(1))?;
        [columns, rows]
    };
    if columns + rows > 0 {
        bits.skip(columns + rows + 2)?;
    }
    Some(())
}

/// The logarithm of the number of even tiles along a side: `least`, or one more for each flag.
fn even(bits: &mut Bits<'_>, least: u32, blocks: u32) -> Option<u32> {
    let most = logarithm(1, blocks.min(MOST));
    let mut log = least;
    while log < most && bits.flag()? {
        log += 1;
    }
    Some(log)
}

/// The same of tiles that each state their size, and the largest of them.
fn stated(bits: &mut Bits<'_>, blocks: u32, longest: u32) -> Option<(u32, u32)> {
    let (mut left, mut count, mut largest) = (blocks, 0, 0);
    while left > 0 {
        let size = up_to(bits, left.min(longest))? + 1;
        largest = largest.max(size);
        left = left.saturating_sub(size);
        count += 1;
    }
    Some((logarithm(1, count), largest))
}

/// A number below `count`, `ns(n)` (4.10.7).
fn up_to(bits: &mut Bits<'_>, count: u32) -> Option<u32> {
    let wide = count.ilog2() + 1;
    let short = (1 << wide) - count;
    let value = bits.number(wide - 1)?;
    if value < short {
        return Some(value);
    }
    Some((value << 1) - short + u32::from(bits.flag()?))
}

/// `tile_log2`: how often `size` must be doubled to reach `target`.
fn logarithm(size: u32, target: u32) -> u32 {
    let mut log = 0;
    while size << log < target {
        log += 1;
    }
    log
}
