//! Pipes to a process that may never answer.
#![allow(unsafe_code)]

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::time::{Duration, Instant};

/// Both ends of a fresh pipe: reading, writing. Neither survives an exec.
pub(super) fn pair() -> io::Result<(OwnedFd, OwnedFd)> {
    let mut ends = [0; 2];
    // SAFETY: room for two descriptors, which are owned by nobody else.
    unsafe {
        if libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok((OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])))
    }
}

/// Makes writes fail instead of waiting when the other side does not read.
pub(super) fn never_wait(file: &File) -> io::Result<()> {
    // SAFETY: plain calls on an open descriptor.
    unsafe {
        let flags = libc::fcntl(file.as_raw_fd(), libc::F_GETFL);
        if flags < 0 || libc::fcntl(file.as_raw_fd(), libc::F_SETFL, flags | libc::O_NONBLOCK) < 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

/// The reading end of a pipe, with a limit on each wait and one on all of them.
pub(super) struct Patient {
    pipe: File,
    stall: Duration,
    end: Option<Instant>,
}

impl Patient {
    pub(super) fn new(pipe: File, stall: Duration, end: Option<Instant>) -> Self {
        Self { pipe, stall, end }
    }

    /// Whether the limit on all waits has passed.
    pub(super) fn over(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
    }

    fn wait(&self) -> io::Result<()> {
        let left = self.end.map_or(Duration::MAX, |end| {
            end.saturating_duration_since(Instant::now())
        });
        let until = Instant::now() + self.stall.min(left);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            // Rounded up: a poll of 0 ms would spin.
            let timeout = i32::try_from(left.as_millis() + 1).unwrap_or(i32::MAX);
            let mut poll = libc::pollfd {
                fd: self.pipe.as_raw_fd(),
                events: libc::POLLIN,
                revents: 0,
            };
            // SAFETY: one valid entry.
            match unsafe { libc::poll(&raw mut poll, 1, timeout) } {
                1.. => return Ok(()),
                0 if left.is_zero() => return Err(io::ErrorKind::TimedOut.into()),
                0 => {}
                _ => {
                    let error = io::Error::last_os_error();
                    if error.kind() != io::ErrorKind::Interrupted {
                        return Err(error);
                    }
                }
            }
        }
    }
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.wait()?;
        self.pipe.read(buffer)
    }
}

/// How a file was opened: `O_RDONLY`, `O_WRONLY` or `O_RDWR`.
pub(super) fn access(file: &File) -> io::Result<i32> {
    // SAFETY: plain call on an open descriptor.
    let flags = unsafe { libc::fcntl(file.as_raw_fd(), libc::F_GETFL) };
    if flags < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(flags & libc::O_ACCMODE)
    }
}
