//! The decoder process as seen from outside: starting it, bounding it, and not believing it.

mod error;
mod gone;
mod limits;
mod pipe;
mod process;
mod ring;
mod session;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::protocol::{Probe, Record, Task};
use crate::time::TrackNo;

pub use error::Error;
pub use limits::Limits;

pub(crate) use gone::Gone;
pub(crate) use session::{Heard, Session};

/// File name of the decoder program.
pub const PROGRAM: &str = "framewitness-decoder";

/// File name of the program that reads content credentials.
pub const CREDENTIALS_PROGRAM: &str = "framewitness-credentials";

/// Bytes a second at which a file is hashed on the slowest disk that is waited for.
const SLOWEST_HASHING: u64 = 8 << 20;

/// Address space of the reader of content credentials, which holds a file by pieces of 256 MiB.
const CREDENTIALS_SPACE: u64 = 2 << 30;

/// Where the decoder program is, and what one process of it may use.
#[derive(Clone, Debug)]
pub struct Decoder {
    program: PathBuf,
    limits: Limits,
    jailed: bool,
    background: bool,
    track: Option<TrackNo>,
    script: Option<PathBuf>,
}

/// How an attempt to break out of the jail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The kernel killed the process with this signal.
    Killed(i32),
    /// The kernel answered with this error number.
    Refused(i32),
    /// The way out is open.
    Escaped,
}

impl Decoder {
    /// A decoder at a known place.
    pub fn new(program: PathBuf, limits: Limits) -> Self {
        Self {
            program,
            limits,
            jailed: true,
            background: false,
            track: None,
            script: None,
        }
    }

    /// The same decoder without Landlock and seccomp: a hostile file can then do whatever this user
    /// can. For kernels that have neither. Inspections say so in [`crate::inspect::Inspection::versions`].
    #[must_use]
    pub fn without_jail(mut self) -> Self {
        self.jailed = false;
        self
    }

    /// The same decoder at low priority, for what nobody waits for.
    #[must_use]
    pub fn in_background(mut self) -> Self {
        self.background = true;
        self
    }

    /// The same decoder, whose processes look at one video track instead of the one that is examined
    /// first. Its pass tells of this track alone.
    #[must_use]
    pub fn on(&self, track: TrackNo) -> Self {
        Self {
            track: Some(track),
            ..self.clone()
        }
    }

    /// The same program to run a Perl script in its place, within these limits.
    pub(crate) fn running(&self, script: &Path, limits: Limits) -> Self {
        Self {
            limits,
            script: Some(script.to_owned()),
            ..self.clone()
        }
    }

    /// Whether Landlock and seccomp are closed.
    pub(crate) fn jailed(&self) -> bool {
        self.jailed
    }

    /// The decoder that lies beside the running program, with the default limits.
    ///
    /// # Errors
    /// [`Error::NoDecoder`] if there is none.
    pub fn beside_current_exe() -> Result<Self, Error> {
        let exe = std::env::current_exe().map_err(Error::io("find the running program"))?;
        let program = exe.with_file_name(PROGRAM);
        if program.is_file() {
            Ok(Self::new(program, Limits::default()))
        } else {
            Err(Error::NoDecoder { program })
        }
    }

    /// The video track asked for; `None` for the one that is examined first.
    pub(crate) fn track(&self) -> Option<TrackNo> {
        self.track
    }

    /// The program that reads content credentials, started as the decoder is, if it lies beside it. It
    /// says nothing until it has hashed a file of `size` bytes, and is given time for that and no more.
    pub(crate) fn reader_of_credentials(&self, size: u64) -> Option<Self> {
        let program = self.program.with_file_name(CREDENTIALS_PROGRAM);
        let stall = self.limits.stall + Duration::from_secs(size / SLOWEST_HASHING);
        let limits = Limits {
            address_space: self.limits.address_space.min(CREDENTIALS_SPACE),
            stall: stall.min(self.limits.wall),
            cpu_seconds: stall.as_secs().clamp(1, self.limits.cpu_seconds.max(1)),
            ..self.limits.clone()
        };
        program.is_file().then(|| Self {
            program,
            limits,
            ..self.clone()
        })
    }

    /// Path of the program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// What one process may use.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Starts a process, lets it close its jail, and says how each layer is enforced.
    ///
    /// # Errors
    /// [`Error::JailUnavailable`] naming the layer that this machine cannot enforce, or that the
    /// decoder cannot be started.
    pub fn jail(&self) -> Result<BTreeMap<String, String>, Error> {
        let nothing = File::open("/dev/null").map_err(Error::io("open /dev/null"))?;
        let session = Session::start(self, &nothing, 0, Task::Probe(Probe::Open), 1)?;
        Ok(session.hello().jail.clone())
    }

    /// Lets a process try one way out of its jail, with `file` as the file under examination.
    ///
    /// # Errors
    /// If the process cannot be started.
    pub fn attempt(&self, file: &File, way: Probe) -> Result<Attempt, Error> {
        let mut session = Session::start(self, file, 0, Task::Probe(way), 1)?;
        match session.hear() {
            Heard::Record(Record::Probed { open: true, .. }) => Ok(Attempt::Escaped),
            Heard::Record(Record::Probed { errno, .. }) => Ok(Attempt::Refused(errno)),
            Heard::Record(_) => Err(session.nonsense("an unexpected record").into()),
            Heard::Gone(Gone::Signal(signal)) => Ok(Attempt::Killed(signal)),
            Heard::Gone(gone) => Err(gone.into()),
        }
    }
}
