//! The answer, from what was compared.

use media::time::FrameNo;

use super::align::align;
use super::answer::{Answer, Compared, Footage, Pace, Party};
use super::look::Look;
use super::parts::Parts;
use super::{Side, streams, words};
use crate::timeline::Timeline;

/// Least share of the shorter file's frames that must pair, and tell something, for anything to
/// remain.
const REMAINS: f64 = 0.25;

/// Seconds by which a container with a coarse clock moves a frame; each frame is placed anew, so that
/// other speeds soon exceed it.
const ROUNDING: f64 = 0.01;

/// What was compared of two files that are not the same bytes.
pub(super) struct Evidence {
    pub(super) parts: Option<Parts>,
    /// Frames of the first file that were passed over.
    pub(super) passed_over: usize,
}

/// Compares two files by their bytes alone.
pub(super) fn same_bytes(a: Party, b: Party) -> Compared {
    let summary = words::same_file(&a);
    Compared {
        answer: Answer::SameFile,
        summary,
        a,
        b,
        first_difference: None,
        parts: Vec::new(),
        pace: None,
        streams: Vec::new(),
        footage: Vec::new(),
        method: words::method(&Evidence {
            parts: None,
            passed_over: 0,
        }),
    }
}

/// Compares what two files hold.
pub(super) fn contents(a: &Side, b: &Side) -> Compared {
    let pairs = streams::pairs(&a.facts, &b.facts);
    let (x, y) = (
        Look::of(&a.frames, &a.prints),
        Look::of(&b.frames, &b.prints),
    );
    let equal = x.len() == y.len() && x.iter().zip(&y).all(|(x, y)| x.equals(y));
    let mut evidence = Evidence {
        parts: None,
        passed_over: 0,
    };
    let answer = if equal && streams::all_equal(&pairs) {
        Answer::SameEssence
    } else if equal && !x.is_empty() {
        Answer::SamePictures
    } else {
        let aligned = align(&x, &y);
        evidence.passed_over = aligned.passed_over;
        let parts = Parts::of(&aligned, &x, &y).settle();
        let answer = by_frames(&parts, x.len().min(y.len()));
        evidence.parts = Some(parts);
        answer
    };
    let footage = if answer == Answer::Different {
        footage(a, b)
    } else {
        Vec::new()
    };
    let whole = !matches!(answer, Answer::Edited | Answer::Different);
    let pace = if whole { pace(a, b) } else { None };
    let shown = evidence
        .parts
        .as_ref()
        .filter(|_| answer != Answer::Different);
    Compared {
        answer,
        summary: words::summary(answer, &evidence, &pairs, pace, [a, b]),
        a: a.party.clone(),
        b: b.party.clone(),
        first_difference: shown.and_then(Parts::first_difference),
        parts: shown.map(|parts| parts.list.clone()).unwrap_or_default(),
        pace,
        streams: pairs,
        footage,
        method: words::method(&evidence),
    }
}

fn by_frames(parts: &Parts, shorter: usize) -> Answer {
    if shorter == 0 || (parts.telling as f64) < REMAINS * shorter as f64 {
        Answer::Different
    } else if parts.whole() && parts.alike > parts.equal {
        Answer::ReEncoded
    } else {
        Answer::Edited
    }
}

/// The first of frames that pair one to one that is shown at another time, on clocks that start at the
/// first frame.
fn pace(a: &Side, b: &Side) -> Option<Pace> {
    let (x, y) = (Timeline::new(&a.frames), Timeline::new(&b.frames));
    (0..crate::examine::count(a.frames.frames.len()))
        .map(|frame| Pace {
            frame,
            a_s: x.at(FrameNo(frame)),
            b_s: y.at(FrameNo(frame)),
        })
        .find(|pace| (pace.a_s - pace.b_s).abs() > ROUNDING)
}

fn footage(a: &Side, b: &Side) -> Vec<Footage> {
    reuse::find(&a.prints, &[&b.prints])
        .into_iter()
        .map(|found| Footage {
            a: [found.query.first, found.query.last],
            b: [found.reference_side.first, found.reference_side.last],
            score: (f64::from(found.score) * 1000.0).round() / 1000.0,
            mirrored: found.mirrored,
            speed: (found.speed * 1000.0).round() / 1000.0,
        })
        .collect()
}
