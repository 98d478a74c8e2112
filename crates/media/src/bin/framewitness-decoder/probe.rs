//! Attempts to break out of the jail, made on request by the tests and by `framewitness doctor`.
#![allow(unsafe_code)]

use std::io;
use std::ptr;

use media::protocol::{INPUT_FD, Probe, RING_FD, Record};

/// Tries one way out. Returns only where the jail answers with an error number, or fails.
pub(crate) fn attempt(way: Probe) -> Record {
    let open = try_out(way);
    let errno = io::Error::last_os_error().raw_os_error().unwrap_or(0);
    Record::Probed {
        open,
        errno: if open { 0 } else { errno },
    }
}

fn try_out(way: Probe) -> bool {
    // SAFETY: plain system calls with valid arguments; what they would do if they worked harms
    // neither memory nor the parent (signal 0 reaches nobody, and the paths exist).
    unsafe {
        match way {
            Probe::Open => libc::open(c"/etc/passwd".as_ptr(), libc::O_RDONLY) >= 0,
            Probe::Socket => libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0) >= 0,
            Probe::LocalSocket => libc::socket(libc::AF_UNIX, libc::SOCK_STREAM, 0) >= 0,
            Probe::Exec => {
                let arguments = [c"true".as_ptr(), ptr::null()];
                libc::execve(
                    c"/bin/true".as_ptr(),
                    arguments.as_ptr(),
                    arguments[1..].as_ptr(),
                ) == 0
            }
            Probe::Fork => match libc::fork() {
                0 => libc::_exit(0),
                child => child > 0,
            },
            Probe::ExecutableMemory => map(libc::PROT_WRITE | libc::PROT_EXEC).is_some(),
            Probe::ProtectExecutable => map(libc::PROT_WRITE).is_some_and(|page| {
                libc::mprotect(page, 4096, libc::PROT_READ | libc::PROT_EXEC) == 0
            }),
            Probe::Kill => libc::kill(libc::getppid(), 0) == 0,
            Probe::Trace => libc::ptrace(libc::PTRACE_ATTACH, libc::getppid(), 0, 0) == 0,
            Probe::WriteInput => libc::pwrite(INPUT_FD, c"x".as_ptr().cast(), 1, 0) == 1,
            Probe::ResizeRing => libc::ftruncate(RING_FD, 0) == 0,
            Probe::Memory => {
                // Unseen by the compiler, which would leave both calls out.
                let room = std::hint::black_box(libc::malloc(1 << 40));
                let got = !room.is_null();
                libc::free(room);
                got
            }
            Probe::Spin => loop {
                std::hint::spin_loop();
            },
        }
    }
}

fn map(protection: i32) -> Option<*mut libc::c_void> {
    // SAFETY: a fresh anonymous page.
    let page = unsafe {
        libc::mmap(
            ptr::null_mut(),
            4096,
            protection,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
            -1,
            0,
        )
    };
    (page != libc::MAP_FAILED).then_some(page)
}
