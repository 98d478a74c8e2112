//! What is put on pages: pieces that are not divided, and rows whose cells are.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::lines::Line;
use crate::style::Colour;
use crate::tags::TagNo;

/// Something drawn, at points from the left of the text and from the top of its piece.
#[derive(Clone, Debug)]
pub(crate) enum Mark {
    Words {
        x: f32,
        y: f32,
        line: Line,
    },
    /// A rectangle that adornes and says nothing.
    Area {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        colour: Colour,
    },
    Picture {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        picture: usize,
        tag: TagNo,
        /// Index of the link that it is.
        link: Option<usize>,
        /// Outlined regions, in parts of its width and height: left, top, width, height.
        regions: Vec<[f32; 4]>,
    },
    /// A diagram made of rectangles, of which each says a part.
    Diagram {
        tag: TagNo,
        areas: Vec<([f32; 4], Colour)>,
    },
    /// The number of the page on which `anchor` is, ending at `right`.
    PageOf {
        right: f32,
        baseline: f32,
        anchor: String,
        tag: TagNo,
    },
}

/// A line along the left of what belongs together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bar {
    pub(crate) x: f32,
    pub(crate) width: f32,
    pub(crate) colour: Colour,
    /// Whether it goes on through the gap above.
    pub(crate) through: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Heading {
    pub(crate) level: usize,
    pub(crate) title: String,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Piece {
    pub(crate) height: f32,
    pub(crate) marks: Vec<Mark>,
}

impl Piece {
    /// One line of words.
    pub(crate) fn of_line(x: f32, line: Line) -> Self {
        Self {
            height: line.height,
            marks: vec![Mark::Words { x, y: 0.0, line }],
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) flow: VecDeque<Flow>,
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    /// Above and below what is in the cells.
    pub(crate) pad: f32,
    /// A line below: its left, its width, its colour.
    pub(crate) rule: Option<(f32, f32, Colour)>,
    /// Rows that are repeated where a page begins with this one.
    pub(crate) head: Option<Rc<Vec<Flow>>>,
}

impl Row {
    /// A row beneath which no line is drawn, and that no head is repeated for.
    pub(crate) fn plain(cells: Vec<Cell>, pad: f32) -> Self {
        Self {
            cells,
            pad,
            rule: None,
            head: None,
        }
    }

    pub(crate) fn height(&self) -> f32 {
        let heights = self.cells.iter().map(|cell| height(&cell.flow));
        heights.fold(0.0, f32::max) + 2.0 * self.pad
    }
}

#[derive(Clone, Debug)]
pub(crate) enum What {
    Piece(Piece),
    Row(Row),
}

/// One thing after another.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    /// Gap above, save at the top of a page.
    pub(crate) before: f32,
    /// Whether what follows must begin on the same page.
    pub(crate) keep: bool,
    /// Whether it begins a page.
    pub(crate) page: bool,
    pub(crate) bars: Vec<Bar>,
    /// Where links lead that end here.
    pub(crate) anchors: Vec<String>,
    pub(crate) heading: Option<Heading>,
    pub(crate) what: What,
}

impl Flow {
    pub(crate) fn height(&self) -> f32 {
        match &self.what {
            What::Piece(piece) => piece.height,
            What::Row(row) => row.height(),
        }
    }
}

/// Height of what is put one below the other.
pub(crate) fn height(flow: &VecDeque<Flow>) -> f32 {
    let parts = flow.iter().enumerate();
    let part = |(at, one): (usize, &Flow)| one.height() + if at == 0 { 0.0 } else { one.before };
    parts.map(part).sum()
}
