//! Elements with columns: tables, definitions, facts, contents.

use std::rc::Rc;

use krilla::tagging::{ListNumbering, TableHeaderScope, Tag, TagKind};

use crate::Error;
use crate::blocks::{Frame, Layout, Target};
use crate::html::{Element, Node};
use crate::inline::{Blanks, Gathering};
use crate::lines::{Breaking, plain};
use crate::pieces::{Cell, Flow, Mark, Piece, Row, What};
use crate::style::{INK, LINE, Style};
use crate::tags::{ROOT, TagNo};

/// Between two columns.
const GAP: f32 = 10.0;
/// Most that a column takes for a word that can be divided, such as a hash.
const WORD: f32 = 88.0;

impl Layout<'_> {
    pub(crate) fn table(
        &mut self,
        element: &Element,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        let tag = self.tags.add(frame.tag, Tag::Table);
        let from = out.len();
        if let Some(caption) = element.elements().find(|it| it.name == "caption") {
            let mut of = frame.tagged(self.tags.add(tag, Tag::Caption));
            of.style = of.style.within(caption);
            self.words(&caption.children, &of, 8.0, out);
        }
        for one in &mut out[from..] {
            one.keep = true;
        }
        let widths = self.columns(element, frame);
        let mut head = Vec::new();
        for part in element.elements() {
            let (kind, is_head): (TagKind, bool) = match part.name.as_str() {
                "thead" => (Tag::THead.into(), true),
                "tbody" => (Tag::TBody.into(), false),
                _ => continue,
            };
            let of = frame.tagged(self.tags.add(tag, kind));
            let repeated = (!head.is_empty()).then(|| Rc::new(head.clone()));
            for row in part.elements() {
                let before = if out.len() == from { 8.0 } else { 0.0 };
                let mut row = self.row(row, &widths, &of)?;
                row.rule = Some((frame.x, frame.width, if is_head { INK } else { LINE }));
                row.head.clone_from(&repeated);
                self.push(out, frame, before, What::Row(row));
                if let Some(last) = out.last_mut().filter(|_| is_head) {
                    last.keep = true;
                    head.push(Flow {
                        before: 0.0,
                        anchors: Vec::new(),
                        ..last.clone()
                    });
                }
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &Element, widths: &[f32], frame: &Frame) -> Result<Row, Error> {
        let tag = self.tags.add(frame.tag, Tag::TR);
        let style = frame.style.within(row);
        let mut cells = Vec::with_capacity(widths.len());
        let mut x = frame.x;
        for (cell, width) in row.elements().zip(widths) {
            let kind: TagKind = match (cell.name.as_str(), cell.attribute("scope")) {
                ("th", Some("row")) => Tag::TH(TableHeaderScope::Row).into(),
                ("th", _) => Tag::TH(TableHeaderScope::Column).into(),
                _ => Tag::TD.into(),
            };
            let within = Frame {
                x,
                width: width - GAP,
                style: style.within(cell),
                ..frame.tagged(self.tags.add(tag, kind))
            };
            let mut flow = Vec::new();
            self.children(cell, &within, &mut flow)?;
            if flow.is_empty() {
                self.blank(&within, &mut flow);
            }
            cells.push(Cell { flow: flow.into() });
            x += width;
        }
        Ok(Row::plain(cells, 3.0))
    }

    /// A cell with nothing in it, which is read all the same: else the cells after it would seem to move.
    fn blank(&mut self, frame: &Frame, out: &mut Vec<Flow>) {
        let mut gathering = Gathering::new(self.fonts);
        let look = plain(frame.style, frame.tag);
        gathering.words(" ", look, Blanks::All);
        let inline = gathering.finish();
        for line in self.broken(&inline, frame) {
            let piece = Piece::of_line(frame.x, line);
            self.push(out, frame, 0.0, What::Piece(piece));
        }
    }

    /// Widths of the columns, the gap after each included.
    fn columns(&mut self, table: &Element, frame: &Frame) -> Vec<f32> {
        let mut least: Vec<f32> = Vec::new();
        let mut most: Vec<f32> = Vec::new();
        let rows = table.elements().flat_map(Element::elements);
        for row in rows.filter(|row| row.name == "tr") {
            let style = frame.style.within(row);
            for (at, cell) in row.elements().enumerate() {
                if at == least.len() {
                    least.push(0.0);
                    most.push(0.0);
                }
                let (word, all) = self.extent(&cell.children, style.within(cell));
                least[at] = least[at].max(word.min(WORD) + GAP);
                most[at] = most[at].max(all + GAP);
            }
        }
        shared(&least, &most, frame.width)
    }

    /// Width of the widest word of `nodes`, and of all of them in one line.
    fn extent(&mut self, nodes: &[Node], style: Style) -> (f32, f32) {
        // What is only measured takes neither links nor anchors.
        let (links, pending) = (self.links.len(), std::mem::take(&mut self.pending));
        let inline = self.gathered(nodes, plain(style, ROOT), Blanks::One);
        self.links.truncate(links);
        self.pending = pending;
        Breaking::new(self.fonts, &inline, crate::lines::Direction::LeftToRight).extent()
    }

    pub(crate) fn definitions(
        &mut self,
        element: &Element,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        let list = self.tags.add(frame.tag, Tag::L(ListNumbering::None));
        let width = (frame.width * 0.32).clamp(70.0, 130.0);
        for (at, pair) in element.elements().enumerate() {
            let of = self.tags.add(list, Tag::LI);
            let mut cells = Vec::with_capacity(2);
            for one in pair.elements() {
                let is_name = one.name == "dt";
                let kind: TagKind = match is_name {
                    true => Tag::Lbl.into(),
                    false => Tag::LBody.into(),
                };
                let mut within = frame.tagged(self.tags.add(of, kind));
                within.style = within.style.within(one);
                if is_name {
                    within.width = width - GAP;
                } else {
                    within = within.narrowed(width);
                }
                let mut flow = Vec::new();
                self.children(one, &within, &mut flow)?;
                cells.push(Cell { flow: flow.into() });
            }
            let row = Row::plain(cells, 0.8);
            let before = if at == 0 { 4.0 } else { 0.0 };
            self.push(out, frame, before, What::Row(row));
        }
        Ok(())
    }

    /// Names above values, side by side; those that are `wide` below each other.
    pub(crate) fn facts(
        &mut self,
        element: &Element,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        let list = self.tags.add(frame.tag, Tag::L(ListNumbering::None));
        self.rule(frame, LINE, 7.0, out);
        let (wide, narrow): (Vec<&Element>, Vec<&Element>) =
            element.elements().partition(|it| it.has_class("wide"));
        let mut rows: Vec<Vec<&Element>> = wide.into_iter().map(|one| vec![one]).collect();
        rows.push(narrow);
        for row in rows.into_iter().filter(|row| !row.is_empty()) {
            let share = frame.width / row.len() as f32;
            let mut cells = Vec::with_capacity(row.len());
            for (at, fact) in row.into_iter().enumerate() {
                let of = self.tags.add(list, Tag::LI);
                let mut flow = Vec::new();
                for one in fact.elements() {
                    let kind: TagKind = match one.name.as_str() {
                        "dt" => Tag::Lbl.into(),
                        _ => Tag::LBody.into(),
                    };
                    let within = Frame {
                        x: frame.x + at as f32 * share,
                        width: share - GAP,
                        style: frame.style.within(one),
                        ..frame.tagged(self.tags.add(of, kind))
                    };
                    self.children(one, &within, &mut flow)?;
                }
                cells.push(Cell { flow: flow.into() });
            }
            let row = Row::plain(cells, 3.0);
            self.push(out, frame, 2.0, What::Row(row));
        }
        self.rule(frame, LINE, 3.0, out);
        Ok(())
    }

    /// The contents in two columns, each line with the page on which it leads.
    pub(crate) fn contents(&mut self, element: &Element, frame: &Frame, out: &mut Vec<Flow>) {
        let toc = self.tags.add(frame.tag, Tag::TOC);
        let items: Vec<&Element> = element.elements().flat_map(Element::elements).collect();
        let width = (frame.width - 2.0 * GAP) / 2.0;
        let mut cells = Vec::with_capacity(2);
        for (at, column) in items.chunks(items.len().div_ceil(2).max(1)).enumerate() {
            let mut flow = Vec::new();
            for item in column {
                let mut within = frame.tagged(self.tags.add(toc, Tag::TOCI));
                within.x += at as f32 * (width + 2.0 * GAP);
                within.width = width - 24.0;
                within.style = Style {
                    family: crate::style::Family::Sans,
                    size: 8.5,
                    ..Style::BODY
                };
                let (from, links) = (flow.len(), self.links.len());
                self.words(&item.children, &within, 1.5, &mut flow);
                let target = self.links.get(links).map(|link| (link.tag, &link.target));
                let (Some((tag, Target::Anchor(anchor))), Some(first)) =
                    (target, flow.get_mut(from))
                else {
                    continue;
                };
                number_page(first, within.x + width, anchor, tag);
            }
            cells.push(Cell { flow: flow.into() });
        }
        let row = Row::plain(cells, 2.0);
        self.push(out, frame, 10.0, What::Row(row));
    }
}

fn number_page(line: &mut Flow, right: f32, anchor: &str, tag: TagNo) {
    if let What::Piece(piece) = &mut line.what {
        let baseline = piece.marks.iter().find_map(|mark| match mark {
            Mark::Words { line, .. } => Some(line.baseline),
            _ => None,
        });
        piece.marks.push(Mark::PageOf {
            right,
            baseline: baseline.unwrap_or(piece.height),
            anchor: anchor.to_owned(),
            tag,
        });
    }
}

/// Shares `width` among columns that need at least `least` and want `most`.
fn shared(least: &[f32], most: &[f32], width: f32) -> Vec<f32> {
    let (needed, wanted): (f32, f32) = (least.iter().sum(), most.iter().sum());
    if needed >= width {
        return least.iter().map(|it| it * width / needed).collect();
    }
    if wanted <= width {
        // What is left over goes to the right: columns of figures stay together.
        let mut widths = most.to_vec();
        if let Some(last) = widths.last_mut() {
            *last += width - wanted;
        }
        return widths;
    }
    let part = (width - needed) / (wanted - needed);
    let columns = least.iter().zip(most);
    columns
        .map(|(least, most)| least + (most - least) * part)
        .collect()
}
