//! Stills and screenshots lead to item and frame: over HTTP as on the command line.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::client::{Answer, ask};
use crate::served::Served;

impl Served {
    fn find(&self, picture: &Path) -> Answer {
        let name = picture.file_name().expect("a name").to_string_lossy();
        let path = format!("/api/pictures/find?name={name}");
        let bytes = std::fs::read(picture).expect("a file");
        self.post_bytes(&path, &bytes)
    }

    /// Frame `no` of an item, made by ffmpeg's filters into something else.
    fn screenshot(&self, item: u32, no: u32, filters: &str, name: &str) -> std::path::PathBuf {
        let (still, made) = (self.path("still.png"), self.path(name));
        let (item, no) = (format!("#{item}"), no.to_string());
        let out = still.to_str().expect("a path");
        self.run(&["frame", &item, &no, "-o", out, "--quiet"]);
        let done = Command::new("ffmpeg")
            .args([
                "-v", "error", "-nostdin", "-y", "-i", out, "-vf", filters, "-q:v", "4",
            ])
            .arg(&made)
            .status()
            .expect("ffmpeg is installed");
        assert!(done.success());
        made
    }
}

fn place(found: &Value) -> [i64; 4] {
    ["x", "y", "width", "height"].map(|side| found["place"][side].as_i64().expect("a number"))
}

#[test]
fn a_screenshot_leads_to_item_frame_and_place() {
    let served = Served::with(&["clips/cityCC0.mpg", "clips/v2.m4v", "odd/rotated.mp4"]);
    // On a light page with a dark head; mirrored and half as large; a rotated phone video on a phone.
    let page =
        "scale=640:-2,pad=1600:900:300:200:color=0xf4f4f4,drawbox=h=80:color=0x222244:t=fill";
    let phone = "scale=720:-2,pad=720:1480:0:(oh-ih)/2:color=black";
    for (item, no, filters, name, mirrored) in [
        (1, 60, page, "page.png", false),
        (2, 20, "hflip,scale=iw/2:-2", "mirrored.jpg", true),
        (3, 10, phone, "phone.jpg", false),
    ] {
        let shot = served.screenshot(item, no, filters, name);
        let answer = served.find(&shot);
        assert_eq!(answer.status, 200, "{name}");
        let found = answer.json();
        let best = &found[0];
        assert_eq!(best["item"], format!("#{item}"), "{name}: {found}");
        assert_eq!(
            (&best["frame"], &best["mirrored"]),
            (&no.into(), &mirrored.into()),
            "{name}: {found}"
        );
        assert_eq!(
            (&best["pixels"], &best["picture"]),
            (&true.into(), &name.into())
        );
        assert_eq!(found.as_array().map(Vec::len), Some(1), "{name}: {found}");
        let told = served.run(&["match", "--json", "--image", shot.to_str().expect("a path")]);
        let told: Value = serde_json::from_slice(&told.stdout).expect("one line of JSON");
        assert_eq!(&told, best, "{name}");
        if name == "page.png" {
            let [x, y, width, height] = place(best);
            let shape = served.get("/api/items/1").json()["display"].clone();
            let high =
                640 * shape["height"].as_i64().expect("it") / shape["width"].as_i64().expect("it");
            assert!((x - 300).abs() <= 1 && (y - 200).abs() <= 1, "{best}");
            assert!(
                (width - 640).abs() <= 2 && (height - high).abs() <= 3,
                "{best}"
            );
        }
    }
}

#[test]
fn what_is_no_single_picture_or_in_no_item_is_said() {
    let served = Served::with(&["clips/v2.m4v"]);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let refused = served.find(&fixtures.join("clips/v2.m4v"));
    assert_eq!(refused.status, 422);
    let why = refused.json();
    assert_eq!(why["error"], "v2.m4v holds more than one picture");
    assert_eq!(
        why["hint"],
        "look for a video with `framewitness match --query`"
    );
    let refused = served.find(&fixtures.join("README.md"));
    assert_eq!(
        (refused.status, &refused.json()["error"]),
        (
            422,
            &"README.md holds no picture that could be decoded".into()
        )
    );

    let strange = served.path("strange.png");
    let made = Command::new("ffmpeg")
        .args([
            "-v",
            "error",
            "-nostdin",
            "-f",
            "lavfi",
            "-i",
            "mandelbrot=size=640x360",
            "-frames:v",
            "1",
        ])
        .arg(&strange)
        .status()
        .expect("ffmpeg is installed");
    assert!(made.success());
    let found = served.find(&strange);
    assert_eq!(
        (found.status, found.json()),
        (200, Value::Array(Vec::new()))
    );
}

#[test]
fn a_picture_may_be_long_but_not_endless() {
    let served = Served::with(&[]);
    let host = served.host();
    let headers = [
        ("host", host.as_str()),
        ("cookie", served.cookie()),
        ("x-framewitness", "1"),
    ];
    for (length, status) in [(300 << 10, 422), ((64 << 20) + 1, 413)] {
        let body = vec![b'x'; length];
        let path = "/api/pictures/find";
        let refused = ask(served.address, "POST", path, &headers, &body);
        assert_eq!(refused.status, status, "{length} bytes");
    }
}
