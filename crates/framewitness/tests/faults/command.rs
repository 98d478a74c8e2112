//! Commands that are struck, and the folders in which they are.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_framewitness");
const CLIP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/clips/v2.m4v");

/// A command, its words parted by spaces, and those that come before it.
pub(crate) struct Planned {
    pub(crate) name: &'static str,
    before: &'static [&'static str],
    pub(crate) line: &'static str,
    /// Exit code when it is run once more after it was done; none where that records another.
    pub(crate) again: Option<i32>,
}

const CASE: &str = "init case";
const ITEM: &str = "add clip.m4v";

pub(crate) static COMMANDS: [Planned; 8] = [
    Planned {
        name: "init",
        before: &[],
        line: CASE,
        again: Some(2),
    },
    Planned {
        name: "add",
        before: &[CASE],
        line: ITEM,
        again: None,
    },
    Planned {
        name: "source",
        before: &[CASE],
        line: "source add someone",
        again: None,
    },
    Planned {
        name: "claim",
        before: &[CASE, ITEM],
        line: "claim add clip.m4v filmed-today",
        again: None,
    },
    Planned {
        name: "inspect",
        before: &[CASE, ITEM],
        line: "inspect --all",
        again: Some(0),
    },
    Planned {
        name: "observe",
        before: &[CASE, ITEM, "inspect --all"],
        line: "observe clip.m4v smoke --frame 3",
        again: None,
    },
    Planned {
        name: "report",
        before: &[CASE, ITEM, "inspect --all"],
        line: "report clip.m4v --output report.html",
        again: None,
    },
    Planned {
        name: "checkpoint",
        before: &[CASE, ITEM],
        line: "checkpoint",
        again: None,
    },
];

/// A folder with keys, a clip, and perhaps a case.
pub(crate) struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        // Syncs cost nothing there, and what a command leaves is seen all the same.
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new());
        Self(folder.unwrap())
    }

    /// A desk on which `planned` is what comes next.
    pub(crate) fn prepared(planned: &Planned) -> Self {
        let desk = Self::new();
        copy(made(planned).0.path(), desk.0.path());
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A command, run by the program that `through` begins with.
    pub(crate) fn through(&self, through: &[&str], line: &str) -> Command {
        let words: Vec<&str> = through
            .iter()
            .copied()
            .chain([PROGRAM])
            .chain(line.split(' '))
            .collect();
        let mut command = Command::new(words[0]);
        command
            .args(&words[1..])
            .current_dir(self.0.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("FRAMEWITNESS_HOME", self.path("home"))
            .env("FRAMEWITNESS_ACTOR", "Ada")
            .env("FRAMEWITNESS_EXIFTOOL", "/nowhere")
            .env(
                "FRAMEWITNESS_DECODER",
                Path::new(PROGRAM).with_file_name("framewitness-decoder"),
            );
        if !line.starts_with("init") {
            command.env("FRAMEWITNESS_CASE", "case");
        }
        command
    }

    /// Exit code, and what was said.
    pub(crate) fn run(&self, line: &str) -> (Option<i32>, String) {
        told(self.through(&[], line))
    }

    /// Number of entries of a case that verifies without a remark; or what is wrong with it.
    pub(crate) fn entries(&self) -> Result<u64, String> {
        let (code, said) = self.run("verify --json");
        let verified: Value = serde_json::from_str(said.lines().next().unwrap_or_default())
            .map_err(|_| format!("verify: {said}"))?;
        match (code, verified["entries"].as_u64()) {
            (Some(0), Some(entries)) => Ok(entries),
            _ => Err(format!("verify ended with {code:?}: {said}")),
        }
    }

    /// Number of entries when `planned` was done and nothing struck.
    pub(crate) fn done(planned: &Planned) -> u64 {
        static DONE: Mutex<BTreeMap<&str, u64>> = Mutex::new(BTreeMap::new());
        let mut done = DONE.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || {
            let desk = Self::prepared(planned);
            let (code, said) = desk.run(planned.line);
            assert_eq!(code, Some(0), "{}: {said}", planned.line);
            desk.entries().unwrap()
        };
        *done.entry(planned.name).or_insert_with(fresh)
    }

    /// What is left over from work that did not come to its end.
    pub(crate) fn left_over(&self) -> Vec<String> {
        let remarks = self.run("verify").1;
        let remarks = remarks.lines().filter(|line| line.starts_with("note"));
        let incoming = fs::read_dir(self.path("case/blobs/incoming"))
            .into_iter()
            .flatten();
        let incoming = incoming.map(|file| file.unwrap().path().display().to_string());
        remarks.map(str::to_owned).chain(incoming).collect()
    }
}

pub(crate) fn told(mut command: Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

/// The desk of a command, made when it is first asked for.
fn made(planned: &Planned) -> Arc<Desk> {
    static MADE: Mutex<BTreeMap<&str, Arc<Desk>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let fresh = || {
        let desk = Desk::new();
        fs::copy(CLIP, desk.path("clip.m4v")).unwrap();
        for line in planned.before {
            let (code, said) = desk.run(line);
            assert_eq!(code, Some(0), "{line}: {said}");
        }
        Arc::new(desk)
    };
    made.entry(planned.name).or_insert_with(fresh).clone()
}

fn copy(from: &Path, to: &Path) {
    let from = from.join(".");
    let copied = Command::new("cp").arg("-a").args([&from, to]).status();
    assert!(copied.unwrap().success());
}
