//! Descriptions that are read and refused, and pictures as models take them.

use media::time::FrameNo;
use media::watch::Reduced;
use serde_json::{Value, json};

use super::description::{Description, Input};
use super::picture::{scaled, taken, trial};

fn written() -> Value {
    json!({
        "format": "framewitness-descriptor/1",
        "name": "a model",
        "version": "2",
        "sha256": "ab".repeat(32),
        "input": {
            "width": 16, "height": 8, "channels": "bgr", "layout": "nhwc", "fit": "crop",
            "mean": [0.1, 0.2, 0.3], "std": [1, 1, 1],
        },
        "output": { "dimensions": 4 },
        "alike": 0.5,
    })
}

fn read(json: &Value) -> Result<Description, String> {
    Description::read(json.to_string().as_bytes())
}

fn input(fit: &str) -> Input {
    let mut json = written();
    json["input"]["fit"] = fit.into();
    read(&json).expect("a description").input
}

#[test]
fn a_description_is_read_whole_or_refused_by_the_member_that_is_wrong() {
    let form = read(&written()).expect("a description").form();
    assert_eq!((form.width, form.height, form.dimensions), (16, 8, 4));
    assert_eq!((form.input, form.output), (None, None));
    let wrong = |path: &str, value: Value| {
        let mut json = written();
        *json.pointer_mut(path).expect("a member") = value;
        read(&json).expect_err(path)
    };
    let cases = [
        ("/format", json!("other"), "`format`"),
        ("/name", json!(""), "`name`"),
        ("/version", json!("x".repeat(81)), "`version`"),
        ("/sha256", json!("AB".repeat(32)), "`sha256`"),
        ("/input/width", json!(7), "`input.width`"),
        ("/input/height", json!(1025), "`input.height`"),
        ("/input/channels", json!("cmyk"), "cmyk"),
        ("/input/mean", json!([0, 0]), "`input.mean`"),
        ("/input/std", json!([1, 0, 1]), "`std`"),
        ("/input/std", json!([1, 1e30, 1]), "`input.std`"),
        ("/output/dimensions", json!(3), "`output.dimensions`"),
        ("/alike", json!(1.0), "`alike`"),
        ("/alike", json!(-0.1), "`alike`"),
        ("/alike", Value::Null, "null"),
    ];
    for (path, value, said) in cases {
        let why = wrong(path, value);
        assert!(why.contains(said), "{path}: {why}");
    }
}

#[test]
fn a_picture_is_stretched_or_its_middle_taken() {
    assert_eq!(scaled(&input("stretch"), (1920, 1080)), (16, 8));
    assert_eq!(scaled(&input("crop"), (1920, 1080)), (16, 9));
    assert_eq!(scaled(&input("crop"), (1080, 1920)), (16, 29));
    assert_eq!(scaled(&input("crop"), (300, 100)), (24, 8));
    // Nothing grows without bound.
    assert_eq!(scaled(&input("crop"), (1, 30_000)), (16, 64));
    assert_eq!(scaled(&input("crop"), (0, 0)), (16, 16));
    for size in [(1920, 1080), (1080, 1920), (300, 100), (1, 30_000), (16, 8)] {
        let input = input("crop");
        let (width, height) = scaled(&input, size);
        let rows = (0..height).flat_map(|y| (0..width).flat_map(move |x| [x as u8, y as u8, 9]));
        let picture = Reduced {
            no: FrameNo(0),
            pts: None,
            width,
            height,
            rgb: rows.collect(),
        };
        let rgb = taken(&input, &picture);
        assert_eq!(rgb.len(), 3 * 16 * 8, "{size:?}");
        let corner = [((width - 16) / 2) as u8, ((height - 8) / 2) as u8, 9];
        assert_eq!(rgb[..3], corner, "{size:?}");
    }
    assert_eq!(trial(&input("crop")).len(), 3 * 16 * 8);
}
