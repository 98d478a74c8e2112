//! One file for each command: its arguments, whose comments are the help, and its `run`.

pub mod add;
pub mod assess;
pub mod checkpoint;
pub mod claim;
pub mod compare;
pub mod content;
pub mod date;
pub mod export;
pub mod filmstrip;
pub mod frame;
pub mod frames;
pub mod hash;
pub mod hashes;
pub mod hypothesis;
pub mod import;
pub mod init;
pub mod inspect;
pub mod judged;
pub mod key;
pub mod list;
pub mod log;
pub mod manual;
pub mod mask;
pub mod matching;
pub mod matrix;
pub mod media_review;
pub mod note;
pub mod observe;
pub mod person;
pub mod pin;
pub mod place;
pub mod prove;
pub mod publish;
pub mod rebuild;
pub mod received;
pub mod remove;
pub mod report;
pub mod resemblance;
pub mod reuse;
pub mod review;
pub mod same;
pub mod search;
pub mod series;
pub mod serve;
pub mod show;
pub mod sound;
pub mod source;
pub mod span;
pub mod tag;
pub mod undo;
pub mod verify;
pub mod view;
pub mod watch;
pub mod waveform;
pub mod witness;

use workbench::{Case, Error, Result};

/// Runs `each` on every input, tells what went wrong with one and goes on with the next; the first
/// error is the outcome.
fn every<T>(
    output: &crate::output::Output,
    inputs: impl IntoIterator<Item = T>,
    mut each: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let mut first: Option<Error> = None;
    for input in inputs {
        if let Err(error) = each(input) {
            match &first {
                None => first = Some(error),
                Some(_) => output.trouble(&error),
            }
        }
    }
    first.map_or(Ok(()), Err)
}

/// That `what` lacks blobs, naming them, if it does.
fn incomplete(missing: &[workbench::export::Missing], what: &str) -> Result<()> {
    let name = |one: &workbench::export::Missing| format!("{} ({})", one.id, one.role);
    match missing.iter().map(name).collect::<Vec<_>>() {
        none if none.is_empty() => Ok(()),
        names => Err(Error::missing(format!(
            "{what} is without {} that the journal names: {}",
            match names.len() {
                1 => "a blob".to_owned(),
                count => format!("{count} blobs"),
            },
            names.join(", ")
        ))
        .hint("add the originals again, or inspect again for what is derived")),
    }
}

/// The items that `names` name; every item of the case when `all`.
fn items(case: &Case, names: &[String], all: bool) -> Result<Vec<workbench::Item>> {
    if all {
        return case.all();
    }
    names.iter().map(|name| case.item(name)).collect()
}

/// Writes a file whole.
pub fn write(path: &std::path::Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes)
        .map_err(|error| Error::io(format!("writing {}", path.display()), &error))
}

/// Reads a text file whole.
pub fn read(path: &std::path::Path) -> Result<String> {
    std::fs::read_to_string(path)
        .map_err(|error| Error::io(format!("reading {}", path.display()), &error))
}

/// Where a record is pinned, for the end of a line.
fn pinned(pin: &store::event::Pin) -> String {
    match &pin.span {
        None => String::new(),
        Some(span) if span.first.no == span.last.no => format!("  @ frame {}", span.first.no),
        Some(span) => format!("  @ frames {}-{}", span.first.no, span.last.no),
    }
}

/// What a judgement revises, and what revised it, for the end of a line.
fn revision<N: std::fmt::Display>(supersedes: Option<N>, superseded_by: Option<N>) -> String {
    let revises = supersedes.map(|earlier| format!("  revises {earlier}"));
    let revised = superseded_by.map(|later| format!("  superseded by {later}"));
    revises.into_iter().chain(revised).collect()
}

/// That something was taken back, for the end of a line.
fn withdrawn(withdrawn: Option<&store::record::Withdrawn>) -> String {
    withdrawn.map_or_else(String::new, |it| {
        let origin = &it.origin;
        format!(
            "  WITHDRAWN by {} (entry {}): {}",
            origin.actor, origin.entry, it.reason
        )
    })
}
