//! Stream hashes are those of `ffmpeg -c copy`, for every stream of every container.

use std::path::Path;
use std::process::Command;

use media::facts::Facts;
use media::listing::streamhash_listing;

use super::clips::{Studio, fixture, look};

/// What ffmpeg prints for one stream alone, with the stream's own index.
fn theirs(path: &Path, index: u32) -> String {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(path)
        .args(["-map", &format!("0:{index}")])
        .args("-c copy -f streamhash -hash sha256 -".split(' '))
        .output()
        .expect("ffmpeg is installed");
    let text = String::from_utf8(output.stdout).expect("text");
    format!("{index}{}", text.strip_prefix('0').unwrap_or(&text))
}

fn assert_same(path: &Path) -> Facts {
    let facts = look(path).facts;
    let ours = streamhash_listing(&facts);
    let theirs: String = facts
        .streams
        .iter()
        .map(|stream| theirs(path, stream.index))
        .collect();
    assert!(theirs.contains("SHA256="), "ffmpeg hashes something");
    assert_eq!(ours, theirs, "{}", path.display());
    facts
}

#[test]
fn of_real_and_odd_clips() {
    for name in [
        "clips/VID_20191220_170832.mp4",
        "clips/bigbuckbunny.mp4",
        "clips/cityCC0.mpg",
        "clips/city-repost.mp4",
        "clips/movie-hello.mpeg",
        "clips/movie-hello.ogg",
        "clips/v2.m4v",
        "clips/v2s.mov",
        "odd/sound-only.ogg",
        "odd/truncated.mp4",
    ] {
        assert_same(&fixture(name));
    }
}

#[test]
fn of_containers() {
    let studio = Studio::new();
    let source = "-f lavfi -i testsrc2=s=96x64:d=2 -f lavfi -i sine=d=2";
    for (name, how) in [
        ("a.mp4", "-c:v libx264 -bf 2 -c:a aac"),
        ("a.mkv", "-c:v libx264 -bf 2 -c:a flac"),
        ("a.ts", "-c:v libx264 -bf 2 -c:a mp2"),
        ("a.mpg", "-c:v mpeg2video -c:a mp2"),
        ("a.avi", "-c:v mpeg4 -c:a mp2"),
        (
            "a.webm",
            "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus",
        ),
        ("a.flv", "-c:v flv1 -c:a aac -ar 44100"),
        (
            "two.mkv",
            "-map 1 -map 0 -map 1 -map 0 -c:v libx264 -c:a aac",
        ),
    ] {
        assert_same(&studio.shoot(name, &format!("{source} {how}")));
    }
}

#[test]
fn packets_before_the_first_sync_sample_are_left_out() {
    let studio = Studio::new();
    let whole = studio.shoot(
        "whole.ts",
        "-f lavfi -i testsrc2=s=96x64:d=3 -c:v libx264 -g 25",
    );
    let bytes = std::fs::read(whole).expect("read");
    let middle = bytes.len() / 2 / 188 * 188;
    let facts = assert_same(&studio.write("middle.ts", &bytes[middle..]));
    let essence = facts.streams[0].essence.expect("hashed");
    assert!(essence.packets > 0 && essence.bytes < (bytes.len() - middle) as u64);
}

#[test]
fn another_wrapper_keeps_the_hash() {
    let studio = Studio::new();
    let first = studio.shoot(
        "first.mp4",
        "-f lavfi -i testsrc2=s=96x64:d=1 -f lavfi -i sine=d=1 -c:v libx264 -c:a aac",
    );
    let again = studio.shoot("again.mkv", &format!("-i {} -c copy", first.display()));
    let essence = |path| {
        look(path)
            .facts
            .streams
            .iter()
            .map(|it| it.essence)
            .collect::<Vec<_>>()
    };
    let (first, again) = (essence(&first), essence(&again));
    assert_eq!(first, again);
    assert_eq!(first[0].expect("hashed").packets, 25);
}
