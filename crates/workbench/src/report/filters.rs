//! How the template writes values.

#![expect(
    unreachable_pub,
    reason = "the macro makes a public type of each filter"
)]

use std::fmt::Display;

use askama::{Result, Values};
use media::facts::StreamKind;
use store::event::{Position, Shape};
use store::vocabulary::{
    Bearing, Confidence, ContentFlag, Credibility, Likelihood, RemovalGround, Resemblance,
    SourceTie,
};

use super::text;
use crate::whereabouts;

/// Short text by a stranger.
#[askama::filter_fn]
pub(super) fn name(value: impl AsRef<str>, _: &dyn Values) -> Result<String> {
    Ok(text::name(value.as_ref()))
}

/// Longer text by a stranger.
#[askama::filter_fn]
pub(super) fn prose(value: impl AsRef<str>, _: &dyn Values) -> Result<String> {
    Ok(text::prose(value.as_ref()))
}

/// Seconds behind any number of references: the template adds one for each macro it passes through.
pub(super) trait Seconds {
    fn seconds(&self) -> f64;
}

impl Seconds for f64 {
    fn seconds(&self) -> f64 {
        *self
    }
}

impl<S: Seconds> Seconds for &S {
    fn seconds(&self) -> f64 {
        (*self).seconds()
    }
}

/// Seconds as `h:mm:ss.mmm`.
#[askama::filter_fn]
pub(super) fn clock(seconds: impl Seconds, _: &dyn Values) -> Result<String> {
    Ok(clock_text(seconds.seconds()))
}

/// A whole number with thin spaces between thousands.
#[askama::filter_fn]
pub(super) fn grouped(number: impl Display, _: &dyn Values) -> Result<String> {
    Ok(grouped_text(number))
}

/// A likelihood with its ICD 203 band.
#[askama::filter_fn]
pub(super) fn likelihood(value: &Likelihood, _: &dyn Values) -> Result<String> {
    Ok(likelihood_text(*value))
}

/// A confidence in words.
#[askama::filter_fn]
pub(super) fn confidence(value: &Confidence, _: &dyn Values) -> Result<String> {
    Ok(format!("{} confidence", value.word()))
}

/// A bearing in words.
#[askama::filter_fn]
pub(super) fn bearing(value: &Bearing, _: &dyn Values) -> Result<&'static str> {
    Ok(match value {
        Bearing::StronglyConsistent => "strongly consistent",
        Bearing::Consistent => "consistent",
        Bearing::Neutral => "neutral",
        Bearing::Inconsistent => "inconsistent",
        Bearing::StronglyInconsistent => "strongly inconsistent",
        Bearing::NotApplicable => "not applicable",
    })
}

/// What a source has to do with another, in words that the other follows.
#[askama::filter_fn]
pub(super) fn tie(value: &SourceTie, _: &dyn Values) -> Result<&'static str> {
    Ok(match value {
        SourceTie::BelongsTo => "belongs to",
        SourceTie::PublishesFor => "publishes for",
        SourceTie::RunBy => "is run by",
        SourceTie::Succeeds => "succeeds",
        SourceTie::SameAs => "is the same as",
    })
}

/// What a comparison supports, in words.
#[askama::filter_fn]
pub(super) fn degree(value: &Resemblance, _: &dyn Values) -> Result<&'static str> {
    Ok(match value {
        Resemblance::StronglySame => "strongly supports that it is the same",
        Resemblance::ModeratelySame => "moderately supports that it is the same",
        Resemblance::SlightlySame => "slightly supports that it is the same",
        Resemblance::Inconclusive => "inconclusive",
        Resemblance::SlightlyDifferent => "slightly supports that it is another",
        Resemblance::ModeratelyDifferent => "moderately supports that it is another",
        Resemblance::StronglyDifferent => "strongly supports that it is another",
    })
}

/// A region of one frame, in words.
#[askama::filter_fn]
pub(super) fn shape(value: &Shape, _: &dyn Values) -> Result<String> {
    Ok(match value {
        Shape::Box(region) => format!(
            "{} × {} pixels at {}, {}",
            region.width, region.height, region.x, region.y
        ),
        Shape::Polygon(corners) => {
            let corners = corners.iter().map(|[x, y]| format!("{x}, {y}"));
            format!("corners at {}", corners.collect::<Vec<_>>().join("; "))
        }
    })
}

/// What a removal is for, in words.
#[askama::filter_fn]
pub(super) fn ground(value: &RemovalGround, _: &dyn Values) -> Result<&'static str> {
    Ok(match value {
        RemovalGround::Law => "law: a law, a court or an authority demands it",
        RemovalGround::Safety => "safety: keeping it endangers somebody",
        RemovalGround::Other => "another ground, said below",
    })
}

/// A credibility in words.
#[askama::filter_fn]
pub(super) fn credibility(value: &Credibility, _: &dyn Values) -> Result<&'static str> {
    Ok(match value {
        Credibility::Confirmed => "confirmed by other sources",
        Credibility::ProbablyTrue => "probably true",
        Credibility::PossiblyTrue => "possibly true",
        Credibility::Doubtful => "doubtful",
        Credibility::Improbable => "improbable",
        Credibility::CannotBeJudged => "cannot be judged",
    })
}

/// A position in decimal degrees.
#[askama::filter_fn]
pub(super) fn degrees(value: &Position, _: &dyn Values) -> Result<String> {
    Ok(whereabouts::written(value))
}

/// A content flag in words.
#[askama::filter_fn]
pub(super) fn content(value: &ContentFlag, _: &dyn Values) -> Result<String> {
    Ok(value.word().replace('-', " "))
}

/// What a stream carries, in a word.
#[askama::filter_fn]
pub(super) fn carries(value: &StreamKind, _: &dyn Values) -> Result<&'static str> {
    Ok(match value {
        StreamKind::Video => "video",
        StreamKind::Audio => "sound",
        StreamKind::Subtitle => "subtitles",
        StreamKind::Data => "data",
        StreamKind::Attachment => "attachment",
        StreamKind::Unknown => "unknown",
    })
}

pub(super) fn clock_text(seconds: f64) -> String {
    let millis = (seconds.max(0.0) * 1000.0).round() as u64;
    let (hours, minutes) = (millis / 3_600_000, millis / 60_000 % 60);
    format!(
        "{hours}:{minutes:02}:{:02}.{:03}",
        millis / 1000 % 60,
        millis % 1000
    )
}

pub(super) fn grouped_text(number: impl Display) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join("\u{202F}")
}

pub(super) fn likelihood_text(value: Likelihood) -> String {
    let band = match value {
        Likelihood::AlmostNoChance => "1–5 %",
        Likelihood::VeryUnlikely => "5–20 %",
        Likelihood::Unlikely => "20–45 %",
        Likelihood::EvenChance => "45–55 %",
        Likelihood::Likely => "55–80 %",
        Likelihood::VeryLikely => "80–95 %",
        Likelihood::AlmostCertain => "95–99 %",
    };
    format!("{} ({band})", value.word().replace('-', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_times_and_numbers() {
        assert_eq!(clock_text(3723.0456), "1:02:03.046");
        assert_eq!(clock_text(59.9996), "0:01:00.000");
        assert_eq!(grouped_text(1_234_567_u64), "1\u{202F}234\u{202F}567");
        assert_eq!(grouped_text(12), "12");
    }
}
