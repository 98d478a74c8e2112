//! Pieces to pages.

use std::collections::{BTreeMap, VecDeque};

use crate::pieces::{Bar, Cell, Flow, Heading, Mark, Piece, Row, What};
use crate::style::{BOTTOM, TOP};

/// A piece on its page.
#[derive(Debug)]
pub(crate) struct Placed {
    /// Points from the top of the page.
    pub(crate) y: f32,
    /// Points above it that its bars go through.
    pub(crate) gap: f32,
    pub(crate) bars: Vec<Bar>,
    pub(crate) piece: Piece,
    /// Whether it only repeats the head of a table.
    pub(crate) repeated: bool,
}

/// All pages.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    pub(crate) all: Vec<Vec<Placed>>,
    /// Page, from 0, and height at which each anchor is.
    pub(crate) anchors: BTreeMap<String, (usize, f32)>,
    /// In order, with the page, from 0, and the height of each.
    pub(crate) headings: Vec<(Heading, usize, f32)>,
}

/// Most of a page that is left empty to keep things together.
const HALF: f32 = (BOTTOM - TOP) / 2.0;
/// Least room in which a divided row is begun.
const LEAST: f32 = 70.0;

/// Puts `flow` on pages.
pub(crate) fn paginate(flow: Vec<Flow>) -> Pages {
    let mut pages = Pages::default();
    let mut rest: VecDeque<Flow> = flow.into();
    while !rest.is_empty() || pages.all.is_empty() {
        pages.all.push(Vec::new());
        let mut top = TOP;
        if let Some(head) = continued(&rest) {
            let from = pages.last().len();
            top = pages.fill(&mut head.into(), Room::whole(top));
            for placed in &mut pages.last()[from..] {
                placed.repeated = true;
            }
        }
        pages.fill(&mut rest, Room::whole(top));
    }
    pages
}

/// The head of the table that goes on with `rest`.
fn continued(rest: &VecDeque<Flow>) -> Option<Vec<Flow>> {
    match &rest.front()?.what {
        What::Row(row) => row.head.as_ref().map(|head| head.to_vec()),
        What::Piece(_) => None,
    }
}

#[derive(Clone, Copy)]
struct Room {
    top: f32,
    bottom: f32,
    /// Whether more room cannot be had: what does not fit is put there all the same.
    whole: bool,
}

impl Room {
    fn whole(top: f32) -> Self {
        Self {
            top,
            bottom: BOTTOM,
            whole: true,
        }
    }
}

impl Pages {
    fn last(&mut self) -> &mut Vec<Placed> {
        if self.all.is_empty() {
            self.all.push(Vec::new());
        }
        let last = self.all.len() - 1;
        &mut self.all[last]
    }

    /// Takes from `flow` what there is room for; the height at which that ends.
    fn fill(&mut self, flow: &mut VecDeque<Flow>, room: Room) -> f32 {
        let (mut y, mut first) = (room.top, true);
        while let Some(next) = flow.front() {
            let forced = first && room.whole;
            let gap = if first { 0.0 } else { next.before };
            if next.page && !first {
                break;
            }
            let fits = y + gap + together(flow) <= room.bottom;
            let divided = matches!(&next.what, What::Row(row)
                if y + gap + row.height() > room.bottom
                    && (forced || row.height() > HALF && room.bottom - y > LEAST));
            if !fits && !forced && !divided {
                break;
            }
            let Some(next) = flow.pop_front() else { break };
            self.note(&next, y + gap);
            match next.what {
                What::Piece(piece) => {
                    let height = piece.height;
                    self.put(y + gap, gap, next.bars, piece);
                    y += gap + height;
                }
                What::Row(ref row) if divided => {
                    let rest = self.divide(row, y + gap, gap, &next.bars, room);
                    if let Some(rest) = rest {
                        flow.push_front(Flow {
                            what: What::Row(rest),
                            anchors: Vec::new(),
                            heading: None,
                            ..next
                        });
                    }
                    return room.bottom;
                }
                What::Row(row) => {
                    let height = row.height();
                    self.row(row, y + gap, gap, next.bars, height);
                    y += gap + height;
                }
            }
            first = false;
        }
        y
    }

    fn note(&mut self, next: &Flow, y: f32) {
        let page = self.all.len().max(1) - 1;
        for anchor in &next.anchors {
            self.anchors.entry(anchor.clone()).or_insert((page, y));
        }
        if let Some(heading) = &next.heading {
            self.headings.push((heading.clone(), page, y));
        }
    }

    fn put(&mut self, y: f32, gap: f32, bars: Vec<Bar>, piece: Piece) {
        self.last().push(Placed {
            y,
            gap,
            bars,
            piece,
            repeated: false,
        });
    }

    fn row(&mut self, row: Row, y: f32, gap: f32, bars: Vec<Bar>, height: f32) {
        self.under(&row, y, gap, bars, height);
        let room = Room {
            top: y + row.pad,
            bottom: f32::MAX,
            whole: true,
        };
        for mut cell in row.cells {
            self.fill(&mut cell.flow, room);
        }
    }

    /// What adorns a row: its bars, and the line below.
    fn under(&mut self, row: &Row, y: f32, gap: f32, bars: Vec<Bar>, height: f32) {
        let mut marks = Vec::new();
        if let Some((x, width, colour)) = row.rule {
            marks.push(Mark::Area {
                x,
                y: height - 0.5,
                width,
                height: 0.5,
                colour,
            });
        }
        self.put(y, gap, bars, Piece { height, marks });
    }

    /// Puts as much of `row` as there is room for; the rest, if any.
    fn divide(&mut self, row: &Row, y: f32, gap: f32, bars: &[Bar], room: Room) -> Option<Row> {
        self.under(row, y, gap, bars.to_vec(), room.bottom - y);
        let within = Room {
            top: y + row.pad,
            bottom: room.bottom - row.pad,
            whole: room.whole,
        };
        let mut rest = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let mut flow = cell.flow.clone();
            self.fill(&mut flow, within);
            rest.push(Cell { flow });
        }
        let more = rest.iter().any(|cell| !cell.flow.is_empty());
        more.then(|| Row {
            cells: rest,
            ..row.clone()
        })
    }
}

/// Height of what must be on one page from the front of `flow`, at most [`HALF`] a page.
fn together(flow: &VecDeque<Flow>) -> f32 {
    let mut needed = 0.0;
    for (at, one) in flow.iter().enumerate() {
        if at > 0 {
            needed += one.before;
        }
        let height = match &one.what {
            What::Row(row) if at > 0 && !one.keep => row.height().min(LEAST),
            _ => one.height(),
        };
        needed += height;
        if !one.keep {
            break;
        }
        if needed > HALF {
            return HALF.max(flow[0].height());
        }
    }
    needed
}
