//! What a person types, as terms to compare.

use super::document::BREAK;
use super::fold;

/// Terms of one search; more are refused.
const MOST: usize = 64;

/// Words that follow one another, or one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// The words, folded; at least one.
    pub(crate) words: Vec<String>,
    /// Whether the last one is the beginning of a word.
    pub(crate) begins: bool,
}

impl Term {
    /// A mark, which is one word.
    pub(crate) fn mark(mark: String) -> Self {
        Self {
            words: vec![mark],
            begins: false,
        }
    }

    /// The words with a space between, before, and, where they are whole, after them: as they are in a document.
    pub(crate) fn within(&self) -> String {
        let end = if self.begins { "" } else { " " };
        format!(" {}{end}", self.words.join(" "))
    }

    /// Whether a document of these words has it.
    pub(crate) fn is_in(&self, document: &str) -> bool {
        document.contains(&self.within())
    }
}

/// What must be there, and what must not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Of each, one term at least.
    pub(crate) all: Vec<Vec<Term>>,
    /// No term.
    pub(crate) none: Vec<Term>,
}

impl Wanted {
    /// Whether a document of these words is wanted: the definition that every back end keeps to.
    pub(crate) fn holds(&self, document: &str) -> bool {
        let any = |terms: &Vec<Term>| terms.iter().any(|term| term.is_in(document));
        self.all.iter().all(any) && !self.none.iter().any(|term| term.is_in(document))
    }

    /// Terms of a person: words that must all be there, phrases in quotes, `word*` for a beginning,
    /// `-word` for what must not be there.
    ///
    /// # Errors
    /// There is no word in it, or too many.
    pub(crate) fn typed(text: &str) -> Result<Self, String> {
        let mut wanted = Self::default();
        for piece in pieces(&fold::composed(text)) {
            let Some(term) = term(&piece.text, piece.begins) else {
                continue;
            };
            if piece.unwanted {
                wanted.none.push(term);
            } else {
                wanted.all.push(vec![term]);
            }
        }
        let terms = wanted.all.len() + wanted.none.len();
        if terms == 0 && !text.trim().is_empty() {
            return Err(format!("{text:?} holds no word"));
        }
        if terms > MOST {
            return Err(format!(
                "{terms} words are looked for, and {MOST} are the most at once"
            ));
        }
        Ok(wanted)
    }
}

struct Piece {
    text: String,
    begins: bool,
    unwanted: bool,
}

/// Splits at spaces outside quotes.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let unwanted = rest
            .strip_prefix('-')
            .filter(|after| !after.starts_with([' ', '-']));
        let (unwanted, from) = (unwanted.is_some(), unwanted.unwrap_or(rest));
        let (inside, after) = match from.strip_prefix(['"', '“', '„', '«', '”']) {
            Some(quoted) => quoted
                .split_once(['"', '”', '“', '»'])
                .unwrap_or((quoted, "")),
            None => {
                let end = from.find(|c: char| c.is_whitespace() || "\"“„«".contains(c));
                from.split_at(end.unwrap_or(from.len()))
            }
        };
        let (inside, after, begins) = match (inside.strip_suffix('*'), after.strip_prefix('*')) {
            (Some(inside), _) => (inside, after, true),
            (None, Some(after)) => (inside, after, true),
            (None, None) => (inside, after, false),
        };
        pieces.push(Piece {
            text: inside.to_owned(),
            begins,
            unwanted,
        });
        rest = after.trim_start();
    }
    pieces
}

/// The words of a piece, one after the other. Nothing where it has none.
fn term(text: &str, begins: bool) -> Option<Term> {
    let mut words = fold::words(text);
    // What follows a stretch without spaces does not matter, so its last character alone is wanted only
    // where something follows, or where there is no more; then it may be the first of a pair.
    let ends_in_tail = words.last().is_some_and(|last| last.tail);
    let alone = ends_in_tail
        && words
            .iter()
            .rev()
            .nth(1)
            .is_none_or(|before| before.place.end <= words[words.len() - 1].place.start);
    if ends_in_tail && !alone {
        words.pop();
    }
    let words: Vec<String> = words.into_iter().map(|word| word.text).collect();
    debug_assert!(words.iter().all(|word| word != BREAK));
    let begins = if ends_in_tail { alone } else { begins };
    (!words.is_empty()).then_some(Term { words, begins })
}

#[cfg(test)]
mod tests {
    use super::super::document::{Document, mark};
    use super::*;

    /// Whether what is typed finds a text.
    fn finds(typed: &str, text: &str) -> bool {
        let words: Vec<String> = fold::words(&fold::composed(text))
            .into_iter()
            .map(|word| word.text)
            .collect();
        Wanted::typed(typed)
            .expect("words")
            .holds(&format!(" {} {BREAK} ", words.join(" ")))
    }

    #[test]
    fn every_word_must_be_there_in_any_order() {
        let text = "This was filmed this morning in Žilina";
        for (typed, expected) in [
            ("morning filmed", true),
            ("ZILINA", true),
            ("film", false),
            ("film*", true),
            ("\"this morning\"", true),
            ("\"morning this\"", false),
            ("“filmed this mor*”", true),
            ("\"filmed this mor\"*", true),
            ("filmed -evening", true),
            ("filmed -morning", false),
            ("filmed -\"this morning\"", false),
            ("-morn*", false),
            ("morning … filmed", true),
        ] {
            assert_eq!(finds(typed, text), expected, "{typed}");
        }
        for typed in ["…", "\"\"", "-", "*"] {
            assert!(Wanted::typed(typed).is_err(), "{typed}");
        }
        assert_eq!(Wanted::typed("  "), Ok(Wanted::default()));
    }

    #[test]
    fn any_part_of_a_stretch_without_spaces_is_found() {
        for (typed, text, expected) in [
            ("京都", "東京都の空", true),
            ("東京都", "東京都の空", true),
            ("東", "東京都の空", true),
            ("空", "東京都の空", true),
            ("東都", "東京都の空", false),
            ("\"東京 hotel\"", "in 東京 hotel", true),
            ("\"東京 hotel\"", "東京都 hotel", false),
            ("東京hotel", "東京hotel", true),
            ("ตลาด", "ที่ตลาดสด", true),
            ("爆炸 -视频", "爆炸现场视频", false),
        ] {
            assert_eq!(finds(typed, text), expected, "{typed} in {text}");
        }
    }

    #[test]
    fn parts_of_a_name_follow_one_another() {
        assert!(finds("@eyewitness_77", "by eyewitness_77, suspended"));
        assert!(!finds("@eyewitness_77", "77 of one eyewitness"));
        assert!(finds(
            "example.org/eye*",
            "https://example.org/eyewitness_77"
        ));
    }

    #[test]
    fn nobody_types_a_mark() {
        let typed = Wanted::typed("·kind·claim").expect("words");
        assert!(!typed.holds(&format!(" a {BREAK} {} ", mark("kind", "claim"))));
        let _ = Document::has;
    }
}
