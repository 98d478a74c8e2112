//! Forms of time that a journal may hold. Forms only: this crate has no clock.

/// Whether `text` is an RFC 3339 time in UTC, written with `T` and `Z`: `2026-05-03T10:00:00Z`,
/// with or without a fraction of a second.
pub fn is_utc(text: &str) -> bool {
    text.strip_suffix('Z').is_some_and(is_local)
}

/// Whether `text` says when, as precisely as known: a year, a month (`2026-05`), a day
/// (`2026-05-03`), or an RFC 3339 time with its offset.
pub fn is_moment(text: &str) -> bool {
    match text.len() {
        4 | 7 | 10 => is_date(text),
        _ => is_utc(text) || has_offset(text),
    }
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
    fn moments_may_be_short() {
        for good in [
            "2026",
            "2026-05",
            "2026-05-03",
            "2026-05-03T10:00:00+03:00",
            "2026-05-03T10:00:00Z",
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
            "20é6",
            "2026-05-0é",
            "ééé+ 3:00",
        ] {
            assert!(!is_moment(bad), "{bad}");
        }
    }
}
