//! One blow, and what is left after it.

use std::os::unix::process::ExitStatusExt;

use crate::command::{Desk, Planned};
use crate::steps::{Blow, Step};

/// How the program says of a failure that what it was asked for is recorded, or may be.
const SAID: [&str; 3] = [
    "it may be there or not",
    "is recorded",
    // After that there is nothing left to fail.
    "writing the output",
];

/// Strikes `planned` at `step`.
pub(crate) fn strike(
    desk: &Desk,
    planned: &Planned,
    step: &Step,
    blow: Blow,
) -> Result<(), String> {
    let before = desk.entries().ok();
    let output = step
        .struck(desk, planned, blow)
        .output()
        .map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let done = match (blow, output.status.signal(), output.status.code()) {
        (Blow::Kill, Some(9), _) => false,
        (Blow::Kill, ..) => return Err(format!("it was not killed: {:?}", output.status)),
        (_, _, Some(0)) => true,
        (_, _, Some(1)) if said.contains("framewitness: ") && !said.contains("panicked") => false,
        (Blow::Broken, _, Some(3)) if step.may_look_like_damage() => false,
        _ => return Err(format!("it ended with {:?}: {said}", output.status)),
    };
    let kept = match (desk.entries(), before) {
        // A case that is made and not opened yet is not there.
        (Ok(entries), before) => entries > before.unwrap_or(0),
        (Err(_), None) if !done => false,
        (Err(why), _) => return Err(why),
    };
    // What is recorded is read back to be shown.
    let unsure = SAID.iter().any(|words| said.contains(words)) || step.may_look_like_damage();
    match (done, kept, blow) {
        (true, false, _) => return Err(format!("it was acknowledged and is not there: {said}")),
        (false, true, Blow::Full | Blow::Broken) if !unsure => {
            return Err(format!("it was recorded, and told as a failure: {said}"));
        }
        _ => {}
    }
    if !kept {
        let (code, said) = desk.run(planned.line);
        if code != Some(0) {
            return Err(format!("run again, it ended with {code:?}: {said}"));
        }
    }
    once(desk, planned, before)
}

/// Whether what was asked for is there once, and nothing beside it.
fn once(desk: &Desk, planned: &Planned, before: Option<u64>) -> Result<(), String> {
    let entries = desk.entries()?;
    let whole = Desk::done(planned);
    if entries != whole {
        return Err(format!("{entries} entries, not {whole}, after {before:?}"));
    }
    let left = desk.left_over();
    if !left.is_empty() {
        return Err(format!("left over: {left:?}"));
    }
    let Some(again) = planned.again else {
        return Ok(());
    };
    let (code, said) = desk.run(planned.line);
    match (code == Some(again), desk.entries()?) {
        (true, after) if after == entries => Ok(()),
        (_, after) => Err(format!("once more: {code:?}, {after} entries: {said}")),
    }
}
