//! Sound that must not be heard.

use std::ops::Range;

use crate::sound::{Pcm, SoundForm};

/// What is put in the place of sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoundPaint {
    /// Silence.
    Mute,
    /// Noise as loud as what was there of late, over all channels: of a voice nothing is left but when it speaks, and
    /// how loudly.
    Voice,
}

/// Samples that must not be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Muffled {
    /// The samples, by number from 0.
    pub samples: Range<u64>,
    /// What is put there.
    pub paint: SoundPaint,
}

/// Loudness is a mean over the last so many parts of a second, of which earlier ones count less.
const PARTS: u32 = 8;

/// Puts something in the place of samples, block by block, in their order; where blocks are cut makes no difference.
pub struct Muffler {
    form: SoundForm,
    muffled: Vec<Muffled>,
    /// How loud it was of late, as a mean of squares, for each of `muffled`.
    loudness: Vec<f32>,
}

impl Muffler {
    /// For sound of this form.
    pub fn new(form: SoundForm, muffled: Vec<Muffled>) -> Self {
        let loudness = vec![0.0; muffled.len()];
        Self {
            form,
            muffled,
            loudness,
        }
    }

    /// Replaces what must not be heard in `bytes`, which are interleaved samples from number `first` on.
    pub fn muffle(&mut self, first: u64, bytes: &mut [u8]) {
        let size = self.form.frame_bytes();
        let end = first + (bytes.len() / size) as u64;
        for (one, loudness) in self.muffled.iter().zip(&mut self.loudness) {
            let (from, to) = (one.samples.start.max(first), one.samples.end.min(end));
            if from >= to {
                continue;
            }
            let place = |sample: u64| (sample - first) as usize * size;
            let piece = &mut bytes[place(from)..place(to)];
            match one.paint {
                SoundPaint::Mute => silence(&self.form, piece),
                SoundPaint::Voice => voice(&self.form, from, loudness, piece),
            }
        }
    }
}

fn silence(form: &SoundForm, piece: &mut [u8]) {
    let silent = write(form.pcm, 0.0);
    let bytes = form.pcm.bytes();
    for sample in piece.chunks_exact_mut(bytes) {
        sample.copy_from_slice(&silent[..bytes]);
    }
}

fn voice(form: &SoundForm, first: u64, loudness: &mut f32, piece: &mut [u8]) {
    let share = PARTS as f32 / form.rate.max(PARTS) as f32;
    let mut numbers = Vec::new();
    form.pcm.read(piece, &mut numbers);
    let channels = form.channels as usize;
    let bytes = form.pcm.bytes();
    let samples = piece.chunks_exact_mut(form.frame_bytes());
    for ((no, sample), heard) in (first..).zip(samples).zip(numbers.chunks_exact(channels)) {
        let square = heard.iter().map(|it| it * it).sum::<f32>() / channels as f32;
        *loudness += (square - *loudness) * share;
        // The same on every channel.
        let value = write(form.pcm, loudness.max(0.0).sqrt() * noise(no));
        for channel in sample.chunks_exact_mut(bytes) {
            channel.copy_from_slice(&value[..bytes]);
        }
    }
}

fn write(pcm: Pcm, value: f32) -> [u8; 8] {
    let mut bytes = [0; 8];
    let value = value.clamp(-1.0, 1.0);
    match pcm {
        Pcm::U8 => bytes[0] = (value * 127.0 + 128.0) as u8,
        Pcm::S16 => bytes[..2].copy_from_slice(&((value * 32767.0) as i16).to_le_bytes()),
        Pcm::S32 => {
            bytes[..4]
                .copy_from_slice(&((f64::from(value) * 2_147_483_647.0) as i32).to_le_bytes());
        }
        Pcm::F32 => bytes[..4].copy_from_slice(&value.to_le_bytes()),
        Pcm::F64 => bytes.copy_from_slice(&f64::from(value).to_le_bytes()),
    }
    bytes
}

/// Noise of root mean square 1 that is the same for the same sample in every run (the mixing of SplitMix64).
fn noise(sample: u64) -> f32 {
    let mut mixed = sample.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    // Evenly spread between -√3 and √3.
    ((mixed >> 40) as f32 / 8_388_608.0 - 1.0) * 1.732_050_8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pcm: Pcm) -> SoundForm {
        SoundForm {
            rate: 8000,
            channels: 2,
            mask: 3,
            pcm,
        }
    }

    fn tone(pcm: Pcm) -> Vec<u8> {
        let value = |no: u32| write(pcm, 0.25 * (f64::from(no) * 0.3).sin() as f32);
        { 0..8000 }
            .flat_map(|no| [value(no), value(no)])
            .flat_map(|bytes| bytes.into_iter().take(pcm.bytes()))
            .collect()
    }

    #[test]
    fn silence_is_exact_and_starts_and_ends_on_its_samples() {
        for pcm in [Pcm::U8, Pcm::S16, Pcm::S32, Pcm::F32, Pcm::F64] {
            let (source, mut made) = (tone(pcm), tone(pcm));
            let samples = 1003..5007;
            let paint = SoundPaint::Mute;
            let mut muffler = Muffler::new(form(pcm), vec![Muffled { samples, paint }]);
            // In blocks, as they come.
            let size = form(pcm).frame_bytes();
            for (no, block) in (0..).zip(made.chunks_mut(900 * size)) {
                muffler.muffle(no * 900, block);
            }
            let (from, to) = (1003 * size, 5007 * size);
            assert_eq!(
                (&made[..from], &made[to..]),
                (&source[..from], &source[to..])
            );
            let silence = if pcm == Pcm::U8 { 128 } else { 0 };
            assert!(made[from..to].iter().all(|it| *it == silence), "{pcm:?}");
        }
    }

    #[test]
    fn a_voice_leaves_its_loudness_and_nothing_else() {
        let mut made = tone(Pcm::S16);
        let paint = SoundPaint::Voice;
        let mut muffler = Muffler::new(
            form(Pcm::S16),
            vec![Muffled {
                samples: 0..8000,
                paint,
            }],
        );
        let mut cut = made.clone();
        muffler.muffle(0, &mut made);
        let paint = SoundPaint::Voice;
        let mut again = Muffler::new(
            form(Pcm::S16),
            vec![Muffled {
                samples: 0..8000,
                paint,
            }],
        );
        let (head, tail) = cut.split_at_mut(1024 * 4);
        again.muffle(0, head);
        again.muffle(1024, tail);
        assert!(cut == made, "where blocks are cut makes no difference");
        let (mut one, mut other) = (Vec::new(), Vec::new());
        Pcm::S16.read(&tone(Pcm::S16), &mut one);
        Pcm::S16.read(&made, &mut other);
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let alike = dot(&one, &other) / (dot(&one, &one) * dot(&other, &other)).sqrt();
        assert!(alike.abs() < 0.05, "{alike}");
        let louder = (dot(&other, &other) / dot(&one, &one)).sqrt();
        assert!((0.8..1.1).contains(&louder), "{louder}");
    }
}
