//! Stills: layout as displayed, to the pixel, and the PNG that carries it.

use media::display::DisplayGeometry;
use media::index::FrameHash;
use media::still::{Applied, Still, WrongSize};
use media::time::{FrameNo, Rational};
use media::view::{BadView, View};
use proptest::prelude::*;

fn applied(stored: (u32, u32), aspect: (i32, i32), rotation: u16, mirrored: bool) -> Applied {
    Applied {
        rotation,
        mirrored,
        sample_aspect: Rational {
            num: aspect.0,
            den: aspect.1,
        },
        stored_width: stored.0,
        stored_height: stored.1,
        pixel_format: "yuv420p".into(),
        matrix: "bt709".into(),
        range: "tv".into(),
        depth: 8,
        converter: "swscale 6.7.100".into(),
    }
}

fn still(rgb: Vec<u8>, applied: Applied) -> Still {
    Still::from_stored(FrameNo(41), FrameHash([0xab; 32]), rgb, applied)
        .expect("the bytes are the picture")
}

/// Pixels numbered from 0 in rows; all three channels tell the number.
fn numbered(count: u8) -> Vec<u8> {
    (0..count).flat_map(|n| [n, n + 100, 200 - n]).collect()
}

fn numbers(still: &Still) -> Vec<u8> {
    assert!(
        still
            .rgb
            .chunks(3)
            .all(|p| p[1] == p[0] + 100 && p[2] == 200 - p[0])
    );
    still.rgb.iter().step_by(3).copied().collect()
}

#[test]
fn every_turn_and_mirror_moves_each_pixel_where_it_belongs() {
    // Stored, 3 x 2:   0 1 2
    //                  3 4 5
    type Case = (u16, bool, (u32, u32), [u8; 6]);
    let cases: [Case; 8] = [
        (0, false, (3, 2), [0, 1, 2, 3, 4, 5]),
        (90, false, (2, 3), [3, 0, 4, 1, 5, 2]),
        (180, false, (3, 2), [5, 4, 3, 2, 1, 0]),
        (270, false, (2, 3), [2, 5, 1, 4, 0, 3]),
        (0, true, (3, 2), [2, 1, 0, 5, 4, 3]),
        (90, true, (2, 3), [5, 2, 4, 1, 3, 0]),
        (180, true, (3, 2), [3, 4, 5, 0, 1, 2]),
        (270, true, (2, 3), [0, 3, 1, 4, 2, 5]),
    ];
    for (rotation, mirrored, size, expected) in cases {
        let still = still(numbered(6), applied((3, 2), (1, 1), rotation, mirrored));
        assert_eq!((still.width, still.height), size, "{rotation} {mirrored}");
        assert_eq!(numbers(&still), expected, "{rotation} {mirrored}");
    }
}

#[test]
fn wide_pixels_widen_the_picture_and_keep_its_ends() {
    let rgb = [0u8, 90, 180].iter().flat_map(|&v| [v; 3]).collect();
    let still = still(rgb, applied((3, 1), (2, 1), 0, false));
    assert_eq!((still.width, still.height), (6, 1));
    let row: Vec<u8> = still.rgb.iter().step_by(3).copied().collect();
    assert_eq!(row, [0, 23, 68, 113, 158, 180]);
}

#[test]
fn narrow_pixels_heighten_it_before_it_is_turned() {
    let rgb = [10u8, 30].iter().flat_map(|&v| [v; 3]).collect();
    let still = still(rgb, applied((1, 2), (1, 2), 90, false));
    assert_eq!((still.width, still.height), (4, 1));
    let row: Vec<u8> = still.rgb.iter().step_by(3).copied().collect();
    assert_eq!(row, [30, 25, 15, 10]);
}

#[test]
fn broadcast_sizes_are_those_that_players_show() {
    let shown = |stored: (u32, u32), aspect, rotation| {
        applied(stored, aspect, rotation, false)
            .geometry()
            .displayed()
    };
    assert_eq!(shown((720, 576), (64, 45), 0), (1024, 576));
    assert_eq!(shown((720, 480), (8, 9), 0), (720, 540));
    assert_eq!(shown((1440, 1080), (4, 3), 270), (1080, 1920));
    assert_eq!(shown((1920, 1080), (0, 1), 90), (1080, 1920));
}

#[test]
fn an_absurd_aspect_is_not_applied_and_the_still_says_so() {
    for aspect in [
        (1, i32::MAX),
        (i32::MAX, 1),
        (17, 1),
        (-4, 3),
        (0, 0),
        (4, 0),
    ] {
        let still = still(numbered(6), applied((3, 2), aspect, 0, false));
        assert_eq!((still.width, still.height), (3, 2), "{aspect:?}");
        assert_eq!(still.applied.sample_aspect, Rational { num: 1, den: 1 });
    }
    let huge = DisplayGeometry {
        width: 20_000,
        height: 2,
        sample_aspect: Rational { num: 2, den: 1 },
        rotation: 0,
        mirrored: false,
    };
    assert_eq!(huge.displayed(), (20_000, 2));
}

#[test]
fn bytes_that_are_not_the_picture_are_misuse() {
    let wrong = Still::from_stored(
        FrameNo(0),
        FrameHash([0; 32]),
        vec![0; 17],
        applied((3, 2), (1, 1), 0, false),
    );
    assert_eq!(
        wrong,
        Err(WrongSize {
            width: 3,
            height: 2,
            got: 17
        })
    );
    let empty = Still::from_stored(
        FrameNo(0),
        FrameHash([0; 32]),
        vec![],
        applied((0, 2), (1, 1), 0, false),
    );
    assert!(empty.is_err());
}

#[test]
fn png_carries_the_pixels_and_says_what_they_are() {
    let still = still(numbered(6), applied((3, 2), (1, 1), 90, true));
    let png = still.png();
    assert_eq!(png, still.png());
    let mut reader = png::Decoder::new(std::io::Cursor::new(&png))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height), (2, 3));
    assert_eq!(pixels, still.rgb);
    let info = reader.info();
    let density = info.pixel_dims.unwrap();
    assert_eq!((density.xppu, density.yppu), (1, 1));
    let text = |keyword: &str| {
        let chunks = &info.uncompressed_latin1_text;
        chunks
            .iter()
            .find(|chunk| chunk.keyword == keyword)
            .map(|chunk| chunk.text.as_str())
    };
    assert_eq!(text("Framewitness Frame"), Some("41"));
    assert_eq!(
        text("Framewitness Native Hash"),
        Some(&*format!("sha256:{}", "ab".repeat(32)))
    );
    assert_eq!(
        text("Framewitness Pixel Hash"),
        Some(&*format!("sha256:{}", still.pixel_hash()))
    );
    let said: Applied = serde_json::from_str(text("Framewitness Applied").unwrap()).unwrap();
    assert_eq!(said, still.applied);
}

#[test]
fn text_outside_latin_1_does_not_spoil_the_png() {
    let odd = Applied {
        converter: "swscale \u{2603} \0".into(),
        ..applied((3, 2), (1, 1), 0, false)
    };
    assert!(still(numbered(6), odd).png().starts_with(b"\x89PNG"));
}

proptest! {
    #[test]
    fn enlarging_keeps_flat_colour_and_range(
        width in 1u32..40, height in 1u32..40, num in 1i32..50, den in 1i32..50,
        turns in 0u16..4, mirrored: bool, low in 0u8..100, seed: u64,
    ) {
        let count = u64::from(width * height * 3);
        let rgb: Vec<u8> = (0..count)
            .map(|at| low + (at.wrapping_mul(seed | 1) >> 7) as u8 % 100)
            .collect();
        let applied = applied((width, height), (num, den), turns * 90, mirrored);
        let (wide, high) = applied.geometry().displayed();
        let (darkest, brightest) = (*rgb.iter().min().unwrap(), *rgb.iter().max().unwrap());
        let still = still(rgb, applied);
        prop_assert_eq!((still.width, still.height), (wide, high));
        prop_assert_eq!(still.rgb.len() as u32, wide * high * 3);
        prop_assert!(still.rgb.iter().all(|v| (darkest..=brightest).contains(v)));
        let (short, long) = (width.min(height), wide.max(high));
        prop_assert!(wide.min(high) >= short && long >= width.max(height), "no axis shrinks");
    }
}

/// For views that take no other frame.
fn alone(no: FrameNo) -> Result<Box<Still>, BadView> {
    panic!("frame {no} is not needed")
}

/// The pixels as ffmpeg decodes them: a decoder that shares no code with what wrote them.
fn by_ffmpeg(file: &[u8], name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, file).expect("written");
    let output = std::process::Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(&path)
        .args("-pix_fmt rgb24 -f rawvideo -".split(' '))
        .output()
        .expect("ffmpeg is installed");
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn webp_carries_the_pixels_and_the_statements_of_the_png() {
    let mut rgb = vec![0; 3 * 61 * 37];
    // Every value, in no order that a predictor likes.
    for (at, sample) in rgb.iter_mut().enumerate() {
        *sample = (at * at / 7 % 256) as u8;
    }
    let still = still(rgb, applied((61, 37), (1, 1), 90, false));
    for view in ["", "gamma=1.4"] {
        let view: View = view.parse().expect("a view");
        let viewed = view.show(&still, 1, alone).expect("shown");
        let webp = still.webp_of(&view, &viewed).expect("small enough");
        assert_eq!(by_ffmpeg(&webp, "still.webp"), viewed.rgb);
        let packet = String::from_utf8_lossy(&webp).into_owned();
        for statement in [
            "<fw:Frame>41</fw:Frame>".to_owned(),
            format!(
                "<fw:NativeHash>sha256:{}</fw:NativeHash>",
                still.native_hash
            ),
            format!(
                "<fw:PixelHash>sha256:{}</fw:PixelHash>",
                viewed.pixel_hash()
            ),
            "\"rotation\":90".to_owned(),
        ] {
            assert!(packet.contains(&statement), "{statement}");
        }
        assert_eq!(
            packet.contains("<fw:View>gamma=1.4</fw:View>"),
            !view.is_exact()
        );
    }
}

#[test]
fn a_picture_that_webp_cannot_hold_is_refused() {
    let still = still(vec![0; 3 * 16_385], applied((16_385, 1), (1, 1), 0, false));
    let viewed = View::default().show(&still, 1, alone).expect("shown");
    assert!(still.webp_of(&View::default(), &viewed).is_err());
}
