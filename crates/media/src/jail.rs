//! The jail: what is left to a process that reads a file from a stranger. `docs/security/jail.md` says why.
//!
//! For programs that are started by [`crate::decoder`] and do nothing else: it is closed for good.

mod filters;
mod limits;
mod paths;
mod script;

use std::collections::BTreeMap;

use crate::protocol::{Begin, OFF, Record, Task};

/// A layer that cannot be had.
#[derive(Debug)]
pub struct Missing {
    layer: &'static str,
    reason: String,
}

impl From<Missing> for Record {
    fn from(missing: Missing) -> Self {
        Self::JailUnavailable {
            layer: missing.layer.to_owned(),
            reason: missing.reason,
        }
    }
}

impl Missing {
    fn new(layer: &'static str, reason: impl std::fmt::Display) -> Self {
        Self {
            layer,
            reason: reason.to_string(),
        }
    }
}

/// Closes the jail for good, or the part of it that was asked for. Returns each layer and how it is
/// enforced.
///
/// # Errors
/// A layer that cannot be had; the process must not go on.
pub fn enter(begin: &Begin) -> Result<BTreeMap<String, String>, Missing> {
    let (process, limits) = (limits::harden()?, limits::set(begin)?);
    let (landlock, seccomp) = if begin.task == Task::Exiftool {
        around(begin)?
    } else if begin.jailed {
        alone()?;
        (paths::close()?, filters::install()?)
    } else {
        (OFF.to_owned(), OFF.to_owned())
    };
    let layers = [
        ("process", process),
        ("limits", limits),
        ("landlock", landlock),
        ("seccomp", seccomp),
    ];
    Ok(layers
        .into_iter()
        .map(|(name, how)| (name.to_owned(), how))
        .collect())
}

/// The jail of a script, without which none is run.
fn around(begin: &Begin) -> Result<(String, String), Missing> {
    let missing = |reason: &str| Missing::new("landlock", reason);
    if !begin.jailed {
        return Err(missing("no script is run without it"));
    }
    let script = begin.script.as_deref();
    let script = script.ok_or_else(|| missing("no script is named"))?;
    alone()?;
    limits::close_on_exec()?;
    Ok((script::close(script)?, script::install()?))
}

/// Landlock binds the calling thread and those that it starts: a library that started one of its own
/// while loading would keep it outside.
fn alone() -> Result<(), Missing> {
    let missing = |reason: String| Missing::new("single thread", reason);
    let threads = std::fs::read_dir("/proc/self/task")
        .map_err(|error| missing(format!("cannot count threads: {error}")))?
        .count();
    if threads == 1 {
        Ok(())
    } else {
        Err(missing(format!(
            "a library started {} threads",
            threads - 1
        )))
    }
}
