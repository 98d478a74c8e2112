//! Whether streams, timestamps and lengths of sound and picture agree.

use super::super::hearing::{Heard, Hearing, JUMP_MS};
use super::place::Clock;
use super::{MOST, Way};
use crate::facts::{Facts, StreamKind};
use crate::finding::{Finding, FindingKind};
use crate::sound::{Jump, Waveform};

/// Smallest difference of starts or ends that is told, in milliseconds.
const APART_MS: i128 = 100;

pub(super) const TIMESTAMPS: Way = Way {
    name: "sound/timestamps",
    parameters: &[("milliseconds", JUMP_MS as f64)],
    limits: "Tells what the timestamps say; samples taken out or put in together with their time are \
        not seen. Recorders that pause, and lost packets of broadcasts, leave gaps too.",
};
pub(super) const OFFSET: Way = Way {
    name: "sound/offset",
    parameters: &[("milliseconds", APART_MS as f64)],
    limits: "Many recorders and encoders begin or end sound and picture apart; says nothing of whether \
        lips and words agree.",
};
pub(super) const TRACKS: Way = Way {
    name: "sound/tracks",
    parameters: &[],
    limits: "Languages, microphones and descriptions for the blind have tracks of their own; the first \
        one alone is examined.",
};
pub(super) const DECODING: Way = Way {
    name: "sound/decoding",
    parameters: &[],
    limits: "Counts what FFmpeg reports; damage that yields valid sound is not seen.",
};

/// Several audio streams.
pub(super) fn tracks(facts: &Facts) -> Option<Finding> {
    let tracks = facts
        .streams
        .iter()
        .filter(|stream| stream.kind == StreamKind::Audio);
    let count = tracks.clone().count();
    if count < 2 {
        return None;
    }
    let names: Vec<_> = tracks
        .map(|stream| {
            let tag = |name| stream.tags.get(name).map(|tag| format!(" {tag:?}"));
            let label = tag("language")
                .or_else(|| tag("handler_name"))
                .unwrap_or_default();
            format!("stream {} ({}{label})", stream.index, stream.codec)
        })
        .collect();
    let summary = format!("There are {count} audio tracks: {}.", names.join(", "));
    Some(TRACKS.finding(
        FindingKind::SoundTracks,
        summary,
        &[("tracks", count as f64)],
    ))
}

/// Errors, sound that cannot be decoded, and sound that changes its form.
pub(super) fn damage(facts: &Facts, hearing: &Hearing, heard: Option<&Heard>) -> Option<Finding> {
    let end = hearing.end.as_ref()?;
    let codec = facts
        .audio
        .and_then(|at| facts.streams.get(at))
        .map_or("?", |it| &it.codec);
    let reason = end.first.as_deref().unwrap_or("it gave no sample");
    let samples = heard.map_or(0, |heard| heard.waveform.samples);
    let summary = match (heard, end.errors, end.changed) {
        (None, ..) => format!("The audio stream ({codec}) cannot be decoded: {reason}."),
        (Some(_), 0, false) => return None,
        (Some(_), _, true) => format!(
            "The sound changes its rate, channels or form after sample {samples}; it is examined up \
             to there."
        ),
        (Some(_), errors, false) => {
            format!("Decoding the sound gave {errors} errors; the first: {reason}.")
        }
    };
    let values = [
        ("errors", f64::from(end.errors)),
        ("samples", samples as f64),
    ];
    Some(DECODING.finding(FindingKind::Damage, summary, &values))
}

/// Sound and picture that begin or end apart.
pub(super) fn offset(sound: &Waveform, clock: &Clock<'_>) -> Option<Finding> {
    let ((seen, dark), (heard, silent)) = (clock.pictures()?, clock.sound()?);
    let (start, end) = (heard - seen, silent - dark);
    let told = |apart: i128, early: &str, late: &str| {
        let seconds = apart.unsigned_abs() as f64 / 1e9;
        let way = if apart < 0 { early } else { late };
        (apart.abs() >= APART_MS * 1_000_000).then(|| format!("{way} by {seconds:.3} s"))
    };
    let parts: Vec<_> = [
        told(
            start,
            "begins before the picture",
            "begins after the picture",
        ),
        told(end, "ends before the picture", "ends after the picture"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        return None;
    }
    let values = [
        ("start_s", start as f64 / 1e9),
        ("end_s", end as f64 / 1e9),
        ("samples", sound.samples as f64),
    ];
    let summary = format!("The sound {}.", parts.join(" and "));
    Some(OFFSET.finding(FindingKind::SoundOffset, summary, &values))
}

/// Timestamps that leave a gap in the sound, or make it overlap.
pub(super) fn jumps(heard: &Heard, clock: &Clock<'_>) -> Vec<Finding> {
    let (jumps, sound) = (&heard.jumps, &heard.waveform);
    let told = |jump: &Jump, summary: String, count: usize| {
        let values = [
            ("sample", jump.sample as f64),
            ("missing", jump.missing as f64),
            ("start_s", clock.seconds(jump.sample)),
            ("places", count as f64),
        ];
        let mut finding = TIMESTAMPS.finding(FindingKind::SoundGap, summary, &values);
        finding.span = clock.span(jump.sample, jump.sample);
        finding
    };
    if let (Some(first), true) = (jumps.first(), jumps.len() > MOST) {
        let count = jumps.len();
        let what = if heard.jumpy {
            "The timestamps of the sound contradict its samples in"
        } else {
            "By its timestamps the sound has gaps or overlaps in"
        };
        let so = if heard.jumpy {
            ", so that samples are counted from its start"
        } else {
            ""
        };
        let words = format!("{what} {count} places{so}.");
        return vec![told(first, words, count)];
    }
    let one = |jump: &Jump| {
        let seconds = jump.missing.unsigned_abs() as f64 / f64::from(sound.form.rate);
        let what = if jump.missing < 0 {
            "overlaps by"
        } else {
            "lacks"
        };
        let (at, sample) = (clock.seconds(jump.sample), jump.sample);
        let words = format!(
            "By its timestamps the sound {what} {} samples ({seconds:.3} s) before {at:.3} s, sample {sample}.",
            jump.missing.unsigned_abs()
        );
        told(jump, words, 1)
    };
    jumps.iter().map(one).collect()
}
