//! Whatever is recorded, in whatever order and by however many at once, the records are what the journal says.

#![allow(clippy::unwrap_used)]

mod alone;
mod answers;
mod events;
#[path = "../conformance/sample.rs"]
#[allow(dead_code, reason = "the suites use the rest")]
mod sample;
#[path = "../servers/postgres.rs"]
mod servers;
mod together;

use journal::HeldKey;
use tempfile::TempDir;

/// Those who write, each with a key of their own.
fn authors() -> [HeldKey; 3] {
    [
        sample::ada(),
        sample::ben(),
        HeldKey::from_seed("Cem", &[3; 32]),
    ]
}

/// A folder in memory, where there is one.
fn folder() -> TempDir {
    let memory = tempfile::tempdir_in("/dev/shm");
    memory.or_else(|_| tempfile::tempdir()).unwrap()
}
