//! A case in a temporary folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_framewitness");
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");

pub(crate) struct Bench {
    folder: TempDir,
}

impl Bench {
    /// A case with these fixtures, inspected.
    pub(crate) fn with(clips: &[&str]) -> Self {
        let bench = Self {
            folder: TempDir::new().unwrap(),
        };
        bench.run("init case --name Archive");
        for clip in clips {
            bench.add(clip);
        }
        bench.run("inspect --all");
        bench
    }

    pub(crate) fn add(&self, clip: &str) {
        self.run(&format!("add {}", fixture(clip).display()));
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a command answers, arguments parted by spaces.
    pub(crate) fn output(&self, actor: &str, arguments: &str) -> Output {
        self.command(actor, arguments).output().unwrap()
    }

    /// A command, not yet begun.
    pub(crate) fn command(&self, actor: &str, arguments: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(arguments.split(' '))
            .current_dir(self.folder.path())
            .env_clear()
            .env("FRAMEWITNESS_HOME", self.path("home"))
            .env("FRAMEWITNESS_ACTOR", actor)
            .env(
                "FRAMEWITNESS_DECODER",
                Path::new(PROGRAM).with_file_name("framewitness-decoder"),
            );
        if !arguments.starts_with("init") {
            command.env("FRAMEWITNESS_CASE", self.path("case"));
        }
        command
    }

    /// What a command prints for a person; it must succeed.
    pub(crate) fn run(&self, arguments: &str) -> String {
        self.run_as("Ada", arguments)
    }

    pub(crate) fn run_as(&self, actor: &str, arguments: &str) -> String {
        let output = self.output(actor, arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments}: {told}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command prints as JSON Lines; it must succeed.
    pub(crate) fn json(&self, arguments: &str) -> Vec<Value> {
        let lines = self.run(&format!("{arguments} --json"));
        lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Exit code and words of a command that is refused.
    pub(crate) fn refused(&self, arguments: &str) -> (i32, String) {
        let output = self.output("Ada", arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), told)
    }

    /// Number of journal entries.
    pub(crate) fn entries(&self) -> usize {
        self.json("log").len()
    }
}

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(FIXTURES).join(name)
}
