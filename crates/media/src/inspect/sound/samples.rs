//! What was found in the samples, told with its place.

use super::place::Clock;
use super::{MOST, Way};
use crate::finding::{Finding, FindingKind};
use crate::sound::scan::{Found, Spot, Spots, click, clip, quiet};

pub(super) const SILENCE: Way = Way {
    name: "sound/silence",
    parameters: &[
        ("quiet", quiet::QUIET as f64),
        ("milliseconds", quiet::SILENCE_MS as f64),
    ],
    limits: "Says that it is quiet, not why: pauses, muted microphones and fades look alike.",
};
pub(super) const ZEROS: Way = Way {
    name: "sound/zeros",
    parameters: &[
        ("milliseconds", quiet::ZEROS_MS as f64),
        ("beside", quiet::BESIDE as f64),
        ("beside_milliseconds", quiet::BESIDE_MS as f64),
    ],
    limits: "Recorders that drop out, noise gates and muting also give exact zeros; encoding with loss \
        after the zeros were put in may blur them until they are not found.",
};
pub(super) const CLIPPING: Way = Way {
    name: "sound/clipping",
    parameters: &[
        ("full", clip::FULL as f64),
        ("run", clip::RUN as f64),
        ("together_milliseconds", clip::TOGETHER_MS as f64),
    ],
    limits: "Says that samples are at full scale, not where in the chain they got there; a recording \
        that was clipped and then made quieter, or encoded with loss, may not be found.",
};
pub(super) const CLICK: Way = Way {
    name: "sound/click",
    parameters: &[
        ("order", click::ORDER as f64),
        ("block", click::BLOCK as f64),
        ("factor", click::FACTOR),
        ("smallest", click::SMALLEST),
        ("alone", click::ALONE),
    ],
    limits: "Switches, electric sparks and bad connections click too; joins at a quiet moment, with a \
        crossfade, or encoded with loss after joining are mostly not found.",
};

/// Everything, each kind in order of time.
pub(super) fn findings(found: &Found, clock: &Clock<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let told = |way, kind, words: &dyn Fn(&Spot) -> String, name, spots| {
        let teller = Teller {
            way,
            kind,
            words,
            name,
        };
        teller.tell(spots, clock)
    };
    findings.extend(told(
        &SILENCE,
        FindingKind::Silence,
        &|_| "It is silent (at most −60 dB)".to_owned(),
        "silences",
        &found.silences,
    ));
    findings.extend(told(
        &ZEROS,
        FindingKind::InsertedSilence,
        &|spot| {
            format!(
                "{} samples are exactly zero between sound",
                spot.last - spot.first + 1
            )
        },
        "runs of zeros between sound",
        &found.zeros,
    ));
    findings.extend(told(
        &CLIPPING,
        FindingKind::Clipping,
        &|spot| {
            format!(
                "The sound is at full scale {} times, four samples or more each",
                spot.value
            )
        },
        "places of clipping",
        &found.clips,
    ));
    findings.extend(told(
        &CLICK,
        FindingKind::Click,
        &|spot| {
            format!("A sample is {:.0} times further from what the ones before foretell than is usual around it", spot.value)
        },
        "clicks",
        &found.clicks,
    ));
    findings
}

/// How findings of one kind are told.
struct Teller<'a> {
    way: &'a Way,
    kind: FindingKind,
    words: &'a dyn Fn(&Spot) -> String,
    name: &'a str,
}

impl Teller<'_> {
    fn tell(&self, spots: &Spots, clock: &Clock<'_>) -> Vec<Finding> {
        let count = spots.spots.len() + spots.more;
        let (Some(first), Some(last)) = (spots.spots.first(), spots.spots.last()) else {
            return Vec::new();
        };
        if count > MOST {
            let all = Spot {
                last: last.last,
                ..*first
            };
            let words = format!("There are {count} {}", self.name);
            return vec![self.one(&words, &all, count, clock)];
        }
        spots
            .spots
            .iter()
            .map(|spot| self.one(&(self.words)(spot), spot, 1, clock))
            .collect()
    }

    fn one(&self, words: &str, spot: &Spot, count: usize, clock: &Clock<'_>) -> Finding {
        let (start, end) = (clock.seconds(spot.first), clock.seconds(spot.last + 1));
        let place = if spot.first == spot.last {
            format!("{words}, at {start:.3} s, sample {}.", spot.first)
        } else {
            format!(
                "{words}, from {start:.3} s to {end:.3} s, samples {}–{}.",
                spot.first, spot.last
            )
        };
        let values = [
            ("first_sample", spot.first as f64),
            ("last_sample", spot.last as f64),
            ("start_s", start),
            ("end_s", end),
            ("places", count as f64),
            ("measured", spot.value),
        ];
        let mut finding = self.way.finding(self.kind, place, &values);
        finding.span = clock.span(spot.first, spot.last);
        finding
    }
}
