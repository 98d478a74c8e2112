//! A fingerprinter that was cut off: another goes on from what the first made of each frame.

mod scene;

use proptest::prelude::*;
use reuse::{BadStep, Fingerprinter, Luma, Prints, Step};
use scene::{HEIGHT, Picture, Scene, WIDTH};

fn luma(picture: &Picture) -> Luma<'_> {
    Luma {
        data: picture,
        width: WIDTH,
        height: HEIGHT,
        stride: WIDTH,
    }
}

fn time(frame: usize) -> i64 {
    frame as i64 * 50
}

/// Three shots and a still picture of more than a second.
fn pictures() -> Vec<Picture> {
    let mut pictures = Scene::new(1).pictures(1.0..6.5);
    let still = pictures[pictures.len() - 1].clone();
    pictures.extend(std::iter::repeat_n(still, 45));
    pictures.extend(Scene::new(2).pictures(0.0..2.0));
    pictures
}

/// Prints of all pictures, and the byte form of each step.
fn in_one_go(pictures: &[Picture]) -> (Prints, Vec<Vec<u8>>) {
    let mut maker = Fingerprinter::new((1, 1000));
    let mut steps = Vec::new();
    for (frame, picture) in pictures.iter().enumerate() {
        let step = maker.push(frame as u32, time(frame), luma(picture));
        let mut bytes = Vec::new();
        step.expect("a new frame").write(&mut bytes);
        steps.push(bytes);
    }
    (maker.finish(), steps)
}

#[test]
fn prints_are_the_same_wherever_they_were_cut_off() {
    let pictures = pictures();
    let (whole, steps) = in_one_go(&pictures);
    for cut in 0..=pictures.len() {
        let mut maker = Fingerprinter::new((1, 1000));
        for (frame, bytes) in steps[..cut].iter().enumerate() {
            let step = Step::from_bytes(bytes).expect("a step");
            maker
                .recall(frame as u32, time(frame), &step)
                .expect("it follows");
        }
        let wanted = maker.wanted().map_or(cut, |frame| frame as usize);
        for (frame, picture) in pictures.iter().enumerate().take(cut).skip(wanted) {
            maker.again(frame as u32, luma(picture));
        }
        assert_eq!(maker.wanted(), None, "cut off before frame {cut}");
        for (frame, picture) in pictures.iter().enumerate().skip(cut) {
            maker.push(frame as u32, time(frame), luma(picture));
        }
        assert!(maker.finish() == whole, "cut off before frame {cut}");
    }
}

#[test]
fn a_step_from_elsewhere_is_refused() {
    let pictures = pictures();
    let (_, steps) = in_one_go(&pictures);
    let step = |at: usize| Step::from_bytes(&steps[at]).expect("a step");
    let mut maker = Fingerprinter::new((1, 1000));
    maker.recall(0, 0, &step(0)).expect("it follows");
    let shot = (1..steps.len())
        .find(|&at| steps[at].len() > steps[0].len() + 8 * 33)
        .expect("a step that settles several pictures");
    assert_eq!(maker.recall(1, 50, &step(shot)), Err(BadStep));
    assert_eq!(
        maker.recall(0, 50, &step(1)),
        Err(BadStep),
        "the same number again"
    );
}

proptest! {
    #[test]
    fn any_bytes_are_a_step_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(step) = Step::from_bytes(&bytes) {
            let mut again = Vec::new();
            step.write(&mut again);
            prop_assert_eq!(again, bytes);
        }
    }
}
