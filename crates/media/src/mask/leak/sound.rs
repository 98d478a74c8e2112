//! What is heard and must not be, and whether sound and picture are still in step.

use super::super::SoundPaint;
use super::{Check, Leak, LeakKind, LeakReport, Side};
use crate::decoder::Error;
use crate::sound::{SoundReader, Waveform, nanoseconds};

/// Samples that are compared at once.
const BLOCK: u64 = 4096;

/// Samples at each end of a muffled piece into which a coder with loss smears what is beside it: two windows of AAC.
const SMEARED: u64 = 2048;

/// Loudest that silence may be in a copy coded with loss, root mean square, full scale 1.
const SILENT: f32 = 0.0005;

/// How alike noise and what it stands for may be: the correlation of a block.
const ALIKE: f32 = 0.2;

/// Nanoseconds by which sound may be out of step: less than half a frame of anything.
const STEP: i128 = 2_000_000;

impl Check<'_> {
    pub(super) fn sound(&self, report: &mut LeakReport) -> Result<(), Error> {
        report.muffled_samples = { self.muffled.iter() }
            .map(|it| it.samples.end - it.samples.start)
            .sum();
        let (original, copy) = match (self.original.sound, self.copy.sound) {
            (Some(original), Some(copy)) => (original, copy),
            // Without sound nothing is heard; that it is gone, whoever made the copy knows.
            _ => return Ok(()),
        };
        self.in_step(report, original, copy);
        let (mut own, mut other) = (
            reader(self, &self.original, original)?,
            reader(self, &self.copy, copy)?,
        );
        let last = self.sound_from + copy.samples;
        for one in self.muffled {
            let (from, to) = (
                one.samples.start.max(self.sound_from),
                one.samples.end.min(last),
            );
            let mut at = from;
            let mut heard: Option<[u64; 2]> = None;
            while at < to {
                let until = (at + BLOCK).min(to);
                let source = numbers(original, &own.read(at, until)?);
                let shift = |sample: u64| sample - self.sound_from;
                let shown = numbers(copy, &other.read(shift(at), shift(until))?);
                let inner = self.lossless || (at >= from + SMEARED && until + SMEARED <= to);
                let leaks = match one.paint {
                    SoundPaint::Mute if inner => {
                        loud(&shown) > if self.lossless { 0.0 } else { SILENT }
                    }
                    _ => {
                        original.form.channels == copy.form.channels
                            && alike(&source, &shown) > ALIKE
                    }
                };
                if leaks {
                    heard = Some([heard.map_or(at, |[from, _]| from), until]);
                }
                at = until;
            }
            if let Some(samples) = heard {
                report.add(Leak {
                    kind: LeakKind::Sound,
                    frame: None,
                    samples: Some(samples),
                    says: "sound is heard that a mask covers".to_owned(),
                });
            }
        }
        Ok(())
    }

    /// Whether sound begins and ends where it did beside the pictures.
    fn in_step(&self, report: &mut LeakReport, original: &Waveform, copy: &Waveform) {
        let beside = |side: &Side<'_>, sound: &Waveform, sample: u64| {
            let first = side.frames.frames.first()?.pts?;
            Some(sound.nanoseconds(sample)? - nanoseconds(first, side.frames.time_base))
        };
        for sample in [0, copy.samples.saturating_sub(1)] {
            let one = beside(&self.original, original, self.sound_from + sample);
            let other = beside(&self.copy, copy, sample);
            if let Some((one, other)) = one.zip(other)
                && (one - other).abs() > STEP
            {
                let off = (other - one) / 1000;
                let says =
                    format!("sample {sample} of its sound is {off} µs off beside the pictures");
                report.tell(LeakKind::SoundTiming, None, says);
            }
        }
    }
}

fn reader(check: &Check<'_>, side: &Side<'_>, sound: &Waveform) -> Result<SoundReader, Error> {
    let file = side.file.try_clone().map_err(Error::io("open the file"))?;
    Ok(SoundReader::new(check.decoder, file, sound.form))
}

fn numbers(sound: &Waveform, bytes: &[u8]) -> Vec<f32> {
    let mut numbers = Vec::new();
    sound.form.pcm.read(bytes, &mut numbers);
    numbers
}

/// Root mean square.
fn loud(numbers: &[f32]) -> f32 {
    (dot(numbers, numbers) / numbers.len().max(1) as f32).sqrt()
}

/// Correlation; none where either is silent.
fn alike(one: &[f32], other: &[f32]) -> f32 {
    let scale = (dot(one, one) * dot(other, other)).sqrt();
    if loud(one) <= SILENT || loud(other) <= SILENT {
        return 0.0;
    }
    dot(one, other) / scale
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}
