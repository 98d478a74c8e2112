//! Words in a row: text with its styles, blanks as HTML means them, isolates for what has a direction of its own.

use std::fmt::Write;

use crate::fonts::{FontNo, Fonts};
use crate::html::{Element, Node};
use crate::style::Style;
use crate::tags::TagNo;

/// Ends a line, and neither the paragraph nor its direction.
pub(crate) const LINE_END: char = '\u{2028}';
/// Begins the code point of a character that no font has.
pub(crate) const POINT: char = '⟨';
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Whether `c` steers the order or the breaking of text and is never drawn.
pub(crate) fn steers(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// What stands in one style and font.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    pub(crate) style: Style,
    pub(crate) tag: TagNo,
    /// Index of the link that it is part of.
    pub(crate) link: Option<usize>,
    /// The character whose code point is written because no font has it.
    pub(crate) stands_for: Option<char>,
}

#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// Byte at which it begins; it ends where the next does.
    pub(crate) start: usize,
    pub(crate) look: Look,
    pub(crate) font: FontNo,
}

/// The text of a paragraph, in logical order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inline {
    pub(crate) text: String,
    pub(crate) runs: Vec<Run>,
}

/// What blanks mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blanks {
    /// Any number of them are one.
    One,
    /// Likewise, but ends of lines stay.
    Lines,
    /// Each stays.
    All,
}

/// Gathers words.
pub(crate) struct Gathering<'a> {
    fonts: &'a Fonts,
    inline: Inline,
    /// A blank that is written if something follows.
    pending: Option<Look>,
}

impl<'a> Gathering<'a> {
    pub(crate) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            inline: Inline::default(),
            pending: None,
        }
    }

    pub(crate) fn finish(self) -> Inline {
        self.inline
    }

    pub(crate) fn words(&mut self, text: &str, look: Look, blanks: Blanks) {
        for c in text.chars() {
            match c {
                '\n' if blanks != Blanks::One => self.end_line(look),
                '\t' if blanks == Blanks::All => self.drawn("    ", look),
                ' ' | '\t' | '\n' | '\r' | '\u{C}' if blanks != Blanks::All => {
                    self.pending.get_or_insert(look);
                }
                _ => {
                    self.flush();
                    self.one(c, look);
                }
            }
        }
    }

    pub(crate) fn end_line(&mut self, look: Look) {
        self.pending = None;
        self.steering(LINE_END, look);
    }

    pub(crate) fn isolate(&mut self, look: Look) {
        self.flush();
        self.steering(FIRST_STRONG_ISOLATE, look);
    }

    pub(crate) fn pop(&mut self, look: Look) {
        self.steering(POP_ISOLATE, look);
    }

    fn flush(&mut self) {
        let Some(look) = self.pending.take() else {
            return;
        };
        let text = self.inline.text.as_str();
        let shown = text.trim_end_matches(|c| steers(c) && c != LINE_END);
        if !shown.is_empty() && !shown.ends_with([LINE_END, ' ']) {
            self.one(' ', look);
        }
    }

    fn one(&mut self, c: char, look: Look) {
        let before = self.inline.runs.last().map(|run| run.font);
        if steers(c) || matches!(c, '\u{200C}' | '\u{200D}') {
            self.steering(c, look);
            return;
        }
        match self.fonts.of(c, &look.style, before) {
            Some(font) => self.put(c, look, font),
            None => {
                let mut point = String::new();
                // Writing to a String cannot fail.
                let _ = write!(point, "{POINT}U+{:04X}⟩", u32::from(c));
                let stands_for = Some(c);
                self.drawn(&point, Look { stands_for, ..look });
            }
        }
    }

    fn drawn(&mut self, text: &str, look: Look) {
        for c in text.chars() {
            if let Some(font) = self.fonts.of(c, &look.style, None) {
                self.put(c, look, font);
            }
        }
    }

    /// A character that needs no glyph.
    fn steering(&mut self, c: char, look: Look) {
        let before = self.inline.runs.last().map(|run| run.font);
        if let Some(font) = before.or_else(|| self.fonts.of(' ', &look.style, None)) {
            self.put(c, look, font);
        }
    }

    fn put(&mut self, c: char, look: Look, font: FontNo) {
        let same = self.inline.runs.last();
        if same.is_none_or(|run| run.look != look || run.font != font) {
            let start = self.inline.text.len();
            self.inline.runs.push(Run { start, look, font });
        }
        self.inline.text.push(c);
    }
}

/// Whether `node` stands in a row with words.
pub(crate) fn is_inline(node: &Node) -> bool {
    const INLINE: [&str; 12] = [
        "a", "b", "bdi", "br", "code", "em", "i", "span", "strong", "time", "wbr", "label",
    ];
    match node {
        Node::Text(_) => true,
        Node::Element(element) => INLINE.contains(&element.name.as_str()),
    }
}

/// Whether an element is left out on paper.
pub(crate) fn is_left_out(element: &Element) -> bool {
    let hidden = element.attribute("hidden").is_some() && !element.has_class("paper");
    let screen = element.has_class("screen") || element.has_class("skip");
    hidden || screen || ["fieldset", "style", "script", "title"].contains(&element.name.as_str())
}
