//! Words as ink on pixels, for a picture that says what it shows.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};

use crate::fonts::Fonts;
use crate::inline::{Blanks, Gathering};
use crate::lines::{Breaking, Direction, Line, Span, plain};
use crate::style::{Family, Style};
use crate::tags::ROOT;

/// How words are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// As running text.
    Plain,
    /// As what stands out.
    Bold,
    /// Every letter as wide as the next: numbers and hashes.
    Even,
}

/// A paragraph, which runs as its first letter with a direction does.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// What it says; characters that no bundled font has are told by their code point.
    pub text: &'a str,
    /// How it is written.
    pub hand: Hand,
    /// Pixels of an em, over 0.
    pub size: f32,
}

/// How much of each pixel is covered by ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ink {
    /// Pixels of a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// 0 where there is none to 255 where all is ink, row by row: `width * height` bytes.
    pub cover: Vec<u8>,
}

/// Writes words with the bundled fonts, with the same ink everywhere.
pub struct Lettering(Fonts);

impl Lettering {
    /// Opens the fonts.
    pub fn new() -> Self {
        Self(Fonts::new())
    }

    /// Writes `paragraphs` below each other, in lines no wider than `width` pixels unless a single letter is.
    pub fn write(&self, paragraphs: &[Words<'_>], width: u32) -> Ink {
        let mut lines = Vec::new();
        let mut top = 0.0;
        for paragraph in paragraphs {
            for line in self.lines(paragraph, width as f32) {
                let height = line.height;
                lines.push((top, line));
                top += height;
            }
        }
        let height = top.ceil() as u32;
        let largest = paragraphs.iter().map(|it| it.size).fold(0.0, f32::max);
        // Letters lean out of their lines; what leaves the picture is cut off below.
        let room = largest.ceil() as u32 + 1;
        let (across, down) = ((width + 2 * room) as usize, (height + 2 * room) as usize);
        let mut pen = Pen::new(Rasterizer::new(across, down));
        for (top, line) in &lines {
            let left = if line.rtl {
                width as f32 - line.width
            } else {
                0.0
            };
            pen.at = (left + room as f32, top + line.baseline + room as f32);
            self.trace(line, &mut pen);
        }
        pen.ink(width, height, room)
    }

    fn lines(&self, words: &Words<'_>, width: f32) -> Vec<Line> {
        let style = Style {
            family: match words.hand {
                Hand::Plain | Hand::Bold => Family::Sans,
                Hand::Even => Family::Mono,
            },
            bold: words.hand == Hand::Bold,
            size: words.size,
            ..Style::BODY
        };
        let mut gathering = Gathering::new(&self.0);
        gathering.words(words.text, plain(style, ROOT), Blanks::One);
        let inline = gathering.finish();
        Breaking::new(&self.0, &inline, Direction::OfText).lines(width)
    }

    /// Draws the outlines of a line's letters from where `pen` stands.
    fn trace(&self, line: &Line, pen: &mut Pen) {
        let (left, baseline) = pen.at;
        for span in &line.spans {
            let Span { font, look, .. } = span;
            let face = self.0.face(*font);
            let size = look.style.size;
            pen.scale = size / face.units_per_em() as f32;
            let mut x = left + span.x;
            for glyph in &span.glyphs {
                pen.at = (x + glyph.x_offset * size, baseline - glyph.y_offset * size);
                // Every bundled font has fewer glyphs than that.
                let no = u16::try_from(glyph.glyph_id.to_u32()).unwrap_or_default();
                face.outline_glyph(GlyphId(no), pen);
                x += glyph.x_advance * size;
            }
        }
    }
}

impl Default for Lettering {
    fn default() -> Self {
        Self::new()
    }
}

/// Draws outlines, whose y grows upwards, on rows that are counted downwards.
struct Pen {
    paper: Rasterizer,
    /// Where the letter stands, in pixels.
    at: (f32, f32),
    /// Pixels of a font unit.
    scale: f32,
    start: Point,
    last: Point,
}

impl Pen {
    fn new(paper: Rasterizer) -> Self {
        let nowhere = point(0.0, 0.0);
        Self {
            paper,
            at: (0.0, 0.0),
            scale: 1.0,
            start: nowhere,
            last: nowhere,
        }
    }

    fn place(&self, x: f32, y: f32) -> Point {
        point(self.at.0 + x * self.scale, self.at.1 - y * self.scale)
    }

    /// What was drawn, without the `room` about it.
    fn ink(&self, width: u32, height: u32, room: u32) -> Ink {
        let mut cover = vec![0; width as usize * height as usize];
        self.paper.for_each_pixel_2d(|x, y, covered| {
            let inside = (x.wrapping_sub(room), y.wrapping_sub(room));
            if inside.0 < width && inside.1 < height {
                let at = inside.1 as usize * width as usize + inside.0 as usize;
                cover[at] = (covered.clamp(0.0, 1.0) * 255.0).round() as u8;
            }
        });
        Ink {
            width,
            height,
            cover,
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.place(x, y);
        self.last = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.paper.draw_line(self.last, to);
        self.last = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (over, to) = (self.place(x1, y1), self.place(x, y));
        self.paper.draw_quad(self.last, over, to);
        self.last = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (first, second, to) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.paper.draw_cubic(self.last, first, second, to);
        self.last = to;
    }

    fn close(&mut self) {
        self.paper.draw_line(self.last, self.start);
        self.last = self.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, hand: Hand, width: u32) -> Ink {
        let words = Words {
            text,
            hand,
            size: 20.0,
        };
        Lettering::new().write(&[words], width)
    }

    /// Columns that hold ink, first and last.
    fn extent(ink: &Ink) -> Option<(u32, u32)> {
        let inked = ink.cover.iter().zip(0..).filter(|(cover, _)| **cover > 0);
        let columns = inked.map(|(_, at): (_, u32)| at % ink.width);
        columns.fold(None, |found, x| match found {
            None => Some((x, x)),
            Some((first, last)) => Some((x.min(first), x.max(last))),
        })
    }

    #[test]
    fn a_bar_covers_its_pixels_and_no_others() {
        // The stem of an I: full ink in its middle, none beside it.
        let ink = written("I", Hand::Bold, 60);
        let (first, last) = extent(&ink).expect("a letter");
        assert!(first < 6 && last < 20, "{first} {last}");
        let middle = ink.height / 2 * ink.width;
        let row = &ink.cover[middle as usize..(middle + ink.width) as usize];
        assert!(row.contains(&255), "{row:?}");
        assert!(row[30..].iter().all(|cover| *cover == 0), "{row:?}");
    }

    #[test]
    fn long_words_are_broken_and_nothing_is_lost() {
        let hash = "0123456789abcdef".repeat(4);
        let (one, broken) = (
            written(&hash, Hand::Even, 900),
            written(&hash, Hand::Even, 300),
        );
        assert!(
            broken.height >= 2 * one.height,
            "{} {}",
            broken.height,
            one.height
        );
        let all = |ink: &Ink| ink.cover.iter().map(|cover| u32::from(*cover)).sum::<u32>();
        let (one, broken) = (all(&one), all(&broken));
        assert!(one.abs_diff(broken) * 50 < one, "{one} {broken}");
    }

    #[test]
    fn what_runs_from_right_to_left_stands_at_the_right() {
        let ink = written("שלום", Hand::Plain, 300);
        let (first, last) = extent(&ink).expect("letters");
        assert!(first > 200 && last > 280, "{first} {last}");
    }

    #[test]
    fn paragraphs_stand_below_each_other_in_their_own_hands() {
        let words = |text, hand| Words {
            text,
            hand,
            size: 16.0,
        };
        let lettering = Lettering::new();
        let both = [words("frame 37", Hand::Bold), words("sha256", Hand::Even)];
        let (all, first) = (
            lettering.write(&both, 200),
            lettering.write(&both[..1], 200),
        );
        let alike = first.cover.len() - 2 * 200;
        assert_eq!(all.cover[..alike], first.cover[..alike]);
        assert!(all.height > first.height);
        assert_eq!(lettering.write(&[], 200).cover, []);
    }
}
