//! Forms of time that a journal may hold. Forms only: this crate has no clock.

/// Whether `text` is an RFC 3339 time in UTC, written with `T` and `Z`: `2026-05-03T10:00:00Z`,
/// with or without a fraction of a second.
pub fn is_utc(text: &str) -> bool {
    text.strip_suffix('Z').is_some_and(is_local)
}

/// Whether `text` says when, as precisely as known: a year, a month (`2026-05`), a day
/// (`2026-05-03`), a minute (`2026-05-03T10:00Z`), or an RFC 3339 time; a minute and a time with their offset.
pub fn is_moment(text: &str) -> bool {
    match text.len() {
        4 | 7 | 10 => is_date(text),
        _ => is_utc(text) || has_offset(text) || is_minute(text),
    }
}

/// Whether `text` is a time to the minute, with its offset: `2026-05-03T10:00Z`, `2026-05-03T12:00+02:00`.
pub fn is_minute(text: &str) -> bool {
    let (Some(minute), Some(offset)) = (text.get(..16), text.get(16..)) else {
        return false;
    };
    let whole = format!("{minute}:00{offset}");
    is_utc(&whole) || has_offset(&whole)
}

/// Whole seconds since 1970 of a time for which [`is_utc`] holds, before the year 10000 and from 1970
/// on; a leap second counts as the one after it. Nothing for any other text.
pub fn unix_seconds(text: &str) -> Option<u64> {
    if !is_utc(text) {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    // Days of whole years and months, with the year begun in March, so that the odd day is the last.
    let (year, month) = match month {
        1 | 2 => (year.checked_sub(1)?, month + 9),
        _ => (year, month - 3),
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    let days = days.checked_sub(719_468)?;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// The second `unix` since 1970 as RFC 3339 in UTC. Nothing from the year 10000 on.
pub fn from_unix_seconds(unix: u64) -> Option<String> {
    let (days, second) = (unix / 86_400 + 719_468, unix % 86_400);
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, year) = match month {
        0..10 => (month + 3, era * 400 + year),
        _ => (month - 9, era * 400 + year + 1),
    };
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    (year < 10_000)
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

fn has_offset(text: &str) -> bool {
    let Some((local, offset)) = text
        .len()
        .checked_sub(6)
        .and_then(|at| text.split_at_checked(at))
    else {
        return false;
    };
    let numbers = offset
        .strip_prefix(['+', '-'])
        .and_then(|o| o.split_once(':'));
    is_local(local) && numbers.is_some_and(|(h, m)| within(h, 2, 0..=23) && within(m, 2, 0..=59))
}

/// `YYYY-MM-DDTHH:MM:SS[.f…]`; second 60 is a leap second.
fn is_local(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = clock.split(':');
    date.len() == 10
        && is_date(date)
        && parts.next().is_some_and(|h| within(h, 2, 0..=23))
        && parts.next().is_some_and(|m| within(m, 2, 0..=59))
        && parts.next().is_some_and(|s| within(s, 2, 0..=60))
        && parts.next().is_none()
        && !fraction.is_empty()
        && fraction.bytes().all(|b| b.is_ascii_digit())
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and a day that the month has.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let year = parts.next().filter(|y| within(y, 4, 0..=9999));
    let Some(year) = year.and_then(|y| y.parse::<u32>().ok()) else {
        return false;
    };
    let Some(month) = parts.next() else {
        return true;
    };
    if !within(month, 2, 1..=12) {
        return false;
    }
    parts
        .next()
        .is_none_or(|day| within(day, 2, 1..=days(year, month)))
        && parts.next().is_none()
}

fn days(year: u32, month: &str) -> u32 {
    match month {
        "02" if year.is_multiple_of(4)
            && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
        {
            29
        }
        "02" => 28,
        "04" | "06" | "09" | "11" => 30,
        _ => 31,
    }
}

fn within(text: &str, digits: usize, range: std::ops::RangeInclusive<u32>) -> bool {
    text.len() == digits
        && text.bytes().all(|b| b.is_ascii_digit())
        && text.parse().is_ok_and(|n| range.contains(&n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utc_times() {
        for good in [
            "2026-05-03T10:00:00Z",
            "2026-05-03T10:00:00.123456789Z",
            "2024-02-29T23:59:60Z",
        ] {
            assert!(is_utc(good), "{good}");
        }
        for bad in [
            "2026-05-03T10:00:00+00:00",
            "2026-05-03 10:00:00Z",
            "2026-05-03t10:00:00z",
            "2026-05-03T10:00Z",
            "2026-02-29T10:00:00Z",
            "2026-13-01T10:00:00Z",
            "2026-05-03T24:00:00Z",
            "2026-05-03T10:00:00.Z",
            "2026-05T10:00:00Z",
            "+026-05-03T10:00:00Z",
            "2026-05-03T10:00:00:00Z",
            "",
            "Z",
        ] {
            assert!(!is_utc(bad), "{bad}");
        }
    }

    #[test]
    fn seconds_are_those_of_the_calendar() {
        for (text, unix) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:00:00Z", 951_825_600),
            ("2026-05-03T10:00:00Z", 1_777_802_400),
            ("2100-03-01T00:00:00Z", 4_107_542_400),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] {
            assert_eq!(unix_seconds(text), Some(unix), "{text}");
            assert_eq!(from_unix_seconds(unix).as_deref(), Some(text));
        }
        assert_eq!(unix_seconds("2026-05-03T10:00:00.75Z"), Some(1_777_802_400));
        assert_eq!(unix_seconds("1969-12-31T23:59:59Z"), None);
        assert_eq!(from_unix_seconds(253_402_300_800), None);
        for day in (0..30_000).map(|day| day * 86_400 + 1) {
            let text = from_unix_seconds(day).unwrap();
            assert_eq!(unix_seconds(&text), Some(day), "{text}");
        }
    }

    #[test]
    fn moments_may_be_short() {
        for good in [
            "2026",
            "2026-05",
            "2026-05-03",
            "2026-05-03T10:00:00+03:00",
            "2026-05-03T10:00:00Z",
            "2026-05-03T10:00+03:00",
            "2026-05-03T10:00Z",
        ] {
            assert!(is_moment(good), "{good}");
        }
        for bad in [
            "",
            "26",
            "2026-5",
            "2026-05-32",
            "2026-04-31",
            "May 2026",
            "2026-05-03T10:00:00+3",
            "2026-05-03T10:00",
            "2026-05-03T10Z",
            "2026-05-03T10:60Z",
            "2026-05-03T10:0é",
            "2026-05-03T10:00:00:00Z",
            "20é6",
            "2026-05-0é",
            "ééé+ 3:00",
        ] {
            assert!(!is_moment(bad), "{bad}");
        }
    }
}
