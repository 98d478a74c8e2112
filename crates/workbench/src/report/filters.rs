//! How the templates write values, alike in every language: digits in groups of three as ISO 80000-1 has them, seconds as
//! `h:mm:ss.mmm`. A reader holds them beside what commands print.

#![expect(
    unreachable_pub,
    reason = "the macro makes a public type of each filter"
)]

use std::fmt::Display;

use askama::{Result, Values};
use store::event::Position;

use super::markup::{Markup, markup};
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

/// Short text by a stranger as a piece that a message takes in.
#[askama::filter_fn]
pub(super) fn shown(value: impl Display, _: &dyn Values) -> Result<Markup> {
    Ok(Markup::shown(value))
}

/// The same, whatever direction it runs in.
#[askama::filter_fn]
pub(super) fn bdi(value: impl Display, _: &dyn Values) -> Result<Markup> {
    Ok(Markup::within("bdi", value))
}

/// The same, to be copied as it is: a hash, an address.
#[askama::filter_fn]
pub(super) fn code(value: impl Display, _: &dyn Values) -> Result<Markup> {
    Ok(Markup::within("code", value))
}

/// The number of a record as a link to where the document shows it.
#[askama::filter_fn]
pub(super) fn leading(number: impl Display, _: &dyn Values) -> Result<Markup> {
    Ok(markup!("<a href=\"#{number}\">{number}</a>"))
}

/// A position in decimal degrees.
#[askama::filter_fn]
pub(super) fn degrees(value: &Position, _: &dyn Values) -> Result<String> {
    Ok(whereabouts::written(value))
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
