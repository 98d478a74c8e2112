//! The program as people call it, in a folder that holds their keys and cases.

use std::path::Path;
use std::process::Command;

/// A command, words parted by spaces, of an actor.
pub(crate) fn command(folder: &Path, actor: &str, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_framewitness"));
    command
        .args(line.split(' '))
        .current_dir(folder)
        .env_clear()
        .env("FRAMEWITNESS_HOME", folder.join("home"))
        .env("FRAMEWITNESS_ACTOR", actor);
    command
}

/// Exit code, and what was said.
pub(crate) fn told(mut command: Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}
