//! Two messages with the processor's own instructions for SHA-256: one fills the time in which the
//! other waits for a round to end.
#![allow(unsafe_code)]

use std::arch::x86_64::{
    __m128i, _MM_HINT_T0, _mm_add_epi32, _mm_alignr_epi8, _mm_blend_epi16, _mm_loadu_si128,
    _mm_prefetch, _mm_set_epi64x, _mm_sha256msg1_epu32, _mm_sha256msg2_epu32,
    _mm_sha256rnds2_epu32, _mm_shuffle_epi8, _mm_shuffle_epi32, _mm_storeu_si128,
};

use super::constants::ROUND;
use super::{BLOCK, State};

pub(super) const LANES: usize = 2;

/// Bytes ahead of the block at hand that are asked of memory: pictures are larger than caches.
const AHEAD: usize = 2048;

/// Takes in whole blocks of both messages. The processor must have SHA and SSE 4.1.
pub(super) fn blocks(states: &mut [State; LANES], messages: &[&[u8]; LANES]) {
    // SAFETY: the caller has looked for these features.
    unsafe { in_step(states, messages) }
}

/// The order in which the instructions want a state: `[abef, cdgh]`.
type Halves = [__m128i; 2];

#[target_feature(enable = "sha,sse4.1")]
fn in_step(states: &mut [State; LANES], messages: &[&[u8]; LANES]) {
    let mut halves = [halves(&states[0]), halves(&states[1])];
    let (first, second) = (
        messages[0].as_chunks::<BLOCK>().0,
        messages[1].as_chunks::<BLOCK>().0,
    );
    for block in first.iter().zip(second) {
        let mut words = [words(block.0), words(block.1)];
        let before = halves;
        for quarter in 0..16 {
            four_rounds(&mut halves, &mut words, quarter);
        }
        for (halves, before) in halves.iter_mut().flatten().zip(before.iter().flatten()) {
            *halves = _mm_add_epi32(*halves, *before);
        }
    }
    for (state, halves) in states.iter_mut().zip(halves) {
        *state = state_of(halves);
    }
}

/// Rounds `4 * quarter` to `4 * quarter + 3` of both, with the message schedule kept in a ring.
#[target_feature(enable = "sha,sse4.1")]
#[inline]
fn four_rounds(halves: &mut [Halves; LANES], words: &mut [[__m128i; 4]; LANES], quarter: usize) {
    let constants = load(&ROUND, quarter);
    for (halves, words) in halves.iter_mut().zip(words) {
        let word = |ahead: usize| words[(quarter + ahead) % 4];
        if quarter >= 4 {
            let sum = _mm_add_epi32(
                _mm_sha256msg1_epu32(word(0), word(1)),
                _mm_alignr_epi8(word(3), word(2), 4),
            );
            words[quarter % 4] = _mm_sha256msg2_epu32(sum, word(3));
        }
        let sum = _mm_add_epi32(words[quarter % 4], constants);
        let [abef, cdgh] = *halves;
        let cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
        let abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
        *halves = [abef, cdgh];
    }
}

/// The 16 words of a block.
#[target_feature(enable = "sha,sse4.1")]
#[inline]
fn words(block: &[u8; BLOCK]) -> [__m128i; 4] {
    let big_endian = _mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
    // A hint: addresses behind the message do no harm, nothing is read.
    _mm_prefetch::<_MM_HINT_T0>(block.as_ptr().wrapping_add(AHEAD).cast());
    std::array::from_fn(|at| {
        let (quarters, _) = block.as_chunks::<16>();
        // SAFETY: 16 bytes, of which no alignment is asked.
        let quarter = unsafe { _mm_loadu_si128(quarters[at].as_ptr().cast()) };
        _mm_shuffle_epi8(quarter, big_endian)
    })
}

#[target_feature(enable = "sha,sse4.1")]
#[inline]
fn load<const COUNT: usize>(words: &[u32; COUNT], quarter: usize) -> __m128i {
    let (quarters, _) = words.as_chunks::<4>();
    // SAFETY: 16 bytes, of which no alignment is asked.
    unsafe { _mm_loadu_si128(quarters[quarter].as_ptr().cast()) }
}

#[target_feature(enable = "sha,sse4.1")]
fn halves(state: &State) -> Halves {
    let (badc, efgh) = (
        _mm_shuffle_epi32(load(state, 0), 0xb1),
        _mm_shuffle_epi32(load(state, 1), 0x1b),
    );
    [
        _mm_alignr_epi8(badc, efgh, 8),
        _mm_blend_epi16(efgh, badc, 0xf0),
    ]
}

#[target_feature(enable = "sha,sse4.1")]
fn state_of([abef, cdgh]: Halves) -> State {
    let (feba, dchg) = (_mm_shuffle_epi32(abef, 0x1b), _mm_shuffle_epi32(cdgh, 0xb1));
    let mut state = [0; 8];
    // SAFETY: eight words are there to be written.
    unsafe {
        _mm_storeu_si128(state.as_mut_ptr().cast(), _mm_blend_epi16(feba, dchg, 0xf0));
        _mm_storeu_si128(
            state.as_mut_ptr().add(4).cast(),
            _mm_alignr_epi8(dchg, feba, 8),
        );
    }
    state
}
