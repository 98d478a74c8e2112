//! Pictures are the frames of the index, to the pixel.

use sha2::{Digest, Sha256};

use crate::client::Answer;
use crate::served::Served;

/// Pixels of a PNG.
fn decode(png: &[u8]) -> (png::OutputInfo, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png))
        .read_info()
        .expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("a picture");
    pixels.truncate(info.buffer_size());
    (info, pixels)
}

#[test]
fn each_frame_is_the_one_of_the_index_and_of_the_command_line() {
    let served = Served::with(&["odd/rotated.mp4", "odd/anamorphic.mp4"]);
    for item in [1, 2] {
        let detail = served.get(&format!("/api/items/{item}")).json();
        let page = served
            .get(&format!("/api/items/{item}/frames?count=5000"))
            .json();
        let rows = page["frames"].as_array().expect("frames");
        assert_eq!(page["total"], rows.len());
        for at in [0, 1, rows.len() / 2, rows.len() - 1, 3] {
            let answer = served.get(&format!("/api/items/{item}/frames/{at}.png"));
            assert_eq!(answer.status, 200);
            assert_eq!(answer.header("content-type"), Some("image/png"));
            assert_eq!(answer.header("x-frame-no"), Some(at.to_string().as_str()));
            assert_eq!(answer.header("x-frame-hash"), rows[at]["hash"].as_str());
            assert_eq!(
                answer.header("x-frame-pts").map(str::to_owned),
                rows[at]["pts"].as_i64().map(|pts| pts.to_string())
            );
            let (info, pixels) = decode(&answer.body);
            assert_eq!(
                (info.color_type, info.bit_depth),
                (png::ColorType::Rgb, png::BitDepth::Eight)
            );
            assert_eq!(
                (Some(u64::from(info.width)), Some(u64::from(info.height))),
                (
                    detail["display"]["width"].as_u64(),
                    detail["display"]["height"].as_u64()
                )
            );
            let hash: String = Sha256::digest(&pixels)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            assert_eq!(answer.header("x-pixel-hash"), Some(hash.as_str()));
            let still = served.path("still.png");
            served.run(&[
                "frame",
                &format!("#{item}"),
                &at.to_string(),
                "-o",
                still.to_str().expect("a path"),
            ]);
            assert_eq!(
                std::fs::read(&still).expect("a still"),
                answer.body,
                "frame {at} of item {item}"
            );
            same_pixels(&served, &format!("{item}/pixels/{at}"), &answer, &pixels);
        }
    }
}

/// What the address of plain pixels gives is what the PNG holds, and is named alike.
fn same_pixels(served: &Served, address: &str, png: &Answer, rgb: &[u8]) {
    let plain = served.get(&format!("/api/items/{address}"));
    assert_eq!(plain.status, 200, "{address}");
    let side = |name| plain.header(name).and_then(|side| side.parse().ok());
    let (info, _) = decode(&png.body);
    assert_eq!(side("x-width"), Some(info.width));
    assert_eq!(side("x-height"), Some(info.height));
    let (pixels, rest) = plain.body.as_chunks::<4>();
    assert!(rest.is_empty() && pixels.iter().all(|pixel| pixel[3] == 255));
    let own: Vec<u8> = pixels
        .iter()
        .flat_map(|pixel| pixel[..3].to_vec())
        .collect();
    assert!(own == rgb, "{address}");
    for name in ["x-frame-no", "x-frame-pts", "x-frame-hash", "x-pixel-hash"] {
        assert_eq!(plain.header(name), png.header(name), "{name}");
    }
}

#[test]
fn a_view_shows_what_the_command_writes_and_has_a_tag_of_its_own() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let exact = served.get("/api/items/1/frames/4.png");
    let view = "difference=2:8,clahe=4:4,crop=3:5:20:12,zoom=2";
    let address = format!("/api/items/1/frames/4.png?view={view}");
    let seen = served.get(&address);
    assert_eq!(seen.status, 200);
    assert_ne!(seen.header("etag"), exact.header("etag"));
    assert_eq!(seen.header("x-frame-hash"), exact.header("x-frame-hash"));
    let (info, pixels) = decode(&seen.body);
    assert_eq!((info.width, info.height), (40, 24));
    let hash: String = Sha256::digest(&pixels)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(seen.header("x-pixel-hash"), Some(hash.as_str()));
    let file = served.path("seen.png");
    let file = file.to_str().expect("a path");
    served.run(&["frame", "#1", "4", "--view", view, "-o", file]);
    assert_eq!(std::fs::read(file).expect("a still"), seen.body);
    let stated = format!("Framewitness View\0{view}");
    let chunks = seen.body.windows(stated.len());
    assert_eq!(
        chunks.filter(|chunk| *chunk == stated.as_bytes()).count(),
        1
    );
    let tag = seen.header("etag").expect("a tag");
    let again = served.get_with(&address, &[("if-none-match", tag)]);
    assert_eq!(again.status, 304);
    let wrong = served.get("/api/items/1/frames/4.png?view=gamma=99");
    assert_eq!(wrong.status, 422);
    let why = wrong.json()["error"].to_string();
    assert!(why.contains("gamma must be 0.1 to 10"), "{why}");
}

#[test]
fn a_picture_that_the_browser_has_is_not_decoded_again() {
    let served = Served::with(&["odd/rotated.mp4"]);
    for path in ["/api/items/1/frames/4.png", "/api/items/1/thumbnails/0.png"] {
        let first = served.get(path);
        let tag = first.header("etag").expect("a tag").to_owned();
        assert_eq!(
            first.header("cache-control"),
            Some("private, no-cache"),
            "another case may have this address tomorrow"
        );
        let again = served.get_with(path, &[("if-none-match", &tag)]);
        assert_eq!((again.status, again.body.len()), (304, 0));
        assert_eq!(
            served
                .get_with(path, &[("if-none-match", "\"other\"")])
                .body,
            first.body
        );
    }
    assert_ne!(
        served.get("/api/items/1/frames/5.png").header("etag"),
        served.get("/api/items/1/frames/6.png").header("etag")
    );
}

#[test]
fn thumbnails_are_small_and_grey() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let listed = served.get("/api/items/1").json()["thumbnails"]
        .as_array()
        .expect("thumbnails")
        .clone();
    assert!(!listed.is_empty());
    for place in &listed {
        let answer = served.get(&format!("/api/items/1/thumbnails/{}.png", place["index"]));
        let (info, _) = decode(&answer.body);
        assert_eq!(info.color_type, png::ColorType::Grayscale);
        assert!(info.width.max(info.height) <= 160);
        assert_eq!(
            (place["width"].as_u64(), place["height"].as_u64()),
            (Some(info.width.into()), Some(info.height.into()))
        );
    }
    assert_eq!(
        served
            .get(&format!("/api/items/1/thumbnails/{}.png", listed.len()))
            .status,
        404
    );
}

#[test]
fn what_is_not_there_is_missing() {
    let served = Served::with(&["odd/rotated.mp4", "odd/garbage.mp4"]);
    let total = served.get("/api/items/1/frames").json()["total"]
        .as_u64()
        .expect("a number");
    for path in [
        &format!("/api/items/1/frames/{total}.png"),
        "/api/items/1/frames/4294967295.png",
        "/api/items/1/frames/4294967296.png",
        "/api/items/1/frames/-1.png",
        "/api/items/1/frames/00.png",
        "/api/items/1/frames/0",
        "/api/items/1/frames/0.jpg",
        "/api/items/1/frames/..%2f..%2fcase.db",
        "/api/items/9/frames/0.png",
        "/api/items/2/frames/0.png",
        "/api/items/rotated.mp4/frames/0.png",
        "/api/items/%231/frames/0.png",
        &format!("/api/items/1/pixels/{total}"),
        "/api/items/1/pixels/0.png",
        "/api/items/1/pixels/-1",
        "/api/items/2/pixels/0",
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.json()["error"].is_string(), "{path}");
    }
}

#[test]
fn each_track_of_a_file_has_its_frames_and_no_others() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let two = folder.path().join("two.mp4");
    let made = std::process::Command::new("ffmpeg")
        .args(
            "-v error -f lavfi -i testsrc2=s=96x64:d=1 -f lavfi -i testsrc2=s=64x48:r=10:d=1"
                .split(' '),
        )
        .args("-map 0 -map 1 -c:v libx264".split(' '))
        .arg(&two)
        .status()
        .expect("ffmpeg is installed");
    assert!(made.success());
    let served = Served::of(&[&two]);
    let tracks = served.get("/api/items/1").json()["tracks"].clone();
    assert_eq!(
        (&tracks[0]["examined"], &tracks[0]["frames"]),
        (&true.into(), &25.into())
    );
    assert_eq!(
        (&tracks[1]["examined"], &tracks[1]["frames"]),
        (&false.into(), &10.into())
    );
    let detail = served.get("/api/items/1?track=1").json();
    assert_eq!(detail["display"]["width"], 64);
    assert_eq!(detail["facts"]["coding"]["keys"], 1);
    let rows = served.get("/api/items/1/frames?track=1").json();
    assert_eq!(rows["total"], 10);
    let own = served.get("/api/items/1/frames/9.png");
    let other = served.get("/api/items/1/frames/9.png?track=1");
    assert_eq!(
        other.header("x-frame-hash"),
        rows["frames"][9]["hash"].as_str()
    );
    assert_ne!(own.header("etag"), other.header("etag"));
    assert_eq!(decode(&other.body).0.width, 64);
    let still = served.path("still.png");
    let still = still.to_str().expect("a path");
    served.run(&["frame", "#1", "9", "--track", "1", "-o", still]);
    assert_eq!(std::fs::read(still).expect("a still"), other.body);
    let stored = served.get("/api/items/1/stored/0.png?track=1");
    assert_eq!(decode(&stored.body).0.width, 64);
    for path in [
        "/api/items/1/frames/10.png?track=1",
        "/api/items/1/frames?track=2",
        "/api/items/1?track=2",
    ] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_field_is_that_of_the_command_line_and_says_when_it_comes() {
    let served = Served::with(&["clips/movie-hello.mpeg"]);
    for (no, kept) in [("9t", 0), ("9b", 1)] {
        let answer = served.get(&format!("/api/items/1/fields/{no}.png"));
        assert_eq!(answer.status, 200);
        // The stream says that it is progressive.
        assert_eq!(answer.header("x-field-order"), Some("together"));
        assert_eq!(answer.header("x-field-after"), Some("0/1"));
        let still = served.path("field.png");
        served.run(&["frame", "#1", no, "-o", still.to_str().expect("a path")]);
        assert_eq!(answer.body, std::fs::read(still).expect("written"), "{no}");
        let (info, pixels) = decode(&answer.body);
        let row = 3 * info.width as usize;
        let rows: Vec<_> = pixels.chunks(row).collect();
        assert!(rows.chunks(2).all(|pair| pair[0] == pair[1]), "each twice");
        let frame = served.get("/api/items/1/frames/9.png");
        assert_ne!(answer.header("x-field-hash"), frame.header("x-frame-hash"));
        // Colour is shared by two rows of the frame, so that only light is that of its rows.
        let (_, whole) = decode(&frame.body);
        let light = |pixels: &[u8]| pixels.iter().map(|&byte| u64::from(byte)).sum::<u64>();
        let own: u64 = whole.chunks(row).skip(kept).step_by(2).map(light).sum();
        let told = light(&pixels) / 2;
        assert!(own.abs_diff(told) * 1000 < own, "{own} {told}");
    }
    for none in ["9", "09t", "9c", "99999t", "-1b"] {
        let answer = served.get(&format!("/api/items/1/fields/{none}.png"));
        assert_eq!(answer.status, 404, "{none}");
    }
}

#[test]
fn pictures_that_the_file_hides_are_shown_and_named_as_such() {
    let served = Served::with(&["clips/v2s.mov"]);
    let page = served.get("/api/items/1/stored?count=5000").json();
    assert_eq!(
        (&page["total"], &page["hidden"]),
        (&287.into(), &208.into())
    );
    let alone = served
        .get("/api/items/1/stored?count=5000&not_presented=true")
        .json();
    assert_eq!(alone["samples"].as_array().map(Vec::len), Some(208));
    let rows = page["samples"].as_array().expect("samples");
    let hidden = rows.iter().find(|row| row["hidden"] == true).expect("one");
    let shown = rows.iter().find(|row| row["frames"][0] == 5).expect("one");
    for (row, presented) in [(hidden, "no"), (shown, "5")] {
        let answer = served.get(&format!("/api/items/1/stored/{}.png", row["sample"]));
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-presented"), Some(presented));
        assert_eq!(
            answer.header("x-frame-pts").map(str::to_owned),
            row["pts"].as_i64().map(|pts| pts.to_string())
        );
        let (_, pixels) = decode(&answer.body);
        let hash: String = Sha256::digest(&pixels)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(answer.header("x-pixel-hash"), Some(hash.as_str()));
        if presented == "5" {
            let frame = served.get("/api/items/1/frames/5.png");
            assert_eq!(frame.header("x-pixel-hash"), Some(hash.as_str()));
            assert_eq!(frame.header("x-frame-hash"), answer.header("x-frame-hash"));
        }
    }
    for path in [
        "/api/items/1/stored/287.png",
        "/api/items/1/stored/0",
        "/api/items/2/stored",
    ] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_figure_of_two_frames_is_the_one_of_the_command_line() {
    let served = Served::with(&["odd/rotated.mp4", "odd/anamorphic.mp4"]);
    let answer = served.get("/api/compare/figure.png?a=1&b=2&frame=3&beside=1&mirrored=true");
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("image/png"))
    );
    let file = served.path("figure.png");
    let file = file.to_str().expect("a path");
    let pair = ["compare", "#1", "#2", "--frame", "3", "--other-frame", "1"];
    served.run(&[&pair[..], &["--mirrored", "--figure", file]].concat());
    assert_eq!(std::fs::read(file).expect("a figure"), answer.body);
    let plain = served.get("/api/compare/figure.png?a=1&b=2&frame=3&beside=1");
    assert_ne!(plain.body, answer.body);
    assert_ne!(plain.header("etag"), answer.header("etag"));
    for (asked, status) in [
        ("a=1&b=2&frame=3&beside=99999", 404),
        ("a=1&b=9&frame=3&beside=1", 404),
        ("a=1&frame=3", 400),
    ] {
        let refused = served.get(&format!("/api/compare/figure.png?{asked}"));
        assert_eq!(refused.status, status, "{asked}");
    }
}
