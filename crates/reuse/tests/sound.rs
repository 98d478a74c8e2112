//! Sound beside pictures and without them: the same melody found, silence and hums not.

mod scene;

use reuse::{Alignment, Evidence, Prints, SoundPrinter, find};
use scene::Scene;

const RATE: usize = 22_050;

/// Notes of a third of a second, three at a time, another melody for each seed.
fn melody(seed: u64, seconds: f64) -> Vec<f32> {
    let samples = (seconds * RATE as f64) as usize;
    let mut out = Vec::with_capacity(samples);
    let note = |voice: u64, at: u64| {
        let mut state = (seed << 32 | at << 4 | voice).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        for _ in 0..3 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }
        220.0 * 2f64.powf((state % 36) as f64 / 12.0)
    };
    for k in 0..samples {
        let seconds = k as f64 / RATE as f64;
        let at = (seconds * 3.0) as u64;
        let sum: f64 = (0..3)
            .map(|voice| (seconds * note(voice, at) * std::f64::consts::TAU).sin())
            .sum();
        out.push((sum / 4.0) as f32);
    }
    out
}

/// Prints of pictures with sound, both from 0 on.
fn with_sound(prints: Prints, sound: &[f32]) -> Prints {
    let mut printer = SoundPrinter::new(RATE as u32, 1).expect("a common rate");
    for piece in sound.chunks(4_000) {
        printer.push(piece);
    }
    prints.with_sound(printer.finish(Some))
}

fn only(found: &[Alignment]) -> &Alignment {
    let [only] = found else { panic!("{found:#?}") };
    only
}

#[test]
fn the_same_sound_over_other_pictures_is_sound_alone() {
    let reference = with_sound(Scene::new(1).prints(0.0..20.0), &melody(1, 20.0));
    let mut sound = melody(2, 5.0);
    sound.extend(&melody(1, 20.0)[4 * RATE..14 * RATE]);
    sound.extend(melody(3, 4.0));
    let query = with_sound(Scene::new(2).prints(0.0..19.0), &sound);
    let found = find(&query, &[&reference]);
    let only = only(&found);
    assert_eq!(only.evidence, Evidence::Sound);
    let seconds = |ticks: i64| ticks as f64 / 1000.0;
    for (at, is) in [
        (only.query.start, 5.0),
        (only.query.end, 15.0),
        (only.reference_side.start, 4.0),
        (only.reference_side.end, 14.0),
    ] {
        assert!((seconds(at) - is).abs() < 0.4, "{only:?}");
    }
    assert!(only.score > 0.6 && only.pairs.is_empty(), "{only:?}");
}

#[test]
fn pictures_and_their_sound_are_both_and_surer() {
    let sound = melody(1, 20.0);
    let pictures = Scene::new(1);
    let reference = with_sound(pictures.prints(0.0..20.0), &sound);
    let silent = find(&pictures.prints(4.0..10.0), &[&reference]);
    let query = with_sound(pictures.prints(4.0..10.0), &sound[4 * RATE..10 * RATE]);
    let heard = find(&query, &[&reference]);
    assert_eq!(only(&silent).evidence, Evidence::Picture);
    assert_eq!(only(&heard).evidence, Evidence::Both);
    assert!(only(&heard).score > only(&silent).score);
}

#[test]
fn silence_hums_and_other_melodies_match_nothing() {
    let hum: Vec<f32> = (0..20 * RATE)
        .map(|k| (k as f32 / RATE as f32 * 50.0 * std::f32::consts::TAU).sin() / 3.0)
        .collect();
    let sounds = [vec![0.0; 20 * RATE], hum, melody(5, 20.0)];
    for (k, sound) in sounds.iter().enumerate() {
        let reference = with_sound(Scene::new(1).prints(0.0..20.0), sound);
        let other = if k == 2 { &melody(6, 20.0) } else { sound };
        let query = with_sound(Scene::new(2).prints(0.0..20.0), other);
        assert_eq!(find(&query, &[&reference]), [], "sound {k}");
    }
}

#[test]
fn sound_that_nobody_can_hear_is_no_error() {
    assert!(SoundPrinter::new(0, 1).is_none());
    let printer = SoundPrinter::new(48_000, 6).expect("a common rate");
    assert!(printer.finish(|_| None).seconds() < 0.2);
}
