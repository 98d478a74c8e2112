//! Spans and filmstrips over HTTP are those of the command line, and of single frames.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::served::Served;

/// Writes an answer's body to a file of the case's folder.
fn kept(served: &Served, name: &str, bytes: &[u8]) -> String {
    let path = served.path(name);
    std::fs::write(&path, bytes).expect("written");
    path.to_string_lossy().into_owned()
}

/// What Python, which shares no code with this program, finds in an archive.
fn unpacked(archive: &str, into: &Path) {
    let script = "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\n\
                  assert z.testzip() is None\nz.extractall(sys.argv[2])";
    let unpacked = Command::new("python3")
        .args(["-c", script, archive])
        .arg(into)
        .output()
        .expect("python runs");
    let complaint = String::from_utf8_lossy(&unpacked.stderr).into_owned();
    assert!(unpacked.status.success(), "{complaint}");
}

#[test]
fn an_archive_holds_the_stills_of_single_frames_and_their_listing() {
    let served = Served::with(&["clips/city-repost.mp4"]);
    for (form, view) in [("png", ""), ("png", "gamma=1.4"), ("webp", "")] {
        let asked = format!("/api/items/1/span.zip?from=48&to=52&as={form}&view={view}");
        let answer = served.get(&asked);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("application/zip"));
        assert_eq!(answer.header("content-disposition"), Some("attachment"));
        let archive = kept(&served, "span.zip", &answer.body);
        let folder = served.path(&format!("{form}{view}"));
        unpacked(&archive, &folder);
        let listing = std::fs::read(folder.join("frames.json")).expect("a listing");
        let listing: Value = serde_json::from_slice(&listing).expect("JSON");
        let frames = listing["frames"].as_array().expect("frames");
        assert_eq!(frames.len(), 4);
        assert_eq!(listing["view"], view);
        for (no, frame) in (48..).zip(frames) {
            let single = served.get(&format!("/api/items/1/frames/{no}.png?view={view}"));
            assert_eq!(frame["frame"], no);
            assert_eq!(frame["hash"].as_str(), single.header("x-frame-hash"));
            assert_eq!(frame["pixel_hash"].as_str(), single.header("x-pixel-hash"));
            assert_eq!(
                frame["pts"].to_string(),
                single.header("x-frame-pts").expect("a timestamp")
            );
            let still = folder.join(frame["file"].as_str().expect("a file"));
            let still = std::fs::read(still).expect("a still");
            assert!(form == "webp" || still == single.body, "frame {no}");
        }
    }
}

#[test]
fn a_clip_is_that_of_the_command_line_but_for_what_speeds_up_jumping() {
    let served = Served::with(&["clips/movie-hello.mpeg"]);
    let answer = served.get("/api/items/1/span.mkv?from=100&to=110");
    assert_eq!(answer.status, 200);
    served.run(&["span", "1", "--from", "100", "--to", "110", "-o", "own.mkv"]);
    let own = std::fs::read(served.path("own.mkv")).expect("written");
    assert_eq!(own.len(), answer.body.len());
    let differ = own.iter().zip(&answer.body).filter(|(a, b)| a != b).count();
    assert!((1..120).contains(&differ), "{differ}");
    let sent = kept(&served, "sent.mkv", &answer.body);
    let own = served.path("own.mkv").to_string_lossy().into_owned();
    let hashes = |file: &str| {
        let listed = Command::new("ffmpeg")
            .args(["-v", "error", "-i", file, "-map", "0", "-c", "copy"])
            .args(["-f", "framehash", "-"])
            .output()
            .expect("ffmpeg is installed");
        assert!(listed.stderr.is_empty() && listed.stdout.len() > 1000);
        listed.stdout
    };
    assert!(hashes(&sent) == hashes(&own));

    let listing = served.get("/api/items/1/span.json?from=100&to=110").json();
    let written = std::fs::read(served.path("own.mkv.frames.json")).expect("a listing");
    let written: Value = serde_json::from_slice(&written).expect("JSON");
    assert_eq!(listing, written);
    let samples = |end: &str| listing["sound"][end].as_u64().expect("a sample");
    // Ten frames of 1001/30000 seconds, and 48,000 samples to a second.
    let many = samples("to") - samples("from");
    assert!(many.abs_diff(16_016) <= 1, "{many}");
}

#[test]
fn a_filmstrip_shows_exact_frames_in_small() {
    let served = Served::with(&["clips/city-repost.mp4"]);
    let film = served.get("/api/items/1/filmstrip?count=6&width=80").json();
    assert_eq!((&film["width"], &film["height"]), (&80.into(), &45.into()));
    let cells = film["cells"].as_array().expect("cells");
    assert_eq!(cells.len(), 6);
    let strip = served.get("/api/items/1/filmstrip.png?count=6&width=80");
    let (width, rgb, _) = read(&strip.body);
    assert_eq!(width, 480);
    let mut numbers = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let no = cell["frame"].as_u64().expect("a number");
        numbers.push(no.to_string());
        let single = served.get(&format!("/api/items/1/filmstrip/{no}.png?width=80"));
        let (_, small, texts) = read(&single.body);
        assert_eq!(texts, no.to_string());
        for y in 0..45 {
            let row = &rgb[(y * 480 + at * 80) * 3..][..240];
            assert!(row == &small[y * 240..][..240], "frame {no}, row {y}");
        }
        let (full, large, _) = read(&served.get(&format!("/api/items/1/frames/{no}.png")).body);
        assert_eq!(full, 640);
        let red: u32 = (0..64)
            .map(|at| u32::from(large[(at / 8 * 640 + at % 8) * 3]))
            .sum();
        assert_eq!(
            u32::from(small[0]),
            (red + 32) / 64,
            "the mean of 8 x 8 pixels"
        );
        let known = [("if-none-match", single.header("etag").expect("a tag"))];
        let again = served.get_with(&format!("/api/items/1/filmstrip/{no}.png?width=80"), &known);
        assert_eq!(again.status, 304);
    }
    assert_eq!(read(&strip.body).2, numbers.join(" "));
    let zoomed = served
        .get("/api/items/1/filmstrip?from_s=1&to_s=2&count=4")
        .json();
    let cells = zoomed["cells"].as_array().expect("cells");
    for (cell, middle) in cells.iter().zip([1.125, 1.375, 1.625, 1.875]) {
        let at_s = cell["at_s"].as_f64().expect("a time");
        // The longest frame lasts 240 ms.
        assert!((middle - 0.24..middle + 0.125).contains(&at_s), "{at_s}");
    }
}

/// Width, pixels, and the statement of frames of an RGB picture.
fn read(bytes: &[u8]) -> (usize, Vec<u8>, String) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut pixels).expect("pixels");
    let info = reader.info();
    let stated = info.uncompressed_latin1_text.iter();
    let stated = stated
        .clone()
        .find(|text| text.keyword == "Framewitness Frames");
    (
        info.width as usize,
        pixels,
        stated.map(|text| text.text.clone()).unwrap_or_default(),
    )
}

#[test]
fn what_cannot_be_had_is_refused_before_a_byte_is_sent() {
    let served = Served::with(&["odd/rotated.mp4", "odd/sound-only.ogg"]);
    let asked = |path: &str| {
        let answer = served.get(&format!("/api/items/{path}"));
        assert_eq!(answer.header("content-disposition"), None, "{path}");
        (
            answer.status,
            answer.json()["error"]
                .as_str()
                .expect("an error")
                .to_owned(),
        )
    };
    assert_eq!(asked("1/span.zip?from=7&to=7").0, 422);
    assert_eq!(asked("1/span.zip?from=9000").0, 404);
    assert_eq!(asked("1/span.zip?view=brighten").0, 422);
    assert_eq!(asked("1/span.zip?as=gif").0, 400);
    assert_eq!(asked("1/span.mkv?from=7&to=9000").0, 404);
    assert_eq!(asked("2/span.mkv").0, 422);
    assert_eq!(asked("9/span.mkv").0, 404);
    assert_eq!(asked("1/filmstrip?count=0").0, 422);
    assert_eq!(asked("1/filmstrip?width=100000").0, 422);
    assert_eq!(asked("1/filmstrip?from_s=5&to_s=4").0, 422);
    assert_eq!(asked("1/filmstrip?from_s=NaN").0, 422);
    assert_eq!(asked("1/filmstrip?to_s=NaN").0, 422);
    assert_eq!(asked("1/filmstrip?from_s=-1").0, 422);
    assert_eq!(asked("2/filmstrip.png").0, 404);
    assert_eq!(asked("1/filmstrip/9000.png").0, 404);
    assert_eq!(asked("1/filmstrip/0.png?width=1").0, 422);
}
