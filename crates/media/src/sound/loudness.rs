//! Loudness by ITU-R BS.1770-4 and EBU R 128.

use ebur128::{EbuR128, Mode};

use super::SoundForm;

/// How loud a whole sound is, in hundredths. Absent where it is too short or too quiet to tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loudness {
    /// Integrated loudness in hundredths of a LUFS.
    pub integrated: Option<i32>,
    /// Loudness range by EBU Tech 3342, in hundredths of a LU; absent for less than a minute, of which
    /// it says nothing.
    pub range: Option<i32>,
    /// Largest sample of any channel, in hundredths of a dB of full scale.
    pub peak: Option<i32>,
}

/// Measures while the sound goes by.
pub struct Meter {
    // Absent for rates that the standard's filters cannot be made for.
    meter: Option<EbuR128>,
    samples: usize,
}

impl Meter {
    /// For a sound of this form. Channels weigh as the standard says for five or more, else alike.
    pub fn new(form: &SoundForm) -> Self {
        let mode = Mode::I | Mode::LRA | Mode::SAMPLE_PEAK;
        Self {
            meter: EbuR128::new(form.channels, form.rate, mode).ok(),
            samples: 0,
        }
    }

    /// Takes samples, channels interleaved.
    pub fn take(&mut self, samples: &[f32]) {
        self.samples += samples.len();
        if let Some(meter) = &mut self.meter
            && meter.add_frames_f32(samples).is_err()
        {
            self.meter = None;
        }
    }

    /// What was measured.
    pub fn finish(self) -> Loudness {
        let Some(meter) = self.meter else {
            return Loudness::default();
        };
        let minute = meter.rate() as usize * 60 * meter.channels() as usize;
        let integrated = meter.loudness_global().ok().and_then(hundredths);
        let peaks = (0..meter.channels()).filter_map(|channel| meter.sample_peak(channel).ok());
        let peak = peaks.fold(0.0, f64::max);
        Loudness {
            integrated,
            range: integrated
                .filter(|_| self.samples >= minute)
                .and_then(|_| meter.loudness_range().ok().and_then(hundredths)),
            peak: hundredths(20.0 * peak.log10()),
        }
    }
}

fn hundredths(number: f64) -> Option<i32> {
    // Silence is minus infinity.
    number.is_finite().then(|| (number * 100.0).round() as i32)
}
