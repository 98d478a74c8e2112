//! Pages to PDF.

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target as Goal};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::{Document, SerializeSettings};

use crate::Error;
use crate::blocks::{Laid, Link, Target};
use crate::fonts::Fonts;
use crate::html::Head;
use crate::inline::POINT;
use crate::lines::{Line, Span, plain, shortened};
use crate::pages::{Pages, Placed, paginate};
use crate::pieces::Mark;
use crate::style::{Chip, Colour, FOOT, INK, LEFT, PAGE, PAPER, Style, WIDTH};
use crate::tags::{ROOT, TagNo, Tags};

/// The PDF of what is `laid`.
pub(crate) fn draw(fonts: &Fonts, head: &Head, laid: Laid) -> Result<Vec<u8>, Error> {
    let pages = paginate(laid.flow);
    let mut document = Document::new_with(settings()?);
    let mut drawing = Drawing {
        fonts,
        head,
        tags: laid.tags,
        links: &laid.links,
        images: Vec::with_capacity(laid.pictures.len()),
        pages: &pages,
    };
    for picture in &laid.pictures {
        drawing.images.push(picture.image()?);
    }
    for no in 0..pages.all.len() {
        drawing.page(&mut document, no)?;
    }
    document.set_outline(outline(&pages));
    document.set_metadata(metadata(head));
    document.set_tag_tree(drawing.tags.tree(&head.language));
    document.finish().map_err(|why| invalid(&why))
}

fn settings() -> Result<SerializeSettings, Error> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish();
    Ok(SerializeSettings {
        configuration: configuration.map_err(|why| invalid(&why))?,
        ..SerializeSettings::default()
    })
}

fn invalid(why: &impl std::fmt::Debug) -> Error {
    Error::Invalid(format!("{why:?}"))
}

fn metadata(head: &Head) -> Metadata {
    let mut metadata = Metadata::new()
        .title(head.title.clone())
        .language(head.language.clone());
    if let Some(generator) = &head.generator {
        metadata = metadata.creator(generator.clone());
    }
    if let Some(description) = &head.description {
        metadata = metadata.description(description.clone());
    }
    match head.date.as_deref().and_then(moment) {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}

/// `2026-05-03T10:00:01Z`, with or without parts of a second.
fn moment(text: &str) -> Option<DateTime> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u16>().ok();
    let small = |from: usize, to: usize| part(from, to).and_then(|it| u8::try_from(it).ok());
    let date = DateTime::new(part(0, 4)?)
        .month(small(5, 7)?)
        .day(small(8, 10)?)
        .hour(small(11, 13)?)
        .minute(small(14, 16)?)
        .second(small(17, 19)?);
    Some(date.utc_offset_hour(0).utc_offset_minute(0))
}

fn outline(pages: &Pages) -> Outline {
    let mut open: Vec<(usize, OutlineNode)> = Vec::new();
    let mut outline = Outline::new();
    let mut close = |open: &mut Vec<(usize, OutlineNode)>, level: usize| {
        while open.last().is_some_and(|(of, _)| *of >= level) {
            if let Some((_, node)) = open.pop() {
                match open.last_mut() {
                    Some((_, above)) => above.push_child(node),
                    None => outline.push_child(node),
                }
            }
        }
    };
    for (heading, page, y) in &pages.headings {
        close(&mut open, heading.level);
        let node = OutlineNode::new(heading.title.clone(), destination(*page, *y));
        open.push((heading.level, node));
    }
    close(&mut open, 0);
    outline
}

fn destination(page: usize, y: f32) -> XyzDestination {
    XyzDestination::new(page, Point::from_xy(0.0, (y - 8.0).max(0.0)))
}

struct Drawing<'a> {
    fonts: &'a Fonts,
    head: &'a Head,
    tags: Tags,
    links: &'a [Link],
    images: Vec<Image>,
    pages: &'a Pages,
}

/// Where a link can be followed.
struct Active {
    link: usize,
    area: Rect,
}

impl Drawing<'_> {
    fn page(&mut self, document: &mut Document, no: usize) -> Result<(), Error> {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1);
        let settings = settings.ok_or_else(|| Error::Invalid("the page has no size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut active = Vec::new();
        for placed in &self.pages.all[no] {
            self.placed(&mut surface, placed, &mut active);
        }
        self.foot(&mut surface, no);
        surface.finish();
        for one in active {
            let link = &self.links[one.link];
            let goal = match &link.target {
                Target::Outside(address) => {
                    Goal::Action(Action::from(LinkAction::new(address.clone())))
                }
                Target::Anchor(anchor) => {
                    let Some((page, y)) = self.pages.anchors.get(anchor) else {
                        return Err(Error::Invalid(format!("a link leads to {anchor}, nowhere")));
                    };
                    Goal::Destination(destination(*page, *y).into())
                }
            };
            let annotation = LinkAnnotation::new(one.area, goal);
            let annotation = Annotation::new_link(annotation, Some(link.words.clone()));
            let drawn = page.add_tagged_annotation(annotation);
            self.tags.drawn(link.tag, drawn);
        }
        page.finish();
        Ok(())
    }

    fn placed(&mut self, surface: &mut Surface<'_>, placed: &Placed, active: &mut Vec<Active>) {
        for bar in &placed.bars {
            let gap = if bar.through { placed.gap } else { 0.0 };
            let area = [bar.x, placed.y - gap, bar.width, placed.piece.height + gap];
            adorn(surface, &[(area, bar.colour)]);
        }
        for mark in &placed.piece.marks {
            self.mark(surface, mark, placed, active);
        }
    }

    fn mark(
        &mut self,
        surface: &mut Surface<'_>,
        mark: &Mark,
        placed: &Placed,
        active: &mut Vec<Active>,
    ) {
        let top = placed.y;
        match mark {
            Mark::Area {
                x,
                y,
                width,
                height,
                colour,
            } => adorn(surface, &[([*x, top + y, *width, *height], *colour)]),
            Mark::Words { x, y, line } => {
                self.line(surface, line, (*x, top + y), placed.repeated, active);
            }
            Mark::Picture {
                x,
                y,
                width,
                height,
                picture,
                tag,
                link,
                regions,
            } => {
                let area = [*x, top + y, *width, *height];
                self.picture(surface, *picture, *tag, area);
                outlines(surface, area, regions);
                if let (Some(link), Some(area)) = (link, rect(area)) {
                    active.push(Active { link: *link, area });
                }
            }
            Mark::Diagram { tag, areas } => {
                let drawn = surface.start_tagged(ContentTag::Other);
                for (area, colour) in areas {
                    fill(surface, [area[0], top + area[1], area[2], area[3]], *colour);
                }
                surface.end_tagged();
                self.tags.drawn(*tag, drawn);
            }
            Mark::PageOf {
                right,
                baseline,
                anchor,
                tag,
            } => self.page_of(surface, (*right, top + baseline), anchor, *tag),
        }
    }

    fn picture(&mut self, surface: &mut Surface<'_>, picture: usize, tag: TagNo, area: [f32; 4]) {
        let Some(size) = Size::from_wh(area[2], area[3]) else {
            return;
        };
        let drawn = surface.start_tagged(ContentTag::Other);
        surface.push_transform(&Transform::from_translate(area[0], area[1]));
        surface.draw_image(self.images[picture].clone(), size);
        surface.pop();
        surface.end_tagged();
        self.tags.drawn(tag, drawn);
    }

    fn line(
        &mut self,
        surface: &mut Surface<'_>,
        line: &Line,
        (x, y): (f32, f32),
        repeated: bool,
        active: &mut Vec<Active>,
    ) {
        let baseline = y + line.baseline;
        for span in &line.spans {
            behind(surface, span, x, baseline);
            let area = [x + span.x, y, span.width, line.height];
            if let (Some(link), Some(area)) = (span.look.link, rect(area)) {
                active.push(Active { link, area });
            }
        }
        let mut spans = line.spans.as_slice();
        while let Some(first) = spans.first() {
            let kind = |it: &Span| (it.look.tag, it.look.stands_for.is_some());
            let (tag, replaced) = kind(first);
            let alike = |it: &&Span| kind(it) == (tag, replaced);
            let (now, rest) = spans.split_at(spans.iter().take_while(alike).count());
            let stood_for = replaced.then(|| stood_for(now));
            let content = match repeated {
                true => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
                false => ContentTag::Span(SpanTag {
                    actual_text: stood_for.as_deref(),
                    ..SpanTag::empty()
                }),
            };
            let drawn = surface.start_tagged(content);
            for span in now {
                self.span(surface, span, Point::from_xy(x + span.x, baseline));
            }
            surface.end_tagged();
            if !repeated {
                self.tags.drawn(tag, drawn);
            }
            spans = rest;
        }
    }

    fn span(&self, surface: &mut Surface<'_>, span: &Span, at: Point) {
        let style = &span.look.style;
        surface.set_fill(Some(paint(style.colour)));
        let font = self.fonts.font(span.font).clone();
        surface.draw_glyphs(at, &span.glyphs, font, &span.text, style.size, false);
    }

    /// The number of the page of `anchor`, ending at `at`.
    fn page_of(&mut self, surface: &mut Surface<'_>, at: (f32, f32), anchor: &str, tag: TagNo) {
        let Some((page, _)) = self.pages.anchors.get(anchor) else {
            return;
        };
        let style = Style {
            size: 8.5,
            ..Style::SMALL
        };
        let number = (page + 1).to_string();
        if let Some(line) = shortened(self.fonts, &number, plain(style, tag), WIDTH) {
            let place = (at.0 - line.width, at.1 - line.baseline);
            self.line(surface, &line, place, false, &mut Vec::new());
        }
    }

    /// Whether code points stand for characters on a page, its foot included.
    fn has_code_points(&self, no: usize) -> bool {
        let mut marks = { self.pages.all[no].iter() }.flat_map(|placed| &placed.piece.marks);
        let lacking =
            |mark: &Mark| matches!(mark, Mark::Words { line, .. } if line.has_code_points());
        marks.any(lacking) || !self.fonts.writes(&self.head.title)
    }

    /// Title and state on the left, page on the right; below them what code points stand for, where any does.
    fn foot(&mut self, surface: &mut Surface<'_>, no: usize) {
        let look = plain(Style::SMALL, ROOT);
        let bold = Style {
            bold: true,
            ..Style::SMALL
        };
        let number = format!("{} / {}", no + 1, self.pages.all.len());
        let state = self.head.description.clone().unwrap_or_default();
        let room = WIDTH - 60.0;
        let told = self.head.code_points.as_deref();
        let told = told.filter(|_| self.has_code_points(no));
        let left = [
            (self.head.title.as_str(), plain(bold, ROOT), FOOT, room),
            (state.as_str(), look, FOOT + 11.0, room),
            (told.unwrap_or_default(), look, FOOT + 22.0, WIDTH),
        ];
        adorn(surface, &[([LEFT, FOOT - 4.0, WIDTH, 0.5], INK)]);
        for (words, look, y, room) in left {
            if let Some(line) = shortened(self.fonts, words, look, room) {
                self.line(surface, &line, (LEFT, y), true, &mut Vec::new());
            }
        }
        if let Some(line) = shortened(self.fonts, &number, look, 60.0) {
            let x = LEFT + WIDTH - line.width;
            self.line(surface, &line, (x, FOOT), true, &mut Vec::new());
        }
    }
}

/// The characters that the code points in `spans` stand for, which are of one line: together, so that words are found.
fn stood_for(spans: &[Span]) -> String {
    let each = spans.iter().flat_map(|it| {
        let points = it.text.matches(POINT);
        points.filter_map(|_| it.look.stands_for)
    });
    each.collect()
}

/// What lies behind the words of `span`, and across them.
fn behind(surface: &mut Surface<'_>, span: &Span, x: f32, baseline: f32) {
    let style = &span.look.style;
    let (left, width) = (x + span.x, span.width);
    let (top, height) = (baseline - style.size * 1.02, style.size * 1.36);
    match style.chip {
        Chip::Ink => {
            let area = [left - 2.0, top, width + 4.0, height];
            adorn(surface, &[(area, INK)]);
        }
        Chip::Frame => {
            let edges = [
                [left - 1.6, top, width + 3.2, 0.5],
                [left - 1.6, top + height, width + 3.2, 0.5],
                [left - 1.6, top, 0.5, height],
                [left + width + 1.1, top, 0.5, height + 0.5],
            ];
            adorn(surface, &edges.map(|edge| (edge, style.colour)));
        }
        Chip::None => {}
    }
    if style.struck {
        let area = [left, baseline - style.size * 0.3, width, 0.5];
        adorn(surface, &[(area, style.colour)]);
    }
}

/// Outlines of `regions` over a picture in `area`: light within dark, to be seen on either.
fn outlines(surface: &mut Surface<'_>, area: [f32; 4], regions: &[[f32; 4]]) {
    for region in regions {
        let [x, y] = [0, 1].map(|at| area[at] + region[at] * area[at + 2]);
        let [width, height] = [2, 3].map(|at| region[at] * area[at]);
        let Some(outline) = rect([x, y, width, height]) else {
            continue;
        };
        let mut path = PathBuilder::new();
        path.push_rect(outline);
        let Some(path) = path.finish() else { continue };
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
            ArtifactType::Layout,
        )));
        surface.set_fill(None);
        for (colour, width) in [(INK, 2.4), (PAPER, 1.0)] {
            surface.set_stroke(Some(Stroke {
                paint: colour_of(colour).into(),
                width,
                ..Stroke::default()
            }));
            surface.draw_path(&path);
        }
        surface.set_stroke(None);
        surface.end_tagged();
    }
}

/// Areas that say nothing.
fn adorn(surface: &mut Surface<'_>, areas: &[([f32; 4], Colour)]) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Layout,
    )));
    for (area, colour) in areas {
        fill(surface, *area, *colour);
    }
    surface.end_tagged();
}

fn fill(surface: &mut Surface<'_>, area: [f32; 4], colour: Colour) {
    let mut path = PathBuilder::new();
    let Some(area) = rect(area) else { return };
    path.push_rect(area);
    if let Some(path) = path.finish() {
        surface.set_fill(Some(paint(colour)));
        surface.draw_path(&path);
    }
}

fn rect([x, y, width, height]: [f32; 4]) -> Option<Rect> {
    Rect::from_xywh(x, y, width, height)
}

fn colour_of(colour: Colour) -> rgb::Color {
    rgb::Color::new(colour.0, colour.1, colour.2)
}

fn paint(colour: Colour) -> Fill {
    Fill {
        paint: colour_of(colour).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}
