//! Words among bytes.

/// Longest text that is kept, in characters.
const MOST: usize = 4096;

/// Fewer bytes are more likely chance than words.
const LEAST: usize = 4;

/// The text at the start of some bytes, if they are text: printable, up to a zero. A character that
/// the end of the bytes cuts in two is left off.
pub(crate) fn words(bytes: &[u8]) -> Option<String> {
    let end = bytes.iter().position(|&byte| byte == 0);
    let bytes = &bytes[..end.unwrap_or(bytes.len())];
    let whole = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    };
    let text = std::str::from_utf8(whole).ok()?;
    let printable = text
        .chars()
        .all(|it| !it.is_control() || it.is_whitespace());
    let text = text.trim();
    (printable && text.len() >= LEAST).then(|| text.chars().take(MOST).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_printable_and_end_at_a_zero_or_a_whole_character() {
        let told = |bytes: &[u8]| words(bytes);
        assert_eq!(told(b"words\0more"), Some("words".to_owned()));
        assert_eq!(told("häßlich".as_bytes()), Some("häßlich".to_owned()));
        assert_eq!(told(&"abcdä".as_bytes()[..5]), Some("abcd".to_owned()));
        for none in [&b""[..], b"abc", b"    ", b"ab\x07cd", b"abcd\xff\xff"] {
            assert_eq!(told(none), None, "{none:?}");
        }
    }
}
