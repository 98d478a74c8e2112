//! Resource limits and process flags.
#![allow(unsafe_code)]

use std::io;

use crate::protocol::{Begin, INPUT_FD, Task};

use super::Missing;

/// Descriptors that may be open at once: the inherited ones and those that libraries hold.
const OPEN_FILES: u64 = 16;
/// The same for perl, which keeps a module open while it reads those that the module uses.
const OPEN_MODULES: u64 = 48;

/// No new privileges, no core dump of evidence, no tracing by others.
pub(super) fn harden() -> Result<String, Missing> {
    // SAFETY: both take plain numbers.
    let codes = unsafe {
        [
            libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
            libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0),
        ]
    };
    if codes == [0, 0] {
        Ok("no_new_privs, not dumpable".to_owned())
    } else {
        Err(Missing::new("process", io::Error::last_os_error()))
    }
}

/// Sets the resource limits, which cannot be raised again.
pub(super) fn set(begin: &Begin) -> Result<String, Missing> {
    limit(libc::RLIMIT_AS, begin.address_space)?;
    limit(libc::RLIMIT_CPU, begin.cpu_seconds)?;
    limit(libc::RLIMIT_FSIZE, 0)?;
    limit(libc::RLIMIT_CORE, 0)?;
    let files = match begin.task {
        Task::Exiftool => OPEN_MODULES,
        _ => OPEN_FILES,
    };
    limit(libc::RLIMIT_NOFILE, files)?;
    Ok(format!(
        "{} MiB, {} s of processor time, no files written",
        begin.address_space >> 20,
        begin.cpu_seconds
    ))
}

/// Leaves a program that takes this one's place nothing but its standard streams.
pub(super) fn close_on_exec() -> Result<(), Missing> {
    let flags = libc::CLOSE_RANGE_CLOEXEC;
    // SAFETY: takes plain numbers, and closes nothing before the program is replaced.
    let code = unsafe {
        libc::syscall(
            libc::SYS_close_range,
            INPUT_FD.cast_unsigned(),
            libc::c_uint::MAX,
            flags,
        )
    };
    if code == 0 {
        Ok(())
    } else {
        Err(Missing::new("process", io::Error::last_os_error()))
    }
}

fn limit(resource: libc::__rlimit_resource_t, most: u64) -> Result<(), Missing> {
    let value = libc::rlimit {
        rlim_cur: most,
        rlim_max: most,
    };
    // SAFETY: a valid resource and a valid structure.
    if unsafe { libc::setrlimit(resource, &raw const value) } == 0 {
        Ok(())
    } else {
        Err(Missing::new("limits", io::Error::last_os_error()))
    }
}
