//! Pictures that are a mix of one before and one after: dissolves, and fades from and to black
//! and white.
//!
//! If frame k of a span is the mix (1 − α)·A + α·B of the pictures at its ends, then α is where k
//! falls on the line from A to B, it only grows, and little of k lies off the line. Movement makes
//! no such mixes: what moves leaves one place and turns up in another.

mod line;

use super::glance::{CELLS, Glance};
use super::unlike::{unlike, unlike_in_place};
use super::window::Window;
use super::{finding, method as named, span};
use crate::finding::{Finding, FindingKind, Method};
use line::Line;

/// Lengths tried, in pictures from A to B.
const LENGTHS: [usize; 19] = [
    3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 28, 33, 39, 46, 54, 64, 76,
];
/// Pictures before A and after B that tell how much moves anyway.
const CONTEXT: usize = 12;
/// How unlike A and B are at least for a dissolve, in 1/16 of a luma step.
const UNLIKE: u32 = 16 * 24;
/// The same after the best shift: a slow drift ends where it began but for the shift.
const UNLIKE_MOVED: u32 = 16 * 19;
/// How many times as unlike as pictures as far apart on the calmer side, in 1/10.
const TIMES: u32 = 16;
/// Detail, in 1/1000 of an even change, down to which a dissolve may stray furthest from the line.
const DIP: u32 = 720;
/// How far that is, in 1/1000 of the line's length.
const OFF_AT_DIP: u32 = 380;
/// How far a dissolve without a dip of detail may stray at most.
const OFF_WITHOUT_DIP: u32 = 200;
/// Frames for which one picture may stand within a mix.
const STANDS: u32 = 12;
/// Pictures beyond A and B that must be unlike too.
const LASTING: usize = 3;
/// How far off the line the pictures of a fade lie at most on average, in 1/1000 of its length.
const FADE_OFF: u32 = 250;
/// Luma of black.
const BLACK: u32 = 16 * 16;
/// Luma up to which the dark end of a fade may be.
const DARK_END: u32 = 16 * 48;
/// The dark end has at most this part of the light of the other.
const DARK_PART: u32 = 4;
/// Luma of white; more counts as white too.
const WHITE: u32 = 16 * 235;
/// How far from white the white end of a fade may be.
const WHITE_END: u32 = 16 * 24;
/// Length of the line of a fade at least, in 1/16 of a luma step.
const FADE_LENGTH: u32 = 16 * 14;
/// Sum of cell differences from which that is worth computing.
const FADE_DIFFERENCE: u32 = CELLS as u32 * 7;

/// A span that is a mix.
#[derive(Clone, Debug)]
struct Mix {
    kind: FindingKind,
    /// Serial numbers of A and B.
    from: usize,
    to: usize,
    score: u32,
    finding: Finding,
}

/// The best mix so far of each kind, and those that nothing later can better.
#[derive(Debug, Default)]
pub(super) struct Mixes {
    next: usize,
    open: Vec<Mix>,
    done: Vec<Mix>,
}

pub(super) fn method() -> Method {
    named(
        "mix/line",
        2,
        &[
            ("unlike_at_least", f64::from(UNLIKE) / 16.0),
            (
                "unlike_but_for_shift_at_least",
                f64::from(UNLIKE_MOVED) / 16.0,
            ),
            ("times_movement_beside", f64::from(TIMES) / 10.0),
            ("off_line_at_most_with_dip", f64::from(OFF_AT_DIP) / 1000.0),
            (
                "off_line_at_most_without_dip",
                f64::from(OFF_WITHOUT_DIP) / 1000.0,
            ),
            ("dip_detail_at_most", f64::from(DIP) / 1000.0),
            ("fade_off_line_at_most", f64::from(FADE_OFF) / 1000.0),
            ("fade_dark_end_at_most", f64::from(DARK_END) / 16.0),
            (
                "fade_white_end_at_least",
                f64::from(WHITE - WHITE_END) / 16.0,
            ),
            ("longest_pictures", LENGTHS[LENGTHS.len() - 1] as f64),
        ],
        "Misses dissolves between like pictures, through strong movement, or of more than 76 \
         pictures; wipes and fades to colours other than black and white are not looked for. First \
         and last frame are estimates.",
    )
}

impl Mixes {
    /// Looks at spans that end where enough pictures follow.
    pub(super) fn look(&mut self, window: &Window) {
        self.up_to(window.end().saturating_sub(CONTEXT), window);
    }

    /// Looks at the last spans too. Spans in which `cuts` fall are theirs.
    pub(super) fn finish(mut self, window: &Window, cuts: &[Finding]) -> Vec<Finding> {
        self.up_to(window.end(), window);
        self.done.append(&mut self.open);
        let fades: Vec<(usize, usize)> = self
            .done
            .iter()
            .filter(|mix| mix.kind != FindingKind::Dissolve)
            .map(|mix| (mix.from, mix.to))
            .collect();
        let in_fade = |mix: &Mix| {
            mix.kind == FindingKind::Dissolve
                && fades
                    .iter()
                    .any(|&(from, to)| mix.from < to && from < mix.to)
        };
        let free = |mix: &Mix| {
            let span = mix.finding.span;
            !cuts.iter().filter_map(|cut| cut.span).any(|cut| {
                span.is_some_and(|span| cut.first >= span.first && cut.first.0 <= span.last.0 + 1)
            })
        };
        let mut found = self.done;
        found.retain(|mix| free(mix) && !in_fade(mix));
        found.into_iter().map(|mix| mix.finding).collect()
    }

    fn up_to(&mut self, end: usize, window: &Window) {
        while self.next < end {
            let to = self.next;
            self.next += 1;
            let longest = LENGTHS[LENGTHS.len() - 1];
            let (closed, open) = self
                .open
                .drain(..)
                .partition(|mix: &Mix| mix.to + longest < to);
            self.open = open;
            self.done.extend::<Vec<_>>(closed);
            for length in LENGTHS {
                if let Some(mix) = to
                    .checked_sub(length)
                    .and_then(|from| judge(window, from, to))
                {
                    self.offer(mix);
                }
            }
        }
    }

    /// Keeps the better of two that overlap.
    fn offer(&mut self, mix: Mix) {
        let rivals = |other: &Mix| other.kind == mix.kind && mix.from < other.to;
        if !self
            .open
            .iter()
            .any(|other| rivals(other) && other.score >= mix.score)
        {
            self.open.retain(|other| !rivals(other));
            self.open.push(mix);
        }
    }
}

/// The span from `from` to `to` as a mix, if it is one.
fn judge(window: &Window, from: usize, to: usize) -> Option<Mix> {
    let (a, b) = (window.get(from)?, window.get(to)?);
    let kind = kind_of(&a.glance, &b.glance);
    let apart = unlike_in_place(&a.glance, &b.glance);
    let promising = if kind == FindingKind::Dissolve {
        apart >= UNLIKE
    } else {
        a.glance.difference(&b.glance) >= FADE_DIFFERENCE
    };
    if !promising || !flows(window, from, to) {
        return None;
    }
    let between = (from + 1..to).map(|serial| window.get(serial).map(|seen| &seen.glance));
    let line = Line::through(&a.glance, &b.glance, between.collect::<Option<_>>()?)?;
    let off = line.off * 1000 / line.length.max(1);
    let fits = if kind == FindingKind::Dissolve {
        off <= most_off(apart, detail(window, from, to)) && stands_out(window, from, to, apart)
    } else {
        line.length >= FADE_LENGTH && off <= FADE_OFF
    };
    if !fits {
        return None;
    }
    // Of spans that overlap, the one whose ends are purest has the longest line.
    let score = line.length.saturating_sub(line.off);
    let finding = describe(window, kind, (from, to), line, apart)?;
    Some(Mix {
        kind,
        from,
        to,
        score,
        finding,
    })
}

/// Whether no picture after the first stands still for long.
fn flows(window: &Window, from: usize, to: usize) -> bool {
    let no = |serial| window.get(serial).map_or(0, |seen| seen.place.no.0);
    (from + 1..to).all(|serial| no(serial + 1) - no(serial) <= STANDS)
}

/// How far off the line the pictures of a dissolve may lie on average, in 1/1000 of its length:
/// far where detail dips as mixing makes it dip, else only as far as very unlike ends excuse.
fn most_off(unlike: u32, detail: u32) -> u32 {
    let at_dip = ((unlike / 16).saturating_sub(8) * 8).min(OFF_AT_DIP);
    let by_detail = at_dip.saturating_sub(detail.saturating_sub(DIP) * 3 / 2);
    let by_ends = ((unlike / 16).saturating_sub(20) * 20 / 3).min(OFF_WITHOUT_DIP);
    by_detail.max(by_ends)
}

/// Whether the ends are more unlike than movement beside the span and a shift of the camera explain,
/// and the pictures a little further out are unlike too: a flash ends where it began.
fn stands_out(window: &Window, from: usize, to: usize, apart: u32) -> bool {
    let (before, after) = movement(window, from, to);
    let calm = before.into_iter().chain(after).min().unwrap_or(0);
    let outer = (
        from.saturating_sub(LASTING).max(window.start()),
        (to + LASTING).min(window.end() - 1),
    );
    apart * 10 >= calm * TIMES
        && compare(window, outer, unlike_in_place) >= Some(UNLIKE)
        && compare(window, (from, to), unlike) >= Some(UNLIKE_MOVED)
}

/// Compares two pictures, if both are here.
fn compare(
    window: &Window,
    (a, b): (usize, usize),
    how: fn(&Glance, &Glance) -> u32,
) -> Option<u32> {
    Some(how(&window.get(a)?.glance, &window.get(b)?.glance))
}

/// Whether one end is black, or white, beside the other.
fn kind_of(a: &Glance, b: &Glance) -> FindingKind {
    let light = |glance: &Glance| glance.mean().saturating_sub(BLACK);
    let darker = |dark: &Glance, other: &Glance| {
        dark.mean() <= DARK_END && light(dark) * DARK_PART <= light(other)
    };
    let shade = |glance: &Glance| WHITE.saturating_sub(glance.mean());
    let brighter = |bright: &Glance, other: &Glance| {
        shade(bright) <= WHITE_END && shade(bright) * DARK_PART <= shade(other)
    };
    if darker(b, a) {
        FindingKind::FadeOut
    } else if darker(a, b) {
        FindingKind::FadeIn
    } else if brighter(b, a) {
        FindingKind::FadeToWhite
    } else if brighter(a, b) {
        FindingKind::FadeFromWhite
    } else {
        FindingKind::Dissolve
    }
}

/// How unlike pictures before and after a span are, as far apart as its ends or [`CONTEXT`]. `None`
/// on a side where the video is too short to tell.
fn movement(window: &Window, from: usize, to: usize) -> (Option<u32>, Option<u32>) {
    let reach = CONTEXT.min(to - from);
    let before = from
        .checked_sub(reach)
        .and_then(|earlier| compare(window, (earlier, from), unlike_in_place));
    (before, compare(window, (to, to + reach), unlike_in_place))
}

/// Detail of the pictures between, in 1/1000 of what an even change from one end to the other would
/// show. Mixing two pictures halves what each has: about 670 over a dissolve, 1000 where all moves.
fn detail(window: &Window, from: usize, to: usize) -> u32 {
    let at = |serial| {
        window
            .get(serial)
            .map_or(0, |seen| u64::from(seen.glance.detail))
    };
    let (a, b, length) = (at(from), at(to), (to - from) as u64);
    let (mut shown, mut even) = (0, 0);
    for step in 1..length {
        shown += at(from + step as usize) * length;
        even += a * (length - step) + b * step;
    }
    u32::try_from(shown * 1000 / even.max(1)).unwrap_or(u32::MAX)
}

/// The finding: from the first to the last picture that is a mix.
fn describe(
    window: &Window,
    kind: FindingKind,
    (from, to): (usize, usize),
    line: Line,
    unlike: u32,
) -> Option<Finding> {
    let (first, last) = line.mixed;
    let first = window.get(from + 1 + first)?.place;
    let last = window.get(from + 1 + last)?.place;
    let (first_no, last_no) = (first.no, last.no);
    let summary = match kind {
        FindingKind::FadeOut => {
            format!("The picture darkens to black over frames {first_no} to {last_no}.")
        }
        FindingKind::FadeIn => {
            format!("The picture rises from black over frames {first_no} to {last_no}.")
        }
        FindingKind::FadeToWhite => {
            format!("The picture rises to white over frames {first_no} to {last_no}.")
        }
        FindingKind::FadeFromWhite => {
            format!("The picture sinks from white over frames {first_no} to {last_no}.")
        }
        _ => format!("One picture gives way to another over frames {first_no} to {last_no}."),
    };
    let values = [
        ("unlike", f64::from(unlike) / 16.0),
        ("line_length", f64::from(line.length) / 16.0),
        ("off_line", f64::from(line.off) / 16.0),
        ("detail", f64::from(detail(window, from, to)) / 1000.0),
    ];
    Some(finding(kind, summary, span(first, last), method(), &values))
}
