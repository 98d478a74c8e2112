//! How prints are cut into sixteen chunks of sixteen bits, and which chunks must be alike.
//!
//! Two prints within radius r differ in at most r/16 bits of some chunk (pigeonhole). More is true:
//! going round the ring of chunks from some chunk on, the first l chunks differ in at most l·r/16 bits,
//! for every l (take the start after the place where the running excess over r/16 is greatest). So
//! whoever looks up chunk i within ⌊r/16⌋ bits may drop what differs from the query in more than
//! ⌊2r/16⌋ bits of chunks i and i+1 together, and still misses nothing.

use std::sync::LazyLock;

use super::entry::Bits;

/// Chunks of a print.
pub(super) const CHUNKS: usize = 16;

/// Values of a chunk.
pub(super) const VALUES: usize = 1 << 16;

/// Chunk `c` takes one bit of each row and of each column of the print's 16×16 frequencies: neighbours
/// in frequency go together, and a chunk of neighbours would be alike in many pictures.
const SLANT: u32 = 5;

/// The chunks of a print.
pub(super) fn chunks(bits: &Bits) -> [u16; CHUNKS] {
    let mut rows = [0_u16; 16];
    for (i, row) in rows.iter_mut().enumerate() {
        let word = (bits[i / 4] >> (16 * (i % 4))) as u16;
        *row = word.rotate_right(SLANT * i as u32);
    }
    transpose(rows)
}

/// Bit `j` of row `i` becomes bit `i` of row `j`.
fn transpose(mut rows: [u16; 16]) -> [u16; 16] {
    for (width, mask) in [(8, 0x00ff_u16), (4, 0x0f0f), (2, 0x3333), (1, 0x5555)] {
        for i in (0..16).filter(|i| i & width == 0) {
            let (low, high) = (rows[i], rows[i + width]);
            rows[i] = (low & mask) | ((high & mask) << width);
            rows[i + width] = ((low >> width) & mask) | (high & !mask);
        }
    }
    rows
}

/// What may differ within a radius.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowed {
    /// Bits of a chunk.
    pub(super) one: u32,
    /// Bits of a chunk and the next together.
    pub(super) two: u32,
}

impl Allowed {
    pub(super) fn within(radius: u32) -> Self {
        Self {
            one: radius / CHUNKS as u32,
            two: 2 * radius / CHUNKS as u32,
        }
    }

    /// How many values of a chunk are to be looked up.
    pub(super) fn lookups(self) -> u64 {
        (0..=self.one).map(ways).sum()
    }
}

impl Allowed {
    /// What share of the postings looked up is alike in the next chunk too, where prints are unrelated.
    pub(super) fn passing(self) -> f64 {
        let within = |most: u32| (0..=most.min(16)).map(ways).sum::<u64>() as f64 / VALUES as f64;
        let passing = |bits: u32| ways(bits) as f64 * within(self.two - bits);
        (0..=self.one).map(passing).sum::<f64>() / self.lookups() as f64
    }

    /// Whether prints that differ like this, chunk by chunk, are found by looking up `chunk`.
    pub(super) fn finds(self, differs: &[u32; CHUNKS], chunk: usize) -> bool {
        let one = differs[chunk];
        one <= self.one && one + differs[(chunk + 1) % CHUNKS] <= self.two
    }
}

/// Ways to choose `bits` of sixteen.
fn ways(bits: u32) -> u64 {
    (0..u64::from(bits)).fold(1, |ways, k| ways * (16 - k.min(16)) / (k + 1))
}

/// All numbers of sixteen bits of which at most `most` are set, fewest first.
pub(super) fn masks(most: u32) -> &'static [u16] {
    static MASKS: LazyLock<Vec<u16>> = LazyLock::new(|| {
        let mut masks: Vec<u16> = (0..=u16::MAX).collect();
        masks.sort_by_key(|mask| (mask.count_ones(), *mask));
        masks
    });
    let end = MASKS.partition_point(|mask| mask.count_ones() <= most);
    &MASKS[..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_bit_is_in_one_chunk() {
        let mut seen = std::collections::BTreeSet::new();
        for bit in 0..256 {
            let mut bits = Bits::default();
            bits[bit / 64] = 1 << (bit % 64);
            let chunks = chunks(&bits);
            let set: Vec<usize> = (0..CHUNKS).filter(|c| chunks[*c] != 0).collect();
            assert_eq!(set.len(), 1, "bit {bit}");
            assert_eq!(chunks[set[0]].count_ones(), 1);
            seen.insert((set[0], chunks[set[0]]));
        }
        assert_eq!(seen.len(), 256);
    }

    #[test]
    fn lookups_are_counted() {
        for most in 0..5 {
            let allowed = Allowed { one: most, two: 0 };
            assert_eq!(allowed.lookups(), masks(most).len() as u64);
        }
    }

    proptest! {
        /// Wherever the differing bits lie, some chunk and its next are alike enough.
        #[test]
        fn no_near_print_is_missed(places in prop::collection::vec(0_usize..256, 0..80)) {
            let mut bits = Bits::default();
            for place in places {
                bits[place / 64] |= 1 << (place % 64);
            }
            let radius = bits.iter().map(|word| word.count_ones()).sum();
            let differs = chunks(&bits).map(u16::count_ones);
            let allowed = Allowed::within(radius);
            prop_assert!((0..CHUNKS).any(|chunk| allowed.finds(&differs, chunk)));
        }
    }
}
