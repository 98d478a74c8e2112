//! The bundled fonts: which of them writes a character, and how text becomes glyphs.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{BufferFlags, Direction, Face, UnicodeBuffer};

use crate::style::{Family, Style};

macro_rules! bundled {
    ($($file:literal),* $(,)?) => {
        &[$(include_bytes!(concat!("../fonts/", $file, ".ttf"))),*]
    };
}

/// By family, regular and bold; then those that stand in for them, each with its bold where there is one.
const FILES: &[&[u8]] = bundled![
    "NotoSans-Regular",
    "NotoSans-Bold",
    "NotoSerif-Regular",
    "NotoSerif-Bold",
    "NotoSansMono-Regular",
    "NotoNaskhArabic-Regular",
    "NotoNaskhArabic-Bold",
    "NotoSansHebrew-Regular",
    "NotoSansHebrew-Bold",
    "NotoSansArmenian-Regular",
    "NotoSansBengali-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansEthiopic-Regular",
    "NotoSansGeorgian-Regular",
    "NotoSansMyanmar-Regular",
    "NotoSansThai-Regular",
    "NotoSansMath-Regular",
    "NotoSansSymbols-Regular",
    "NotoSansSymbols2-Regular",
];
const SANS: u8 = 0;
const SERIF: u8 = 2;
const MONO: u8 = 4;
/// Regular faces that stand in, in the order in which they are asked.
const OTHERS: &[u8] = &[SANS, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];

/// One of the bundled fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FontNo(u8);

pub(crate) struct Fonts {
    all: Vec<(Face<'static>, Font)>,
}

impl Fonts {
    /// # Panics
    /// Never: the fonts are those that this was built with, and a test reads each.
    pub(crate) fn new() -> Self {
        #[allow(clippy::expect_used)]
        let open = |file: &&'static [u8]| {
            let face = Face::from_slice(file, 0).expect("a bundled font");
            let font = Font::new((*file).into(), 0).expect("a bundled font");
            (face, font)
        };
        Self {
            all: FILES.iter().map(open).collect(),
        }
    }

    pub(crate) fn font(&self, no: FontNo) -> &Font {
        &self.all[usize::from(no.0)].1
    }

    pub(crate) fn face(&self, no: FontNo) -> &Face<'static> {
        &self.all[usize::from(no.0)].0
    }

    fn has(&self, no: u8, c: char) -> bool {
        self.all[usize::from(no)].0.glyph_index(c).is_some()
    }

    /// The font that writes `c` in `style`, where one does. What belongs to no script keeps to the font `before` it.
    pub(crate) fn of(&self, c: char, style: &Style, before: Option<FontNo>) -> Option<FontNo> {
        let kept = before.filter(|font| !c.is_alphanumeric() && self.has(font.0, c));
        if kept.is_some() {
            return kept;
        }
        let own = match style.family {
            Family::Sans => SANS + u8::from(style.bold),
            Family::Serif => SERIF + u8::from(style.bold),
            Family::Mono => MONO,
        };
        let bold = |no: u8| match no {
            SANS | 5 | 7 if style.bold => no + 1,
            _ => no,
        };
        let mut asked = [own].into_iter().chain(OTHERS.iter().map(|no| bold(*no)));
        asked.find(|no| self.has(*no, c)).map(FontNo)
    }

    /// Whether every character of `text` can be written as itself.
    pub(crate) fn writes(&self, text: &str) -> bool {
        let written = |c: char| c.is_whitespace() || self.of(c, &Style::BODY, None).is_some();
        text.chars().all(written)
    }

    /// Glyphs of `text`, all of one font and direction, from left to right. Advances are in parts of the em.
    pub(crate) fn shape(&self, text: &str, no: FontNo, rtl: bool) -> Vec<KrillaGlyph> {
        let (face, font) = &self.all[usize::from(no.0)];
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        buffer.set_direction(match rtl {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        });
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(face, &[], buffer);
        let em = font.units_per_em();
        let infos = shaped.glyph_infos();
        let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let glyphs = infos.iter().zip(shaped.glyph_positions());
        let glyph = |(info, at): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| {
            let start = info.cluster as usize;
            let next = starts.partition_point(|it| *it <= start);
            let end = starts.get(next).copied().unwrap_or(text.len());
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                at.x_advance as f32 / em,
                at.x_offset as f32 / em,
                at.y_offset as f32 / em,
                at.y_advance as f32 / em,
                start..end,
                None,
            )
        };
        glyphs.map(glyph).collect()
    }
}

impl Fonts {
    /// How much more room a line with letters of `no` needs: Naskh, Burmese and Thai are stacked.
    pub(crate) fn tallness(&self, no: FontNo) -> f32 {
        match no.0 {
            5 | 6 | 14 | 15 => 1.2,
            _ => 1.0,
        }
    }
}
