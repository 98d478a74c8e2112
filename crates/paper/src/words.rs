//! Words of elements: gathered with their styles and links, then broken into lines.

use krilla::tagging::Tag;

use crate::blocks::{Frame, Layout, Link, Target};
use crate::html::{Element, Node, brief};
use crate::inline::{Blanks, Gathering, Inline, Look, is_left_out};
use crate::lines::{Breaking, Line, plain};
use crate::pieces::{Flow, Piece, What};

impl Layout<'_> {
    /// The anchor that `href` leads to, or what it names outside; nothing for a file that only lies beside these, and
    /// for what is not in them, as in a draft that names what is not selected.
    fn target(&self, href: &str) -> Option<Target> {
        if href.contains("://") || href.starts_with("mailto:") {
            return Some(Target::Outside(href.to_owned()));
        }
        let (file, id) = href.split_once('#').unwrap_or((href, ""));
        let file = if file.is_empty() { self.document } else { file };
        let anchor = format!("{file}#{id}");
        self.ids.contains(&anchor).then_some(Target::Anchor(anchor))
    }

    fn lies_beside(&self, href: &str) -> bool {
        let file = href.split('#').next().unwrap_or_default();
        !file.is_empty() && !self.documents.contains(&file)
    }

    /// A paragraph of `nodes`, tagged as the frame is.
    pub(crate) fn words(
        &mut self,
        nodes: &[Node],
        frame: &Frame,
        before: f32,
        out: &mut Vec<Flow>,
    ) {
        let inline = self.gathered(nodes, plain(frame.style, frame.tag), frame.blanks);
        if inline.text.trim().is_empty() {
            return;
        }
        let lines = self.broken(&inline, frame);
        self.put_lines(lines, frame, before, out);
    }

    pub(crate) fn broken(&self, inline: &Inline, frame: &Frame) -> Vec<Line> {
        Breaking::new(self.fonts, inline, frame.direction).lines(frame.width)
    }

    fn put_lines(&mut self, lines: Vec<Line>, frame: &Frame, before: f32, out: &mut Vec<Flow>) {
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let x = match line.rtl {
                true => frame.x + frame.width - line.width,
                false => frame.x,
            };
            let piece = Piece::of_line(x, line);
            let before = if at == 0 { before } else { 0.0 };
            self.push(out, frame, before, What::Piece(piece));
            // Neither the first line nor the last stands alone on a page.
            let keep = count > 1 && (at == 0 || at + 2 == count);
            if let Some(last) = out.last_mut() {
                last.keep = keep;
            }
        }
    }

    pub(crate) fn gathered(&mut self, nodes: &[Node], look: Look, blanks: Blanks) -> Inline {
        let mut gathering = Gathering::new(self.fonts);
        self.gather(nodes, look, blanks, &mut gathering);
        gathering.finish()
    }

    fn gather(
        &mut self,
        nodes: &[Node],
        look: Look,
        blanks: Blanks,
        gathering: &mut Gathering<'_>,
    ) {
        for node in nodes {
            match node {
                Node::Text(text) => gathering.words(text, look, blanks),
                Node::Element(element) if is_left_out(element) || element.name == "svg" => {}
                Node::Element(element) => self.gather_element(element, look, blanks, gathering),
            }
        }
    }

    fn gather_element(
        &mut self,
        element: &Element,
        look: Look,
        blanks: Blanks,
        gathering: &mut Gathering<'_>,
    ) {
        self.anchor(element);
        let outer = look;
        let mut look = Look {
            style: look.style.within(element),
            ..look
        };
        let blanks = match element.has_class("prose") {
            true if blanks == Blanks::One => Blanks::Lines,
            _ => blanks,
        };
        match element.name.as_str() {
            "br" => gathering.end_line(outer),
            "bdi" => {
                gathering.isolate(outer);
                self.gather(&element.children, look, blanks, gathering);
                gathering.pop(outer);
            }
            "a" => {
                let href = element.attribute("href").unwrap_or_default();
                match self.target(href) {
                    Some(target) => {
                        look.tag = self.tags.add(outer.tag, Tag::Link);
                        look.link = Some(self.links.len());
                        self.links.push(Link {
                            tag: look.tag,
                            target,
                            words: brief(&element.text()),
                        });
                        self.gather(&element.children, look, blanks, gathering);
                    }
                    None => {
                        look.style.colour = outer.style.colour;
                        self.gather(&element.children, look, blanks, gathering);
                        if self.lies_beside(href) {
                            gathering.words(&format!(" ({href})"), outer, blanks);
                        }
                    }
                }
            }
            _ => self.gather(&element.children, look, blanks, gathering),
        }
    }
}
