//! The two pipes to the parent.

use std::fs::File;
use std::io;
use std::os::fd::FromRawFd;

use media::protocol::{
    Begin, RECORD_FD, REQUEST_FD, Record, Request, VERSION, read_message, write_message,
};

/// The parent's end of the conversation, as seen from here.
pub(crate) struct Channel {
    records: File,
    requests: File,
}

impl Channel {
    /// Takes over the inherited pipes and reads the first request.
    pub(crate) fn open() -> io::Result<(Self, Begin)> {
        let mut channel = Self {
            records: inherited(RECORD_FD),
            requests: inherited(REQUEST_FD),
        };
        match channel.ask()? {
            Some(Request::Begin(begin)) if begin.protocol == VERSION => Ok((channel, begin)),
            _ => {
                // An older or newer parent learns our version and says so to its user.
                let hello = crate::describe::hello([].into());
                channel.say(&Record::Hello(hello))?;
                Err(io::ErrorKind::InvalidData.into())
            }
        }
    }

    /// Sends a record.
    pub(crate) fn say(&mut self, record: &Record) -> io::Result<()> {
        write_message(&mut self.records, record)
    }

    /// Waits for the next request; `None` when the parent is gone.
    pub(crate) fn ask(&mut self) -> io::Result<Option<Request>> {
        read_message(&mut self.requests)
    }

    /// Waits for a request that must come.
    pub(crate) fn demand(&mut self) -> io::Result<Request> {
        self.ask()?.ok_or_else(|| io::ErrorKind::BrokenPipe.into())
    }
}

#[allow(unsafe_code)]
fn inherited(fd: i32) -> File {
    // SAFETY: the parent placed the pipe at this number, and nothing else in this program owns it.
    unsafe { File::from_raw_fd(fd) }
}
