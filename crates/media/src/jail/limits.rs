//! Resource limits and process flags.
#![allow(unsafe_code)]

use std::io;

use crate::protocol::Begin;

use super::Missing;

/// Descriptors that may be open at once: the inherited ones and those that libraries hold.
const OPEN_FILES: u64 = 16;

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
    limit(libc::RLIMIT_NOFILE, OPEN_FILES)?;
    Ok(format!(
        "{} MiB, {} s of processor time, no files written",
        begin.address_space >> 20,
        begin.cpu_seconds
    ))
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
