//! The programs as they are installed, and files to show them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use media::decoder::{CREDENTIALS_PROGRAM, Decoder, Limits, PROGRAM};
use media::facts::{Credentials, Manifests, Outcome};
use media::finding::FindingKind;
use media::inspect::{Inspection, inspect};
use tempfile::TempDir;

/// A folder with the decoder and the reader beside it.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        let desk = Self(TempDir::new().expect("a folder"));
        let decoder = std::env::var_os("FRAMEWITNESS_DECODER").map_or_else(
            || {
                Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("../../target/debug")
                    .join(PROGRAM)
            },
            PathBuf::from,
        );
        fs::copy(&decoder, desk.path(PROGRAM))
            .unwrap_or_else(|why| panic!("{}: {why}: run cargo build first", decoder.display()));
        let reader = env!("CARGO_BIN_EXE_framewitness-credentials");
        fs::copy(reader, desk.path(CREDENTIALS_PROGRAM)).expect("copy");
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn inspect(&self, name: &str, bytes: &[u8]) -> Inspection {
        fs::write(self.path(name), bytes).expect("write");
        let decoder = Decoder::new(self.path(PROGRAM), Limits::default());
        let file = File::open(self.path(name)).expect("open");
        inspect(&decoder, file, &mut ()).expect("inspected")
    }

    /// A small file made by ffmpeg.
    pub fn shoot(&self, name: &str, arguments: &str) -> Vec<u8> {
        let path = self.path(name);
        let scene = "-v error -nostdin -f lavfi -i testsrc2=s=64x64:r=5:d=1";
        let made = Command::new("ffmpeg")
            .args(scene.split(' '))
            .args(arguments.split_whitespace())
            .arg(&path)
            .status()
            .expect("ffmpeg is installed");
        assert!(made.success(), "{name}");
        fs::read(path).expect("read")
    }

    pub fn clip(&self) -> Vec<u8> {
        self.shoot("plain.mp4", "-c:v libx264")
    }
}

pub fn found(inspection: &Inspection) -> &Manifests {
    match &inspection.facts.credentials {
        Some(Credentials::Found(manifests)) => manifests,
        other => panic!("{other:?}"),
    }
}

/// Codes of checks with that outcome.
pub fn codes(manifests: &Manifests, outcome: Outcome) -> Vec<&str> {
    let checks = manifests.checks.iter();
    checks
        .filter(|check| check.outcome == outcome)
        .map(|check| check.code.as_str())
        .collect()
}

/// Sentences of the findings.
pub fn told(inspection: &Inspection) -> Vec<&str> {
    let kind = FindingKind::ContentCredentials;
    let findings = inspection.findings.iter().filter(|it| it.kind == kind);
    findings.map(|it| it.summary.as_str()).collect()
}
