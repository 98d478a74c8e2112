//! Transitions in pictures made here, so that the truth is known to the frame.

use media::finding::{Finding, FindingKind};
use media::findings::{Glance, Scan};
use media::picture::Luma;
use media::time::{FrameNo, Pts, TimeBase};

const WIDTH: usize = 160;
const HEIGHT: usize = 90;

type Picture = Vec<u8>;

/// A smooth, contrasted scene: sums of waves whose phase and pitch depend on `scene`; `along` moves
/// the camera to the right, in pixels.
fn scene(scene: u32, along: f64) -> Picture {
    let seed = f64::from(scene);
    let pixel = |at: usize| {
        let (x, y) = ((at % WIDTH) as f64 + along, (at / WIDTH) as f64);
        let wave = |fx: f64, fy: f64| (x * fx + y * fy + seed * 2.4).sin();
        let sum = wave(0.05 + 0.013 * seed, 0.02) + wave(-0.021, 0.09 + 0.017 * seed);
        (125.0 + 55.0 * sum).clamp(16.0, 235.0) as u8
    };
    (0..WIDTH * HEIGHT).map(pixel).collect()
}

fn shot(number: u32, frames: usize) -> Vec<Picture> {
    (0..frames)
        .map(|frame| scene(number, frame as f64 * 0.15))
        .collect()
}

/// `share` parts of 100 of `b`, the rest of `a`.
fn mixed(a: &[u8], b: &[u8], share: usize) -> Picture {
    let mix =
        |(&a, &b): (&u8, &u8)| (usize::from(a) * (100 - share) + usize::from(b) * share) / 100;
    a.iter().zip(b).map(|pair| mix(pair) as u8).collect()
}

fn black() -> Picture {
    vec![16; WIDTH * HEIGHT]
}

/// The same noise for the same frame on every machine.
fn noisy(frame: usize, picture: &[u8], strength: i32) -> Picture {
    let mut state = (frame as u32 + 1).wrapping_mul(2_654_435_761);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state % (2 * strength as u32 + 1)) as i32 - strength
    };
    picture
        .iter()
        .map(|&p| (i32::from(p) + next()).clamp(0, 255) as u8)
        .collect()
}

fn scan(pictures: &[Picture]) -> Vec<Finding> {
    let mut scan = Scan::new(TimeBase { num: 1, den: 25 });
    for (data, no) in pictures.iter().zip(0u32..) {
        let luma = Luma {
            data,
            width: WIDTH,
            height: HEIGHT,
            stride: WIDTH,
        };
        scan.frame(
            FrameNo(no),
            Some(Pts(2 * i64::from(no))),
            0,
            Glance::of(luma),
        );
    }
    scan.finish()
}

fn found(pictures: &[Picture]) -> Vec<(FindingKind, u32, u32)> {
    let place = |finding: Finding| {
        let span = finding.span.expect("a transition has a place");
        (finding.kind, span.first.0, span.last.0)
    };
    scan(pictures).into_iter().map(place).collect()
}

#[test]
fn a_cut_is_the_first_frame_of_the_new_shot_and_ends_when_the_next_begins() {
    let pictures = [shot(1, 30), shot(2, 40), shot(5, 20)].concat();
    let findings = scan(&pictures);
    assert_eq!(
        found(&pictures),
        [(FindingKind::Cut, 30, 30), (FindingKind::Cut, 70, 70)]
    );
    let span = findings[0].span.unwrap();
    assert_eq!((span.start, span.end), (Some(Pts(60)), Some(Pts(62))));
    let method = &findings[0].method;
    assert_eq!(Scan::methods().get(&method.name), Some(&method.version));
    assert!(!method.limits.is_empty() && findings[0].values["unlike"] > 10.5);
}

#[test]
fn noise_and_repeated_frames_do_not_hide_cuts_nor_make_any() {
    let shots = [shot(1, 30), shot(2, 40)].concat();
    let noisy: Vec<_> = shots
        .iter()
        .enumerate()
        .map(|(no, p)| noisy(no, p, 30))
        .collect();
    assert_eq!(found(&noisy), [(FindingKind::Cut, 30, 30)]);
    let thrice: Vec<_> = shots
        .iter()
        .flat_map(|p| [p.clone(), p.clone(), p.clone()])
        .collect();
    assert_eq!(found(&thrice), [(FindingKind::Cut, 90, 90)]);
}

#[test]
fn still_pictures_in_turn_are_cuts() {
    let slides = [1, 2, 1, 2]
        .map(|number| vec![scene(number, 0.0); 40])
        .concat();
    let cut = |no| (FindingKind::Cut, no, no);
    assert_eq!(found(&slides), [cut(40), cut(80), cut(120)]);
}

#[test]
fn a_black_or_blended_frame_in_the_splice_is_still_one_cut() {
    let blend = mixed(&scene(1, 9.0), &scene(2, 0.0), 50);
    let pictures = [shot(1, 30), vec![blend], shot(2, 30)].concat();
    assert_eq!(found(&pictures), [(FindingKind::Cut, 30, 30)]);
    let pictures = [shot(1, 30), vec![black()], shot(2, 30)].concat();
    assert_eq!(
        found(&pictures),
        [(FindingKind::Cut, 30, 30), (FindingKind::Black, 30, 30)]
    );
}

#[test]
fn nothing_is_found_where_nothing_changes_but_light_and_place() {
    assert_eq!(found(&vec![scene(3, 0.0); 100]), []);
    assert_eq!(found(&[]), []);
    let pan: Vec<_> = (0..120)
        .map(|frame| scene(3, f64::from(frame) * 3.0))
        .collect();
    assert_eq!(found(&pan), [], "pan");
    let shake: Vec<_> = (0..120)
        .map(|frame| scene(3, (f64::from(frame) * 1.9).sin() * 9.0))
        .collect();
    assert_eq!(found(&shake), [], "hand-held");
    let mut flashes = shot(3, 120);
    for at in [20, 50, 51, 80, 81, 82] {
        flashes[at] = flashes[at].iter().map(|&p| p.saturating_add(110)).collect();
    }
    let flash = |first, last| (FindingKind::Flash, first, last);
    assert_eq!(
        found(&flashes),
        [flash(20, 20), flash(50, 51), flash(80, 82)],
        "flashes and nothing else"
    );
    let exposure: Vec<_> = shot(3, 120)
        .into_iter()
        .enumerate()
        .map(|(no, p)| if no < 60 { p } else { mixed(&p, &black(), 30) })
        .collect();
    assert_eq!(found(&exposure), [], "exposure");
}

#[test]
fn a_dissolve_is_found_where_both_show() {
    for length in [6, 12, 24, 48] {
        let (a, b) = (shot(1, 100), shot(2, 100));
        let mix = |at: usize| mixed(&a[40 + at], &b[at], (at + 1) * 100 / (length + 1));
        let between: Vec<_> = (0..length).map(mix).collect();
        let pictures = [&a[..40], &between, &b[length..]].concat();
        let found = found(&pictures);
        let [(FindingKind::Dissolve, first, last)] = found[..] else {
            panic!("{length}: {found:?}");
        };
        let (true_first, true_last) = (40, 39 + length as u32);
        assert!(
            first.abs_diff(true_first) <= 2 + length as u32 / 6,
            "{length}: from {first}"
        );
        assert!(
            last.abs_diff(true_last) <= 2 + length as u32 / 6,
            "{length}: to {last}"
        );
    }
}

#[test]
fn a_fade_through_black_is_fade_out_black_and_fade_in() {
    let (a, b) = (shot(1, 60), shot(2, 60));
    let out = (0..12).map(|at| mixed(&a[30 + at], &black(), (at + 1) * 100 / 13));
    let rise = (0..12).map(|at| mixed(&black(), &b[at], (at + 1) * 100 / 13));
    let pictures: Vec<_> = a[..30]
        .iter()
        .cloned()
        .chain(out)
        .chain(vec![black(); 5])
        .chain(rise)
        .chain(b[12..].iter().cloned())
        .collect();
    let found = found(&pictures);
    let kinds: Vec<_> = found.iter().map(|finding| finding.0).collect();
    assert_eq!(
        kinds,
        [
            FindingKind::FadeOut,
            FindingKind::Black,
            FindingKind::FadeIn
        ]
    );
    assert!(
        found[0].1.abs_diff(30) <= 2 && found[0].2.abs_diff(41) <= 2,
        "{found:?}"
    );
    // The first frame that rises has 7 % of its light: dark enough to count with either.
    assert!(
        found[1].1 == 42 && (46..=47).contains(&found[1].2),
        "{found:?}"
    );
    assert!(
        found[2].1.abs_diff(47) <= 2 && found[2].2.abs_diff(58) <= 2,
        "{found:?}"
    );
}

#[test]
fn pictures_of_any_size_are_taken() {
    for (width, height) in [(1, 1), (2, 500), (31, 17), (33, 19), (4096, 1)] {
        let mut scan = Scan::new(TimeBase { num: 1, den: 25 });
        for no in 0..40u32 {
            let data = vec![(no * 6) as u8; (width + 3) * height];
            let luma = Luma {
                data: &data,
                width,
                height,
                stride: width + 3,
            };
            scan.frame(FrameNo(no), None, 0, Glance::of(luma));
        }
        scan.finish();
    }
}
