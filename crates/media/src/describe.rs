//! Pictures to vectors, by a model that somebody brought.
//!
//! The model is a stranger's file like any other: `framewitness-descriptor`, a jailed program like the
//! decoder, parses and runs it. What it makes of a picture is numbers and nothing else.

use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;

use crate::decoder::{Decoder, Error as Start, Gone, Heard, Limits, Session};
pub use crate::protocol::{ChannelLayout, Channels, ModelForm};
use crate::protocol::{Record, Request, Task};

/// File name of the program that runs models.
pub const PROGRAM: &str = "framewitness-descriptor";

/// Largest file of a model, in bytes.
pub const LARGEST_MODEL: u64 = 512 << 20;

/// Most address space of the program, in bytes: the file, its weights as the runtime wants them, and
/// everything that is computed in between.
pub const MEMORY: u64 = 3 << 30;

/// Longest time for reading the model, and for each picture.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Longest side of the pictures that a model takes, in pixels.
pub const LONGEST_SIDE: u32 = 1024;

/// Most numbers of a vector.
pub const MOST_DIMENSIONS: u32 = 4096;

/// Why there is no vector.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The program is not there.
    #[error("there is no {PROGRAM} at {program}")]
    NoProgram {
        /// Where it was looked for.
        program: PathBuf,
    },
    /// Models are run in the jail or not at all.
    #[error("a model is run in its jail only, which was left out")]
    NoJail,
    /// The program could not be started, or its jail not be closed.
    #[error(transparent)]
    NotStarted(Start),
    /// The file is another model than the one that is named.
    #[error("its SHA-256 is {sha256}")]
    Other {
        /// What was found, 64 hexadecimal digits.
        sha256: String,
    },
    /// The program would not have the model, or the model this picture.
    #[error("{reason}")]
    Refused {
        /// In words.
        reason: String,
    },
    /// The program ended, or was ended.
    #[error("{reason}")]
    Stopped {
        /// In words.
        reason: String,
    },
}

/// A process that holds one model.
pub struct Describer {
    session: Session,
    dimensions: usize,
    picture_bytes: usize,
    runtime: String,
    patience: Duration,
}

impl Describer {
    /// Starts the program that lies beside the decoder and has it read `model`, open read-only.
    ///
    /// # Errors
    /// The program is absent or its jail cannot be closed; the model is too large, another than `form`
    /// says, none that the runtime reads, or takes or gives something else than `form` says.
    pub fn start(decoder: &Decoder, model: &File, form: &ModelForm) -> Result<Self, Error> {
        let program = decoder.program().with_file_name(PROGRAM);
        if !program.is_file() {
            return Err(Error::NoProgram { program });
        }
        if !decoder.jailed() {
            return Err(Error::NoJail);
        }
        let io = |source| Error::NotStarted(Start::io("look at the model")(source));
        let size = model.metadata().map_err(io)?.len();
        if size > LARGEST_MODEL {
            let reason = format!(
                "it has {} MiB, and at most {} are read",
                size >> 20,
                LARGEST_MODEL >> 20
            );
            return Err(Error::Refused { reason });
        }
        let worker = Decoder::new(program, limits(decoder.limits()));
        let started = Session::start(&worker, model, size, Task::Describe, 1);
        let mut describer = Self {
            session: started.map_err(Error::NotStarted)?,
            dimensions: form.dimensions as usize,
            picture_bytes: 3 * form.width as usize * form.height as usize,
            runtime: String::new(),
            patience: worker.limits().stall,
        };
        describer.runtime = describer.versions();
        describer.read(form)?;
        Ok(describer)
    }

    /// The program and the runtime in it, with their versions.
    pub fn runtime(&self) -> &str {
        &self.runtime
    }

    /// The vector of a picture: RGB24 of the width and height in the form, rows without padding. As many
    /// numbers as the form says, each finite.
    ///
    /// # Errors
    /// The picture has another size; the model fails on it, or takes too long or too much memory.
    pub fn describe(&mut self, rgb: &[u8]) -> Result<Vec<f32>, Error> {
        if rgb.len() != self.picture_bytes {
            let reason = format!("a picture of {} bytes is not what it takes", rgb.len());
            return Err(Error::Refused { reason });
        }
        self.session
            .put(rgb)
            .and_then(|()| self.session.say(&Request::Describe))
            .map_err(|gone| self.stopped(&gone))?;
        match self.session.hear() {
            Heard::Record(Record::Described { vector }) => self.believed(vector),
            other => Err(self.refused(other)),
        }
    }

    fn read(&mut self, form: &ModelForm) -> Result<(), Error> {
        let room = self.session.make_room(self.picture_bytes as u64);
        // Behind the room comes what it is for; the program takes both when it is ready.
        room.and_then(|()| self.session.say(&Request::Model(form.clone())))
            .map_err(|gone| self.stopped(&gone))?;
        match self.session.hear() {
            Heard::Record(Record::ModelRead) => Ok(()),
            other => Err(self.refused(other)),
        }
    }

    fn versions(&self) -> String {
        let versions = self.session.hello().versions.iter();
        let told: Vec<String> = versions.map(|(name, it)| format!("{name} {it}")).collect();
        told.join(", ")
    }

    /// What the program checked is checked again: it ran what a stranger wrote.
    fn believed(&mut self, vector: Vec<f32>) -> Result<Vec<f32>, Error> {
        if vector.len() == self.dimensions && vector.iter().all(|number| number.is_finite()) {
            Ok(vector)
        } else {
            let gone = self
                .session
                .nonsense("it gives another vector than it said");
            Err(self.stopped(&gone))
        }
    }

    fn refused(&mut self, heard: Heard) -> Error {
        match heard {
            Heard::Record(Record::NotDescribed { reason }) => Error::Refused { reason },
            Heard::Record(Record::OtherModel { sha256 }) => Error::Other { sha256 },
            Heard::Record(_) => {
                let gone = self.session.nonsense("an unexpected record");
                self.stopped(&gone)
            }
            Heard::Gone(gone) => self.stopped(&gone),
        }
    }

    fn stopped(&self, gone: &Gone) -> Error {
        let reason = match gone {
            Gone::Stalled | Gone::OverTime => format!(
                "it took more than the {} s that reading a model or describing a picture may take",
                self.patience.as_secs()
            ),
            // What Rust does where there is no memory left.
            Gone::Signal(libc::SIGABRT) => format!(
                "it asked for more memory than the {} MiB that a model may take, or crashed",
                MEMORY >> 20
            ),
            other => other.to_string(),
        };
        Error::Stopped { reason }
    }
}

fn limits(decoder: &Limits) -> Limits {
    Limits {
        address_space: decoder.address_space.min(MEMORY),
        stall: decoder.stall.min(PATIENCE),
        threads: 1,
        ..decoder.clone()
    }
}
