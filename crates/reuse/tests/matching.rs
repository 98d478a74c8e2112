//! Matching of procedural footage whose truth is known to the frame.

mod scene;

use reuse::{Alignment, Prints, find};
use scene::{HEIGHT, Picture, Scene, WIDTH, prints, warped};

/// Six seconds of scene 1 from second 4, altered, between two other scenes: frames 60 to 179.
fn query(alter: impl FnMut(&Picture) -> Picture) -> Prints {
    let mut pictures = Scene::new(2).pictures(0.0..3.0);
    pictures.extend(Scene::new(1).pictures(4.0..10.0).iter().map(alter));
    pictures.extend(Scene::new(3).pictures(0.0..2.0));
    prints(&pictures)
}

/// Twenty seconds each of scene 1 and of two that share nothing with the query.
fn archive() -> [Prints; 3] {
    [5, 1, 6].map(|seed| Scene::new(seed).prints(0.0..20.0))
}

fn matches(query: &Prints) -> Vec<Alignment> {
    let archive = archive();
    find(query, &archive.each_ref())
}

/// One match, of the right reference, exact in the query and to within a frame in the reference.
fn assert_found(found: &[Alignment], mirrored: bool, what: &str) {
    assert_found_within(1, found, mirrored, what);
}

fn assert_found_within(frames: u32, found: &[Alignment], mirrored: bool, what: &str) {
    let [only] = found else {
        panic!("{what}: {found:#?}")
    };
    assert_eq!(
        (only.reference, only.mirrored),
        (1, mirrored),
        "{what}: {only:?}"
    );
    assert_eq!((only.query.first, only.query.last), (60, 179), "{what}");
    let other = (only.reference_side.first, only.reference_side.last);
    assert!(
        other.0.abs_diff(80) <= frames && other.1.abs_diff(199) <= frames,
        "{what}: {only:?}"
    );
    assert!(only.score > 0.5, "{what}: {only:?}");
}

#[test]
fn altered_copies_are_found_to_the_frame() {
    let (w, h) = (WIDTH as f32, HEIGHT as f32);
    let crop =
        |k: f32| move |x: f32, y: f32| (w * (1.0 - k) / 2.0 + x * k, h * (1.0 - k) / 2.0 + y * k);
    assert_found(&matches(&query(Clone::clone)), false, "as it was");
    assert_found(
        &matches(&query(|p| warped(p, |x, y| (w - 1.0 - x, y)))),
        true,
        "mirrored",
    );
    assert_found(
        &matches(&query(|p| warped(p, crop(0.9)))),
        false,
        "cropped by a tenth",
    );
    assert_found(
        &matches(&query(|p| warped(p, crop(0.75)))),
        false,
        "cropped by a quarter",
    );
    let boxed = |x: f32, y: f32| (x, (y - h / 2.0) * 1.34 + h / 2.0);
    assert_found(&matches(&query(|p| warped(p, boxed))), false, "letterboxed");
    let graded = |p: &Picture| {
        p.iter()
            .map(|&s| (f32::from(s) * 1.2 + 8.0).min(255.0) as u8)
            .collect()
    };
    assert_found(&matches(&query(graded)), false, "graded");
    let captioned = |p: &Picture| {
        let mut out = p.clone();
        out[WIDTH * HEIGHT * 4 / 5..WIDTH * HEIGHT * 14 / 15].fill(30);
        out
    };
    assert_found(&matches(&query(captioned)), false, "captioned");
}

#[test]
fn an_inset_over_other_footage_is_found() {
    let (left, top, share) = (WIDTH / 2, HEIGHT / 12, 0.45);
    let behind = Scene::new(9);
    let mut at = 0.0;
    let found = matches(&query(|picture| {
        let mut out = behind.at(at);
        at += 1.0 / scene::RATE;
        let (width, height) = (WIDTH as f32 * share, HEIGHT as f32 * share);
        for y in 0..height as usize {
            for x in 0..width as usize {
                let (column, row) = ((x as f32 / share) as usize, (y as f32 / share) as usize);
                out[(top + y) * WIDTH + left + x] = picture[row * WIDTH + column];
            }
        }
        out
    }));
    // The blobs drift so slowly that two frames differ by little, at this size.
    assert_found_within(2, &found, false, "inset");
}

/// A grid moves through the picture; its corners tell which part of it is left.
#[test]
fn what_was_cut_away_is_told() {
    let (w, h) = (WIDTH as f32, HEIGHT as f32);
    let gridded = |picture: &Picture, seconds: f64| {
        let mut out = picture.clone();
        let shift = (seconds * 20.0) as usize;
        for (at, sample) in out.iter_mut().enumerate() {
            let (x, y) = (at % WIDTH + shift, at / WIDTH);
            let cell = (x / 13).wrapping_mul(31) ^ (y / 11).wrapping_mul(17);
            *sample = (*sample / 2).wrapping_add((cell % 5 * 24) as u8);
        }
        out
    };
    let shown = |crop: bool| {
        let mut pictures = Vec::new();
        for (k, picture) in Scene::new(1).pictures(0.0..8.0).iter().enumerate() {
            let whole = gridded(picture, k as f64 / scene::RATE);
            pictures.push(if crop {
                warped(&whole, |x, y| (w * 0.25 + x * 0.7, h * 0.1 + y * 0.7))
            } else {
                whole
            });
        }
        prints(&pictures)
    };
    let found = find(&shown(true), &[&shown(false)]);
    let told = found[0].alteration.expect("corners tell");
    for (part, is) in [
        (told.in_reference.x, 0.25),
        (told.in_reference.y, 0.1),
        (told.in_reference.width, 0.7),
        (told.in_reference.height, 0.7),
        (told.in_query.width, 1.0),
    ] {
        assert!((part - is).abs() < 0.04, "{told:?}");
    }
    assert!(found[0].pairs.len() > 3 && found[0].pairs.is_sorted_by_key(|pair| pair.query));
}

#[test]
fn speed_is_found_with_the_span() {
    let scene = Scene::new(1);
    let mut pictures = Scene::new(2).pictures(0.0..3.0);
    pictures.extend((0..96).map(|k| scene.at(4.0 + 1.25 * f64::from(k) / scene::RATE)));
    pictures.extend(Scene::new(3).pictures(0.0..2.0));
    let found = matches(&prints(&pictures));
    let [only] = found.as_slice() else {
        panic!("{found:#?}")
    };
    assert!((only.speed - 1.25).abs() < 0.03, "{only:?}");
    assert_eq!((only.query.first, only.query.last), (60, 155));
    assert!(
        only.reference_side.first.abs_diff(80) <= 2 && only.reference_side.last.abs_diff(199) <= 3,
        "{only:?}"
    );
}

#[test]
fn several_spans_of_one_pair_come_apart() {
    let scene = Scene::new(1);
    let mut pictures = scene.pictures(10.0..14.0);
    pictures.extend(Scene::new(2).pictures(0.0..3.0));
    pictures.extend(scene.pictures(1.0..6.0));
    let mut found = matches(&prints(&pictures));
    found.sort_by_key(|m| m.query.first);
    let spans: Vec<_> = found
        .iter()
        .map(|m| (m.query.first, m.query.last))
        .collect();
    assert_eq!(spans, [(0, 79), (140, 239)]);
    let starts = [found[0].reference_side.first, found[1].reference_side.first];
    assert!(
        starts[0].abs_diff(200) <= 1 && starts[1].abs_diff(20) <= 1,
        "{found:#?}"
    );
}

/// Title cards, black and noise-free stills match nothing, not even their like.
#[test]
fn still_pictures_are_no_footage() {
    let card = Scene::new(4).at(0.0);
    let black = vec![16; WIDTH * HEIGHT];
    let still = |picture: &Picture| prints(&vec![picture.clone(); 120]);
    for picture in [&card, &black] {
        let prints = still(picture);
        assert_eq!(find(&prints, &[&prints]), [], "a still");
    }
    let mut titled = Scene::new(1).pictures(0.0..3.0);
    titled.extend(vec![card.clone(); 80]);
    let mut other = Scene::new(2).pictures(0.0..3.0);
    other.extend(vec![card; 80]);
    assert_eq!(
        find(&prints(&titled), &[&prints(&other)]),
        [],
        "the same card after other footage"
    );
}

#[test]
fn the_order_of_references_does_not_matter() {
    let query = query(Clone::clone);
    let archive = archive();
    let forward = find(&query, &archive.each_ref());
    let mut backward = find(&query, &[&archive[2], &archive[1], &archive[0]]);
    backward
        .iter_mut()
        .for_each(|m| m.reference = 2 - m.reference);
    assert_eq!(forward, backward);
}

/// Times that repeat, run back or are all alike neither crash nor match wildly.
#[test]
fn odd_times_are_survived() {
    let pictures = Scene::new(1).pictures(0.0..4.0);
    let odd: [fn(i64) -> i64; 5] = [
        |_| 0,
        |k| 100 - k,
        |k| (k / 10) * 10 - (k % 3),
        |k| if k == 30 { i64::MAX } else { i64::MIN + k },
        // A sound start, and an end after longer than there has been time.
        |k| if k < 70 { k } else { i64::MAX - 80 + k },
    ];
    for times in odd {
        let mut maker = reuse::Fingerprinter::new((1, 20));
        for (k, picture) in pictures.iter().enumerate() {
            let luma = reuse::Luma {
                data: picture,
                width: WIDTH,
                height: HEIGHT,
                stride: WIDTH,
            };
            maker.push(k as u32, times(k as i64), luma);
        }
        let prints = maker.finish();
        for found in find(&prints, &[&prints]) {
            assert!(
                found.score <= 1.0 && found.query.start <= found.query.end,
                "{found:?}"
            );
        }
    }
}
