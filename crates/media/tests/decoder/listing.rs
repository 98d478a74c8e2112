//! Frame hashes and timestamps are ffmpeg's, byte for byte.

use std::path::Path;

use media::listing::framehash_listing;

use super::clips::{Studio, ffmpeg_listing, fixture, look};

fn assert_same(path: &Path) {
    let found = look(path);
    let ours = framehash_listing(&found.facts, &found.frames, &found.versions);
    let theirs = ffmpeg_listing(path);
    assert!(theirs.lines().count() > 11, "ffmpeg lists frames");
    if ours != theirs {
        let line = ours
            .lines()
            .zip(theirs.lines())
            .find(|(ours, theirs)| ours != theirs);
        panic!(
            "{}: {} lines, ffmpeg {}; first difference {line:#?}",
            path.display(),
            ours.lines().count(),
            theirs.lines().count(),
        );
    }
}

#[test]
fn of_real_clips() {
    for name in [
        "clips/VID_20191220_170832.mp4",
        "clips/cityCC0.mpg",
        "clips/city-repost.mp4",
        "clips/movie-hello.mpeg",
        "clips/movie-hello.ogg",
        "clips/v2s.mov",
    ] {
        assert_same(&fixture(name));
    }
}

#[test]
fn of_odd_clips() {
    for name in ["anamorphic.mp4", "rotated.mp4", "ten-bit.mp4"] {
        assert_same(&fixture("odd").join(name));
    }
}

#[test]
fn of_containers_and_formats() {
    let studio = Studio::new();
    let source = "-f lavfi -i testsrc2=s=178x98:r=30000/1001:d=2";
    for (name, how) in [
        ("b-frames.mkv", "-c:v libx264 -bf 3 -g 20"),
        ("transport.ts", "-c:v libx264 -bf 2 -g 15"),
        ("program.mpg", "-c:v mpeg2video -bf 2"),
        ("old.avi", "-c:v mpeg4 -bf 2"),
        ("vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8"),
        ("stream.h264", "-c:v libx264 -bf 2"),
        ("palette.gif", "-r 10"),
        ("alpha.mov", "-c:v qtrle -pix_fmt argb"),
        ("professional.mov", "-c:v prores_ks -pix_fmt yuv422p10le"),
        ("grey.mkv", "-c:v ffv1 -pix_fmt gray"),
        ("start.mp4", "-c:v libx264 -output_ts_offset 3.7"),
    ] {
        assert_same(&studio.shoot(name, &format!("{source} {how}")));
    }
}

#[test]
fn of_variable_rate() {
    let studio = Studio::new();
    let clip = studio.shoot(
        "variable.mp4",
        "-f lavfi -i testsrc2=s=128x96:r=25:d=3 -vf setpts=(N+0.4*sin(N)+mod(N\\,7))*0.04/TB \
         -fps_mode vfr -c:v libx264 -bf 2 -video_track_timescale 90000",
    );
    assert_same(&clip);
}
