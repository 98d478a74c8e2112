//! Text as the words that a search compares: the same for every back end, because it is done here.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Characters of a word that count; of a longer one, its beginning does. A SHA-256 is 64 long.
const LONGEST: usize = 64;

/// A word as it is compared, and where in the text it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded: without case, marks and forms that only look different.
    pub(crate) text: String,
    /// Bytes of the text, in the form that [`composed`] gives it.
    pub(crate) place: Range<usize>,
    /// Whether it is the last character of a stretch of a script without spaces, standing alone.
    pub(crate) tail: bool,
}

/// The text in the form that places of words are counted in (NFC).
pub(crate) fn composed(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_owned(),
        false => text.nfc().collect(),
    }
}

/// The words of `text`, which is [`composed`].
///
/// A run of letters, digits and their marks is a word. Scripts written without spaces (Han, Kana, Thai,
/// Lao, Khmer, Burmese) give every two neighbouring characters as a word, and the last one alone, so
/// that any part of a run is found.
pub(crate) fn words(text: &str) -> Vec<Word> {
    match text.is_ascii() {
        true => ascii_words(text),
        false => any_words(text),
    }
}

/// As [`any_words`], of most text in a fraction of its time.
fn ascii_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    for run in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let place = start..start + run.len();
        start = place.end + 1;
        if !run.is_empty() {
            words.push(Word {
                text: run[..run.len().min(LONGEST)].to_ascii_lowercase(),
                place,
                tail: false,
            });
        }
    }
    words
}

fn any_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut run: Vec<Cluster> = Vec::new();
    let mut kind = Kind::Gap;
    for cluster in clusters(text) {
        if cluster.kind != kind {
            close(kind, &mut run, &mut words);
            kind = cluster.kind;
        }
        run.push(cluster);
    }
    close(kind, &mut run, &mut words);
    words
}

/// A character with the marks on it.
struct Cluster {
    folded: String,
    place: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Between words.
    Gap,
    /// Of a script with spaces.
    Spaced,
    /// Of a script without.
    Unspaced,
}

fn clusters(text: &str) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match clusters.last_mut() {
            // What cannot be seen parts nothing, and a mark belongs to what it stands on.
            Some(last) if is_unseen(c) => last.place.end = end,
            Some(last) if is_mark(c) => {
                last.folded.extend(kept_marks(c));
                last.place.end = end;
            }
            _ => clusters.push(Cluster {
                folded: fold(c),
                place: at..end,
                kind: kind(c),
            }),
        }
    }
    for cluster in &mut clusters {
        cluster.folded = cluster.folded.nfc().collect();
    }
    clusters
}

/// The half-wide marks of voiced kana stand on what is before them too.
fn is_mark(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}')
}

fn kept_marks(c: char) -> impl Iterator<Item = char> {
    c.nfkd().filter(|mark| !is_dropped(*mark))
}

/// One character without case and marks, decomposed by compatibility.
fn fold(c: char) -> String {
    let mut folded = String::new();
    for part in c.nfkd().filter(|part| !is_dropped(*part)) {
        for lower in part.to_lowercase().filter(|part| !is_dropped(*part)) {
            match plain(lower) {
                Some(plain) => folded.push_str(plain),
                None => folded.push(lower),
            }
        }
    }
    folded
}

/// What people type for letters that do not decompose.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ς' => "σ",
        'ı' => "i",
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'æ' => "ae",
        'œ' => "oe",
        'ħ' => "h",
        // Arabic letters that are typed for one another: final yeh, teh marbuta, Persian forms.
        'ى' | 'ی' => "ي",
        'ة' => "ه",
        'ک' => "ك",
        _ => return None,
    })
}

/// Accents, points of Hebrew, vowels of Arabic and Syriac, strokes. Marks that make another letter
/// (voiced kana, vowels and tones of Thai and Lao, Indic vowels and viramas) stay.
fn is_dropped(c: char) -> bool {
    is_unseen(c) || matches!(canonical_combining_class(c), 1 | 10..=36 | 200..)
}

/// Tatweel, joiners, direction marks, soft hyphens, selectors of variants.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{640}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

fn kind(c: char) -> Kind {
    match c {
        '\u{E00}'..='\u{E4E}'
        | '\u{E50}'..='\u{EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17D3}'
        | '\u{17E0}'..='\u{17FF}'
        | '\u{19E0}'..='\u{19FF}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}'
        | '\u{3031}'..='\u{3035}'
        | '\u{3038}'..='\u{303C}'
        | '\u{3041}'..='\u{309F}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}'
        | '\u{3100}'..='\u{312F}'
        | '\u{31A0}'..='\u{31BF}'
        | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}'
        | '\u{20000}'..='\u{3FFFF}' => Kind::Unspaced,
        c if c.is_alphanumeric() || is_combining_mark(c) => Kind::Spaced,
        _ => Kind::Gap,
    }
}

/// Ends a run: one word of it, or its neighbours in pairs.
fn close(kind: Kind, run: &mut Vec<Cluster>, words: &mut Vec<Word>) {
    let run = std::mem::take(run);
    let mut add = |part: &[Cluster], tail: bool| {
        let whole: String = part.iter().map(|cluster| cluster.folded.as_str()).collect();
        let text: String = whole.chars().take(LONGEST).collect();
        if let ([first, ..], [.., last]) = (part, part)
            && !text.is_empty()
        {
            let place = first.place.start..last.place.end;
            words.push(Word { text, place, tail });
        }
    };
    match kind {
        Kind::Gap => {}
        Kind::Spaced => add(&run, false),
        Kind::Unspaced => {
            run.windows(2).for_each(|pair| add(pair, false));
            add(&run[run.len().saturating_sub(1)..], true);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(&composed(text))
            .into_iter()
            .map(|word| word.text)
            .collect()
    }

    proptest! {
        #[test]
        fn text_in_ascii_has_the_words_of_any_text(text in "[ -~\t\n\0]{0,200}", long in "[a-zA-Z0-9]{60,70}") {
            for text in [&text, &long, &format!("{text} {long}{text}")] {
                prop_assert_eq!(ascii_words(text), any_words(text));
            }
        }
    }

    #[test]
    fn case_marks_and_forms_do_not_count() {
        for (one, other) in [
            ("Žižek ÉTÉ", "zizek ete"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("Ёлка ЖИВОЙ", "елка живои"),
            ("İstanbul ısı", "istanbul isi"),
            ("Łódź Ørsted", "lodz orsted"),
            ("ﬁlm ①", "film 1"),
            ("ｈｔｔｐ", "http"),
        ] {
            assert_eq!(folded(one), folded(other), "{one}");
        }
    }

    #[test]
    fn points_and_vowels_of_right_to_left_scripts_do_not_count() {
        for (one, other) in [
            ("שָׁלוֹם", "שלום"),
            ("مُحَمَّد", "محمد"),
            ("أحمد إلى", "احمد الي"),
            ("مـــدرسة", "مدرسه"),
            ("کابل", "كابل"),
        ] {
            assert_eq!(folded(one), folded(other), "{one}");
        }
    }

    #[test]
    fn scripts_without_spaces_are_words_of_two_characters() {
        assert_eq!(folded("東京都"), ["東京", "京都", "都"]);
        assert_eq!(folded("iPhone手机"), ["iphone", "手机", "机"]);
        assert_eq!(folded("ｶﾞｽ"), folded("ガス"));
        assert_ne!(folded("ガス"), folded("カス"));
        // As file names of macOS are written.
        assert_eq!(
            folded("한국"),
            folded("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}")
        );
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = composed("E\u{301}té, 東京");
        let places: Vec<_> = words(&text)
            .into_iter()
            .map(|word| text[word.place].to_owned())
            .collect();
        assert_eq!(places, ["Été", "東京", "京"]);
        assert_eq!(
            folded("a\u{200B}b @eye_77 sha256:0f"),
            ["ab", "eye", "77", "sha256", "0f"]
        );
        assert_eq!(folded(&"x".repeat(100)), ["x".repeat(64)]);
    }
}
