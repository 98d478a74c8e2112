//! Listening to the sound of a pass: everything that is kept or found goes by here once.

use std::time::Duration;

use ring::digest::{Context, SHA256};

use crate::decoder::{Gone, Session};
use crate::facts::Facts;
use crate::protocol::{Record, Request, SoundChunk, SoundEnd, SoundStart};
use crate::sound::scan::{Found, Scan};
use crate::sound::{Anchors, Jump, Meter, Outline, SoundForm, Waveform};
use crate::time::{Pts, TimeBase};

/// Most samples of one chunk: far more than any decoder gives at once.
const MAX_CHUNK: u64 = 1 << 24;

/// Smallest jump of timestamps that is kept, in milliseconds.
pub(super) const JUMP_MS: u64 = 10;

/// Most jumps that are kept.
const MOST_JUMPS: usize = 1000;

/// Where more than one in this many pieces jumps, the demuxer makes timestamps up, and none counts.
const JUMPY: usize = 10;

/// What was heard of a file's sound.
#[derive(Default)]
pub(super) struct Hearing {
    ear: Option<Ear>,
    /// How it ended, if it did.
    pub(super) end: Option<SoundEnd>,
}

/// All that came of a sound.
pub(super) struct Heard {
    pub(super) waveform: Waveform,
    pub(super) found: Found,
    pub(super) jumps: Vec<Jump>,
    /// Whether the timestamps contradict the samples throughout, so that samples are counted from the
    /// start that the container gives.
    pub(super) jumpy: bool,
}

struct Ear {
    stream: u32,
    form: SoundForm,
    time_base: TimeBase,
    samples: u64,
    anchors: Anchors,
    jumps: Vec<Jump>,
    /// The stream's start by the container.
    start: Option<Pts>,
    pieces: usize,
    digest: Context,
    meter: Meter,
    outline: Outline,
    scan: Scan,
    bytes: Vec<u8>,
    numbers: Vec<f32>,
}

impl Hearing {
    /// Takes a record that speaks of sound.
    pub(super) fn take(
        &mut self,
        session: &mut Session,
        facts: &Facts,
        record: Record,
    ) -> Result<(), Gone> {
        match (record, &mut self.ear) {
            (Record::SoundStart(start), ear @ None) if self.end.is_none() => {
                *ear = Ear::new(&start, facts);
                ear.is_some().then_some(())
            }
            (Record::SoundChunk(chunk), Some(ear)) if self.end.is_none() => {
                ear.take(session, &chunk)?
            }
            (Record::SoundEnd(end), _) if self.end.is_none() => {
                self.end = Some(end);
                Some(())
            }
            _ => None,
        }
        .ok_or_else(|| session.nonsense("impossible sound"))
    }

    /// Length of what was heard so far.
    pub(super) fn position(&self) -> Option<Duration> {
        let ear = self.ear.as_ref()?;
        let us = u128::from(ear.samples) * 1_000_000 / u128::from(ear.form.rate.max(1));
        Some(Duration::from_micros(u64::try_from(us).ok()?))
    }

    /// The samples taken last, and the number of the first of them.
    pub(super) fn last(&self) -> Option<(&SoundForm, u64, &[f32])> {
        let ear = self.ear.as_ref()?;
        let count = ear.numbers.len() as u64 / u64::from(ear.form.channels);
        Some((&ear.form, ear.samples - count, &ear.numbers))
    }

    /// What is kept and found; `None` where there was no sound.
    pub(super) fn finish(&mut self) -> Option<Heard> {
        self.ear.take().map(Ear::finish)
    }
}

impl Ear {
    /// `None` if what was announced cannot be.
    fn new(start: &SoundStart, facts: &Facts) -> Option<Self> {
        let stream = facts.streams.get(start.stream as usize)?;
        let form = start.form;
        (stream.audio.is_some() && form.is_sane()).then(|| Self {
            stream: start.stream,
            form,
            time_base: stream.time_base,
            samples: 0,
            anchors: Anchors::default(),
            jumps: Vec::new(),
            start: stream.start,
            pieces: 0,
            digest: Context::new(&SHA256),
            meter: Meter::new(&form),
            outline: Outline::new(form.channels),
            scan: Scan::new(&form),
            bytes: Vec::new(),
            numbers: Vec::new(),
        })
    }

    /// `None` if the chunk cannot be.
    fn take(&mut self, session: &mut Session, chunk: &SoundChunk) -> Result<Option<()>, Gone> {
        let count: u64 = chunk
            .pieces
            .iter()
            .map(|piece| u64::from(piece.count))
            .sum();
        if count > MAX_CHUNK {
            return Ok(None);
        }
        let length = count * self.form.frame_bytes() as u64;
        session.picture(chunk.slot, 0, length, &mut self.bytes)?;
        session.say(&Request::Credit)?;
        let mut at = self.samples;
        self.pieces += chunk.pieces.len();
        for piece in &chunk.pieces {
            if let Some(pts) = piece.pts {
                self.place(at, Pts(pts));
            }
            at += u64::from(piece.count);
        }
        self.samples = at;
        self.digest.update(&self.bytes);
        self.numbers.clear();
        self.form.pcm.read(&self.bytes, &mut self.numbers);
        self.meter.take(&self.numbers);
        self.outline.take(&self.numbers);
        self.scan.take(&self.numbers);
        Ok(Some(()))
    }

    fn place(&mut self, sample: u64, pts: Pts) {
        let rate = self.form.rate;
        let Some(jump) = self.anchors.take(sample, pts, rate, self.time_base) else {
            return;
        };
        let long = jump.missing.unsigned_abs().saturating_mul(1000) >= JUMP_MS * u64::from(rate);
        if long && self.jumps.len() < MOST_JUMPS {
            self.jumps.push(jump);
        }
    }

    fn finish(mut self) -> Heard {
        let jumpy = self.jumps.len() * JUMPY > self.pieces && self.jumps.len() > JUMPY;
        if jumpy {
            self.anchors = Anchors::default();
            if let Some(start) = self.start {
                self.place(0, start);
            }
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(self.digest.finish().as_ref());
        Heard {
            waveform: Waveform {
                stream: self.stream,
                form: self.form,
                time_base: self.time_base,
                samples: self.samples,
                hash,
                anchors: self.anchors,
                loudness: self.meter.finish(),
                peaks: self.outline.finish(),
            },
            found: self.scan.finish(),
            jumps: self.jumps,
            jumpy,
        }
    }
}
