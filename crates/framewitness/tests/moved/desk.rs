//! A folder with cases of one person.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::authority::Authority;
use crate::s3;

const CLIP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/clips/v2.m4v");
const OTHER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/odd/rotated.mp4"
);

pub struct Desk(TempDir);

impl Desk {
    /// With a case `case`, made with `options`, in which something is of every kind that has blobs.
    pub fn with_a_case(options: &str) -> Self {
        let desk = Self(TempDir::new().unwrap());
        fs::copy(CLIP, desk.path("clip.m4v")).unwrap();
        desk.done("", format!("init case --name Moved {options}").trim());
        desk.done("case", "add clip.m4v");
        desk.done("case", "inspect 1");
        desk.done("case", "claim add 1 staged");
        desk.done("case", "observe 1 seen --frame 3");
        desk.done("case", "report 1 -o first.html");
        desk
    }

    /// The same, with a second item that was removed, a search kept under a name, a second author, and a
    /// head that an authority and another case vouch for.
    pub fn with_a_rich_case(options: &str) -> Self {
        let desk = Self::with_a_case(options);
        fs::copy(OTHER, desk.path("other.mp4")).unwrap();
        desk.done("case", "add other.mp4");
        desk.done("case", "inspect 2");
        desk.done("case", "remove 2 --ground law --reason ordered --yes");
        desk.done("case", "view save refuted --kind claim --status refuted");
        desk.done("case", "tag add 1 market");
        desk.done("case", "--actor Ben observe 1 seen-by-another");
        desk.witnessed();
        desk
    }

    fn witnessed(&self) {
        let authority =
            Authority::new("moved", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256", 3);
        let asked = self.json("case", "witness request clock");
        let request = self.read(asked["file"].as_str().unwrap());
        fs::write(self.path("clock.tsr"), authority.answer(&request)).unwrap();
        fs::write(self.path("root.der"), authority.root()).unwrap();
        self.done("case", "witness add clock.tsr --roots root.der");
        self.done("", "init desk-of-ben");
        self.done("case", "checkpoint -o first");
        let key = self.done("case", "checkpoint --key");
        let cosigned = self.json(
            "desk-of-ben",
            &format!(
                "witness cosign first --key {} --name other.example/desk -o first.cosigned",
                key.trim()
            ),
        );
        let their = cosigned["key"].as_str().unwrap();
        self.done("case", &format!("witness add first.cosigned --key {their}"));
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The program, in `case` if it is about one; words parted by spaces.
    pub fn command(&self, case: &str, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_framewitness"));
        command
            .args(line.split(' '))
            .current_dir(self.0.path())
            .env_clear()
            .env("FRAMEWITNESS_HOME", self.path("home"))
            .env("FRAMEWITNESS_ACTOR", "Ada")
            .env("AWS_ACCESS_KEY_ID", s3::KEY)
            .env("AWS_SECRET_ACCESS_KEY", s3::SECRET)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if !case.is_empty() {
            command.env("FRAMEWITNESS_CASE", case);
        }
        command
    }

    /// Exit code, and what was said.
    pub fn told(&self, case: &str, line: &str) -> (Option<i32>, String) {
        told(self.command(case, line))
    }

    pub fn done(&self, case: &str, line: &str) -> String {
        let (code, said) = self.told(case, line);
        assert_eq!(code, Some(0), "{line}: {said}");
        said
    }

    pub fn fails(&self, code: i32, case: &str, line: &str) -> String {
        let (found, said) = self.told(case, line);
        assert_eq!(found, Some(code), "{line}: {said}");
        said
    }

    pub fn json(&self, case: &str, line: &str) -> Value {
        let said = self.done(case, &format!("{line} --json"));
        serde_json::from_str(said.lines().last().unwrap()).unwrap()
    }

    /// What other programs say of it, which must succeed.
    pub fn shell(&self, line: &str) -> String {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(self.0.path());
        let (code, said) = told(command);
        assert_eq!(code, Some(0), "{line}: {said}");
        said
    }
}

pub fn told(mut command: Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

pub fn sha256sum(path: &Path) -> String {
    let output = Command::new("sha256sum").arg(path).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    said.split(' ').next().unwrap().to_owned()
}
