//! Pictures of procedural footage, bare and in others, whose truth is known to the frame.

#![allow(clippy::unwrap_used)]

mod scene;

use reuse::still::{Closeup, Overlays, Reference, Sighting, find};
use reuse::{Luma, Prints};
use scene::{HEIGHT, Picture, RATE, Scene, WIDTH, warped};

/// Least score of what is told; see the workbench.
const TOLD: f32 = 0.6;

fn plane(samples: &[u8], width: usize) -> Luma<'_> {
    Luma {
        data: samples,
        width,
        height: samples.len() / width,
        stride: width,
    }
}

/// Ten seconds each of three scenes.
fn archive() -> [Prints; 3] {
    [5, 1, 6].map(|seed| Scene::new(seed).prints(0.0..10.0))
}

fn sought(picture: Luma<'_>, archive: &[Prints; 3]) -> Vec<Sighting> {
    let references = archive.each_ref().map(|prints| Reference {
        prints,
        stretch: 1.0,
    });
    find(picture, &references)
}

/// A picture enlarged threefold at 170, 90 on a light page with lines of something like text.
fn on_a_page(picture: &Picture) -> (Vec<u8>, usize) {
    let (width, height) = (900, 520);
    let mut page = vec![235; width * height];
    for y in (400..500).filter(|y| y % 16 < 8) {
        for x in (20..860).filter(|x| (x * 7 + y / 16 * 3) % 11 < 5) {
            page[y * width + x] = 40;
        }
    }
    for y in 0..HEIGHT * 3 {
        for x in 0..WIDTH * 3 {
            page[(90 + y) * width + 170 + x] = picture[y / 3 * WIDTH + x / 3];
        }
    }
    (page, width)
}

#[test]
fn a_frame_on_a_page_is_found_with_its_place() {
    let archive = archive();
    for (frame, second) in [(40, 2.0), (123, 6.15)] {
        let (page, width) = on_a_page(&Scene::new(1).at(second));
        let found = sought(plane(&page, width), &archive);
        let best = &found[0];
        assert_eq!((best.reference, best.mirrored), (1, false), "{found:#?}");
        assert!(best.score >= TOLD && best.bound, "{found:#?}");
        assert!(best.near.contains(&frame), "{best:?}");
        let truth = [170.0, 90.0, 170.0 + 480.0, 90.0 + 288.0];
        for (edge, truth) in best.place.iter().zip(truth) {
            assert!((edge - truth).abs() <= 1.0, "{best:?}");
        }
        assert!(
            found[1..].iter().all(|other| other.score < TOLD),
            "{found:#?}"
        );
    }
}

#[test]
fn a_mirrored_frame_is_found_as_such() {
    let picture = warped(&Scene::new(6).at(4.5), |x, y| (WIDTH as f32 - 1.0 - x, y));
    let found = sought(plane(&picture, WIDTH), &archive());
    let best = &found[0];
    assert_eq!((best.reference, best.mirrored), (2, true), "{found:#?}");
    assert!(best.score >= TOLD && best.near.contains(&90), "{best:?}");
}

#[test]
fn what_no_video_holds_is_told_of_none() {
    let archive = archive();
    for seed in 20..32 {
        let (page, width) = on_a_page(&Scene::new(seed).at(1.0));
        let found = sought(plane(&page, width), &archive);
        assert!(
            found.iter().all(|one| one.score < TOLD),
            "{seed}: {found:#?}"
        );
    }
    let flat = vec![128; WIDTH * HEIGHT];
    let found = sought(plane(&flat, WIDTH), &archive);
    assert!(found.iter().all(|one| one.score < TOLD), "{found:#?}");
    let short = plane(&flat[1..], WIDTH);
    assert_eq!(
        sought(
            Luma {
                height: HEIGHT,
                ..short
            },
            &archive
        ),
        []
    );
}

#[test]
fn pixels_tell_the_frame_from_its_neighbours() {
    let scene = Scene::new(1);
    let (page, width) = on_a_page(&scene.at(2.0));
    let place = [170.0, 90.0, 650.0, 378.0];
    let mut closeup = Closeup::new(plane(&page, width), place, true, false).unwrap();
    for frame in [44, 38, 39, 40, 41] {
        closeup.show(frame, plane(&scene.at(f64::from(frame) / RATE), WIDTH));
    }
    let chosen = closeup.chosen().unwrap();
    assert_eq!((chosen.frame, chosen.alike), (40, [40, 40]));
}

#[test]
fn frames_that_are_the_same_are_told_together() {
    let scene = Scene::new(1);
    let (page, width) = on_a_page(&scene.at(2.0));
    // The place is not known exactly: it is found.
    let place = [174.0, 88.0, 652.0, 380.0];
    let mut closeup = Closeup::new(plane(&page, width), place, false, false).unwrap();
    for (frame, second) in [(6, 1.8), (7, 2.0), (8, 2.0), (9, 2.0), (11, 2.0)] {
        closeup.show(frame, plane(&scene.at(second), WIDTH));
    }
    let chosen = closeup.chosen().unwrap();
    assert_eq!((chosen.frame, chosen.alike), (7, [7, 9]));
    let truth = [170.0, 90.0, 650.0, 378.0];
    let off = chosen
        .place
        .iter()
        .zip(truth)
        .map(|(edge, truth)| (edge - truth).abs());
    assert!(off.fold(0.0, f32::max) <= 2.0, "{chosen:?}");
}

/// Where a moving scene, altered, and the scene differ; each box as left, top, right and bottom.
fn overlays(whole: [f32; 4], mirrored: bool, alter: impl Fn(&Picture) -> Picture) -> Vec<[f32; 4]> {
    let [x, y, width, height] = whole;
    let shown = reuse::Part {
        x,
        y,
        width,
        height,
    };
    let all = reuse::Part {
        x: 0.0,
        y: 0.0,
        width: 1.0,
        height: 1.0,
    };
    let mut overlays = Overlays::new(all, shown, mirrored);
    for picture in Scene::new(1).pictures(0.0..6.0).iter().step_by(15) {
        overlays.show(plane(&alter(picture), WIDTH), plane(picture, WIDTH));
    }
    let boxes = overlays.boxes().into_iter();
    boxes
        .map(|it| [it.x, it.y, it.x + it.width, it.y + it.height])
        .collect()
}

#[test]
fn a_logo_and_a_caption_are_told_with_their_boxes_through_crop_and_mirror() {
    let covered = |picture: &Picture| {
        let mut out = picture.clone();
        for (x, y) in (0..WIDTH * HEIGHT).map(|at| (at % WIDTH, at / WIDTH)) {
            let (across, down) = (x as f32 / WIDTH as f32, y as f32 / HEIGHT as f32);
            if (0.75..0.95).contains(&across) && (0.05..0.2).contains(&down) {
                out[y * WIDTH + x] = 250;
            }
            if (0.1..0.9).contains(&across) && (0.8..0.95).contains(&down) {
                out[y * WIDTH + x] = 235;
            }
        }
        out
    };
    let caption = [0.1, 0.8, 0.9, 0.95];
    let logo = [0.75, 0.05, 0.95, 0.2];
    let (w, h) = (WIDTH as f32, HEIGHT as f32);
    let whole = [0.0, 0.0, 1.0, 1.0];
    let middle = [0.1, 0.1, 0.8, 0.8];
    let plain = overlays(whole, false, covered);
    let turned = overlays(whole, true, |p| {
        covered(&warped(p, |x, y| (w - 1.0 - x, y)))
    });
    let cropped = overlays(middle, false, |p| {
        covered(&warped(p, |x, y| (0.1 * w + 0.8 * x, 0.1 * h + 0.8 * y)))
    });
    for found in [plain, turned, cropped] {
        assert_eq!(found.len(), 2, "{found:?}");
        for (found, truth) in found.iter().zip([caption, logo]) {
            let off = found.iter().zip(truth).map(|(a, b)| (a - b).abs());
            assert!(off.fold(0.0, f32::max) < 0.05, "{found:?} {truth:?}");
        }
    }
}

#[test]
fn what_was_graded_or_stands_a_little_off_is_not_told_as_covered() {
    let whole = [0.0, 0.0, 1.0, 1.0];
    let graded = |picture: &Picture| {
        let grade = |&it: &u8| (f32::from(it) * 0.8 + 20.0) as u8;
        picture.iter().map(grade).collect()
    };
    assert_eq!(overlays(whole, false, graded), [[0.0; 4]; 0]);
    let off = |picture: &Picture| warped(picture, |x, y| (x + 2.0, y + 1.0));
    assert_eq!(overlays(whole, false, off), [[0.0; 4]; 0]);
}
