//! The looser jail of a Perl script: it may read perl, its modules and libraries, and print.
//!
//! Landlock says which paths can be opened, and that perl and its loader alone can be run; seccomp that
//! nothing is started beside it, no socket made, nothing changed by path, and nobody signalled or traced.

use std::collections::BTreeMap;
use std::path::Path;

use landlock::{
    AccessFs, BitFlags, PathBeneath, PathFd, RulesetCreatedAttr, RulesetError, RulesetStatus,
};
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, TargetArch,
};

use super::filters::{rule, unconditional};
use super::{Missing, paths};
use crate::protocol::{PERL, RECORD_FD};

/// Folders whose files may be read; no folder may be listed.
const READABLE: &[&str] = &[
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/perl",
    "/usr/share/perl5",
    "/usr/local/lib",
    "/usr/local/share/perl",
    "/etc/perl",
];
/// Files that may be read.
const FILES: &[&str] = &["/etc/ld.so.cache", "/dev/urandom"];
/// Programs that may be run: perl, and what loads its libraries.
const PROGRAMS: &[&str] = &[
    PERL,
    "/lib64/ld-linux-x86-64.so.2",
    "/lib/ld-linux-aarch64.so.1",
];

/// Denies every path but those that `script` needs.
pub(super) fn close(script: &Path) -> Result<String, Missing> {
    paths::told(restrict(script))
}

fn restrict(script: &Path) -> Result<RulesetStatus, RulesetError> {
    let read = || BitFlags::from(AccessFs::ReadFile);
    // Where exiftool is unpacked rather than installed, its modules lie beside it.
    let beside = script.with_file_name("lib");
    let files = FILES.iter().map(Path::new).chain([script]);
    let folders = READABLE.iter().map(Path::new).chain([&*beside]);
    let readable = files.chain(folders).map(|path| (path, read()));
    let run = PROGRAMS.iter().map(Path::new);
    let run = run.map(|path| (path, read() | AccessFs::Execute));
    // What is not there cannot be opened either.
    let rules = readable.chain(run).filter_map(|(path, access)| {
        let place = PathFd::new(path).ok()?;
        Some(Ok::<_, RulesetError>(PathBeneath::new(place, access)))
    });
    let status = paths::ruleset()?.add_rules(rules)?.restrict_self()?;
    Ok(status.ruleset)
}

/// Calls without a way out, and those that open or look at paths, which Landlock bounds. Everything
/// else is answered with `EACCES`.
const ALLOWED: &[i64] = &[
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_close,
    libc::SYS_close_range,
    libc::SYS_dup3,
    libc::SYS_execve,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_fstat,
    libc::SYS_futex,
    libc::SYS_getcwd,
    libc::SYS_getegid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getpid,
    libc::SYS_getppid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_getuid,
    libc::SYS_lseek,
    libc::SYS_madvise,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_newfstatat,
    libc::SYS_pread64,
    libc::SYS_read,
    libc::SYS_readlinkat,
    libc::SYS_restart_syscall,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_set_robust_list,
    libc::SYS_set_tid_address,
    libc::SYS_sigaltstack,
    libc::SYS_statx,
    libc::SYS_times,
    libc::SYS_uname,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_access,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_arch_prctl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_dup2,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_lstat,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_readlink,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_stat,
];

/// Installs the filter, which stays over the change of program.
pub(super) fn install() -> Result<String, Missing> {
    let missing = |error: &dyn std::fmt::Display| Missing::new("seccomp", error);
    let arch = TargetArch::try_from(std::env::consts::ARCH).map_err(|error| missing(&error))?;
    let program = program(arch).map_err(|error| missing(&error))?;
    seccompiler::apply_filter(&program).map_err(|error| missing(&error))?;
    Ok("one script".to_owned())
}

fn program(arch: TargetArch) -> Result<BpfProgram, BackendError> {
    let mut allowed = unconditional(ALLOWED);
    allowed.extend(conditional()?);
    let denied = SeccompAction::Errno(libc::EACCES.unsigned_abs());
    SeccompFilter::new(allowed, denied, SeccompAction::Allow, arch)?.try_into()
}

fn conditional() -> Result<BTreeMap<i64, Vec<SeccompRule>>, BackendError> {
    let writing = (libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC) as u64;
    let each = |argument, values: &[i32]| {
        let rules = values
            .iter()
            .map(|&value| rule(argument, SeccompCmpOp::Eq, u64::from(value.unsigned_abs())));
        rules.collect::<Result<Vec<_>, _>>()
    };
    let reading = |argument| rule(argument, SeccompCmpOp::MaskedEq(writing), 0);
    let asking = SeccompCondition::new(2, SeccompCmpArgLen::Qword, SeccompCmpOp::Eq, 0)?;
    Ok(BTreeMap::from([
        (libc::SYS_openat, vec![reading(2)?]),
        #[cfg(target_arch = "x86_64")]
        (libc::SYS_open, vec![reading(1)?]),
        // The descriptor of records becomes standard output when perl starts.
        (
            libc::SYS_write,
            each(0, &[libc::STDOUT_FILENO, libc::STDERR_FILENO, RECORD_FD])?,
        ),
        // Not the one that has another process signalled.
        (
            libc::SYS_fcntl,
            each(
                1,
                &[
                    libc::F_DUPFD_CLOEXEC,
                    libc::F_GETFD,
                    libc::F_SETFD,
                    libc::F_GETFL,
                ],
            )?,
        ),
        // To ask for limits, not to set them.
        (libc::SYS_prlimit64, vec![SeccompRule::new(vec![asking])?]),
    ]))
}
