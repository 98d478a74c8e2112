//! One decoder process and the conversation with it.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::fd::AsFd;
use std::process::Child;
use std::time::Instant;

use super::gone::Gone;
use super::pipe::{self, Patient};
use super::process::{self, Inherited};
use super::ring::Ring;
use super::{Decoder, Error};
use crate::protocol::{
    Begin, Hello, Mark, Record, Request, Task, VERSION, read_message, write_message,
};

/// Slots of the ring: one being written, one being read, and two between them.
const SLOTS: u32 = 4;

/// Largest bytes per pixel: 4 components of 32 bits, and RGB behind them.
const MAX_BYTES_PER_PIXEL: u64 = 19;

/// What came from the process.
pub(crate) enum Heard {
    /// A record. Nothing in it is to be believed.
    Record(Record),
    /// The process is gone and has been reaped.
    Gone(Gone),
}

/// A running decoder process. Dropping it kills the process.
pub(crate) struct Session {
    child: Child,
    ring: Ring,
    records: BufReader<Patient>,
    requests: File,
    hello: Hello,
    max_slot: u64,
}

impl Session {
    /// Starts a process for `file` and waits until its jail is closed.
    pub(crate) fn start(
        decoder: &Decoder,
        file: &File,
        size: u64,
        task: Task,
        threads: u32,
    ) -> Result<Self, Error> {
        Self::start_from(decoder, file, size, task, threads, None)
    }

    /// The same for a pass that goes on where an earlier one left a mark.
    pub(crate) fn start_from(
        decoder: &Decoder,
        file: &File,
        size: u64,
        task: Task,
        threads: u32,
        from: Option<Mark>,
    ) -> Result<Self, Error> {
        let limits = decoder.limits();
        read_only(file)?;
        if !decoder.program().is_file() {
            return Err(Error::NoDecoder {
                program: decoder.program().to_owned(),
            });
        }
        let ring = Ring::new().map_err(Error::io("make memory for pictures"))?;
        let (records, records_in) = pipe::pair().map_err(Error::io("make a pipe"))?;
        let (requests_out, requests) = pipe::pair().map_err(Error::io("make a pipe"))?;
        let inherited = Inherited {
            input: file.as_fd(),
            ring: ring.descriptor(),
            records: records_in.as_fd(),
            requests: requests_out.as_fd(),
        };
        // A reader outlives the thread that made it; a pass does not.
        let bound = matches!(
            task,
            Task::Pass(_) | Task::List | Task::Exiftool | Task::Credentials | Task::Describe
        );
        let child = process::start(decoder.program(), &inherited, bound, decoder.background)
            .map_err(Error::io("start the decoder"))?;
        drop((records_in, requests_out));
        let end = bound.then(|| Instant::now() + limits.wall);
        let mut session = Self {
            child,
            ring,
            records: BufReader::new(Patient::new(records.into(), limits.stall, end)),
            requests: requests.into(),
            hello: Hello {
                protocol: 0,
                versions: Default::default(),
                jail: Default::default(),
            },
            max_slot: limits.max_pixels.saturating_mul(MAX_BYTES_PER_PIXEL),
        };
        pipe::never_wait(&session.requests).map_err(Error::io("set up a pipe"))?;
        session.begin(&Begin {
            protocol: VERSION,
            size,
            address_space: limits.address_space,
            cpu_seconds: limits.cpu_seconds,
            max_pixels: limits.max_pixels,
            threads,
            jailed: decoder.jailed,
            task,
            track: decoder.track,
            from,
            script: decoder.script.clone(),
        })?;
        Ok(session)
    }

    fn begin(&mut self, begin: &Begin) -> Result<(), Error> {
        // If the process is gone already, listening says how.
        let _ = self.say(&Request::Begin(begin.clone()));
        match self.hear() {
            Heard::Record(Record::Hello(hello)) if hello.protocol == VERSION => {
                self.hello = hello;
                Ok(())
            }
            Heard::Record(Record::Hello(hello)) => Err(Error::ProtocolMismatch {
                ours: VERSION,
                theirs: hello.protocol,
            }),
            Heard::Record(Record::JailUnavailable { layer, reason }) => {
                Err(Error::JailUnavailable { layer, reason })
            }
            Heard::Record(_) => Err(Error::NotStarted {
                reason: "its first words make no sense".to_owned(),
            }),
            Heard::Gone(gone) => Err(Error::NotStarted {
                reason: gone.to_string(),
            }),
        }
    }

    /// What the process said of itself.
    pub(crate) fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Waits for the next record.
    pub(crate) fn hear(&mut self) -> Heard {
        match read_message(&mut self.records) {
            Ok(Some(record)) => Heard::Record(record),
            Ok(None) => Heard::Gone(self.reap()),
            Err(error) => Heard::Gone(self.broken(&error)),
        }
    }

    /// How a process ended that could not be heard.
    fn broken(&mut self, error: &io::Error) -> Gone {
        match error.kind() {
            io::ErrorKind::TimedOut => {
                let over = self.records.get_ref().over();
                self.kill();
                if over { Gone::OverTime } else { Gone::Stalled }
            }
            // A process that is killed may stop within a message.
            io::ErrorKind::UnexpectedEof => self.reap(),
            _ => self.nonsense(&error.to_string()),
        }
    }

    /// What the process prints to its end instead of records, at most `most` bytes, and how it ended. One
    /// that prints more is killed.
    pub(crate) fn rest(&mut self, most: usize) -> (Vec<u8>, Gone) {
        let mut output = Vec::new();
        let read = (&mut self.records)
            .take(most as u64 + 1)
            .read_to_end(&mut output);
        let end = match read {
            Ok(_) if output.len() > most => {
                self.nonsense(&format!("it says more than {} MiB", most >> 20))
            }
            Ok(_) => self.reap(),
            Err(error) => self.broken(&error),
        };
        (output, end)
    }

    /// Sends a request. A process that has ended takes none; what it said before is still to be
    /// heard, and then how it ended.
    pub(crate) fn say(&mut self, request: &Request) -> Result<(), Gone> {
        match write_message(&mut self.requests, request) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                Err(self.nonsense("it does not listen"))
            }
            _ => Ok(()),
        }
    }

    /// Gives the process slots of at least `bytes`; refused beyond the largest picture allowed.
    pub(crate) fn make_room(&mut self, bytes: u64) -> Result<(), Gone> {
        if bytes > self.max_slot {
            return Err(self.nonsense("a picture is larger than allowed"));
        }
        // One page more, so that the next slot does not begin in the same one.
        let slot_bytes = usize::try_from((bytes | 4095) + 1).unwrap_or(usize::MAX);
        if let Err(error) = self.ring.resize(SLOTS, slot_bytes) {
            return Err(self.nonsense(&format!("no memory for its pictures: {error}")));
        }
        self.say(&Request::Ring {
            slots: SLOTS,
            slot_bytes: slot_bytes as u64,
        })
    }

    /// Bytes of a slot.
    pub(crate) fn room(&self) -> u64 {
        self.ring.slot_bytes() as u64
    }

    /// Copies a picture out of the ring.
    pub(crate) fn picture(
        &mut self,
        slot: u32,
        offset: u64,
        length: u64,
        into: &mut Vec<u8>,
    ) -> Result<(), Gone> {
        let inside = match (usize::try_from(offset), usize::try_from(length)) {
            (Ok(offset), Ok(length)) => self.ring.copy(slot, offset, length, into),
            _ => false,
        };
        if inside {
            Ok(())
        } else {
            Err(self.nonsense("a picture lies outside the ring"))
        }
    }

    /// Puts planes into slot 0.
    pub(crate) fn put(&mut self, planes: &[u8]) -> Result<(), Gone> {
        if self.ring.fill(0, planes) {
            Ok(())
        } else {
            Err(self.nonsense("planes do not fit the ring"))
        }
    }

    /// Ends a process that breaks the protocol.
    pub(crate) fn nonsense(&mut self, what: &str) -> Gone {
        self.kill();
        Gone::Nonsense(what.to_owned())
    }

    /// Waits for a process that has closed its pipe. One that goes on without it is killed.
    fn reap(&mut self) -> Gone {
        let patience = Instant::now() + std::time::Duration::from_secs(2);
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return status.into(),
                Ok(None) if Instant::now() < patience => {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                _ => return self.nonsense("it closed its pipe and went on"),
            }
        }
    }

    fn kill(&mut self) {
        // Fails only if it is dead already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Refuses a descriptor through which the process could write, or map for writing.
fn read_only(file: &File) -> Result<(), Error> {
    match pipe::access(file) {
        Ok(libc::O_RDONLY) => Ok(()),
        Ok(_) => Err(Error::Writable),
        Err(source) => Err(Error::io("look at the file")(source)),
    }
}
