//! Alignment and parts, on invented frames.

use media::index::FrameHash;
use reuse::pdq::Pdq;

use super::align::align;
use super::answer::{Difference, Part, PartKind};
use super::look::Look;
use super::parts::Parts;

/// A frame of scene time `at`, compressed for the `copy`-th time: its print moves 8 bits a step and is
/// off by one bit a copy; its hash is the copy's own.
fn look(at: u32, copy: u8) -> Look {
    let mut hash = [copy; 32];
    hash[..4].copy_from_slice(&at.to_le_bytes());
    let mut bits = [0_u64; 4];
    for step in 0..32 {
        // Eight bits a step, in an order that repeats after 32 steps with the other sign.
        if (at + step) / 32 % 2 == 1 {
            bits[step as usize / 8] |= 0xff << (step % 8 * 8);
        }
    }
    bits[0] ^= u64::from(copy);
    // Each 64 steps are a scene of their own.
    bits[3] ^= u64::from(at / 64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Look {
        hash: FrameHash(hash),
        print: Pdq { bits, quality: 100 },
    }
}

fn looks(times: impl IntoIterator<Item = u32>, copy: u8) -> Vec<Look> {
    times.into_iter().map(|at| look(at, copy)).collect()
}

fn parts(a: &[Look], b: &[Look]) -> Parts {
    Parts::of(&align(a, b), a, b).settle()
}

type Spans = (PartKind, Option<[u32; 2]>, Option<[u32; 2]>);

fn kinds(parts: &Parts) -> Vec<Spans> {
    parts
        .list
        .iter()
        .map(|Part { kind, a, b, .. }| (*kind, *a, *b))
        .collect()
}

#[test]
fn a_piece_taken_out_is_named_to_the_frame() {
    let whole = looks(0..200, 1);
    for copy in [1, 3] {
        let cut = looks((0..70).chain(95..200), copy);
        let parts = parts(&whole, &cut);
        let kind = if copy == 1 {
            PartKind::Equal
        } else {
            PartKind::Alike
        };
        assert_eq!(
            kinds(&parts),
            [
                (kind, Some([0, 69]), Some([0, 69])),
                (PartKind::LeftOut, Some([70, 94]), None),
                (kind, Some([95, 199]), Some([70, 174])),
            ]
        );
        assert_eq!(
            parts.first_difference(),
            Some(Difference {
                a: Some(70),
                b: Some(70)
            })
        );
    }
}

#[test]
fn one_frame_left_out_and_another_repeated_are_found_in_a_new_encoding() {
    let whole = looks(0..200, 1);
    let other = looks((0..50).chain(51..121).chain(120..200), 3);
    assert_eq!(
        kinds(&parts(&whole, &other)),
        [
            (PartKind::Alike, Some([0, 49]), Some([0, 49])),
            (PartKind::LeftOut, Some([50, 50]), None),
            // Which of two equal ones was added cannot be told.
            (PartKind::Alike, Some([51, 119]), Some([50, 118])),
            (PartKind::Added, None, Some([119, 119])),
            (PartKind::Alike, Some([120, 199]), Some([120, 199])),
        ]
    );
}

#[test]
fn a_frame_changed_little_and_one_changed_wholly_are_told_apart() {
    let whole = looks(0..100, 1);
    let mut other = whole.clone();
    other[30] = look(30, 7);
    other[60] = look(92, 7);
    let parts = parts(&whole, &other);
    assert_eq!(
        kinds(&parts),
        [
            (PartKind::Equal, Some([0, 29]), Some([0, 29])),
            (PartKind::Alike, Some([30, 30]), Some([30, 30])),
            (PartKind::Equal, Some([31, 59]), Some([31, 59])),
            (PartKind::Replaced, Some([60, 60]), Some([60, 60])),
            (PartKind::Equal, Some([61, 99]), Some([61, 99])),
        ]
    );
    assert_eq!((parts.equal, parts.alike), (98, 1));
    assert!(!parts.whole());
}

#[test]
fn a_long_video_in_a_new_encoding_is_aligned_within_a_band() {
    let whole = looks(0..9_000, 1);
    let cut = looks((0..4_000).chain(4_100..9_000), 3);
    assert_eq!(
        kinds(&parts(&whole, &cut)),
        [
            (PartKind::Alike, Some([0, 3_999]), Some([0, 3_999])),
            (PartKind::LeftOut, Some([4_000, 4_099]), None),
            (PartKind::Alike, Some([4_100, 8_999]), Some([4_000, 8_899])),
        ]
    );
}

#[test]
fn black_frames_pair_and_tell_nothing() {
    let black = Look {
        hash: FrameHash([0; 32]),
        print: Pdq::default(),
    };
    let parts = parts(&[black; 30], &[black; 20]);
    assert_eq!((parts.equal, parts.telling), (20, 0));
}

#[test]
fn nothing_pairs_with_nothing() {
    assert!(parts(&[], &[]).list.is_empty());
    let some = looks(0..3, 1);
    assert_eq!(
        kinds(&parts(&some, &[])),
        [(PartKind::LeftOut, Some([0, 2]), None)]
    );
}

#[test]
fn a_bias_of_the_prints_is_not_taken_for_edits() {
    let whole = looks(0..400, 1);
    let mut other = looks(0..400, 3);
    for (at, look) in other.iter_mut().enumerate().skip(100).take(200) {
        // A little more like the frame before than like its own.
        for (bits, before) in look.print.bits.iter_mut().zip(whole[at - 1].print.bits) {
            *bits ^= (*bits ^ before) & 0x1f1f_1f1f_1f1f_1f1f;
        }
    }
    assert_eq!(
        kinds(&parts(&whole, &other)),
        [(PartKind::Alike, Some([0, 399]), Some([0, 399]))]
    );
}
