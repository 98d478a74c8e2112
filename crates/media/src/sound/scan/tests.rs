use super::{Found, Scan};
use crate::sound::{Pcm, SoundForm};

const RATE: u32 = 48_000;

fn scan(samples: &[f32], piece: usize) -> Found {
    let mut scan = Scan::new(&SoundForm {
        rate: RATE,
        channels: 1,
        mask: 0,
        pcm: Pcm::F32,
    });
    samples.chunks(piece).for_each(|piece| scan.take(piece));
    scan.finish()
}

/// Two tones and a little noise, the same at every call.
fn sound(seconds: f32) -> Vec<f32> {
    let mut noise = 1_u32;
    (0..(seconds * RATE as f32) as u32)
        .map(|n| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let time = n as f32 / RATE as f32;
            let tones = (time * 220.0 * std::f32::consts::TAU).sin()
                + 0.5 * (time * 523.0 * std::f32::consts::TAU).sin();
            0.2 * tones + (noise >> 16) as f32 / 65536.0 * 0.004
        })
        .collect()
}

fn places(spots: &super::Spots) -> Vec<(u64, u64)> {
    spots
        .spots
        .iter()
        .map(|spot| (spot.first, spot.last))
        .collect()
}

#[test]
fn nothing_is_found_in_plain_sound() {
    let found = scan(&sound(5.0), 4096);
    for spots in [&found.silences, &found.zeros, &found.clips, &found.clicks] {
        assert!(spots.spots.is_empty(), "{spots:?}");
    }
}

#[test]
fn zeros_between_sound_are_found_to_the_sample_whatever_the_pieces() {
    let mut samples = sound(6.0);
    samples[48_000..50_000].fill(0.0);
    samples[100_000..200_000].fill(0.0);
    for piece in [1, 1000, 1 << 20] {
        let found = scan(&samples, piece);
        assert_eq!(places(&found.zeros), [(48_000, 49_999), (100_000, 199_999)]);
        assert_eq!(places(&found.silences), [(100_000, 199_999)]);
    }
}

#[test]
fn zeros_at_the_ends_and_after_a_fade_are_not_inserted() {
    let mut samples = sound(4.0);
    samples[..10_000].fill(0.0);
    for (n, sample) in samples[60_000..100_000].iter_mut().enumerate() {
        *sample *= 1.0 - n as f32 / 40_000.0;
    }
    samples[100_000..120_000].fill(0.0);
    samples[180_000..].fill(0.0);
    assert!(scan(&samples, 999).zeros.spots.is_empty());
}

#[test]
fn clipped_tops_are_counted_and_single_full_samples_are_not() {
    let mut samples = sound(3.0);
    samples[30_000] = 1.0;
    for sample in &mut samples[60_000..90_000] {
        *sample = (*sample * 6.0).clamp(-1.0, 1.0);
    }
    let clips = scan(&samples, 512).clips;
    assert_eq!(clips.spots.len(), 1, "{clips:?}");
    assert!((60_000..60_400).contains(&clips.spots[0].first));
    assert!((89_000..90_000).contains(&clips.spots[0].last));
    assert!(clips.spots[0].value > 100.0);
}

#[test]
fn a_piece_cut_out_is_found_where_it_was() {
    let mut samples = sound(4.0);
    samples.drain(70_000..70_000 + 12_345);
    let found = scan(&samples, 777);
    assert_eq!(places(&found.clicks), [(70_000, 70_000)]);
}
