//! Times as X.509 and time stamps write them.

use super::der::{TIME, Value};
use crate::time;

/// UTCTime.
const SHORT_TIME: u8 = 0x17;

/// A GeneralizedTime in UTC, with or without a fraction, as RFC 3339: `20260503100000.25Z` is
/// `2026-05-03T10:00:00.25Z`.
pub(super) fn to_rfc3339(text: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (clock, fraction) = match text.split_once('.') {
        // RFC 3161: a fraction has no zeros at its end, and is not empty.
        Some((_, fraction)) if fraction.is_empty() || fraction.ends_with('0') => return None,
        Some((clock, fraction)) => (clock, format!(".{fraction}")),
        None => (text, String::new()),
    };
    if clock.len() != 14 || !clock.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let at = |from: usize, to: usize| &clock[from..to];
    let told = format!(
        "{}-{}-{}T{}:{}:{}{fraction}Z",
        at(0, 4),
        at(4, 6),
        at(6, 8),
        at(8, 10),
        at(10, 12),
        at(12, 14)
    );
    time::is_utc(&told).then_some(told)
}

/// Seconds since 1970 of a time in a certificate.
pub(super) fn of_certificate(value: Value<'_>) -> Option<u64> {
    let text = std::str::from_utf8(value.content).ok()?;
    let whole = match value.tag {
        TIME => text.to_owned(),
        // RFC 5280: 50 to 99 are of the last century.
        SHORT_TIME if text.get(..2)? >= "50" => format!("19{text}"),
        SHORT_TIME => format!("20{text}"),
        _ => return None,
    };
    time::unix_seconds(&to_rfc3339(whole.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_legal() {
        let read = |text: &str| to_rfc3339(text.as_bytes());
        assert_eq!(
            read("20260503100000Z").as_deref(),
            Some("2026-05-03T10:00:00Z")
        );
        assert_eq!(
            read("20260503100000.25Z").as_deref(),
            Some("2026-05-03T10:00:00.25Z")
        );
        for bad in [
            "20260503100000",
            "202605031000Z",
            "20260503100000.Z",
            "20260503100000.50Z",
            "20261303100000Z",
            "20260503100000+0100",
            "\u{e9}",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
