//! Becoming perl with exiftool, once its jail is closed.

use std::io::{self, Seek};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use media::channel::{self, Channel};
use media::protocol::PERL;

/// Everything about the bytes on standard input as JSON; no configuration of the user's, since that is a
/// program. Files beyond 4 GB are read too.
const ARGUMENTS: [&str; 10] = [
    "-config",
    "",
    "-json",
    "-G1",
    "-struct",
    "-n",
    "-api",
    "LargeFileSupport=1",
    "--",
    "-",
];

/// Replaces this program; returns only if that fails.
///
/// # Errors
/// Perl cannot be started.
pub(crate) fn run(channel: Channel, script: &Path) -> io::Result<()> {
    let mut input = channel::input();
    input.rewind()?;
    let error = Command::new(PERL)
        .arg(script)
        .args(ARGUMENTS)
        .env_clear()
        // The order of its tables is the same in every run, and so is what it says.
        .env("PERL_HASH_SEED", "0")
        .env("PERL_PERTURB_KEYS", "0")
        .stdin(Stdio::from(input))
        .stdout(Stdio::from(channel.into_records()))
        .exec();
    Err(error)
}
