//! What is left where sealing and rendering are killed or interrupted anywhere: nothing, or all of it.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use super::desk::*;
use crate::bench::Bench;

/// How what is not whole is called.
const PART: &str = ".framewitness-part";

/// Files and bytes in what is not whole yet.
fn begun(path: &Path) -> (usize, u64) {
    let mut part = path.as_os_str().to_owned();
    part.push(PART);
    let part = Path::new(&part);
    if part.is_file() {
        return (1, fs::metadata(part).map_or(0, |it| it.len()));
    }
    (count(part), u64::from(part.is_dir()))
}

/// Files below a folder.
fn count(folder: &Path) -> usize {
    let listed = fs::read_dir(folder).into_iter().flatten().flatten();
    let each = listed.map(|it| {
        if it.path().is_dir() {
            count(&it.path())
        } else {
            1
        }
    });
    each.sum()
}

pub(super) fn started(bench: &Bench, line: &str) -> Child {
    let mut command = bench.command("Ada", line);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Sends `signal` as soon as `when` holds, and waits for the end.
pub(super) fn struck(mut child: Child, signal: &str, when: impl Fn() -> bool) -> Output {
    while !when() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
    let id = child.id().to_string();
    let _ = Command::new("kill").args([signal, &id]).output();
    child.wait_with_output().unwrap()
}

/// Whether it was struck before its end; interrupted, it must have said so.
pub(super) fn was_struck(output: &Output, signal: &str) -> bool {
    let told = String::from_utf8_lossy(&output.stderr);
    match (output.status.signal(), output.status.code()) {
        (Some(9), _) => true,
        (_, Some(0)) => false,
        (_, Some(1)) if signal == "-INT" => {
            assert!(
                told.contains("interrupted: nothing half written is left"),
                "{told}"
            );
            true
        }
        ended => panic!("{ended:?}: {told}"),
    }
}

fn parts(bench: &Bench) -> Vec<String> {
    let listed = fs::read_dir(bench.path("")).unwrap();
    let names = listed.map(|it| it.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(PART)).collect()
}

/// Nothing half published: the name is not there, or stands for a whole bundle. The next run clears away what is left
/// and writes all of it.
fn whole_or_none(bench: &Bench, line: &str, signal: &str) {
    if bench.path("bundle").exists() {
        bench.run("verify bundle");
        fs::remove_dir_all(bench.path("bundle")).unwrap();
    }
    if signal == "-INT" {
        assert_eq!(parts(bench), [""; 0]);
    }
    bench.run("verify");
    bench.run(line);
    bench.run("verify bundle");
    assert_eq!(parts(bench), [""; 0]);
    fs::remove_dir_all(bench.path("bundle")).unwrap();
}

#[test]
fn a_seal_that_is_struck_anywhere_leaves_no_half_bundle() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("claim add 1 morning --frame 3");
    let number = approved(
        &bench,
        "#1 C1 #1#frame=7 --originals --title Square --summary Older.",
    );
    let line = format!("publish seal {number} --out bundle");
    let mut hits = 0;
    for signal in ["-KILL", "-INT"] {
        for files in [0, 1, 4, 9, 16] {
            let child = started(&bench, &line);
            let path = bench.path("bundle");
            let when = || begun(&path) >= (files, 1);
            let output = struck(child, signal, when);
            hits += usize::from(was_struck(&output, signal));
            whole_or_none(&bench, &line, signal);
        }
    }
    assert!(hits >= 6, "only {hits} were struck before their end");
    let sealed = bench
        .json("log")
        .iter()
        .filter(|it| it["kind"] == "publication.sealed")
        .count();
    assert_eq!(sealed, 1, "it is sealed once");
}

#[test]
fn an_encrypted_seal_that_is_struck_leaves_no_half_file() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("claim add 1 morning --frame 3");
    let number = approved(&bench, "#1 C1 --originals --title Square --summary Older.");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"])
        .arg(bench.path("friend"))
        .status();
    assert!(made.unwrap().success());
    let line = format!("publish seal {number} --out bundle.tar.age --age friend.pub");
    let out = bench.path("bundle.tar.age");
    // Whoever it is for opens all of it and checks it, or it is not whole.
    let reader = Bench::with(&[]);
    let opened = format!(
        "import {} --identity {}",
        out.display(),
        bench.path("friend").display()
    );
    let mut hits = 0;
    for signal in ["-KILL", "-INT"] {
        for bytes in [0, 1, 90_000, 240_000] {
            let child = started(&bench, &line);
            let when = || begun(&out) >= (1, bytes);
            let output = struck(child, signal, when);
            hits += usize::from(was_struck(&output, signal));
            if out.exists() {
                reader.run(&opened);
                fs::remove_file(&out).unwrap();
            }
            if signal == "-INT" {
                assert_eq!(parts(&bench), [""; 0]);
            }
            bench.run("verify");
            bench.run(&line);
            assert_eq!(parts(&bench), [""; 0], "what is left is cleared away");
            reader.run(&opened);
            fs::remove_file(&out).unwrap();
        }
    }
    assert!(hits >= 4, "only {hits} were struck before their end");
}

#[test]
fn a_rendering_that_is_struck_leaves_no_half_copy() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("mask draw 1 --frame 2 --to 9 --region 8,8,40,40 --reason face");
    let line = "mask render 1 -o copy.mp4";
    let scratch = bench.path("case/scratch");
    let (copy, mut hits) = (bench.path("copy.mp4"), 0);
    for signal in ["-KILL", "-INT"] {
        for wait in [20, 80, 160, 300, 500] {
            let child = started(&bench, line);
            let begun = std::time::Instant::now();
            let when = || begun.elapsed() >= Duration::from_millis(wait);
            let output = struck(child, signal, when);
            let listening = output.status.signal() != Some(2);
            let hit = !listening || was_struck(&output, signal);
            hits += usize::from(hit);
            assert!(!hit || !copy.exists(), "{signal} after {wait} ms");
            let _ = fs::remove_file(&copy);
            let left = fs::read_dir(&scratch).into_iter().flatten().flatten();
            let left: Vec<_> = left.map(|it| it.file_name()).collect();
            assert!(
                left.iter()
                    .all(|it| !it.to_string_lossy().contains("masked")),
                "{left:?}"
            );
            bench.run("verify");
        }
    }
    assert!(hits >= 4, "only {hits} were struck before their end");
    bench.run(line);
    assert!(copy.exists());
    assert_eq!(parts(&bench), [""; 0]);
}
