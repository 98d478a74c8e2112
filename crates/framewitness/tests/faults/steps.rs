//! The steps of a command, as `strace` tells them.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::process::Command;

use crate::command::{Desk, Planned};

/// Calls that change files, or make changes last.
const CHANGES: [&str; 16] = [
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fallocate",
    "mkdir",
    "link",
    "linkat",
    "rename",
    "renameat2",
    "unlink",
    "unlinkat",
    "fchmod",
    "chmod",
    "copy_file_range",
];

/// Calls that only look, as far as disks may refuse them.
const LOOKS: [&str; 3] = ["openat", "read", "pread64"];

/// What happens at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blow {
    /// The program is killed before it is done.
    Kill,
    /// `ENOSPC`
    Full,
    /// `EIO`
    Broken,
}

impl Blow {
    fn injected(self) -> &'static str {
        match self {
            Self::Kill => "signal=KILL",
            Self::Full => "error=ENOSPC",
            Self::Broken => "error=EIO",
        }
    }
}

/// One system call of a command.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    call: String,
    /// Its number among the calls of that name, from 1.
    nth: usize,
    /// The file, by its name in the case.
    file: String,
    changes: bool,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.call, self.nth, self.file)
    }
}

impl Step {
    /// Whether the database could not be read here: nobody can tell that from damage.
    pub(crate) fn may_look_like_damage(&self) -> bool {
        self.call == "pread64"
    }

    /// Whether such a blow can fall here.
    pub(crate) fn may_meet(&self, blow: Blow) -> bool {
        match blow {
            Blow::Kill | Blow::Full => self.changes,
            Blow::Broken => true,
        }
    }

    /// The command, struck at this step.
    pub(crate) fn struck(&self, desk: &Desk, planned: &Planned, blow: Blow) -> Command {
        let inject = format!("inject={}:{}:when={}", self.call, blow.injected(), self.nth);
        let call = format!("trace={}", self.call);
        let strike = [
            "strace",
            "-qqq",
            "-o/dev/null",
            "-e",
            &call,
            "-e",
            &inject,
            "--",
        ];
        desk.through(&strike, planned.line)
    }
}

/// All steps of a command on files of the desk; or why they cannot be told here.
pub(crate) fn of(planned: &Planned) -> Result<Vec<Step>, String> {
    let desk = Desk::prepared(planned);
    let log = desk.path("steps");
    let calls = format!("trace={},{}", CHANGES.join(","), LOOKS.join(","));
    let out = format!("-o{}", log.display());
    let mut traced = desk.through(
        &["strace", "-y", "-qqq", &out, "-e", &calls, "--"],
        planned.line,
    );
    let output = traced.output().map_err(|e| format!("strace: {e}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let folder = desk.path("").canonicalize().unwrap().display().to_string();
    let told = fs::read_to_string(log).unwrap();
    let mut counts = BTreeMap::new();
    let mut steps = Vec::new();
    for line in told.lines() {
        let Some((call, rest)) = line.split_once('(') else {
            continue;
        };
        let nth = counts.entry(call.to_owned()).or_insert(0);
        *nth += 1;
        if let Some(file) = file(rest, &folder) {
            steps.push(Step {
                changes: CHANGES.contains(&call) || rest.contains("O_CREAT"),
                call: call.to_owned(),
                nth: *nth,
                file,
            });
        }
    }
    Ok(steps)
}

/// The file of the desk that a call is on, or the pipe to which the command speaks.
fn file(call: &str, folder: &str) -> Option<String> {
    if call.starts_with("1<pipe") {
        return Some("standard output".to_owned());
    }
    // Names stand in quotes: from the root on, or from the folder on, where the command runs.
    let named = call
        .split('"')
        .nth(1)
        .filter(|_| call.starts_with(['"', 'A']));
    let open = || {
        call.split_once('<')?
            .1
            .split_once('>')
            .map(|(path, _)| path)
    };
    let path = named.or_else(open)?;
    let inside = path
        .strip_prefix(folder)
        .map(|rest| rest.trim_start_matches('/'));
    let inside = inside.or_else(|| Some(path).filter(|path| !path.starts_with('/')))?;
    // The number of the process changes from run to run.
    Some(
        inside
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '-')
            .to_owned(),
    )
}
