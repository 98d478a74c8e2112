//! Eight messages, one in each lane of AVX2, for processors without instructions for SHA-256.
#![allow(unsafe_code)]

use super::constants::ROUND;
use super::{BLOCK, State, blocks_at};

pub(super) const LANES: usize = 8;

/// One word of each message.
#[derive(Clone, Copy)]
struct Words([u32; LANES]);

/// Takes in whole blocks of all messages. The processor must have AVX2.
pub(super) fn blocks(states: &mut [State; LANES], messages: &[&[u8]; LANES]) {
    // SAFETY: the caller has looked for this feature.
    unsafe { in_step(states, messages) }
}

// Everything from here on is inlined into this function, and becomes vector code there.
#[target_feature(enable = "avx2")]
fn in_step(states: &mut [State; LANES], messages: &[&[u8]; LANES]) {
    let messages = messages.map(|message| message.as_chunks::<BLOCK>().0);
    let mut state = std::array::from_fn(|word| Words(states.each_ref().map(|state| state[word])));
    for at in 0..messages[0].len() {
        compress(&mut state, gather(blocks_at(&messages, at)));
    }
    for (word, lanes) in state.iter().enumerate() {
        for (state, lane) in states.iter_mut().zip(lanes.0) {
            state[word] = lane;
        }
    }
}

/// The words of one block of each message.
#[inline(always)]
fn gather(blocks: [&[u8; BLOCK]; LANES]) -> [Words; 16] {
    let mut words = [Words([0; LANES]); 16];
    for (lane, block) in blocks.into_iter().enumerate() {
        let (bytes, _) = block.as_chunks::<4>();
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
