//! The two loops that a search spends its time in, compiled for each instruction set that pays (on
//! x86-64 SSE2, SSE4.2, AVX2, and AVX-512 with VPOPCNTDQ and BITALG; on ARM NEON), and picked at run
//! time.
//!
//! They are plain Rust, laid out so that the compiler makes vector code of it: `fearless_simd` only
//! carries the dispatch, so that no unsafe code is needed here.

use fearless_simd::{Level, dispatch};

use super::entry::Bits;

/// Prints in a block.
pub(super) const LANES: usize = 64;

/// 64 prints, word by word: word 0 of each, then word 1 of each, and so on.
pub(super) type Block = [[u64; LANES]; 4];

/// A radius up to which half of a print tells nearly everything: unrelated prints differ in 64 of
/// their first 128 bits, give or take 6.
const HALF_TELLS: u32 = 40;

/// Calls `found` with place and distance of each print of `blocks` within `radius` of `query`.
pub(super) fn near(
    level: Level,
    blocks: &[Block],
    query: &Bits,
    radius: u32,
    found: impl FnMut(usize, u32),
) {
    dispatch!(level, _simd => scan(blocks, query, radius, found));
}

/// Calls `found` with the places in `words`, 16-bit little-endian numbers, of those that differ from
/// `word` in at most `most` bits.
pub(super) fn alike(level: Level, words: &[u8], word: u16, most: u32, found: impl FnMut(usize)) {
    dispatch!(level, _simd => select(words, word, most as u16, found));
}

/// Bits in which a lane of `block` differs from `query`.
pub(super) fn distance(block: &Block, lane: usize, query: &Bits) -> u32 {
    (0..4)
        .map(|k| (block[k][lane] ^ query[k]).count_ones())
        .sum()
}

#[inline(always)]
fn scan(blocks: &[Block], query: &Bits, radius: u32, mut found: impl FnMut(usize, u32)) {
    for (at, block) in blocks.iter().enumerate() {
        let least = if radius <= HALF_TELLS {
            least_of::<2>(block, query)
        } else {
            least_of::<4>(block, query)
        };
        if least > u64::from(radius) {
            continue;
        }
        for lane in 0..LANES {
            let distance = distance(block, lane, query);
            if distance <= radius {
                found(at * LANES + lane, distance);
            }
        }
    }
}

/// The least distance of a lane, in the first `WORDS` words.
#[expect(
    clippy::needless_range_loop,
    reason = "over all four words at once, the compiler makes the vector code that is wanted"
)]
#[inline(always)]
fn least_of<const WORDS: usize>(block: &Block, query: &Bits) -> u64 {
    let mut least = u64::MAX;
    for lane in 0..LANES {
        let mut distance = 0;
        for k in 0..WORDS {
            distance += u64::from((block[k][lane] ^ query[k]).count_ones());
        }
        least = least.min(distance);
    }
    least
}

#[inline(always)]
fn select(words: &[u8], word: u16, most: u16, mut found: impl FnMut(usize)) {
    let (runs, rest) = words.as_chunks::<64>();
    for (at, run) in runs.iter().enumerate() {
        let mut alike = 0_u32;
        for lane in 0..32 {
            let other = u16::from_le_bytes([run[2 * lane], run[2 * lane + 1]]);
            alike |= u32::from((other ^ word).count_ones() as u16 <= most) << lane;
        }
        while alike != 0 {
            found(at * 32 + alike.trailing_zeros() as usize);
            alike &= alike - 1;
        }
    }
    for (lane, other) in rest.as_chunks::<2>().0.iter().enumerate() {
        if (u16::from_le_bytes(*other) ^ word).count_ones() as u16 <= most {
            found(runs.len() * 32 + lane);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every instruction set that this machine has.
    fn levels() -> Vec<Level> {
        let best = Level::new();
        let mut levels = vec![best, Level::baseline()];
        #[cfg(target_arch = "x86_64")]
        {
            use fearless_simd::Simd;
            levels.extend(best.as_sse2().map(|set| set.level()));
            levels.extend(best.as_sse4_2().map(|set| set.level()));
            levels.extend(best.as_avx2().map(|set| set.level()));
        }
        levels
    }

    fn block() -> impl Strategy<Value = Block> {
        let lane = || prop::array::uniform4(any::<u64>());
        prop::collection::vec(lane(), LANES)
            .prop_map(|prints| std::array::from_fn(|k| std::array::from_fn(|lane| prints[lane][k])))
    }

    proptest! {
        /// Each kernel finds what a loop over bits finds, in order.
        #[test]
        fn kernels_agree(
            mut blocks in prop::collection::vec(block(), 1..4),
            like in 0_usize..64,
            flips in prop::collection::vec((0_usize..4, 0_u32..64), 0..60),
            radius in 0_u32..150,
        ) {
            let query: Bits = std::array::from_fn(|k| blocks[0][k][like]);
            for (k, bit) in flips {
                blocks[0][k][like] ^= 1 << bit;
            }
            let distance = |at: usize| {
                let bits = (0..256).filter(|bit| {
                    let (k, bit) = (bit / 64, bit % 64);
                    let print = blocks[at / LANES][k][at % LANES];
                    (print >> bit) & 1 != (query[k] >> bit) & 1
                });
                bits.count() as u32
            };
            let all = (0..blocks.len() * LANES).map(|at| (at, distance(at)));
            let expected: Vec<_> = all.filter(|(_, distance)| *distance <= radius).collect();
            for level in levels() {
                let mut found = Vec::new();
                near(level, &blocks, &query, radius, |at, distance| found.push((at, distance)));
                prop_assert_eq!(&found, &expected, "{:?}", level);
            }
        }

        #[test]
        fn selections_agree(words: Vec<u16>, word: u16, most in 0_u32..17) {
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
            let near = |other: u16| (0..16).filter(|bit| (other ^ word) >> bit & 1 == 1).count();
            let expected: Vec<usize> =
                (0..words.len()).filter(|at| near(words[*at]) <= most as usize).collect();
            for level in levels() {
                let mut found = Vec::new();
                alike(level, &bytes, word, most, |at| found.push(at));
                prop_assert_eq!(&found, &expected, "{:?}", level);
            }
        }
    }
}
