//! Clips to decode: those of `fixtures/`, and small ones made by the installed ffmpeg.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use media::decoder::{Decoder, Limits};
use media::inspect::{Inspection, inspect};

/// The decoder under test.
pub(crate) fn decoder() -> Decoder {
    with(Limits::default())
}

/// The decoder under test with other limits.
pub(crate) fn with(limits: Limits) -> Decoder {
    let program = env!("CARGO_BIN_EXE_framewitness-decoder");
    Decoder::new(PathBuf::from(program), limits)
}

/// A clip of `fixtures/`.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(name)
}

/// Inspects a file with the default limits.
pub(crate) fn look(path: &Path) -> Inspection {
    inspect(&decoder(), open(path), &mut ()).expect("inspect")
}

pub(crate) fn open(path: &Path) -> File {
    File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A folder of clips that is gone after the test.
pub(crate) struct Studio(tempfile::TempDir);

impl Studio {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("temporary folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs ffmpeg with these arguments and the clip's path behind them.
    pub(crate) fn shoot(&self, name: &str, arguments: &str) -> PathBuf {
        let path = self.path(name);
        let status = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin", "-y"])
            .args(arguments.split_whitespace())
            .arg(&path)
            .status()
            .expect("ffmpeg is installed");
        assert!(status.success(), "ffmpeg {arguments}");
        path
    }

    /// Writes bytes.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("write");
        path
    }
}

/// What ffmpeg itself lists.
pub(crate) fn ffmpeg_listing(path: &Path) -> String {
    ffmpeg_listing_of(path, 0)
}

/// What ffmpeg itself lists of a video track.
pub(crate) fn ffmpeg_listing_of(path: &Path, track: u32) -> String {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-noautorotate", "-i"])
        .arg(path)
        .args(["-map", &format!("0:v:{track}")])
        .args("-fps_mode passthrough -f framehash -hash sha256 -".split(' '))
        .output()
        .expect("ffmpeg is installed");
    String::from_utf8(output.stdout).expect("text")
}

/// The first picture as ffmpeg shows it: RGB24, rotated by itself.
pub(crate) fn ffmpeg_picture(path: &Path) -> Vec<u8> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(path)
        .args("-frames:v 1 -pix_fmt rgb24 -f rawvideo -".split(' '))
        .output()
        .expect("ffmpeg is installed");
    output.stdout
}
