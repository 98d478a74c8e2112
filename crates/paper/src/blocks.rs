//! Elements to pieces: paragraphs, headings, lists, cards.

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, Tag, TagKind};

use crate::Error;
use crate::fonts::Fonts;
use crate::html::{Element, Node, brief};
use crate::inline::{Blanks, Gathering, is_inline, is_left_out};
use crate::lines::{Direction, plain};
use crate::pictures::Picture;
use crate::pieces::{Bar, Flow, Heading, Mark, Piece, What};
use crate::style::{Colour, INK, LEFT, Style, WIDTH};
use crate::tags::{ROOT, TagNo, Tags};

/// Where a link leads.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// To an anchor of these documents.
    Anchor(String),
    Outside(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) tag: TagNo,
    pub(crate) target: Target,
    /// What it says, for whoever does not see it.
    pub(crate) words: String,
}

/// What is put on pages.
pub(crate) struct Laid {
    pub(crate) flow: Vec<Flow>,
    pub(crate) tags: Tags,
    pub(crate) links: Vec<Link>,
    pub(crate) pictures: Vec<Picture>,
}

/// Where and how an element is laid.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// Points from the left of the page.
    pub(crate) x: f32,
    pub(crate) width: f32,
    pub(crate) style: Style,
    pub(crate) tag: TagNo,
    pub(crate) bars: Vec<Bar>,
    pub(crate) direction: Direction,
    pub(crate) blanks: Blanks,
}

impl Frame {
    pub(crate) fn narrowed(&self, by: f32) -> Self {
        Self {
            x: self.x + by,
            width: self.width - by,
            ..self.clone()
        }
    }

    pub(crate) fn tagged(&self, tag: TagNo) -> Self {
        Self {
            tag,
            ..self.clone()
        }
    }
}

pub(crate) struct Layout<'a> {
    pub(crate) fonts: &'a Fonts,
    pub(crate) tags: Tags,
    pub(crate) links: Vec<Link>,
    pub(crate) pictures: Vec<Picture>,
    /// Names of all documents.
    pub(crate) documents: Vec<&'a str>,
    /// Every anchor in them.
    pub(crate) ids: BTreeSet<String>,
    /// The one that is being laid.
    pub(crate) document: &'a str,
    /// Anchors of what is laid next.
    pub(crate) pending: Vec<String>,
    /// Figures of this document that are shown once more.
    pub(crate) plates: Vec<crate::figures::Plate>,
}

/// The anchors of `documents`: their beginnings, and every element with an id that is on paper.
fn ids(documents: &[(&str, Element)]) -> BTreeSet<String> {
    fn within(name: &str, element: &Element, ids: &mut BTreeSet<String>) {
        if is_left_out(element) {
            return;
        }
        ids.extend(element.attribute("id").map(|id| format!("{name}#{id}")));
        element.elements().for_each(|it| within(name, it, ids));
    }
    let mut ids = BTreeSet::new();
    for (name, html) in documents {
        ids.insert(format!("{name}#"));
        within(name, html, &mut ids);
    }
    ids
}

/// Lays out the bodies of `documents`.
pub(crate) fn lay(fonts: &Fonts, documents: &[(&str, Element)]) -> Result<Laid, Error> {
    let mut layout = Layout {
        fonts,
        tags: Tags::new(),
        links: Vec::new(),
        pictures: Vec::new(),
        documents: documents.iter().map(|(name, _)| *name).collect(),
        ids: ids(documents),
        document: "",
        pending: Vec::new(),
        plates: Vec::new(),
    };
    let mut flow = Vec::new();
    for (name, html) in documents {
        layout.document = name;
        layout.pending.push(format!("{name}#"));
        let frame = Frame {
            x: LEFT,
            width: WIDTH,
            style: Style::BODY,
            tag: layout.tags.add(ROOT, Tag::Part),
            bars: Vec::new(),
            direction: Direction::LeftToRight,
            blanks: Blanks::One,
        };
        let from = flow.len();
        if let Some(body) = html.elements().find(|it| it.name == "body") {
            layout.children(body, &frame, &mut flow)?;
        }
        if let Some(first) = flow.get_mut(from) {
            first.page = from > 0;
        }
        layout.plates.clear();
    }
    Ok(Laid {
        flow,
        tags: layout.tags,
        links: layout.links,
        pictures: layout.pictures,
    })
}

impl Layout<'_> {
    pub(crate) fn children(
        &mut self,
        of: &Element,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        let mut nodes = of.children.as_slice();
        while !nodes.is_empty() {
            let words = nodes.iter().take_while(|node| is_inline(node)).count();
            let (inline, rest) = nodes.split_at(words);
            self.words(inline, frame, 3.0, out);
            let Some((block, rest)) = rest.split_first() else {
                break;
            };
            if let Node::Element(element) = block {
                self.element(element, frame, out)?;
            }
            nodes = rest;
        }
        Ok(())
    }

    pub(crate) fn element(
        &mut self,
        element: &Element,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        if is_left_out(element) {
            return Ok(());
        }
        self.anchor(element);
        let mut frame = frame.clone();
        frame.style = frame.style.within(element);
        match element.attribute("dir") {
            Some("auto") => frame.direction = Direction::OfText,
            Some("rtl") => frame.direction = Direction::RightToLeft,
            Some(_) => frame.direction = Direction::LeftToRight,
            None => {}
        }
        let is = |class: &str| element.has_class(class);
        if is("prose") {
            frame.blanks = Blanks::Lines;
        }
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" => self.heading(element, &frame, out),
            "p" if is("bands") => self.bands(element, &frame, out),
            "p" => {
                let tag = self.tags.add(frame.tag, Tag::P);
                self.words(&element.children, &frame.tagged(tag), 5.0, out);
            }
            "ul" | "ol" => self.list(element, &frame, out)?,
            "dl" if is("facts") => self.facts(element, &frame, out)?,
            "dl" => self.definitions(element, &frame, out)?,
            "table" => self.table(element, &frame, out)?,
            "figure" => self.figure(element, &frame, out)?,
            "pre" => self.preformatted(element, &frame, out),
            "blockquote" => self.quote(element, &frame, out)?,
            "nav" => self.contents(element, &frame, out),
            "svg" => {}
            "div" if is("lanes") => self.lanes(element, &frame, out),
            "div" if is("pair") || is("side") => self.side_by_side(element, &frame, out)?,
            "section" if is("plates") => self.plates(element, &frame, out)?,
            "section" => {
                let tag = self.tags.add(frame.tag, Tag::Section);
                self.children(element, &frame.tagged(tag), out)?;
            }
            "article" => self.card(element, &frame, out)?,
            "footer" => {
                self.rule(&frame, INK, 16.0, out);
                self.children(element, &frame, out)?;
            }
            _ => self.children(element, &frame, out)?,
        }
        Ok(())
    }

    pub(crate) fn anchor(&mut self, element: &Element) {
        if let Some(id) = element.attribute("id") {
            self.pending.push(format!("{}#{id}", self.document));
        }
    }

    pub(crate) fn push(&mut self, out: &mut Vec<Flow>, frame: &Frame, before: f32, what: What) {
        out.push(Flow {
            before,
            keep: false,
            page: false,
            bars: frame.bars.clone(),
            anchors: std::mem::take(&mut self.pending),
            heading: None,
            what,
        });
    }

    fn heading(&mut self, element: &Element, frame: &Frame, out: &mut Vec<Flow>) {
        let level = match element.name.as_str() {
            "h1" => 1,
            "h2" => 2,
            "h3" if !element.has_class("minor") => 3,
            _ => 4,
        };
        let before = [6.0, 26.0, 13.0, 8.0][level - 1];
        let title = brief(&element.text());
        let number = element.name[1..].parse().unwrap_or(NonZeroU16::MIN);
        let tag: TagKind = Tag::Hn(number, Some(title.clone())).into();
        let mut frame = frame.tagged(self.tags.add(frame.tag, tag));
        frame.style = Style::heading(level);
        if level == 2 {
            self.rule(&frame, INK, before, out);
        }
        let from = out.len();
        let gap = if level == 2 { 7.0 } else { before };
        self.words(&element.children, &frame, gap, out);
        for one in &mut out[from..] {
            one.keep = true;
        }
        if let Some(first) = out.get_mut(from).filter(|_| level < 4) {
            first.heading = Some(Heading { level, title });
        }
    }

    /// A line across, kept with what follows.
    pub(crate) fn rule(&mut self, frame: &Frame, colour: Colour, before: f32, out: &mut Vec<Flow>) {
        let height = if colour == INK { 1.2 } else { 0.5 };
        let mark = Mark::Area {
            x: frame.x,
            y: 0.0,
            width: frame.width,
            height,
            colour,
        };
        let piece = Piece {
            height,
            marks: vec![mark],
        };
        self.push(out, frame, before, What::Piece(piece));
        if let Some(last) = out.last_mut() {
            last.keep = true;
        }
    }

    fn list(&mut self, element: &Element, frame: &Frame, out: &mut Vec<Flow>) -> Result<(), Error> {
        let unmarked = element.has_class("plain");
        let numbering = match element.name.as_str() {
            "ol" => ListNumbering::Decimal,
            _ if unmarked => ListNumbering::None,
            _ => ListNumbering::Disc,
        };
        let list = self.tags.add(frame.tag, Tag::L(numbering));
        let items = element.elements().filter(|it| it.name == "li");
        for (at, item) in items.enumerate() {
            self.anchor(item);
            let of = self.tags.add(list, Tag::LI);
            let from = out.len();
            let label = match element.name.as_str() {
                _ if unmarked => None,
                "ol" => Some(format!("{}.", at + 1)),
                _ => Some("•".to_owned()),
            };
            let indent = if label.is_some() { 15.0 } else { 0.0 };
            // The label is read before what it labels.
            let marker = label.and_then(|label| {
                let tag = self.tags.add(of, Tag::Lbl);
                self.label(&label, frame, tag)
            });
            let mut within = frame.narrowed(indent).tagged(self.tags.add(of, Tag::LBody));
            within.style = within.style.within(item);
            self.children(item, &within, out)?;
            if let Some(first) = out.get_mut(from) {
                first.before = if at == 0 { 4.0 } else { 3.0 };
                if let (What::Piece(piece), Some(marker)) = (&mut first.what, marker) {
                    piece.marks.insert(0, level_with(piece, marker));
                }
            }
        }
        Ok(())
    }

    fn label(&self, text: &str, frame: &Frame, tag: TagNo) -> Option<Mark> {
        let mut gathering = Gathering::new(self.fonts);
        gathering.words(text, plain(frame.style, tag), Blanks::One);
        let lines = self.broken(&gathering.finish(), frame);
        let line = lines.into_iter().next()?;
        Some(Mark::Words {
            x: frame.x + 2.0,
            y: 0.0,
            line,
        })
    }
}

/// A label on the line on which what it labels begins.
fn level_with(piece: &Piece, label: Mark) -> Mark {
    let first = piece.marks.iter().find_map(|mark| match mark {
        Mark::Words { y, line, .. } => Some(y + line.baseline),
        _ => None,
    });
    match (label, first) {
        (Mark::Words { x, line, .. }, Some(baseline)) => Mark::Words {
            x,
            y: baseline - line.baseline,
            line,
        },
        (label, _) => label,
    }
}
