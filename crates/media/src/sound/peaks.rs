//! The outline of a sound: smallest, largest and mean size of every 256 samples.

/// Samples that one peak stands for.
pub const PAIR: u32 = 256;

/// Outline of up to [`PAIR`] samples of one lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peak {
    /// Smallest sample; full scale is 32,768.
    pub min: i16,
    /// Largest sample.
    pub max: i16,
    /// Root mean square; full scale is 65,535.
    pub rms: u16,
}

/// How channels are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lanes {
    /// The only channel, or more than two folded into one lane: each peak is the outermost of all.
    One,
    /// Two channels, each for itself.
    Two,
}

/// The outline of a whole sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peaks {
    /// How channels are kept.
    pub lanes: Lanes,
    /// One for each [`PAIR`] samples and each lane, lanes interleaved.
    pub peaks: Vec<Peak>,
}

/// Samples of one lane being gathered.
#[derive(Clone, Copy, Debug, Default)]
struct Gathered {
    min: f32,
    max: f32,
    squares: f64,
    count: u32,
}

/// Makes an outline while the sound goes by.
#[derive(Debug)]
pub(crate) struct Outline {
    channels: usize,
    lanes: Vec<Gathered>,
    done: Peaks,
    samples: u32,
}

impl Lanes {
    /// How this number of channels is kept.
    pub fn of(channels: u32) -> Self {
        if channels == 2 { Self::Two } else { Self::One }
    }

    /// Number of lanes.
    pub fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

impl Peaks {
    /// Number of peaks of each lane.
    pub fn len(&self) -> usize {
        self.peaks.len() / self.lanes.count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.peaks.is_empty()
    }

    /// The outline of a lane's peaks `from..to` as one; `None` if there are none.
    pub fn outline(&self, lane: usize, from: usize, to: usize) -> Option<Peak> {
        let to = to.min(self.len());
        let own = (from..to).filter_map(|at| self.peaks.get(at * self.lanes.count() + lane));
        let (mut whole, mut squares) = (None::<Peak>, 0_u64);
        for peak in own {
            squares += u64::from(peak.rms).pow(2);
            let outer = whole.unwrap_or(*peak);
            whole = Some(Peak {
                min: outer.min.min(peak.min),
                max: outer.max.max(peak.max),
                rms: 0,
            });
        }
        let mean = squares / (to.saturating_sub(from) as u64).max(1);
        whole.map(|peak| Peak {
            rms: mean.isqrt().min(65_535) as u16,
            ..peak
        })
    }
}

impl Outline {
    pub(crate) fn new(channels: u32) -> Self {
        let lanes = Lanes::of(channels);
        Self {
            channels: channels as usize,
            lanes: vec![Gathered::default(); lanes.count()],
            done: Peaks {
                lanes,
                peaks: Vec::new(),
            },
            samples: 0,
        }
    }

    /// Takes samples, channels interleaved.
    pub(crate) fn take(&mut self, samples: &[f32]) {
        let lanes = self.lanes.len();
        let mut rest = samples;
        while !rest.is_empty() {
            let room = (PAIR - self.samples) as usize * self.channels;
            let (now, later) = rest.split_at(room.min(rest.len()));
            for (channel, lane) in (0..self.channels).map(|channel| (channel, channel % lanes)) {
                self.lanes[lane].gather(now.iter().skip(channel).step_by(self.channels));
            }
            self.samples += (now.len() / self.channels) as u32;
            if self.samples == PAIR {
                self.close();
            }
            rest = later;
        }
    }

    fn close(&mut self) {
        let closed = self
            .lanes
            .iter_mut()
            .map(|lane| std::mem::take(lane).peak());
        self.done.peaks.extend(closed);
        self.samples = 0;
    }

    pub(crate) fn finish(mut self) -> Peaks {
        if self.samples > 0 {
            self.close();
        }
        self.done
    }
}

impl Gathered {
    fn gather<'a>(&mut self, samples: impl Iterator<Item = &'a f32>) {
        for &sample in samples {
            if self.count == 0 {
                (self.min, self.max) = (sample, sample);
            }
            self.min = self.min.min(sample);
            self.max = self.max.max(sample);
            self.squares += f64::from(sample) * f64::from(sample);
            self.count += 1;
        }
    }

    fn peak(self) -> Peak {
        // The casts keep what is over full scale at full scale.
        let mean = self.squares / f64::from(self.count.max(1));
        Peak {
            min: (self.min * 32768.0).round() as i16,
            max: (self.max * 32768.0).round() as i16,
            rms: (mean.sqrt() * 65535.0).round() as u16,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_follow_the_samples_however_they_arrive() {
        let sound: Vec<f32> = (0..1000).flat_map(|n| [n as f32 / 1000.0, -0.5]).collect();
        let take = |pieces: usize| {
            let mut outline = Outline::new(2);
            sound
                .chunks(pieces * 2)
                .for_each(|piece| outline.take(piece));
            outline.finish()
        };
        let whole = take(1000);
        for pieces in [1, 7, 256, 300] {
            assert_eq!(take(pieces), whole, "{pieces} at a time");
        }
        assert_eq!(whole.len(), 4);
        let first = whole.outline(0, 0, 1).expect("there");
        assert_eq!((first.min, first.max), (0, 8356));
        let all = whole.outline(0, 0, 9).expect("there");
        assert_eq!((all.min, all.max), (0, 32735));
        assert_eq!(
            whole.outline(1, 2, 3).map(|it| (it.min, it.max, it.rms)),
            Some((-16384, -16384, 32768))
        );
        assert_eq!(whole.outline(1, 4, 9), None);
    }

    #[test]
    fn more_than_two_channels_are_folded_into_the_outermost() {
        let mut outline = Outline::new(3);
        outline.take(&[0.1, -0.2, 0.0, 0.0, 0.0, 2.0]);
        let peaks = outline.finish().peaks;
        assert_eq!((peaks.len(), peaks[0].min, peaks[0].max), (1, -6554, 32767));
    }
}
