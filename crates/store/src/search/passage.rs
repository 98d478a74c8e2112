//! Where in a record the words stand that were looked for.

use std::ops::Range;

use serde_json::Value;

use super::document::passages;
use super::fold::{self, Word};
use super::query::{Passage, PassagePart};
use super::terms::{Term, Wanted};

/// Passages of one record that are shown.
const MOST: usize = 3;

/// Bytes before and after what was found.
const AROUND: usize = 80;

/// The first passages of `record` with words of `wanted`.
pub(super) fn of(record: &Value, wanted: &Wanted) -> Vec<Passage> {
    let terms: Vec<&Term> = wanted.all.iter().flatten().collect();
    let mut found = Vec::new();
    passages(record, &mut |field, text| {
        if found.len() < MOST {
            let text = fold::composed(text);
            let places = places(&fold::words(&text), &terms);
            found.extend(passage(field, &text, &places));
        }
    });
    found
}

/// Bytes of the text that the terms are found in, in order, without overlaps.
fn places(words: &[Word], terms: &[&Term]) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for at in 0..words.len() {
        for term in terms {
            if let Some(last) = term_at(&words[at..], term) {
                places.push(words[at].place.start..words[at + last].place.end);
            }
        }
    }
    places.sort_by_key(|place| (place.start, place.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for place in places {
        match joined.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => joined.push(place),
        }
    }
    joined
}

/// Index of the last word of `term`, if it begins with the first of `words`.
fn term_at(words: &[Word], term: &Term) -> Option<usize> {
    let last = term.words.len() - 1;
    let same = |(at, wanted): (usize, &String)| {
        words.get(at).is_some_and(|word| {
            if at == last && term.begins {
                word.text.starts_with(wanted)
            } else {
                word.text == *wanted
            }
        })
    };
    term.words.iter().enumerate().all(same).then_some(last)
}

fn passage(field: &str, text: &str, places: &[Range<usize>]) -> Option<Passage> {
    let first = places.first()?;
    let start = text.floor_char_boundary(first.start.saturating_sub(AROUND));
    let end = text.ceil_char_boundary((first.end + AROUND).min(text.len()));
    let mut parts = Vec::new();
    let mut part = |range: Range<usize>, found: bool, before: &str, after: &str| {
        if !range.is_empty() {
            let text = format!("{before}{}{after}", &text[range]);
            parts.push(PassagePart { text, found });
        }
    };
    let (mut at, mut before) = (start, if start > 0 { "…" } else { "" });
    for place in places.iter().filter(|place| place.end <= end) {
        part(at..place.start, false, before, "");
        part(place.clone(), true, "", "");
        (at, before) = (place.end, "");
    }
    part(
        at..end,
        false,
        before,
        if end < text.len() { "…" } else { "" },
    );
    Some(Passage {
        field: field.to_owned(),
        parts,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_looked_for_is_marked_as_it_was_written() {
        let record = json!({ "text": "Gefilmt in Žilina, 東京都 heute", "hash": "zilina" });
        let wanted = Wanted::typed("zilina 東京").expect("words");
        let [passage] = &of(&record, &wanted)[..] else {
            panic!("one passage")
        };
        let parts: Vec<_> = passage
            .parts
            .iter()
            .map(|part| (part.text.as_str(), part.found))
            .collect();
        assert_eq!(passage.field, "text");
        assert_eq!(
            parts,
            [
                ("Gefilmt in ", false),
                ("Žilina", true),
                (", ", false),
                ("東京", true),
                ("都 heute", false)
            ]
        );
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = format!("{}Žilina{}", "é ".repeat(100), " ü".repeat(100));
        let wanted = Wanted::typed("zilina").expect("words");
        let found = of(&json!({ "text": text }), &wanted).remove(0);
        assert!(found.parts[0].text.starts_with('…') && found.parts[2].text.ends_with('…'));
        assert!(
            found
                .parts
                .iter()
                .map(|part| part.text.len())
                .sum::<usize>()
                < 200
        );
    }
}
