//! Lays out HTML documents on A4 pages, as PDF that is kept.
//!
//! What comes out is PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1): fonts embedded, text that can be searched and
//! read aloud in its order, an outline of the headings, links alive. The same documents give the same bytes on every
//! machine: nothing is read, no clock is asked, the fonts are bundled (`fonts/`).
//!
//! The HTML is that of a program of ours, read strictly: every element is closed, save void ones. Its style sheet is not
//! read; elements and a few classes have a look of their own here (`style`), which knows nothing of what they tell.
//!
//! Two classes tell screen from paper: what is `screen` is left out here, and what is `paper` is here though it is
//! `hidden` on a screen.

#![warn(missing_docs)]

mod blocks;
mod boxes;
mod draw;
mod figures;
mod fonts;
mod html;
mod inline;
mod letters;
mod lines;
mod pages;
mod pictures;
mod pieces;
mod style;
mod tables;
mod tags;
mod words;

#[cfg(test)]
mod tests;

pub use letters::{Hand, Ink, Lettering, Words};

/// One HTML document.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Its file name, by which others link to it.
    pub name: &'a str,
    /// Its text: `<!DOCTYPE html>`, then one `html` element.
    pub html: &'a str,
}

/// Why a document cannot be laid out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The HTML is not as strict as it must be.
    #[error("{document}: {what}, at byte {at}")]
    Html {
        /// Name of the document.
        document: String,
        /// What is wrong.
        what: String,
        /// Where, in bytes from its beginning.
        at: usize,
    },
    /// A picture is no PNG of 8-bit grey or RGB.
    #[error("a picture cannot be read: {0}")]
    Picture(String),
    /// What came out would not be what the standards ask.
    #[error("the PDF would not be valid: {0}")]
    Invalid(String),
}

/// Lays out `documents`, each from a page of its own, and their figures once more in full on the last pages.
///
/// The first document's `title`, `lang` and these `meta` elements tell of the whole: `generator`; `date`, RFC 3339 in UTC;
/// `description`, which stands at the foot of each page.
///
/// A character that no bundled font has is written as its code point, `⟨U+6E2F⟩`, and is the character itself to whoever
/// searches, copies or listens (`ActualText`). Below each page on which that happens stands what `data-code-points` of the
/// first document's `body` says.
///
/// # Errors
/// A document is not strict HTML, a picture is no PNG, or the standards do not allow what would come out.
pub fn print(documents: &[Document<'_>]) -> Result<Vec<u8>, Error> {
    let mut bodies = Vec::with_capacity(documents.len());
    for document in documents {
        bodies.push((document.name, html::read(document)?));
    }
    let fonts = fonts::Fonts::new();
    let head = html::Head::of(bodies.first().map(|(_, html)| html));
    let laid = blocks::lay(&fonts, &bodies)?;
    draw::draw(&fonts, &head, laid)
}
