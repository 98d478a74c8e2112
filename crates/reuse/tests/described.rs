//! Alignment by vectors that were handed in: here what a picture shows, which no hash of it tells.

mod scene;

use std::collections::BTreeMap;

use reuse::{Alignment, Described, Evidence, Prints, described_frames, find, find_described};
use scene::{HEIGHT, Picture, RATE, Scene, WIDTH, prints, warped};

/// Six seconds of scene 1 from second 4, upside down, between two other scenes: frames 60 to 179.
fn query() -> (Prints, Vec<Picture>) {
    let (w, h) = (WIDTH as f32, HEIGHT as f32);
    let mut pictures = Scene::new(2).pictures(0.0..3.0);
    let turned = |p: &Picture| warped(p, |x, y| (w - 1.0 - x, h - 1.0 - y));
    pictures.extend(Scene::new(1).pictures(4.0..10.0).iter().map(turned));
    pictures.extend(Scene::new(3).pictures(0.0..2.0));
    (prints(&pictures), pictures)
}

/// Brightness of 6 × 6 parts about their mean, each summed with the part opposite to it: the same for a
/// picture that is turned half around.
fn layout(picture: &Picture) -> Vec<f32> {
    const SIDE: usize = 6;
    let mut parts = [0f32; SIDE * SIDE];
    for (at, &sample) in picture.iter().enumerate() {
        let (x, y) = (at % WIDTH * SIDE / WIDTH, at / WIDTH * SIDE / HEIGHT);
        parts[y * SIDE + x] += f32::from(sample);
    }
    let mean = parts.iter().sum::<f32>() / parts.len() as f32;
    let last = parts.len() - 1;
    let opposite = |at: usize| parts[at] + parts[last - at] - 2.0 * mean;
    (0..parts.len() / 2).map(opposite).collect()
}

fn vectors(prints: &Prints, pictures: &[Picture]) -> BTreeMap<u32, Vec<f32>> {
    let frames = described_frames(prints).into_iter();
    frames
        .map(|no| (no, layout(&pictures[no as usize])))
        .collect()
}

fn archive() -> Vec<(Prints, Vec<Picture>)> {
    let pictures = [5, 1, 6].map(|seed| Scene::new(seed).pictures(0.0..20.0));
    pictures.map(|it| (prints(&it), it)).into()
}

fn found(alter: impl Fn(&mut BTreeMap<u32, Vec<f32>>)) -> Vec<Alignment> {
    let (prints, pictures) = query();
    let mut described = vectors(&prints, &pictures);
    alter(&mut described);
    let archive = archive();
    let archive: Vec<Described<'_>> = archive
        .iter()
        .map(|(prints, pictures)| Described::new(prints, &vectors(prints, pictures)))
        .collect();
    let references: Vec<_> = archive.iter().collect();
    find_described(&Described::new(&prints, &described), &references, 0.9)
}

#[test]
fn vectors_find_what_hashes_do_not() {
    let (prints, _) = query();
    let archive = archive();
    let references: Vec<&Prints> = archive.iter().map(|(prints, _)| prints).collect();
    assert_eq!(find(&prints, &references), []);

    let found = found(|_| {});
    let [only] = found.as_slice() else {
        panic!("{found:#?}")
    };
    assert_eq!((only.reference, only.evidence), (1, Evidence::Learned));
    assert_eq!((only.query.first, only.query.last), (60, 179));
    let frame = (RATE * 0.2) as u32;
    let side = &only.reference_side;
    assert!(side.first.abs_diff(80) <= frame && side.last.abs_diff(199) <= frame);
    assert!(only.score > 0.5 && only.score < 1.0, "{}", only.score);
    assert!(!only.pairs.is_empty() && only.alteration.is_none());
}

#[test]
fn vectors_that_say_nothing_find_nothing_and_do_no_harm() {
    let every = |with: &dyn Fn(&mut Vec<f32>)| found(|all| all.values_mut().for_each(with));
    assert_eq!(every(&|vector| vector.fill(0.0)), []);
    assert_eq!(every(&|vector| vector.fill(f32::NAN)), []);
    assert_eq!(every(&|vector| vector.fill(f32::MAX)), []);
    assert_eq!(every(&|vector| vector.push(1.0)), []);
    assert_eq!(every(&|vector| vector.clear()), []);
    assert_eq!(found(BTreeMap::clear), []);
}

#[test]
fn some_two_pictures_a_second_are_described_and_none_that_are_plain() {
    let moving = Scene::new(4).prints(0.0..10.0);
    let frames = described_frames(&moving);
    assert!((18..=30).contains(&frames.len()), "{frames:?}");
    let black = prints(&vec![vec![16; WIDTH * HEIGHT]; 100]);
    assert_eq!(described_frames(&black), []);
}
