//! RFC 8785 canonical JSON, narrowed to what every implementation writes alike.

use serde_json::Value;

/// Largest integer magnitude a journal may hold: 2^53 - 1, the last one RFC 8785 (which prints
/// numbers as IEEE 754 doubles) keeps exact.
pub const LARGEST_INTEGER: u64 = (1 << 53) - 1;

/// The value has no place in a journal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCanonical {
    /// A number with a fraction or exponent.
    #[error("{0} is not an integer: write a ratio of two integers, or thousandths")]
    Fraction(String),
    /// An integer that a double cannot hold.
    #[error("{0} is beyond ±(2^53 - 1): write it as a string")]
    TooLarge(String),
    /// The canonical writer failed.
    #[error("no canonical form: {0}")]
    Writer(String),
}

/// Canonical bytes of `value` by RFC 8785.
///
/// Fractions and integers beyond ±[`LARGEST_INTEGER`] are refused: programs print and read them
/// differently, and a signed byte string must not depend on that.
///
/// # Errors
/// [`NotCanonical`] names the first number that is refused.
pub fn canonical(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    refuse_inexact(value)?;
    serde_json_canonicalizer::to_vec(value).map_err(|e| NotCanonical::Writer(e.to_string()))
}

/// Whether `serde_json` writes `value` as [`canonical`] does, which takes longer: it escapes text and
/// writes integers alike, but leaves members in their order.
///
/// # Errors
/// [`NotCanonical`] names the first number that is refused.
pub(crate) fn is_written_canonically(value: &Value) -> Result<bool, NotCanonical> {
    refuse_inexact(value)?;
    Ok(is_in_order(value))
}

fn is_in_order(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().all(is_in_order),
        Value::Object(members) => {
            // Text without surrogates is ordered alike as UTF-8 and as UTF-16.
            let low = |key: &String| key.chars().all(|c| u32::from(c) < 0xd800);
            members.keys().all(low)
                && members.keys().is_sorted()
                && members.values().all(is_in_order)
        }
        _ => true,
    }
}

fn refuse_inexact(value: &Value) -> Result<(), NotCanonical> {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
        Value::Array(values) => values.iter().try_for_each(refuse_inexact),
        Value::Object(members) => members.values().try_for_each(refuse_inexact),
        Value::Number(number) => {
            let magnitude = match (number.as_u64(), number.as_i64()) {
                (Some(positive), _) => positive,
                (None, Some(negative)) => negative.unsigned_abs(),
                (None, None) => return Err(NotCanonical::Fraction(number.to_string())),
            };
            if magnitude > LARGEST_INTEGER {
                return Err(NotCanonical::TooLarge(number.to_string()));
            }
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(value: &Value) -> String {
        String::from_utf8(canonical(value).unwrap()).unwrap()
    }

    #[test]
    fn keys_are_sorted_by_utf16_code_units() {
        // RFC 8785 3.2.3: U+1F600 sorts before U+FB33, because its first surrogate is smaller.
        let value = json!({"\u{fb33}": 1, "\u{1f600}": 2, "\u{20ac}": 3, "\r": 4, "1": 5});
        assert_eq!(
            text(&value),
            "{\"\\r\":4,\"1\":5,\"\u{20ac}\":3,\"\u{1f600}\":2,\"\u{fb33}\":1}"
        );
    }

    #[test]
    fn what_is_written_canonically_is_written_alike() {
        let plain: String = (0..0x300).filter_map(char::from_u32).collect();
        let nested = json!({"b": [{"z": 1, "\u{e9}": -2}], "a\"\u{8}\n": plain, "c": null});
        assert_eq!(is_written_canonically(&nested), Ok(true));
        assert_eq!(serde_json::to_string(&nested).unwrap(), text(&nested));
        let swapped = json!({"x": {"\u{fb33}": 1, "\u{1f600}": 2}});
        assert_eq!(is_written_canonically(&swapped), Ok(false));
        assert_ne!(serde_json::to_string(&swapped).unwrap(), text(&swapped));
    }

    #[test]
    fn strings_are_escaped_as_rfc_8785_says() {
        let value = json!("\u{20ac}$\u{f}\nA'\u{42}\"\\\"/\u{7f}");
        assert_eq!(
            text(&value),
            "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\"/\u{7f}\""
        );
    }

    #[test]
    fn inexact_numbers_are_refused_at_any_depth() {
        assert_eq!(
            canonical(&json!({"a": [1.5]})),
            Err(NotCanonical::Fraction("1.5".into()))
        );
        assert_eq!(
            canonical(&json!([i64::MIN])),
            Err(NotCanonical::TooLarge(i64::MIN.to_string()))
        );
        assert_eq!(text(&json!(LARGEST_INTEGER)), "9007199254740991");
        assert_eq!(
            text(&json!(-9_007_199_254_740_991_i64)),
            "-9007199254740991"
        );
        assert!(canonical(&json!(LARGEST_INTEGER + 1)).is_err());
    }
}
