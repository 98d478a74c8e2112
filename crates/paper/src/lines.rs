//! Paragraphs to lines: where they break (UAX 14), in which order they are drawn (UAX 9), which glyphs they are.

use std::ops::Range;

use krilla::text::KrillaGlyph;
use unicode_bidi::{Level, ParagraphBidiInfo};
use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::fonts::{FontNo, Fonts};
use crate::inline::{Blanks, Gathering, Inline, Look, steers};
use crate::style::Style;

/// Glyphs of one font, from left to right.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    /// Points from the left of its line.
    pub(crate) x: f32,
    pub(crate) width: f32,
    pub(crate) font: FontNo,
    pub(crate) look: Look,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    /// What the ranges of the glyphs point into.
    pub(crate) text: String,
}

/// A line, its spans in the order in which they are read.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) spans: Vec<Span>,
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// Points from its top to what letters stand on.
    pub(crate) baseline: f32,
    /// Whether its paragraph runs from right to left.
    pub(crate) rtl: bool,
}

/// Which way a paragraph runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    LeftToRight,
    RightToLeft,
    /// As its first letter with a direction.
    OfText,
}

/// What cannot be broken, with what may be done before it.
struct Cluster {
    start: usize,
    width: f32,
    blank: bool,
    before: Option<BreakOpportunity>,
}

/// A stretch of one look, font and direction.
struct Item {
    range: Range<usize>,
    run: usize,
    rtl: bool,
}

pub(crate) struct Breaking<'a> {
    fonts: &'a Fonts,
    inline: &'a Inline,
    bidi: ParagraphBidiInfo<'a>,
    clusters: Vec<Cluster>,
}

impl Line {
    /// Whether code points stand in it for characters.
    pub(crate) fn has_code_points(&self) -> bool {
        self.spans.iter().any(|it| it.look.stands_for.is_some())
    }
}

impl<'a> Breaking<'a> {
    pub(crate) fn new(fonts: &'a Fonts, inline: &'a Inline, direction: Direction) -> Self {
        let base = match direction {
            Direction::LeftToRight => Some(Level::ltr()),
            Direction::RightToLeft => Some(Level::rtl()),
            Direction::OfText => None,
        };
        let bidi = ParagraphBidiInfo::new(&inline.text, base);
        let mut breaking = Self {
            fonts,
            inline,
            bidi,
            clusters: Vec::new(),
        };
        breaking.clusters = breaking.measured();
        breaking
    }

    fn measured(&self) -> Vec<Cluster> {
        let text = &self.inline.text;
        let mut breaks = linebreaks(text).peekable();
        let mut clusters = Vec::new();
        for (start, width) in self.advances() {
            while breaks.next_if(|(at, _)| *at < start).is_some() {}
            let before = breaks.next_if(|(at, _)| *at == start);
            let first = text[start..].chars().next();
            clusters.push(Cluster {
                start,
                width,
                blank: first.is_some_and(|c| c == ' ' || steers(c)),
                before: before.map(|(_, kind)| kind),
            });
        }
        clusters
    }

    /// Where each cluster begins and how wide it is, in logical order.
    fn advances(&self) -> Vec<(usize, f32)> {
        let mut all: Vec<(usize, f32)> = Vec::new();
        let levels = &self.bidi.levels;
        for item in self.items(0..self.inline.text.len(), levels) {
            let run = &self.inline.runs[item.run];
            let text = &self.inline.text[item.range.clone()];
            if text.starts_with(steers) {
                all.push((item.range.start, 0.0));
                continue;
            }
            let from = all.len();
            for glyph in self.fonts.shape(text, run.font, item.rtl) {
                let start = item.range.start + glyph.text_range.start;
                all.push((start, glyph.x_advance * run.look.style.size));
            }
            all[from..].sort_by_key(|(start, _)| *start);
            let pad = run.look.style.pad();
            if let Some((_, width)) = all[from..].first_mut() {
                *width += pad;
            }
            if let Some((_, width)) = all[from..].last_mut() {
                *width += pad;
            }
        }
        all.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        all
    }

    /// The parts of `range`, in logical order; a steering character is a part of its own.
    fn items(&self, range: Range<usize>, levels: &[Level]) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let runs = &self.inline.runs;
        let mut run = runs.partition_point(|it| it.start <= range.start).max(1) - 1;
        let mut steered = false;
        for (offset, c) in self.inline.text[range.clone()].char_indices() {
            let at = range.start + offset;
            while runs.get(run + 1).is_some_and(|next| next.start <= at) {
                run += 1;
            }
            let rtl = levels[at].is_rtl();
            let end = at + c.len_utf8();
            match items.last_mut() {
                Some(last) if last.run == run && last.rtl == rtl && !steers(c) && !steered => {
                    last.range.end = end;
                }
                _ => items.push(Item {
                    range: at..end,
                    run,
                    rtl,
                }),
            }
            steered = steers(c);
        }
        items
    }

    /// Width of the widest word and of all in one line.
    pub(crate) fn extent(&self) -> (f32, f32) {
        let (mut word, mut widest) = (0.0_f32, 0.0_f32);
        let (mut line, mut most) = (0.0_f32, 0.0_f32);
        for cluster in &self.clusters {
            if cluster.before.is_some() {
                word = 0.0;
            }
            if cluster.before == Some(BreakOpportunity::Mandatory) {
                line = 0.0;
            }
            line += cluster.width;
            if !cluster.blank {
                word += cluster.width;
            }
            (widest, most) = (widest.max(word), most.max(line));
        }
        (widest, most)
    }

    /// The lines, none wider than `width` unless one cluster is.
    pub(crate) fn lines(&self, width: f32) -> Vec<Line> {
        let clusters = &self.clusters;
        let mut lines = Vec::new();
        let (mut first, mut at, mut may) = (0, 0, None);
        let mut filled = 0.0;
        while let Some(cluster) = clusters.get(at) {
            let before = cluster.before.filter(|_| at > first);
            let over = !cluster.blank && filled + cluster.width > width + 0.01 && at > first;
            if before == Some(BreakOpportunity::Mandatory) {
                may = Some(at);
            } else if before.is_some() {
                may = Some(at);
                if !over {
                    (filled, at) = (filled + cluster.width, at + 1);
                    continue;
                }
            } else if !over {
                (filled, at) = (filled + cluster.width, at + 1);
                continue;
            }
            let end = may.unwrap_or(at);
            lines.push(self.line(clusters[first].start..clusters[end].start));
            (first, at, may, filled) = (end, end, None, 0.0);
        }
        if let Some(cluster) = clusters.get(first) {
            lines.push(self.line(cluster.start..self.inline.text.len()));
        }
        lines
    }

    fn line(&self, range: Range<usize>) -> Line {
        let (levels, runs) = self.bidi.visual_runs(range);
        let mut visual = Vec::new();
        for run in runs {
            let rtl = levels[run.start].is_rtl();
            let mut items = self.items(run, &levels);
            if rtl {
                items.reverse();
            }
            visual.extend(items);
        }
        let mut line = Line {
            spans: Vec::new(),
            width: 0.0,
            height: 0.0,
            baseline: 0.0,
            rtl: self.bidi.paragraph_level.is_rtl(),
        };
        let mut tallest = 0.0_f32;
        let mut order = Vec::new();
        for item in visual {
            let run = &self.inline.runs[item.run];
            let style = &run.look.style;
            let leading = style.leading() * self.fonts.tallness(run.font);
            line.height = line.height.max(leading);
            tallest = tallest.max(style.size);
            let pad = style.pad();
            if let Some(span) = self.span(&item, line.width + pad) {
                line.width += span.width + 2.0 * pad;
                order.push(item.range.start);
                line.spans.push(span);
            }
        }
        line.baseline = line.height / 2.0 + tallest * 0.34;
        let mut read: Vec<(usize, Span)> = order.into_iter().zip(line.spans).collect();
        read.sort_by_key(|(start, _)| *start);
        line.spans = read.into_iter().map(|(_, span)| span).collect();
        line
    }

    fn span(&self, item: &Item, x: f32) -> Option<Span> {
        let text = &self.inline.text[item.range.clone()];
        if text.starts_with(steers) {
            return None;
        }
        let run = &self.inline.runs[item.run];
        let glyphs = self.fonts.shape(text, run.font, item.rtl);
        let size = run.look.style.size;
        let width = glyphs.iter().map(|glyph| glyph.x_advance * size).sum();
        Some(Span {
            x,
            width,
            font: run.font,
            look: run.look,
            glyphs,
            text: text.to_owned(),
        })
    }
}

/// One line of `text`, shortened with an ellipsis to `width`.
pub(crate) fn shortened(fonts: &Fonts, text: &str, look: Look, width: f32) -> Option<Line> {
    let gathered = |text: &str| {
        let mut gathering = Gathering::new(fonts);
        gathering.words(text, look, Blanks::One);
        gathering.finish()
    };
    let inline = gathered(text);
    let breaking = Breaking::new(fonts, &inline, Direction::LeftToRight);
    if breaking.extent().1 <= width {
        return breaking.lines(f32::MAX).into_iter().next();
    }
    let room = width - 2.0 * look.style.size;
    let mut filled = 0.0;
    let over = breaking.clusters.iter().find(|cluster| {
        filled += cluster.width;
        filled > room
    })?;
    let short = format!("{}…", inline.text[..over.start].trim_end());
    let inline = gathered(&short);
    let breaking = Breaking::new(fonts, &inline, Direction::LeftToRight);
    breaking.lines(f32::MAX).into_iter().next()
}

/// The style of plain words in `style`, which stand for themselves.
pub(crate) fn plain(style: Style, tag: crate::tags::TagNo) -> Look {
    Look {
        style,
        tag,
        link: None,
        stands_for: None,
    }
}
