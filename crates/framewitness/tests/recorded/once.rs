//! Commands that are killed and run again under their key.

use std::process::{Child, Stdio};
use std::thread;
use std::time::Instant;

use crate::bench::Bench;

/// Kills, spread over the time that the command takes.
const KILLS: u32 = 24;

fn begun(bench: &Bench, line: &str) -> Child {
    let mut command = bench.command("Ada", line);
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
    quiet.spawn().unwrap()
}

#[test]
fn a_command_that_is_killed_and_run_again_is_recorded_once() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    let began = Instant::now();
    bench.run("claim add 1 first");
    let long = began.elapsed();
    let mut cut_off = 0;
    for kill in 1..=KILLS {
        let line = format!("claim add 1 claim-{kill} --once key-{kill}");
        let mut child = begun(&bench, &line);
        thread::sleep(long * kill / (KILLS - 4));
        cut_off += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let again = bench.json(&line).remove(0);
        assert_eq!(again["text"], format!("claim-{kill}"));
        // Run once more, it answers the same.
        assert_eq!(bench.json(&line).remove(0), again);
    }
    assert!(cut_off > 2, "{cut_off} of {KILLS} were cut off");
    assert_eq!(bench.json("claim list").len(), 1 + KILLS as usize);
    bench.run("verify");
    bench.run("rebuild");
}

#[test]
fn a_key_is_of_one_command_and_one_person() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("claim add 1 today --once k");
    let (code, told) = bench.refused("claim add 1 tomorrow --once k");
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("the key k is that of another request"),
        "{told}"
    );
    bench.run_as("Ben", "claim add 1 tomorrow --once k");
    assert_eq!(bench.json("claim list").len(), 2);
    let (code, told) = bench.refused("claim add 1 x --once a·b");
    assert_eq!(code, 2, "{told}");
    // A command that makes several entries makes each once.
    let before = bench.entries();
    let tag = "tag add C1 contested --once t";
    bench.run(tag);
    bench.run(tag);
    assert_eq!(bench.entries(), before + 1);
    let once = bench.json("log").pop().unwrap();
    assert_eq!(once["body"]["once"], "t");
    // A state before it was recorded knows nothing of it.
    assert_eq!(
        bench
            .json(&format!("tag list --as-of {}", before - 1))
            .len(),
        0
    );
    bench.run("verify");
    bench.run("rebuild");
}
