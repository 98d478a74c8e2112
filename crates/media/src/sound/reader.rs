//! Exact samples of a range, from a jailed process kept alive for one file.

use std::fs::File;

use super::SoundForm;
use crate::decoder::{Decoder, Error, Gone, Heard, Session};
use crate::protocol::{Record, Request, SoundChunk, Task};

/// Most bytes of samples that are read at once: five minutes of stereo.
pub const MAX_READ: u64 = 128 << 20;

/// Gives samples by number. The process goes forward only: what comes next costs only its own
/// decoding, what lies behind is decoded from the start, so that it is the same every time.
pub struct SoundReader {
    decoder: Decoder,
    file: File,
    form: SoundForm,
    session: Option<Session>,
}

impl SoundReader {
    /// For a file whose sound was found to have this form. The process is started when the first
    /// samples are asked for.
    pub fn new(decoder: &Decoder, file: File, form: SoundForm) -> Self {
        Self {
            decoder: decoder.clone(),
            file,
            form,
            session: None,
        }
    }

    /// Samples `from..to` of all channels, interleaved, in the form of the sound; fewer where it ends
    /// before.
    ///
    /// # Errors
    /// [`Error::TooLong`] for more than [`MAX_READ`] bytes; the process cannot be started, dies, or
    /// gives sound of another form than the file was found to have.
    pub fn read(&mut self, from: u64, to: u64) -> Result<Vec<u8>, Error> {
        let length = to
            .saturating_sub(from)
            .saturating_mul(self.form.frame_bytes() as u64);
        if length > MAX_READ {
            return Err(Error::TooLong { most: MAX_READ });
        }
        let read = self.listen(from, to);
        if read.is_err() {
            self.session = None;
        }
        read
    }

    fn listen(&mut self, from: u64, to: u64) -> Result<Vec<u8>, Error> {
        let session = match &mut self.session {
            Some(session) => session,
            none => none.insert(start(&self.decoder, &self.file, self.form)?),
        };
        session.say(&Request::Listen { from, to })?;
        let wanted = to.saturating_sub(from);
        let (mut samples, mut some) = (Vec::new(), Vec::new());
        let mut heard = 0;
        loop {
            match session.hear() {
                Heard::Record(Record::NeedRing { bytes }) => session.make_room(bytes)?,
                Heard::Record(Record::SoundChunk(chunk)) => {
                    heard += count(&chunk);
                    if heard > wanted {
                        return Err(session.nonsense("more sound than was asked for").into());
                    }
                    let length = count(&chunk) * self.form.frame_bytes() as u64;
                    session.picture(chunk.slot, 0, length, &mut some)?;
                    session.say(&Request::Credit)?;
                    samples.extend_from_slice(&some);
                }
                Heard::Record(Record::SoundEnd(_)) => return Ok(samples),
                Heard::Record(_) => return Err(session.nonsense("an unexpected record").into()),
                Heard::Gone(gone) => return Err(gone.into()),
            }
        }
    }
}

/// Starts a process and hears what sound the file has.
fn start(decoder: &Decoder, file: &File, form: SoundForm) -> Result<Session, Error> {
    let size = file
        .metadata()
        .map_err(Error::io("look at the file"))?
        .len();
    let mut session = Session::start(decoder, file, size, Task::Sound, 1)?;
    match session.hear() {
        Heard::Record(Record::SoundStart(start)) if start.form == form => Ok(session),
        Heard::Record(_) => {
            Err(Gone::Nonsense("its sound has another form than before".to_owned()).into())
        }
        Heard::Gone(gone) => Err(gone.into()),
    }
}

fn count(chunk: &SoundChunk) -> u64 {
    chunk
        .pieces
        .iter()
        .map(|piece| u64::from(piece.count))
        .sum()
}
