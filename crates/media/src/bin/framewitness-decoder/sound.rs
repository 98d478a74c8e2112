//! The first audio stream as a sequence of decoded samples.
//!
//! It reads the container by itself, beside the pass over the pictures: damaged sound then cannot end
//! the reading of pictures, and the pictures are those that `ffmpeg -map 0:v:0` gives.

use media::facts::StreamKind;
use media::protocol::{Begin, SoundEnd, SoundPiece, SoundStart};
use media::sound::SoundForm;

use crate::av::{AvError, Codec, EditLists, Frame, Input, Outcome, Packet, known};

pub(crate) mod listen;
pub(crate) mod pass;

/// Errors in a row, without sound between them, after which draining the decoder is given up.
const MAX_ERRORS_AT_END: u32 = 1000;

/// An audio stream, being decoded.
pub(crate) struct Sound {
    input: Input,
    stream: usize,
    codec: Codec,
    packet: Packet,
    frame: Frame,
    phase: Phase,
    form: Option<SoundForm>,
    /// Number of the first sample in `frame`, and of the one after the last.
    at: u64,
    next: u64,
    end: SoundEnd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Reading,
    Receiving,
    Ending { errors: u32 },
    Done,
}

impl Sound {
    /// Opens the decoder for the first audio stream; `None` where the file has none.
    pub(crate) fn open(begin: &Begin) -> Result<Option<Self>, AvError> {
        let mut input = Input::open(begin.size, EditLists::Follow)?;
        let found = input
            .streams()
            .position(|stream| stream.kind() == StreamKind::Audio);
        let Some(stream) = found else {
            return Ok(None);
        };
        input.select(stream);
        let wanted = input.streams().nth(stream).ok_or(AvError::EOF)?;
        Ok(Some(Self {
            stream,
            codec: Codec::open(wanted, 1, begin.max_pixels)?,
            packet: Packet::new()?,
            frame: Frame::new()?,
            phase: Phase::Reading,
            form: None,
            at: 0,
            next: 0,
            end: SoundEnd::default(),
            input,
        }))
    }

    /// Decodes the next piece. `false` when there is none left.
    pub(crate) fn advance(&mut self) -> bool {
        loop {
            let ready = match self.phase {
                Phase::Reading => self.read(),
                Phase::Receiving => self.receive(),
                Phase::Ending { errors } => self.drain(errors),
                Phase::Done => return false,
            };
            if ready && self.accept() {
                return true;
            }
        }
    }

    /// What to announce, once a piece was decoded.
    pub(crate) fn start(&self) -> Option<SoundStart> {
        Some(SoundStart {
            stream: u32::try_from(self.stream).ok()?,
            form: self.form?,
        })
    }

    /// Numbers of the first sample at hand and of the one after the last.
    pub(crate) fn range(&self) -> (u64, u64) {
        (self.at, self.next)
    }

    /// Appends the piece at hand.
    pub(crate) fn append(&self, to: &mut Vec<u8>) -> SoundPiece {
        if let Some(form) = &self.form {
            self.frame.append_sound(form, to);
        }
        SoundPiece {
            pts: known(self.frame.sound_pts()),
            count: self.frame.sound_count(),
        }
    }

    /// How it ended, or stands.
    pub(crate) fn end(&self) -> &SoundEnd {
        &self.end
    }

    /// Furthest byte of the file read so far.
    pub(crate) fn reached(&self) -> u64 {
        self.input.reached()
    }

    fn read(&mut self) -> bool {
        self.packet.clear();
        match self.input.read(&mut self.packet) {
            // To the decoder an empty packet would mean the end.
            Ok(()) if self.packet.stream() == self.stream && self.packet.size() > 0 => {
                if let Err(error) = self.codec.send(&mut self.packet, 0) {
                    self.report(error);
                }
                self.phase = Phase::Receiving;
            }
            Ok(()) | Err(AvError::AGAIN) => {}
            Err(error) => {
                if error != AvError::EOF {
                    self.report(error);
                }
                self.phase = Phase::Ending { errors: 0 };
            }
        }
        false
    }

    fn receive(&mut self) -> bool {
        match self.codec.receive(&mut self.frame) {
            Ok(Outcome::Ready) => return true,
            Ok(Outcome::Starved | Outcome::Ended) => {}
            Err(error) => self.report(error),
        }
        self.phase = Phase::Reading;
        false
    }

    fn drain(&mut self, errors: u32) -> bool {
        self.codec.finish();
        match self.codec.receive(&mut self.frame) {
            Ok(Outcome::Ready) => {
                self.phase = Phase::Ending { errors: 0 };
                return true;
            }
            Err(error) if errors < MAX_ERRORS_AT_END => {
                self.report(error);
                self.phase = Phase::Ending { errors: errors + 1 };
            }
            _ => self.phase = Phase::Done,
        }
        false
    }

    /// Numbers the samples of a decoded piece; a form other than the first ends the sound.
    fn accept(&mut self) -> bool {
        let form = self.frame.sound_form();
        if form.is_none() || self.form.is_some_and(|first| Some(first) != form) {
            self.end.changed = self.form.is_some();
            if !self.end.changed {
                self.report(AvError::UNSUPPORTED);
            }
            self.phase = Phase::Done;
            return false;
        }
        self.form = form;
        self.at = self.next;
        self.next += u64::from(self.frame.sound_count());
        self.next > self.at
    }

    fn report(&mut self, error: AvError) {
        self.end.errors = self.end.errors.saturating_add(1);
        self.end.first.get_or_insert_with(|| error.to_string());
    }
}
