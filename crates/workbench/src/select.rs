//! How a person names an item: number, start of its id, or original file name.

use store::record::Item;

use crate::error::{Error, Result};

/// Shortest part of a content id that may stand for the whole.
const SHORTEST_ID: usize = 4;

/// Finds the item that `text` names: `#3` or `3`, `sha256:ab12…` or at least four of its
/// hexadecimal digits, or an original file name (of any of its acquisitions).
///
/// # Errors
/// Nothing or more than one thing goes by that name.
pub fn item<'a>(items: &'a [Item], text: &str) -> Result<&'a Item> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    if let Ok(number) = digits.parse::<u32>()
        && let Some(found) = items.iter().find(|item| item.number.0 == number)
    {
        return Ok(found);
    }
    let named = |item: &&Item| {
        item.acquisitions
            .iter()
            .any(|from| from.acquired.name == text)
    };
    let mut found: Vec<&Item> = items.iter().filter(named).collect();
    let prefix = text
        .strip_prefix("sha256:")
        .unwrap_or(text)
        .to_ascii_lowercase();
    if found.is_empty() && prefix.len() >= SHORTEST_ID {
        found = items
            .iter()
            .filter(|item| item.id.hex().starts_with(&prefix))
            .collect();
    }
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Error::missing(format!("no item is called {text:?}"))
            .hint("`framewitness list` shows the items; name one by number (#1), start of its id, or file name")),
        several => {
            let numbers: Vec<String> = several.iter().map(|item| item.number.to_string()).collect();
            Err(Error::usage(format!("{text:?} could be any of {}", numbers.join(", "))).hint("name it by its number"))
        }
    }
}
