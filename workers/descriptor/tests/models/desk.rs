//! The programs as they are installed, a case, and descriptor folders to try in it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use media::decoder::{Decoder, Limits, PROGRAM};
use media::describe::{ChannelLayout, Channels, Describer, Error, ModelForm, PROGRAM as WORKER};
use media::sha256::{Pieces, hashes};
use serde_json::Value;
use tempfile::TempDir;

use super::layout;

/// What a command printed, and how it ended.
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A folder with the three programs beside each other, and a case.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        let desk = Self(TempDir::new().expect("a folder"));
        let main = std::env::var_os("FRAMEWITNESS_BIN")
            .map_or_else(|| fixture("../target/debug/framewitness"), PathBuf::from);
        for program in [main.clone(), main.with_file_name(PROGRAM)] {
            let name = program.file_name().expect("a name");
            fs::copy(&program, desk.0.path().join(name)).unwrap_or_else(|why| {
                panic!("{}: {why}: run cargo build first", program.display())
            });
        }
        let worker = env!("CARGO_BIN_EXE_framewitness-descriptor");
        fs::copy(worker, desk.path(WORKER)).expect("copy");
        assert_eq!(desk.run(&["init", "case"]).code, Some(0));
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `framewitness` on the case.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let output = Command::new(self.path("framewitness"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("FRAMEWITNESS_CASE", self.path("case"))
            .env("FRAMEWITNESS_HOME", self.path("home"))
            .env("FRAMEWITNESS_ACTOR", "Ada")
            .env_remove("FRAMEWITNESS_DECODER")
            .output()
            .expect("framewitness runs");
        Said {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// A descriptor folder: the fixture's, with another model and another description.
    pub fn folder(&self, name: &str, model: &[u8], change: impl FnOnce(&mut Value)) -> String {
        let folder = self.path(name);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("model.onnx"), model).expect("write");
        let json = fs::read(fixture("descriptor/descriptor.json")).expect("the fixture");
        let mut json: Value = serde_json::from_slice(&json).expect("JSON");
        json["sha256"] = sha256(model).into();
        change(&mut json);
        fs::write(folder.join("descriptor.json"), json.to_string()).expect("write");
        folder.to_str().expect("text").to_owned()
    }

    /// What comes of a model that is given three seconds for each answer, on a grey picture.
    pub fn describe(&self, model: &[u8], form: &ModelForm) -> Result<Vec<f32>, Error> {
        fs::write(self.path("tried.onnx"), model).expect("write");
        let limits = Limits {
            stall: Duration::from_secs(3),
            ..Limits::default()
        };
        let decoder = Decoder::new(self.path(PROGRAM), limits);
        let file = File::open(self.path("tried.onnx")).expect("open");
        let mut describer = Describer::start(&decoder, &file, form)?;
        let channels = 3 * form.width as usize * form.height as usize;
        let picture: Vec<u8> = (0..channels).map(|at| (at * 7 % 251) as u8).collect();
        describer.describe(&picture)
    }
}

/// How the fixture's model, or one like it, is used.
pub fn form(model: &[u8]) -> ModelForm {
    ModelForm {
        sha256: sha256(model),
        input: None,
        output: None,
        width: 64,
        height: 64,
        channels: Channels::Grey,
        layout: ChannelLayout::Nchw,
        mean: vec![0.5],
        std: vec![0.5],
        dimensions: layout::DIMENSIONS as u32,
    }
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(name)
}

fn sha256(bytes: &[u8]) -> String {
    let hash = hashes(&[Pieces(vec![bytes])]);
    hash.iter().map(ToString::to_string).collect()
}
