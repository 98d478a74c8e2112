//! Fields: what the stream says of them beside what the pixels show.

use super::super::kept::Frame;
use super::{at, finding, plural, some, spanning};
use crate::facts::Scanning;
use crate::finding::{Finding, FindingKind};
use crate::findings::Weave;
use crate::index::FrameIndex;

pub(super) const FLAGS: &str = "fields/flags";
pub(super) const WOVEN: &str = "fields/woven";
pub(super) const CADENCE: &str = "fields/cadence";

const FLAGS_LIMITS: (&str, &str) = (
    FLAGS,
    "Compares what the stream says of its frames with nothing but itself. Broadcasts change between \
     film and video, and coders that choose frame by frame change at will.",
);
const WOVEN_LIMITS: (&str, &str) = (
    WOVEN,
    "Sees fields only where something moves, in frames of at least 180 rows and whose rows were not scaled or blended \
     since. Many progressive videos are stored as interlaced on purpose, with nothing lost.",
);
const CADENCE_LIMITS: (&str, &str) = (
    CADENCE,
    "Needs movement: where all stands still, fields cannot be told apart. Film shown as video has \
     this pattern from the transfer on; cuts made after the transfer break it, and so does noise.",
);

/// How many times one measure must exceed another: of one order of fields over the other, in 1/100,
/// and of both over the frame's own rows, in 1/10, which FFmpeg's idet takes likewise.
const ORDER: u64 = 125;
const PROGRESSIVE: u64 = 15;
/// Rows that a frame has at least: no format of two fields has fewer, and few rows tell little.
const LINES: u32 = 180;
/// Frames that must show it, and how many of ten that show something must agree.
const LEAST: usize = 12;
const AGREE: usize = 8;
/// How far rows move at least for a frame to be judged, in 1/16 of a luma step.
const MOVES: u16 = 24;
/// How many times one field moves more than the other where that one is shown again.
const AGAIN: u16 = 4;

/// What the pixels of one frame show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Progressive,
    TopFirst,
    BottomFirst,
}

/// Where the stream changes what it says of fields.
pub(super) fn changes(frames: &FrameIndex, heard: &[Frame]) -> Option<Finding> {
    let said = |scanning: Scanning| {
        (
            scanning.interlaced,
            scanning.interlaced && scanning.top_first,
        )
    };
    let places: Vec<u32> = (1..)
        .zip(heard.windows(2))
        .filter(|(_, pair)| said(pair[0].scanning) != said(pair[1].scanning))
        .map(|(no, _)| no)
        .collect();
    let &first = places.first()?;
    let name = |no: u32| {
        let scanning = heard[no as usize].scanning;
        match said(scanning) {
            (false, _) => "progressive",
            (true, true) => "interlaced, top field first",
            (true, false) => "interlaced, bottom field first",
        }
    };
    Some(finding(
        FindingKind::Fields,
        format!(
            "By the stream, frame {first} is {}, and the frame before {}; it changes {}: at frame {}.",
            name(first),
            name(first - 1),
            plural(places.len(), "time"),
            some(&places)
        ),
        at(frames, first as usize),
        FLAGS_LIMITS,
        &[("changes", places.len() as f64)],
    ))
}

/// Where most of what can be judged shows other fields than the stream says.
pub(super) fn contradictions(
    frames: &FrameIndex,
    heard: &[Frame],
    woven: &[Option<Weave>],
) -> Option<Finding> {
    let judged: Vec<(usize, Shows)> = (0..heard.len().min(woven.len()))
        .filter(|no| heard[*no].layout.height >= LINES)
        .filter_map(|no| Some((no, shows(woven[no]?)?)))
        .collect();
    let contrary: Vec<&(usize, Shows)> = judged
        .iter()
        .filter(|(no, shows)| contradicts(heard[*no].scanning, *shows))
        .collect();
    let count = |what: Shows| judged.iter().filter(|(_, shows)| *shows == what).count();
    let (&&(first, shown), &&(last, _)) = (contrary.first()?, contrary.last()?);
    if contrary.len() < LEAST || contrary.len() * 10 < judged.len() * AGREE {
        return None;
    }
    let told = |top_first: bool| {
        if top_first {
            "top field first"
        } else {
            "bottom field first"
        }
    };
    let says = match heard[first].scanning {
        Scanning {
            interlaced: false, ..
        } => "progressive".to_owned(),
        Scanning { top_first, .. } => format!("interlaced, {}", told(top_first)),
    };
    let shown = match shown {
        Shows::Progressive => "whole pictures".to_owned(),
        Shows::TopFirst => format!("two fields, {}", told(true)),
        Shows::BottomFirst => format!("two fields, {}", told(false)),
    };
    Some(finding(
        FindingKind::Fields,
        format!(
            "The stream calls its frames {says}, but the rows show {shown}: in {} of {} that move \
             enough, from frame {first} on.",
            plural(contrary.len(), "frame"),
            judged.len(),
        ),
        spanning(
            frames,
            u32::try_from(first).ok()?,
            u32::try_from(last).ok()?,
        ),
        WOVEN_LIMITS,
        &[
            ("judged", judged.len() as f64),
            ("progressive", count(Shows::Progressive) as f64),
            ("top_field_first", count(Shows::TopFirst) as f64),
            ("bottom_field_first", count(Shows::BottomFirst) as f64),
        ],
    ))
}

/// Frames of which one field is shown again while the other moves on, two in five: film transferred
/// to video by 2:3 pulldown.
pub(super) fn cadence(frames: &FrameIndex, woven: &[Option<Weave>]) -> Option<Finding> {
    const BEAT: usize = 5;
    let again: Vec<(usize, bool)> = woven
        .iter()
        .enumerate()
        .filter_map(|(no, weave)| Some((no, repeats((*weave)?)?)))
        .collect();
    let mut phases = [[0usize; BEAT]; 2];
    for (no, top) in &again {
        phases[usize::from(*top)][no % BEAT] += 1;
    }
    let best = |of: &[usize; BEAT]| (0..BEAT).max_by_key(|phase| of[*phase]).unwrap_or(0);
    let (bottom, top) = (best(&phases[0]), best(&phases[1]));
    let on = phases[0][bottom] + phases[1][top];
    let apart = (top + BEAT - bottom) % BEAT;
    let even = phases[0][bottom].min(phases[1][top]) * 2 >= LEAST;
    if !even || on * 10 < again.len() * AGREE || !(apart == 2 || apart == 3) {
        return None;
    }
    let off: Vec<u32> = again
        .iter()
        .filter(|(no, is_top)| no % BEAT != if *is_top { top } else { bottom })
        .map(|(no, _)| *no as u32)
        .collect();
    let (first, last) = (again.first()?.0 as u32, again.last()?.0 as u32);
    let broken = if off.is_empty() {
        String::new()
    } else {
        format!(" Out of step: frame {}.", some(&off))
    };
    Some(finding(
        FindingKind::Fields,
        format!(
            "Two of five frames show one field of the frame before again, as film does that was \
             transferred to video by 2:3 pulldown: {on} times from frame {first} on.{broken}"
        ),
        spanning(frames, first, last),
        CADENCE_LIMITS,
        &[
            ("fields_shown_again", again.len() as f64),
            ("in_step", on as f64),
            ("beat_frames", BEAT as f64),
        ],
    ))
}

fn contradicts(says: Scanning, shows: Shows) -> bool {
    match shows {
        // Whole pictures in an interlaced stream lose nothing and are common.
        Shows::Progressive => false,
        Shows::TopFirst => !says.interlaced || !says.top_first,
        Shows::BottomFirst => !says.interlaced || says.top_first,
    }
}

/// By measures like those of idet, over this frame and the one before.
fn shows(weave: Weave) -> Option<Shows> {
    if weave.top_moved.max(weave.bottom_moved) < MOVES {
        return None;
    }
    let [even, odd, top_late, bottom_late] = [
        weave.even,
        weave.odd,
        weave.top_after_bottom,
        weave.bottom_after_top,
    ]
    .map(u64::from);
    // Rows of another moment beside the frame's own in the same place, as fractions: what is finely
    // textured in one row and not in the next must not count.
    let top_first = bottom_late * odd * 100 > top_late * even * ORDER;
    let bottom_first = top_late * even * 100 > bottom_late * odd * ORDER;
    let apart = (
        top_late * 10 > odd * PROGRESSIVE,
        bottom_late * 10 > even * PROGRESSIVE,
    );
    match apart {
        (false, _) if top_first => Some(Shows::TopFirst),
        (_, false) if bottom_first => Some(Shows::BottomFirst),
        (true, true) => Some(Shows::Progressive),
        _ => None,
    }
}

/// Which field is shown again: true for the top one.
fn repeats(weave: Weave) -> Option<bool> {
    let (top, bottom) = (weave.top_moved, weave.bottom_moved);
    if bottom >= MOVES && bottom >= top.saturating_mul(AGAIN) {
        Some(true)
    } else {
        (top >= MOVES && top >= bottom.saturating_mul(AGAIN)).then_some(false)
    }
}
