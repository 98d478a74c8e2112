//! What is set apart: commands, quotations, cards, columns side by side.

use krilla::tagging::Tag;

use crate::Error;
use crate::blocks::{Frame, Layout};
use crate::html::Element;
use crate::inline::Blanks;
use crate::lines::plain;
use crate::pieces::{Bar, Cell, Flow, Mark, Piece, Row, What};
use crate::style::{Colour, LINE, PALE, WASH};

impl Layout<'_> {
    pub(crate) fn preformatted(&mut self, element: &Element, frame: &Frame, out: &mut Vec<Flow>) {
        let tag = self.tags.add(frame.tag, Tag::P);
        let mut inner = frame.narrowed(8.0).tagged(tag);
        inner.width -= 6.0;
        let inline = self.gathered(&element.children, plain(inner.style, tag), Blanks::All);
        let lines = self.broken(&inline, &inner);
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let above = if at == 0 { 4.0 } else { 0.0 };
            let below = if at + 1 == count { 4.0 } else { 0.0 };
            let height = above + line.height + below;
            let area = |width: f32, colour: Colour| Mark::Area {
                x: frame.x,
                y: 0.0,
                width,
                height,
                colour,
            };
            let marks = vec![
                area(frame.width, WASH),
                area(2.0, LINE),
                Mark::Words {
                    x: inner.x,
                    y: above,
                    line,
                },
            ];
            let before = if at == 0 { 5.0 } else { 0.0 };
            self.push(out, frame, before, What::Piece(Piece { height, marks }));
            if let Some(last) = out.last_mut() {
                last.keep = at + 1 < count;
            }
        }
    }

    pub(crate) fn quote(
        &mut self,
        element: &Element,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        let language = element.attribute("lang").map(str::to_owned);
        let kind = Tag::BlockQuote.with_lang(language);
        let tag = self.tags.add(frame.tag, kind);
        let mut inner = frame.tagged(self.tags.add(tag, Tag::P));
        inner.style.size += 1.0;
        let from = out.len();
        self.barred(&inner, LINE, 6.0, out, |this, inner, out| {
            this.children(element, inner, out)
        })?;
        if out.get(from).is_some_and(runs_from_the_right) {
            mirror(&mut out[from..], frame);
        }
        Ok(())
    }

    pub(crate) fn card(
        &mut self,
        element: &Element,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        let inner = frame.tagged(self.tags.add(frame.tag, Tag::Section));
        self.barred(&inner, PALE, 11.0, out, |this, inner, out| {
            let from = out.len();
            this.children(element, inner, out)?;
            if let Some(first) = out.get_mut(from) {
                first.keep = true;
            }
            Ok(())
        })
    }

    /// Lays what `inner` lays with a bar along its left.
    fn barred(
        &mut self,
        frame: &Frame,
        colour: Colour,
        before: f32,
        out: &mut Vec<Flow>,
        inner: impl FnOnce(&mut Self, &Frame, &mut Vec<Flow>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut within = frame.narrowed(10.0);
        within.bars.push(Bar {
            x: frame.x,
            width: 1.8,
            colour,
            through: true,
        });
        let from = out.len();
        inner(self, &within, out)?;
        let bar = within.bars.len() - 1;
        if let Some(first) = out.get_mut(from) {
            first.before = before;
            first.bars[bar].through = false;
        }
        Ok(())
    }

    pub(crate) fn side_by_side(
        &mut self,
        element: &Element,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        const GAP: f32 = 18.0;
        let width = (frame.width - GAP) / 2.0;
        let all: Vec<&Element> = element.elements().collect();
        for pair in all.chunks(2) {
            let mut cells = Vec::with_capacity(2);
            let anchors = std::mem::take(&mut self.pending);
            for (at, one) in pair.iter().enumerate() {
                let within = Frame {
                    x: frame.x + at as f32 * (width + GAP),
                    width,
                    ..frame.clone()
                };
                let mut flow = Vec::new();
                self.element(one, &within, &mut flow)?;
                cells.push(Cell { flow: flow.into() });
            }
            self.pending.splice(0..0, anchors);
            let row = Row {
                cells,
                pad: 0.0,
                rule: None,
                head: None,
            };
            self.push(out, frame, 8.0, What::Row(row));
        }
        Ok(())
    }
}

fn runs_from_the_right(flow: &Flow) -> bool {
    let What::Piece(piece) = &flow.what else {
        return false;
    };
    let rtl = |mark: &Mark| matches!(mark, Mark::Words { line, .. } if line.rtl);
    piece.marks.iter().any(rtl)
}

/// Moves the innermost bar of a quotation to its right, and the words to the left of it.
fn mirror(flow: &mut [Flow], frame: &Frame) {
    for one in flow {
        if let Some(bar) = one.bars.last_mut() {
            bar.x = frame.x + frame.width - bar.width;
        }
        if let What::Piece(piece) = &mut one.what {
            for mark in &mut piece.marks {
                if let Mark::Words { x, .. } = mark {
                    *x -= 10.0;
                }
            }
        }
    }
}
