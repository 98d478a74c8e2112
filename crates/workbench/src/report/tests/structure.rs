//! Reads a document that is written as strictly as XML: every element is closed, save void ones.

use std::collections::BTreeSet;

/// What the tests ask of a document.
#[derive(Default)]
pub(super) struct Document {
    pub(super) lang: Option<String>,
    pub(super) tags: BTreeSet<String>,
    pub(super) ids: BTreeSet<String>,
    pub(super) ids_seen: usize,
    /// Targets of links within the document.
    pub(super) links: BTreeSet<String>,
    pub(super) pictures_without_alt: usize,
    /// What a person reads, one line for each piece of text.
    pub(super) text: String,
}

const VOID: [&str; 5] = ["meta", "img", "input", "br", "rect"];

/// # Panics
/// If elements are not closed in the order they were opened.
pub(super) fn read(html: &str) -> Document {
    let mut document = Document::default();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html.strip_prefix("<!DOCTYPE html>").expect("a doctype");
    while let Some((text, more)) = rest.split_once('<') {
        document.read_text(&open, text);
        let (tag, more) = more.split_once('>').expect("a tag that ends");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of order");
        } else {
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            document.open(name, attributes);
            if !VOID.contains(&name) || (name == "rect" && !attributes.ends_with('/')) {
                open.push(name);
            }
        }
        rest = more;
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    document
}

impl Document {
    fn read_text(&mut self, open: &[&str], text: &str) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() && open.last() != Some(&"style") {
            self.text.push_str(&words);
            self.text.push('\n');
        }
    }

    fn open(&mut self, name: &str, attributes: &str) {
        self.tags.insert(name.to_owned());
        if let Some(id) = attribute(attributes, "id") {
            self.ids.insert(id);
            self.ids_seen += 1;
        }
        match name {
            "html" => self.lang = attribute(attributes, "lang"),
            "a" => self.links.extend(
                attribute(attributes, "href").map(|href| href.trim_start_matches('#').to_owned()),
            ),
            "img" if attribute(attributes, "alt").is_none_or(|alt| alt.is_empty()) => {
                self.pictures_without_alt += 1;
            }
            _ => {}
        }
    }
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let padded = format!(" {attributes}");
    let (_, from) = padded.split_once(&format!(" {name}=\""))?;
    from.split_once('"').map(|(value, _)| value.to_owned())
}

/// The part of `text` after the line `from` and before the line `to`.
pub(super) fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.rfind(&format!("\n{from}\n")).expect("a start") + from.len() + 2;
    let end = text[start..].find(to).expect("an end") + start;
    text[start..end].trim_end()
}
