//! Forms of words, times and hashes.

use journal::time;

use crate::error::Refusal;

/// Refuses text with nothing in it. `what` begins the sentence.
pub(super) fn required(text: &str, what: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::invalid(
            format!("{what} is empty"),
            "write something there",
        ));
    }
    Ok(())
}

/// Refuses optional text that is there with nothing in it.
pub(super) fn optional(text: Option<&String>, what: &str) -> Result<(), Refusal> {
    match text {
        Some(text) if text.trim().is_empty() => Err(Refusal::invalid(
            format!("{what} is empty"),
            "write something there, or leave it out",
        )),
        _ => Ok(()),
    }
}

/// Refuses a word that is given twice.
pub(super) fn once<W: Clone + Ord>(words: &[W], what: &str) -> Result<(), Refusal> {
    let mut sorted = words.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() == words.len() {
        return Ok(());
    }
    Err(Refusal::invalid(
        format!("{what} is given twice"),
        "give each once",
    ))
}

/// Refuses what is no date or time.
pub(super) fn moment(text: Option<&String>, what: &str) -> Result<(), Refusal> {
    match text {
        Some(text) if !time::is_moment(text) => Err(Refusal::invalid(
            format!("{what} is {text:?}, which is no date or time"),
            "write 2026, 2026-05, 2026-05-03, 2026-05-03T10:00Z or 2026-05-03T10:00:00Z",
        )),
        _ => Ok(()),
    }
}

/// Refuses a period whose ends are no dates or times, or in the wrong order.
pub(super) fn period(from: Option<&String>, until: Option<&String>) -> Result<(), Refusal> {
    moment(from, "the time from which it was so")?;
    moment(until, "the time until which it was so")?;
    let (Some(from), Some(until)) = (from, until) else {
        return Ok(());
    };
    // Of the same length they are written alike, and so are their beginnings of different lengths.
    let alike = from.len().min(until.len()).min(10);
    if from[..alike] > until[..alike] {
        return Err(Refusal::invalid(
            format!("{from} is after {until}"),
            "give the earlier time first",
        ));
    }
    Ok(())
}

/// Refuses what is not 64 lower-case hexadecimal digits.
pub(super) fn hash(text: &str, what: &str) -> Result<(), Refusal> {
    let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if text.len() == 64 && text.bytes().all(digit) {
        return Ok(());
    }
    Err(Refusal::invalid(
        format!("{what} is {text:?}"),
        "give 64 lower-case hexadecimal digits",
    ))
}
