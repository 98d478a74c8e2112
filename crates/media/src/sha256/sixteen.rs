//! Sixteen messages, one in each lane of AVX-512: twice as quick as the processor's own instructions
//! for SHA-256.
#![allow(unsafe_code)]

use std::arch::x86_64::{
    __m512i, _MM_HINT_T0, _mm_loadu_si128, _mm_prefetch, _mm_set_epi64x, _mm512_add_epi32,
    _mm512_broadcast_i32x4, _mm512_castsi128_si512, _mm512_inserti32x4, _mm512_loadu_si512,
    _mm512_ror_epi32, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_shuffle_epi8,
    _mm512_srli_epi32, _mm512_storeu_si512, _mm512_ternarylogic_epi32, _mm512_unpackhi_epi32,
    _mm512_unpackhi_epi64, _mm512_unpacklo_epi32, _mm512_unpacklo_epi64,
};

use super::constants::ROUND;
use super::{BLOCK, State, blocks_at};

pub(super) const LANES: usize = 16;

/// Bytes ahead of the block at hand that are asked of memory: pictures are larger than caches.
const AHEAD: usize = 512;

// Truth tables of three inputs.
const XOR: i32 = 0x96;
const CHOICE: i32 = 0xca;
const MAJORITY: i32 = 0xe8;

/// Takes in whole blocks of all messages. The processor must have AVX-512 F and BW.
pub(super) fn blocks(states: &mut [State; LANES], messages: &[&[u8]; LANES]) {
    // SAFETY: the caller has looked for these features.
    unsafe { in_step(states, messages) }
}

#[target_feature(enable = "avx512f,avx512bw")]
fn in_step(states: &mut [State; LANES], messages: &[&[u8]; LANES]) {
    let messages = messages.map(|message| message.as_chunks::<BLOCK>().0);
    let mut state =
        std::array::from_fn(|word| gathered(states.each_ref().map(|state| state[word])));
    for at in 0..messages[0].len() {
        let worked = compress(state, words(blocks_at(&messages, at)));
        for (state, worked) in state.iter_mut().zip(worked) {
            *state = _mm512_add_epi32(*state, worked);
        }
    }
    for (word, lanes) in state.map(|words| scattered(words)).iter().enumerate() {
        for (state, lane) in states.iter_mut().zip(lanes) {
            state[word] = *lane;
        }
    }
}

/// FIPS 180-4, 6.2.2, without the last addition; the message schedule is kept in a ring of 16 words.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn compress(state: [__m512i; 8], mut w: [__m512i; 16]) -> [__m512i; 8] {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
    for start in (0..ROUND.len()).step_by(16) {
        for t in 0..16 {
            let constant = _mm512_set1_epi32(ROUND[start + t].cast_signed());
            let turned = _mm512_ternarylogic_epi32::<XOR>(
                _mm512_ror_epi32::<6>(e),
                _mm512_ror_epi32::<11>(e),
                _mm512_ror_epi32::<25>(e),
            );
            let choice = _mm512_ternarylogic_epi32::<CHOICE>(e, f, g);
            let one = plus(plus(h, plus(w[t], constant)), plus(turned, choice));
            let turned = _mm512_ternarylogic_epi32::<XOR>(
                _mm512_ror_epi32::<2>(a),
                _mm512_ror_epi32::<13>(a),
                _mm512_ror_epi32::<22>(a),
            );
            let majority = _mm512_ternarylogic_epi32::<MAJORITY>(a, b, c);
            (h, g, f, e) = (g, f, e, plus(d, one));
            (d, c, b, a) = (c, b, a, plus(one, plus(turned, majority)));
            if start < 48 {
                w[t] = scheduled(&w, t);
            }
        }
    }
    [a, b, c, d, e, f, g, h]
}

/// The word that takes the place of word `t` sixteen rounds on.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn scheduled(w: &[__m512i; 16], t: usize) -> __m512i {
    let (near, far) = (w[(t + 1) % 16], w[(t + 14) % 16]);
    let near = _mm512_ternarylogic_epi32::<XOR>(
        _mm512_ror_epi32::<7>(near),
        _mm512_ror_epi32::<18>(near),
        _mm512_srli_epi32::<3>(near),
    );
    let far = _mm512_ternarylogic_epi32::<XOR>(
        _mm512_ror_epi32::<17>(far),
        _mm512_ror_epi32::<19>(far),
        _mm512_srli_epi32::<10>(far),
    );
    plus(plus(w[t], w[(t + 9) % 16]), plus(near, far))
}

/// The 16 words of one block of each message: word `n` of message `m` in lane `m` of register `n`.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn words(block: [&[u8; BLOCK]; LANES]) -> [__m512i; 16] {
    for block in block {
        // A hint: addresses behind the message do no harm, nothing is read.
        _mm_prefetch::<_MM_HINT_T0>(block.as_ptr().wrapping_add(AHEAD).cast());
    }
    let mut words = [_mm512_setzero_si512(); 16];
    for (quarter, words) in words.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let [a, b, c, d] = std::array::from_fn(|first| every_fourth(&block, first, quarter));
        let (low, high) = (_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
        let (low_on, high_on) = (_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
        *words = [
            _mm512_unpacklo_epi64(low, low_on),
            _mm512_unpackhi_epi64(low, low_on),
            _mm512_unpacklo_epi64(high, high_on),
            _mm512_unpackhi_epi64(high, high_on),
        ];
    }
    words
}

/// Words `4 * quarter` to `4 * quarter + 3` of messages `first`, `first + 4`, `first + 8` and
/// `first + 12`.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn every_fourth(block: &[&[u8; BLOCK]; LANES], first: usize, quarter: usize) -> __m512i {
    let four = |lane: usize| {
        let (quarters, _) = block[lane].as_chunks::<16>();
        // SAFETY: 16 bytes, of which no alignment is asked.
        unsafe { _mm_loadu_si128(quarters[quarter].as_ptr().cast()) }
    };
    let words = _mm512_castsi128_si512(four(first));
    let words = _mm512_inserti32x4::<1>(words, four(first + 4));
    let words = _mm512_inserti32x4::<2>(words, four(first + 8));
    let words = _mm512_inserti32x4::<3>(words, four(first + 12));
    let big_endian = _mm_set_epi64x(0x0c0d_0e0f_0809_0a0b, 0x0405_0607_0001_0203);
    _mm512_shuffle_epi8(words, _mm512_broadcast_i32x4(big_endian))
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn plus(a: __m512i, b: __m512i) -> __m512i {
    _mm512_add_epi32(a, b)
}

#[target_feature(enable = "avx512f,avx512bw")]
fn gathered(lanes: [u32; LANES]) -> __m512i {
    // SAFETY: sixteen words, of which no alignment is asked.
    unsafe { _mm512_loadu_si512(lanes.as_ptr().cast()) }
}

#[target_feature(enable = "avx512f,avx512bw")]
fn scattered(words: __m512i) -> [u32; LANES] {
    let mut lanes = [0; LANES];
    // SAFETY: sixteen words are there to be written.
    unsafe { _mm512_storeu_si512(lanes.as_mut_ptr().cast(), words) };
    lanes
}
