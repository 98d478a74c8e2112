//! Thumbnails: which frames, what shape, how blurred, and their byte form.

use media::display::DisplayGeometry;
use media::index::FrameHash;
use media::picture::Luma;
use media::thumbnail::{
    BadThumbnails, Collector, Thumbnail, thumbnails_from_bytes, thumbnails_to_bytes,
};
use media::time::{FrameNo, Rational};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

const V1: &[u8] = include_bytes!("data/thumbnails-v1.bin");
const V1_SHA256: &str = "efe472b001131fad614319b7ebca0d54dddf6d098a4852692c047e358cbc16ab";

fn geometry(width: u32, height: u32) -> DisplayGeometry {
    DisplayGeometry {
        width,
        height,
        sample_aspect: Rational { num: 1, den: 1 },
        rotation: 0,
        mirrored: false,
    }
}

fn collect(geometry: DisplayGeometry, count: u32, data: &[u8]) -> Vec<Thumbnail> {
    let mut collector = Collector::new(geometry);
    let (width, height) = (geometry.width as usize, geometry.height as usize);
    for no in 0..count {
        collector.frame(
            FrameNo(no),
            Luma {
                data,
                width,
                height,
                stride: width,
            },
        );
    }
    collector.finish()
}

#[test]
fn evenly_spread_and_bounded_for_any_length() {
    for count in [0, 1, 5, 24, 25, 26, 100, 1000, 4801] {
        let kept = collect(geometry(8, 8), count, &[90; 64]);
        let numbers: Vec<u32> = kept.iter().map(|thumbnail| thumbnail.no.0).collect();
        assert!(numbers.len() <= 24, "{count} frames gave {}", numbers.len());
        assert!(
            numbers.len() as u32 >= count.min(12),
            "{count} frames gave {}",
            numbers.len()
        );
        let stride = numbers.get(1).copied().unwrap_or(1);
        let even: Vec<u32> = (0..count).step_by(stride as usize).collect();
        assert_eq!(numbers, even);
    }
}

#[test]
fn shape_is_that_of_the_display() {
    let stored = geometry(720, 576);
    let wide = DisplayGeometry {
        sample_aspect: Rational { num: 16, den: 11 },
        ..stored
    };
    let upright = DisplayGeometry {
        rotation: 90,
        ..wide
    };
    let data = vec![50; 720 * 576];
    let shape = |geometry| {
        let kept = collect(geometry, 1, &data);
        (kept[0].width, kept[0].height, kept[0].grey.len())
    };
    assert_eq!(shape(stored), (160, 128, 160 * 128));
    assert_eq!(shape(wide), (160, 88, 160 * 88));
    assert_eq!(shape(upright), (88, 160, 160 * 88));
}

#[test]
fn a_small_picture_is_not_enlarged_and_a_thin_one_keeps_a_pixel() {
    let kept = collect(geometry(20, 10), 1, &[7; 200]);
    assert_eq!((kept[0].width, kept[0].height), (20, 10));
    let kept = collect(geometry(4000, 2), 1, &[7; 8000]);
    assert_eq!((kept[0].width, kept[0].height), (160, 1));
    assert!(kept[0].grey.iter().all(|&pixel| pixel == 7));
}

#[test]
fn turned_and_mirrored_as_displayed() {
    // White left half: mirrored it is right, and a quarter turn clockwise then brings it down.
    let data: Vec<u8> = (0..100 * 100)
        .map(|at| if at % 100 < 50 { 255 } else { 0 })
        .collect();
    let geometry = DisplayGeometry {
        rotation: 90,
        mirrored: true,
        ..geometry(100, 100)
    };
    let kept = collect(geometry, 1, &data);
    let pixel = |x: usize, y: usize| kept[0].grey[y * 100 + x];
    assert_eq!([pixel(50, 5), pixel(5, 95), pixel(95, 95)], [0, 255, 255]);
}

#[test]
fn detail_does_not_survive_but_light_does() {
    // A checkerboard of 4 px squares at the size of the thumbnail: as sharp as it can be.
    let data: Vec<u8> = (0..160 * 120)
        .map(|at| {
            if (at % 160 / 4 + at / 160 / 4) % 2 == 0 {
                220
            } else {
                20
            }
        })
        .collect();
    let kept = collect(geometry(160, 120), 1, &data);
    let inner = kept[0]
        .grey
        .chunks(160)
        .skip(12)
        .take(96)
        .flat_map(|row| &row[12..148]);
    let (darkest, brightest) = inner.fold((255, 0), |(d, b), &p| (p.min(d), p.max(b)));
    assert!(
        brightest - darkest <= 8,
        "contrast of 200 became {}",
        brightest - darkest
    );
    assert!(
        (112..=128).contains(&darkest),
        "mean light is kept: {darkest}"
    );
}

#[test]
fn png_says_the_same_pixels() {
    let kept = collect(
        geometry(64, 32),
        1,
        &(0..2048).map(|at| at as u8).collect::<Vec<_>>(),
    );
    let png = kept[0].png();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&png))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(
        (info.width, info.height, info.color_type),
        (64, 32, png::ColorType::Grayscale)
    );
    assert_eq!(pixels, kept[0].grey);
    assert_eq!(png, kept[0].png());
}

#[test]
fn frozen_fixture_reads_and_writes_as_ever() {
    let expected = vec![
        Thumbnail {
            no: FrameNo(0),
            width: 4,
            height: 2,
            grey: (0..8).collect(),
        },
        Thumbnail {
            no: FrameNo(7),
            width: 1,
            height: 3,
            grey: vec![255, 0, 128],
        },
    ];
    assert_eq!(FrameHash(Sha256::digest(V1).into()).hex(), V1_SHA256);
    assert_eq!(thumbnails_from_bytes(V1).as_ref(), Ok(&expected));
    assert_eq!(thumbnails_to_bytes(&expected), V1);
}

#[test]
fn says_what_is_wrong() {
    let changed = |at: usize, to: u8| {
        let mut bytes = V1.to_vec();
        bytes[at] = to;
        thumbnails_from_bytes(&bytes)
    };
    assert_eq!(thumbnails_from_bytes(b""), Err(BadThumbnails::Magic));
    assert_eq!(changed(7, b'X'), Err(BadThumbnails::Magic));
    assert_eq!(changed(8, 9), Err(BadThumbnails::Version(9)));
    assert_eq!(
        changed(10, 25),
        Err(BadThumbnails::Damaged),
        "more than a set holds"
    );
    assert_eq!(
        changed(12, 7),
        Err(BadThumbnails::Damaged),
        "the same frame twice"
    );
    assert_eq!(changed(16, 0), Err(BadThumbnails::Damaged), "no width");
    assert_eq!(changed(16, 161), Err(BadThumbnails::Damaged), "too wide");
}

proptest! {
    #[test]
    fn what_reads_is_what_was_written(
        at in 0..V1.len(), to: u8, keep in 0..=V1.len(), tail in prop::collection::vec(any::<u8>(), 0..40)
    ) {
        let mut bytes = V1.to_vec();
        bytes[at] = to;
        bytes.truncate(keep);
        bytes.extend(tail);
        if let Ok(thumbnails) = thumbnails_from_bytes(&bytes) {
            prop_assert_eq!(thumbnails_to_bytes(&thumbnails), bytes);
        }
    }
}
