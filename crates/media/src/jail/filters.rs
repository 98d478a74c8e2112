//! System call filters: what is not listed kills the process.

use std::collections::BTreeMap;

use crate::protocol::RECORD_FD;
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, TargetArch,
};

use super::Missing;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Calls without a way out: own memory, threads, time, and descriptors that are already open.
const ALLOWED: &[i64] = &[
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_fstat,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_getrusage,
    libc::SYS_gettid,
    libc::SYS_lseek,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_pread64,
    libc::SYS_read,
    libc::SYS_restart_syscall,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    libc::SYS_sigaltstack,
];

/// Calls that libraries try and can do without: denied with `EACCES`.
const DENIED: &[i64] = &[
    libc::SYS_ioctl,
    libc::SYS_openat,
    libc::SYS_socket,
    libc::SYS_newfstatat,
    libc::SYS_readlinkat,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_open,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_access,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_readlink,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_stat,
];

/// Calls with an older form to fall back to: `ENOSYS`.
const UNKNOWN: &[i64] = &[libc::SYS_clone3, libc::SYS_get_mempolicy, libc::SYS_statx];

/// Installs the filters for this thread and all that it starts.
pub(super) fn install() -> Result<String, Missing> {
    let missing = |error: &dyn std::fmt::Display| Missing::new("seccomp", error);
    let arch = TargetArch::try_from(std::env::consts::ARCH).map_err(|error| missing(&error))?;
    let programs = programs(arch).map_err(|error| missing(&error))?;
    // The kernel takes the strictest answer of all filters, so the last allows what the first deny.
    for program in &programs {
        seccompiler::apply_filter(program).map_err(|error| missing(&error))?;
    }
    Ok(format!(
        "{} system calls",
        ALLOWED.len() + conditional()?.len()
    ))
}

fn programs(arch: TargetArch) -> Result<[BpfProgram; 3], BackendError> {
    let soft = |calls: &[i64], errno: i32| {
        SeccompFilter::new(
            unconditional(calls),
            SeccompAction::Allow,
            SeccompAction::Errno(errno.unsigned_abs()),
            arch,
        )?
        .try_into()
    };
    let mut allowed = unconditional(ALLOWED);
    allowed.extend(unconditional(DENIED));
    allowed.extend(unconditional(UNKNOWN));
    allowed.extend(conditional_rules()?);
    let strict = SeccompFilter::new(
        allowed,
        SeccompAction::KillProcess,
        SeccompAction::Allow,
        arch,
    )?;
    Ok([
        soft(DENIED, libc::EACCES)?,
        soft(UNKNOWN, libc::ENOSYS)?,
        strict.try_into()?,
    ])
}

pub(super) fn unconditional(calls: &[i64]) -> Rules {
    calls.iter().map(|&call| (call, Vec::new())).collect()
}

fn conditional() -> Result<Rules, Missing> {
    conditional_rules().map_err(|error| Missing::new("seccomp", error))
}

/// Calls that are harmless with some arguments only.
fn conditional_rules() -> Result<Rules, BackendError> {
    let threads = (libc::CLONE_VM | libc::CLONE_SIGHAND | libc::CLONE_THREAD) as u64;
    let executable = libc::PROT_EXEC as u64;
    Ok(Rules::from([
        // Records, and the last words of a panic.
        (
            libc::SYS_write,
            vec![
                rule(0, SeccompCmpOp::Eq, RECORD_FD as u64)?,
                rule(0, SeccompCmpOp::Eq, libc::STDERR_FILENO as u64)?,
            ],
        ),
        (
            libc::SYS_mmap,
            vec![rule(2, SeccompCmpOp::MaskedEq(executable), 0)?],
        ),
        (
            libc::SYS_mprotect,
            vec![rule(2, SeccompCmpOp::MaskedEq(executable), 0)?],
        ),
        // Threads of this process, in its own namespaces.
        (
            libc::SYS_clone,
            vec![rule(
                0,
                SeccompCmpOp::MaskedEq(threads | namespaces()),
                threads,
            )?],
        ),
        (
            libc::SYS_prctl,
            vec![rule(0, SeccompCmpOp::Eq, libc::PR_SET_NAME as u64)?],
        ),
        // Rust's debug builds look whether a descriptor is open before they close it.
        (
            libc::SYS_fcntl,
            vec![rule(1, SeccompCmpOp::Eq, libc::F_GETFD as u64)?],
        ),
        // `abort` signals its own thread.
        (
            libc::SYS_tgkill,
            vec![rule(0, SeccompCmpOp::Eq, std::process::id().into())?],
        ),
    ]))
}

fn namespaces() -> u64 {
    let flags = libc::CLONE_NEWUSER
        | libc::CLONE_NEWNS
        | libc::CLONE_NEWNET
        | libc::CLONE_NEWPID
        | libc::CLONE_NEWIPC
        | libc::CLONE_NEWUTS
        | libc::CLONE_NEWCGROUP;
    flags as u64
}

pub(super) fn rule(
    argument: u8,
    how: SeccompCmpOp,
    value: u64,
) -> Result<SeccompRule, BackendError> {
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, how, value)?;
    SeccompRule::new(vec![condition])
}
