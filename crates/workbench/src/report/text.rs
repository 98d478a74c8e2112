//! Text written by strangers, made safe to look at. Markup is escaped by the template; this is about
//! characters that show nothing yet change what a reader sees.

use std::fmt::Write;

/// A name, tag or other short text: every character that shows nothing is written out, as in
/// `invoice⟨U+202E⟩fdp.mp4`, so that two different names never look the same.
pub(super) fn name(text: &str) -> String {
    spell_out(text, |hidden| !is_hidden(hidden))
}

/// Prose: as [`name`], but line breaks stay, and so do the joiners and marks that Arabic, Persian
/// and Indic scripts are written with.
pub(super) fn prose(text: &str) -> String {
    spell_out(text, |c| {
        !is_hidden(c) || matches!(c, '\n' | '\t' | '\u{200C}'..='\u{200F}')
    })
}

fn spell_out(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if stays(c) {
            shown.push(c);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(c));
        }
    }
    shown
}

/// Controls, and the format characters of Unicode 16 that turn, join, split or hide text.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_out_what_does_not_show() {
        assert_eq!(name("invoice\u{202E}4pm.exe"), "invoice⟨U+202E⟩4pm.exe");
        assert_eq!(
            name("a\u{200B}b\nc\u{E0041}"),
            "a⟨U+200B⟩b⟨U+000A⟩c⟨U+E0041⟩"
        );
        assert_eq!(name("ویدیو ۱ Ünï 视频.mp4"), "ویدیو ۱ Ünï 视频.mp4");
    }

    #[test]
    fn prose_keeps_what_scripts_need() {
        assert_eq!(prose("می\u{200C}خواهم\nx"), "می\u{200C}خواهم\nx");
        assert_eq!(prose("\u{2066}a\u{2069}\u{7}"), "⟨U+2066⟩a⟨U+2069⟩⟨U+0007⟩");
    }
}
