//! `framewitness inspect`, killed with everything that it started, and run again: every kept byte is
//! the one that an inspection in one go keeps.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_framewitness");
const CLIPS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/clips");

/// Kills of each clip.
const KILLS: u64 = 6;

/// A folder with a case that holds one clip.
struct Desk(TempDir);

impl Desk {
    fn with(clip: &Path) -> Self {
        let desk = Self(TempDir::new().unwrap());
        desk.run(&["init", "case"]);
        desk.run(&["add", clip.to_str().unwrap()]);
        desk
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let folder = self.0.path();
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(folder).env_clear();
        command
            .env("FRAMEWITNESS_HOME", folder.join("home"))
            .env("FRAMEWITNESS_ACTOR", "Ada")
            .env(
                "FRAMEWITNESS_DECODER",
                Path::new(PROGRAM).with_file_name("framewitness-decoder"),
            );
        if arguments[0] != "init" {
            command.env("FRAMEWITNESS_CASE", folder.join("case"));
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        let talk = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {talk}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn inspect(&self) -> Value {
        serde_json::from_str(&self.run(&["inspect", "--all", "--json"])).unwrap()
    }

    /// Bytes of the work log; 0 while there is none.
    fn logged(&self) -> u64 {
        let scratch = self.0.path().join("case/scratch");
        let files = std::fs::read_dir(scratch).into_iter().flatten();
        files
            .map(|file| file.unwrap().metadata().map_or(0, |it| it.len()))
            .sum()
    }

    /// Kills an inspection, with its decoder, once its log has so many bytes. Whether it was killed
    /// before it was done.
    fn kill_at(&self, bytes: u64) -> bool {
        let mut child = self
            .command(&["inspect", "--all"])
            .process_group(0)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while self.logged() < bytes && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let group = format!("-{}", child.id());
        let told = Command::new("kill").args(["-KILL", "--", &group]).status();
        told.unwrap();
        child.wait().unwrap().signal() == Some(9)
    }

    /// Names of all kept bytes, which are their hashes.
    fn kept(&self) -> BTreeSet<PathBuf> {
        let hashed = self.0.path().join("case/blobs/sha256");
        let folders = std::fs::read_dir(hashed).unwrap();
        folders
            .flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap())
            .map(|file| file.unwrap().path().file_name().unwrap().into())
            .collect()
    }
}

/// How far a clip's log grows.
fn length_of_log(clip: &Path) -> u64 {
    let desk = Desk::with(clip);
    let mut inspect = desk.command(&["inspect", "--all"]);
    let mut child = inspect.stdout(Stdio::null()).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(desk.logged());
        std::thread::sleep(Duration::from_millis(1));
    }
    most
}

/// Kills inspections of a clip all over it and runs them again. How many were killed and resumed.
fn kill_everywhere(clip: &Path) -> (u64, u64) {
    let whole = Desk::with(clip);
    let expected = whole.inspect();
    assert_eq!(expected.get("resumed_at"), None);
    let (length, kept) = (length_of_log(clip), whole.kept());
    let (mut killed, mut resumed) = (0, 0);
    for place in 0..KILLS {
        let desk = Desk::with(clip);
        if !desk.kill_at(length * (2 * place + 1) / (2 * KILLS)) {
            continue;
        }
        killed += 1;
        let mut found = desk.inspect();
        let what = format!("{} killed at {place} of {KILLS}", clip.display());
        assert_eq!(desk.kept(), kept, "{what}");
        assert_eq!(desk.logged(), 0, "{what}: the log is gone");
        let fields = found.as_object_mut().unwrap();
        if let Some(why) = fields.remove("not_resumed") {
            println!("{what}: {why}");
        }
        let at = fields.remove("resumed_at");
        if let Some(at) = at.as_ref().and_then(Value::as_u64) {
            resumed += 1;
            assert!(at > 0 && at <= found["frames"].as_u64().unwrap(), "{what}");
            let log = desk.run(&["log", "--json"]);
            assert!(log.contains(&format!("frame {at}")), "{what}: {log}");
        }
        assert_eq!(found, expected, "{what}");
        desk.run(&["verify"]);
    }
    (killed, resumed)
}

fn shot(folder: &TempDir, name: &str, arguments: &str) -> PathBuf {
    let path = folder.path().join(name);
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin"])
        .args(arguments.split_whitespace())
        .arg(&path)
        .status()
        .unwrap();
    assert!(status.success(), "ffmpeg {arguments}");
    path
}

#[test]
fn an_inspection_killed_anywhere_goes_on_and_keeps_the_same_bytes() {
    let folder = TempDir::new().unwrap();
    let loops = |times: u32, name: &str| format!("-stream_loop {times} -i {CLIPS}/{name} -c copy");
    let clips = [
        // Variable rate, and sound.
        shot(&folder, "phone.mp4", &loops(3, "VID_20191220_170832.mp4")),
        // A program stream with B-frames and sound.
        shot(&folder, "hello.mpg", &loops(2, "movie-hello.mpeg")),
        // Reordered frames of variable rate, whose edit list cuts the start off.
        shot(
            &folder,
            "edited.mp4",
            &format!("-ss 0.5 {}", loops(3, "city-repost.mp4")),
        ),
        // Sound of six channels.
        shot(&folder, "six.mkv", &loops(3, "bigbuckbunny.mp4")),
    ];
    let mut killed = 0;
    for clip in clips {
        let done = kill_everywhere(&clip);
        println!("{}: {} killed, {} resumed", clip.display(), done.0, done.1);
        assert!(done.1 > 0, "{} was never resumed", clip.display());
        killed += done.0;
    }
    assert!(killed >= 20, "only {killed} were killed");
}
