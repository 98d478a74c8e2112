//! Starting a decoder process with four descriptors and nothing else.
#![allow(unsafe_code)]

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::protocol::{INPUT_FD, RECORD_FD, REQUEST_FD, RING_FD};

/// What the process inherits.
pub(super) struct Inherited<'a> {
    pub(super) input: BorrowedFd<'a>,
    pub(super) ring: BorrowedFd<'a>,
    pub(super) records: BorrowedFd<'a>,
    pub(super) requests: BorrowedFd<'a>,
}

/// Niceness of a process for whose work nobody waits.
const BACKGROUND: i32 = 10;

/// Starts the program. With `bound` it dies with the calling *thread*; without, it ends when its
/// requests do. In the `background` it gives way to others.
pub(super) fn start(
    program: &Path,
    inherited: &Inherited<'_>,
    bound: bool,
    background: bool,
) -> io::Result<Child> {
    let places = [
        (inherited.input.as_raw_fd(), INPUT_FD),
        (inherited.ring.as_raw_fd(), RING_FD),
        (inherited.records.as_raw_fd(), RECORD_FD),
        (inherited.requests.as_raw_fd(), REQUEST_FD),
    ];
    let parent = std::process::id();
    let mut command = Command::new(program);
    command
        .env_clear()
        // Linear algebra libraries that FFmpeg's filters pull in would start threads while loading,
        // and threads from before the jail would stay outside.
        .env("OPENBLAS_NUM_THREADS", "1")
        .env("OMP_NUM_THREADS", "1")
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // SAFETY: between fork and exec only system calls are made, on descriptors that stay open in the
    // parent until `spawn` returns.
    unsafe {
        command.pre_exec(move || {
            place(&places)?;
            if bound {
                die_with(parent)?;
            }
            if background {
                check(libc::setpriority(libc::PRIO_PROCESS, 0, BACKGROUND))?;
            }
            Ok(())
        });
    }
    command.spawn()
}

/// Puts each descriptor at its agreed number and closes all others on exec.
fn place(places: &[(RawFd, RawFd); 4]) -> io::Result<()> {
    const OUT_OF_THE_WAY: RawFd = 64;
    let mut moved = [0; 4];
    // SAFETY: plain calls on descriptors; all are async-signal-safe.
    unsafe {
        // First out of the way, as a target may be another's source.
        for (slot, (from, _)) in moved.iter_mut().zip(places) {
            *slot = check(libc::fcntl(*from, libc::F_DUPFD_CLOEXEC, OUT_OF_THE_WAY))?;
        }
        for (from, (_, to)) in moved.iter().zip(places) {
            check(libc::dup2(*from, *to))?;
        }
        let first = (REQUEST_FD + 1).cast_unsigned();
        let flags = libc::CLOSE_RANGE_CLOEXEC;
        if libc::syscall(libc::SYS_close_range, first, libc::c_uint::MAX, flags) != 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

fn die_with(parent: u32) -> io::Result<()> {
    // SAFETY: plain calls.
    unsafe {
        check(libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL, 0, 0, 0))?;
        // The parent may have died before it could be watched.
        if libc::getppid().cast_unsigned() != parent {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
    }
    Ok(())
}

fn check(code: i32) -> io::Result<i32> {
    if code < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(code)
    }
}
