//! What is looked at: figures, first coarse and grey and once more in full; bands, lanes of time.

use krilla::tagging::{Tag, TagKind};

use crate::Error;
use crate::blocks::{Frame, Layout, Link, Target};
use crate::html::{Element, brief};
use crate::inline::{Blanks, Gathering};
use crate::lines::plain;
use crate::pictures::Picture;
use crate::pieces::{Cell, Flow, Mark, Piece, Row, What};
use crate::style::{BOTTOM, Colour, DEEP, PALE, Style, TOP, WASH};

/// A figure that is shown once more.
pub(crate) struct Plate {
    picture: usize,
    alt: String,
    caption: String,
    regions: Vec<[f32; 4]>,
    anchor: String,
}

/// Width of a figure as it is first seen.
const PREVIEW: f32 = 132.0;
/// Greatest height of a figure in full: two on a page.
const TALLEST: f32 = (BOTTOM - TOP) / 2.0 - 40.0;

impl Layout<'_> {
    /// A figure: coarse and grey on the left, what is told of it on the right.
    pub(crate) fn figure(
        &mut self,
        element: &Element,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        let Some(img) = element.find("img") else {
            return self.children(element, frame, out);
        };
        let picture = Picture::of_address(img.attribute("src").unwrap_or_default())?;
        let alt = brief(img.attribute("alt").unwrap_or_default());
        let caption = element.find("figcaption");
        let title = caption.and_then(|it| it.find("p")).map(Element::text);
        let of = self.tags.add(frame.tag, Tag::Section);
        let tag = self.tags.add(of, figure(&alt));
        let link = self.links.len();
        let anchor = format!("full {link}");
        self.links.push(Link {
            tag: self.tags.add(of, Tag::Link),
            target: Target::Anchor(anchor.clone()),
            words: title.clone().unwrap_or_else(|| alt.clone()),
        });
        let preview = picture.preview();
        let size = (
            PREVIEW,
            PREVIEW * picture.height as f32 / picture.width as f32,
        );
        let regions = regions(element, &picture);
        let mark = Mark::Picture {
            x: frame.x,
            y: 2.0,
            width: size.0,
            height: size.1,
            picture: self.pictures.len(),
            tag,
            link: Some(link),
            regions: regions.clone(),
        };
        self.pictures.extend([preview, picture]);
        self.plates.push(Plate {
            picture: self.pictures.len() - 1,
            alt,
            caption: title.unwrap_or_default(),
            regions,
            anchor,
        });
        let shown = Piece {
            height: size.1 + 6.0,
            marks: vec![mark],
        };
        self.beside(shown, caption, &frame.tagged(of), out)
    }

    fn beside(
        &mut self,
        shown: Piece,
        caption: Option<&Element>,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        self.push(&mut left, frame, 0.0, What::Piece(shown));
        if let Some(caption) = caption {
            self.children(caption, &frame.narrowed(PREVIEW + 14.0), &mut right)?;
        }
        let cells = [left, right].map(|flow| Cell { flow: flow.into() });
        let row = Row::plain(cells.into(), 0.0);
        self.push(out, frame, 14.0, What::Row(row));
        Ok(())
    }

    /// A section of the figures of this document in full, on pages of their own.
    pub(crate) fn plates(
        &mut self,
        element: &Element,
        frame: &Frame,
        out: &mut Vec<Flow>,
    ) -> Result<(), Error> {
        let frame = frame.tagged(self.tags.add(frame.tag, Tag::Section));
        let from = out.len();
        self.children(element, &frame, out)?;
        if let Some(first) = out.get_mut(from) {
            first.page = true;
        }
        // Whoever reads what stands above decides whether to turn the page.
        let mut turned = true;
        for plate in std::mem::take(&mut self.plates) {
            let from = out.len();
            self.caption(&plate.caption, &frame, out);
            for one in &mut out[from..] {
                one.keep = true;
                one.page = std::mem::take(&mut turned);
            }
            let piece = self.plate(&plate, &frame);
            self.push(out, &frame, 4.0, What::Piece(piece));
            if let Some(first) = out.get_mut(from) {
                first.anchors.push(plate.anchor);
            }
        }
        Ok(())
    }

    fn caption(&mut self, words: &str, frame: &Frame, out: &mut Vec<Flow>) {
        let tag = self.tags.add(frame.tag, Tag::P);
        let mut gathering = Gathering::new(self.fonts);
        gathering.words(words, plain(Style::BODY, tag), Blanks::One);
        let inline = gathering.finish();
        for (at, line) in self.broken(&inline, frame).into_iter().enumerate() {
            let piece = Piece::of_line(frame.x, line);
            let before = if at == 0 { 14.0 } else { 0.0 };
            self.push(out, frame, before, What::Piece(piece));
        }
    }

    fn plate(&mut self, plate: &Plate, frame: &Frame) -> Piece {
        let picture = &self.pictures[plate.picture];
        let (width, height) = (picture.width as f32, picture.height as f32);
        let scale = (frame.width / width).min(TALLEST / height);
        Piece {
            height: height * scale,
            marks: vec![Mark::Picture {
                x: frame.x,
                y: 0.0,
                width: width * scale,
                height: height * scale,
                picture: plate.picture,
                tag: self.tags.add(frame.tag, figure(&plate.alt)),
                link: None,
                regions: plate.regions.clone(),
            }],
        }
    }

    /// The bands of ICD 203, of which one is chosen.
    pub(crate) fn bands(&mut self, element: &Element, frame: &Frame, out: &mut Vec<Flow>) {
        const SHARES: [f32; 7] = [4.0, 15.0, 25.0, 10.0, 25.0, 15.0, 4.0];
        const EMPTY: Colour = Colour(0xde, 0xdb, 0xd1);
        let whole = frame.width - 12.0;
        let mut x = frame.x;
        let mut marks = Vec::with_capacity(SHARES.len());
        for (span, share) in element.elements().zip(SHARES) {
            let width = whole * share / SHARES.iter().sum::<f32>();
            let chosen = span.has_class("chosen");
            marks.push(Mark::Area {
                x,
                y: 1.0,
                width,
                height: 5.0,
                colour: if chosen { DEEP } else { EMPTY },
            });
            x += width + 2.0;
        }
        let piece = Piece { height: 7.0, marks };
        self.push(out, frame, 3.0, What::Piece(piece));
    }

    /// Labels, each beside its lane of time; the scale below.
    pub(crate) fn lanes(&mut self, element: &Element, frame: &Frame, out: &mut Vec<Flow>) {
        let mut label: Option<&Element> = None;
        for part in element.elements() {
            let lane = frame.narrowed(92.0);
            if part.has_class("lane-label") {
                label = Some(part);
                continue;
            }
            let mut left = Vec::new();
            if let Some(label) = label.take() {
                let mut of = frame.tagged(self.tags.add(frame.tag, Tag::P));
                of.width = 84.0;
                of.style = of.style.within(label);
                self.words(&label.children, &of, 0.0, &mut left);
            }
            let mut right = Vec::new();
            match part.name.as_str() {
                "svg" => {
                    let piece = self.lane(part, &lane);
                    self.push(&mut right, &lane, 0.0, What::Piece(piece));
                }
                _ => self.scale(part, &lane, &mut right),
            }
            let cells = [left, right].map(|flow| Cell { flow: flow.into() });
            let row = Row::plain(cells.into(), 1.5);
            self.push(out, frame, 0.0, What::Row(row));
            if let Some(last) = out.last_mut() {
                last.keep = true;
            }
        }
        if let Some(last) = out.last_mut() {
            last.keep = false;
        }
    }

    fn lane(&mut self, svg: &Element, frame: &Frame) -> Piece {
        const HEIGHT: f32 = 14.0;
        let alt = svg.attribute("aria-label").unwrap_or_default();
        let tag = self.tags.add(frame.tag, figure(alt));
        let number = |of: &Element, name: &str| of.attribute(name)?.parse::<f32>().ok();
        let mut areas = vec![([frame.x, 0.0, frame.width, HEIGHT], WASH)];
        for bar in svg.elements().filter(|it| it.name == "rect") {
            let x = number(bar, "x").unwrap_or_default() / 1000.0 * frame.width;
            let width = number(bar, "width").unwrap_or_default() / 1000.0 * frame.width;
            let colour = if bar.has_class("even") { DEEP } else { PALE };
            areas.push(([frame.x + x, 1.5, width, HEIGHT - 3.0], colour));
        }
        Piece {
            height: HEIGHT,
            marks: vec![Mark::Diagram { tag, areas }],
        }
    }

    /// Beginning, middle and end.
    fn scale(&mut self, element: &Element, frame: &Frame, out: &mut Vec<Flow>) {
        let tag = self.tags.add(frame.tag, Tag::P);
        let style = frame.style.within(element);
        let mut marks = Vec::new();
        let mut height = 0.0_f32;
        for (at, time) in element.elements().enumerate() {
            let inline = self.gathered(&time.children, plain(style, tag), Blanks::One);
            let Some(line) = self.broken(&inline, frame).into_iter().next() else {
                continue;
            };
            height = height.max(line.height);
            let x = frame.x + (frame.width - line.width) * at as f32 / 2.0;
            marks.push(Mark::Words { x, y: 0.0, line });
        }
        self.push(out, frame, 0.0, What::Piece(Piece { height, marks }));
    }
}

fn figure(alt: &str) -> TagKind {
    Tag::Figure(Some(alt.to_owned())).into()
}

/// Regions that are outlined over a figure, in parts of it.
fn regions(figure: &Element, picture: &Picture) -> Vec<[f32; 4]> {
    let Some(svg) = figure.find("svg") else {
        return Vec::new();
    };
    let outlined = svg.elements().filter(|rect| rect.has_class("over"));
    let part = |rect: &Element, name: &str, whole: u32| {
        let value = rect.attribute(name).and_then(|it| it.parse::<f32>().ok());
        value.unwrap_or_default() / whole as f32
    };
    let region = |rect: &Element| {
        let (width, height) = (picture.width, picture.height);
        [
            part(rect, "x", width),
            part(rect, "y", height),
            part(rect, "width", width),
            part(rect, "height", height),
        ]
    };
    outlined.map(region).collect()
}
