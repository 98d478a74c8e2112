//! SHA-256 (FIPS 180-4) of eight messages at once, one in each lane of the vector registers.
//!
//! Every decoded byte is hashed, and one message can use a processor without instructions for
//! SHA-256 only one word at a time. Pictures of one video have one size, so they go in step.
#![allow(unsafe_code)]

use crate::index::FrameHash;

/// Messages hashed at once.
pub(super) const LANES: usize = 8;

/// Bytes of a block.
const BLOCK: usize = 64;

/// First 32 bits of the fractional parts of the square roots of the first 8 primes.
const START: [u32; 8] = [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/// First 32 bits of the fractional parts of the cube roots of the first 64 primes.
const ROUND: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

/// One word of each message.
#[derive(Clone, Copy)]
struct Words([u32; LANES]);

/// How this processor hashes fastest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// One message after the other: it has instructions for SHA-256, or no vectors that would help.
    Single,
    /// Eight at once with AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Eight at once with the rotations and three-way logic of AVX-512.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Way {
    /// The fastest way here.
    pub(super) fn here() -> Self {
        #[cfg(target_arch = "x86_64")]
        if !is_x86_feature_detected!("sha") {
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl") {
                return Self::Avx512;
            }
            if is_x86_feature_detected!("avx2") {
                return Self::Avx2;
            }
        }
        Self::Single
    }

    /// Hashes of up to [`LANES`] messages of one length.
    pub(super) fn hash(self, messages: &[&[u8]]) -> Vec<FrameHash> {
        // Unused lanes cost as much as used ones: two messages are quicker one by one.
        let lanes: Option<[&[u8]; LANES]> = (messages.len() > 2)
            .then(|| std::array::from_fn(|lane| messages[lane.min(messages.len() - 1)]));
        let mut hashes = match (self, lanes) {
            (Self::Single, _) | (_, None) => {
                return messages.iter().map(|bytes| FrameHash::of(bytes)).collect();
            }
            // SAFETY: `here` makes these values only where the processor has the features named.
            #[cfg(target_arch = "x86_64")]
            (Self::Avx2, Some(lanes)) => unsafe { with_avx2(&lanes) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            (Self::Avx512, Some(lanes)) => unsafe { with_avx512(&lanes) },
        };
        hashes.truncate(messages.len());
        hashes
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2(messages: &[&[u8]; LANES]) -> Vec<FrameHash> {
    in_step(messages)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl")]
fn with_avx512(messages: &[&[u8]; LANES]) -> Vec<FrameHash> {
    in_step(messages)
}

// Everything from here on is inlined into the functions above, and becomes vector code there.

#[inline(always)]
fn in_step(messages: &[&[u8]; LANES]) -> Vec<FrameHash> {
    let length = messages[0].len();
    let whole = length / BLOCK * BLOCK;
    let mut state = START.map(|word| Words([word; LANES]));
    for at in (0..whole).step_by(BLOCK) {
        let block = |lane: usize| -> &[u8] { &messages[lane][at..at + BLOCK] };
        compress(&mut state, gather(block));
    }
    let ends: [Vec<u8>; LANES] =
        std::array::from_fn(|lane| padded(&messages[lane][whole..length], length));
    for at in (0..ends[0].len()).step_by(BLOCK) {
        let block = |lane: usize| -> &[u8] { &ends[lane][at..at + BLOCK] };
        compress(&mut state, gather(block));
    }
    (0..LANES).map(|lane| digest(&state, lane)).collect()
}

/// What is left of a message, a one bit, zeros, and the length of the message in bits.
fn padded(rest: &[u8], length: usize) -> Vec<u8> {
    let mut end = rest.to_vec();
    end.push(0x80);
    end.resize((end.len() + 8).next_multiple_of(BLOCK) - 8, 0);
    end.extend((length as u64 * 8).to_be_bytes());
    end
}

fn digest(state: &[Words; 8], lane: usize) -> FrameHash {
    let mut hash = [0; 32];
    for (bytes, words) in hash.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *bytes = words.0[lane].to_be_bytes();
    }
    FrameHash(hash)
}

/// The words of one block of each message.
#[inline(always)]
fn gather<'a>(block: impl Fn(usize) -> &'a [u8]) -> [Words; 16] {
    let mut words = [Words([0; LANES]); 16];
    for lane in 0..LANES {
        let (bytes, _) = block(lane).as_chunks::<4>();
        for (words, bytes) in words.iter_mut().zip(bytes) {
            words.0[lane] = u32::from_be_bytes(*bytes);
        }
    }
    words
}

/// FIPS 180-4, 6.2.2, with the message schedule kept in a ring of 16 words.
#[inline(always)]
fn compress(state: &mut [Words; 8], mut w: [Words; 16]) {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for round in (0..64).step_by(16) {
        for t in 0..16 {
            if round > 0 {
                let first =
                    w[(t + 1) % 16].each(|x| x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3));
                let second =
                    w[(t + 14) % 16].each(|x| x.rotate_right(17) ^ x.rotate_right(19) ^ (x >> 10));
                w[t] = w[t].plus(first).plus(w[(t + 9) % 16]).plus(second);
            }
            let constant = ROUND[round + t];
            let turned = e.each(|x| x.rotate_right(6) ^ x.rotate_right(11) ^ x.rotate_right(25));
            let choice = e.with(f, g, |e, f, g| (e & f) ^ (!e & g));
            let one = h
                .plus(turned)
                .plus(choice)
                .plus(w[t].each(|x| x.wrapping_add(constant)));
            let turned = a.each(|x| x.rotate_right(2) ^ x.rotate_right(13) ^ x.rotate_right(22));
            let majority = a.with(b, c, |a, b, c| (a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e) = (g, f, e, d.plus(one));
            (d, c, b, a) = (c, b, a, one.plus(turned).plus(majority));
        }
    }
    for (word, sum) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.plus(sum);
    }
}

impl Words {
    #[inline(always)]
    fn each(mut self, of: impl Fn(u32) -> u32) -> Self {
        for word in &mut self.0 {
            *word = of(*word);
        }
        self
    }

    #[inline(always)]
    fn plus(mut self, other: Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word = word.wrapping_add(other);
        }
        self
    }

    #[inline(always)]
    fn with(mut self, b: Self, c: Self, of: impl Fn(u32, u32, u32) -> u32) -> Self {
        for lane in 0..LANES {
            self.0[lane] = of(self.0[lane], b.0[lane], c.0[lane]);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way that this processor can go.
    fn ways() -> Vec<Way> {
        let mut ways = vec![Way::Single];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                ways.push(Way::Avx2);
            }
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl") {
                ways.push(Way::Avx512);
            }
        }
        ways
    }

    #[test]
    fn every_way_gives_the_hashes_of_sha2_for_every_length_of_rest() {
        use sha2::Digest;
        for length in (0..=200).chain([4095, 4096, 65_537]) {
            let messages: Vec<Vec<u8>> = (0..LANES)
                .map(|lane| (0..length).map(|at| (at * 31 + lane * 7) as u8).collect())
                .collect();
            for many in 1..=LANES {
                let some: Vec<&[u8]> = messages[..many].iter().map(Vec::as_slice).collect();
                let expected: Vec<FrameHash> = some
                    .iter()
                    .map(|bytes| FrameHash(sha2::Sha256::digest(bytes).into()))
                    .collect();
                for way in ways() {
                    assert_eq!(
                        way.hash(&some),
                        expected,
                        "{way:?}, {many} of {length} bytes"
                    );
                }
            }
        }
    }
}
