//! What a new entry must keep to beside the rules, and older journals need not: whatever they hold is read.

use oxilangtag::LanguageTag;

use crate::error::Refusal;
use crate::event::Event;

/// Longest primary language subtag that is registered; four to eight letters are reserved.
const LONGEST_LANGUAGE: usize = 3;

/// Refuses an event that was admitted once and no longer is.
pub(crate) fn admit(event: &Event) -> Result<(), Refusal> {
    match event {
        Event::ClaimMade(made) => made.language.as_deref().map_or(Ok(()), language),
        _ => Ok(()),
    }
}

/// Refuses what is no language tag of BCP 47 (RFC 5646).
fn language(text: &str) -> Result<(), Refusal> {
    let hint =
        "write a tag of BCP 47, such as uk, ar, pt-BR, zh-Hant, or und where it is not known";
    let refuse = |why: String| {
        Err(Refusal::invalid(
            format!("{text:?} is no language tag: {why}"),
            hint,
        ))
    };
    match LanguageTag::parse(text) {
        Err(why) => refuse(why.to_string()),
        Ok(tag) if tag.primary_language().len() > LONGEST_LANGUAGE && !is_special(&tag) => {
            refuse("the name of a language is not its tag".to_owned())
        }
        Ok(_) => Ok(()),
    }
}

/// Private use (`x-…`) and tags from before BCP 47 (`i-klingon`), which have no primary language.
fn is_special(tag: &LanguageTag<&str>) -> bool {
    let text = tag.as_str();
    text.get(1..2) == Some("-")
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn languages_are_tags_and_not_names() {
        for good in [
            "uk",
            "ar",
            "pt-BR",
            "zh-Hant-TW",
            "und",
            "rmy",
            "sr-Latn",
            "x-hutsul",
            "i-klingon",
        ] {
            assert_eq!(language(good), Ok(()), "{good}");
        }
        for bad in [
            "English",
            "ukrainian",
            "uk_UA",
            "e",
            "pt-BR-",
            "en-",
            "",
            " uk",
            "україн",
            "русский",
        ] {
            let refusal = language(bad).unwrap_err();
            assert!(refusal.sentence.contains("no language tag"), "{bad}");
        }
    }
}
