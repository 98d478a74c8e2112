use std::fmt;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

/// How a decoder process ended before its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gone {
    /// It exited with this code.
    Exit(i32),
    /// A signal killed it.
    Signal(i32),
    /// It was silent for too long.
    Stalled,
    /// The whole pass took too long.
    OverTime,
    /// It said what it must not say.
    Nonsense(String),
}

impl From<ExitStatus> for Gone {
    fn from(status: ExitStatus) -> Self {
        match (status.signal(), status.code()) {
            (Some(signal), _) => Self::Signal(signal),
            (None, code) => Self::Exit(code.unwrap_or(0)),
        }
    }
}

impl fmt::Display for Gone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exit(code) => write!(f, "it ended with code {code}"),
            Self::Signal(libc::SIGXCPU) => f.write_str("it used up its processor time"),
            Self::Signal(libc::SIGSYS) => f.write_str("it tried what its jail forbids"),
            Self::Signal(libc::SIGSEGV) => f.write_str("it crashed (segmentation fault)"),
            Self::Signal(libc::SIGABRT) => f.write_str("it crashed (abort)"),
            Self::Signal(signal) => write!(f, "signal {signal} killed it"),
            Self::Stalled => f.write_str("it was silent for longer than allowed"),
            Self::OverTime => f.write_str("it took longer than allowed"),
            Self::Nonsense(what) => write!(f, "it broke the protocol: {what}"),
        }
    }
}
