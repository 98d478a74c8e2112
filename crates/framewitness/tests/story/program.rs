//! The program, as a person runs it in a case's folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A case in a folder of its own.
pub struct Story {
    folder: PathBuf,
}

impl Story {
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn case(&self) -> PathBuf {
        self.folder.join("case")
    }

    /// Runs the program as a person would, in the case's folder.
    pub fn run(&self, line: &str) -> Output {
        let case = self.case();
        let here = if case.exists() { &case } else { &self.folder };
        Command::new(env!("CARGO_BIN_EXE_framewitness"))
            .args(words(line))
            .current_dir(here)
            .env_remove("FRAMEWITNESS_CASE")
            .env("FRAMEWITNESS_HOME", self.folder.join("home"))
            .env("FRAMEWITNESS_ACTOR", "Ada")
            .output()
            .unwrap()
    }

    /// Standard output of a command that must succeed.
    pub fn output(&self, line: &str) -> String {
        let output = self.run(line);
        assert!(
            output.status.success(),
            "{line}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// The JSON lines of a command that must succeed.
    pub fn json(&self, line: &str) -> Vec<Value> {
        self.output(&format!("{line} --json"))
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The only JSON line of a command.
    pub fn one(&self, line: &str) -> Value {
        let mut records = self.json(line);
        assert_eq!(records.len(), 1, "{line}: {records:?}");
        records.remove(0)
    }
}

/// Splits a command line at blanks, except within single quotes.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part);
        } else {
            words.extend(part.split_whitespace());
        }
    }
    words
}
