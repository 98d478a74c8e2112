//! What a program inherits that is started to read a file: the two pipes to its parent, and the file.
#![allow(unsafe_code)]

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::fd::FromRawFd;
use std::process::ExitCode;

use crate::jail;
use crate::protocol::{
    Begin, EXIT_JAIL, EXIT_PROTOCOL, Hello, INPUT_FD, RECORD_FD, REQUEST_FD, RING_FD, Record,
    Request, VERSION, read_message, write_message,
};

/// The parent's end of the conversation, as seen from the program that reads the file.
pub struct Channel {
    records: File,
    requests: File,
}

impl Channel {
    /// Takes over the inherited pipes and reads the first request. To be called once in a program.
    ///
    /// # Errors
    /// The parent is gone, or speaks another version: then it has got what `introduce` says, and tells
    /// its user.
    fn open(introduce: impl Fn(BTreeMap<String, String>) -> Hello) -> io::Result<(Self, Begin)> {
        let mut channel = Self {
            records: inherited(RECORD_FD),
            requests: inherited(REQUEST_FD),
        };
        match channel.ask()? {
            Some(Request::Begin(begin)) if begin.protocol == VERSION => Ok((channel, begin)),
            _ => {
                channel.say(&Record::Hello(introduce(BTreeMap::new())))?;
                Err(io::ErrorKind::InvalidData.into())
            }
        }
    }

    /// Sends a record.
    ///
    /// # Errors
    /// The parent is gone, or the record is larger than a message may be.
    pub fn say(&mut self, record: &Record) -> io::Result<()> {
        write_message(&mut self.records, record)
    }

    /// The pipe that records go to, for a program that says something else from now on.
    pub fn into_records(self) -> File {
        self.records
    }

    /// Waits for the next request; `None` when the parent is gone.
    ///
    /// # Errors
    /// What came is no request.
    pub fn ask(&mut self) -> io::Result<Option<Request>> {
        read_message(&mut self.requests)
    }

    /// Waits for a request that must come.
    ///
    /// # Errors
    /// The parent is gone, or what came is no request.
    pub fn demand(&mut self) -> io::Result<Request> {
        self.ask()?.ok_or_else(|| io::ErrorKind::BrokenPipe.into())
    }
}

/// Runs a program that reads the file under examination: takes over what was inherited, closes the jail,
/// introduces the program, and hands over to `work`. `alone` is called where nobody inherited anything:
/// started by hand. To be called once, first of all.
pub fn serve(
    introduce: impl Fn(BTreeMap<String, String>) -> Hello,
    alone: impl FnOnce(),
    work: impl FnOnce(Channel, &Begin) -> io::Result<()>,
) -> ExitCode {
    let Ok((mut channel, begin)) = Channel::open(&introduce) else {
        alone();
        return exit(EXIT_PROTOCOL);
    };
    let done = match jail::enter(&begin) {
        Ok(layers) => channel
            .say(&Record::Hello(introduce(layers)))
            .and_then(|()| work(channel, &begin))
            .map(|()| ExitCode::SUCCESS),
        Err(missing) => channel.say(&missing.into()).map(|()| exit(EXIT_JAIL)),
    };
    // Where it failed, nobody is left to tell.
    done.unwrap_or_else(|_| exit(EXIT_PROTOCOL))
}

fn exit(code: i32) -> ExitCode {
    ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX))
}

/// Takes over the file under examination, for programs that read it as a stream. To be called once.
pub fn input() -> File {
    inherited(INPUT_FD)
}

/// Takes over the memory that pictures lie in, for programs that read it as a file. To be called once.
pub fn pictures() -> File {
    inherited(RING_FD)
}

fn inherited(fd: i32) -> File {
    // SAFETY: the parent placed an open descriptor at this number, and nothing else in the program owns
    // it: by contract each is taken over once.
    unsafe { File::from_raw_fd(fd) }
}
