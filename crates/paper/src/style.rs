//! How elements look on paper.

use crate::html::Element;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) u8, pub(crate) u8, pub(crate) u8);

pub(crate) const INK: Colour = Colour(0x1c, 0x1f, 0x22);
pub(crate) const SOFT: Colour = Colour(0x57, 0x5d, 0x63);
pub(crate) const LINE: Colour = Colour(0xd8, 0xd6, 0xcf);
pub(crate) const WASH: Colour = Colour(0xf5, 0xf3, 0xec);
pub(crate) const DEEP: Colour = Colour(0x1d, 0x4d, 0x5c);
pub(crate) const PALE: Colour = Colour(0x7f, 0xa3, 0xad);
pub(crate) const PAPER: Colour = Colour(0xff, 0xff, 0xff);

/// Points of an A4 page.
pub(crate) const PAGE: (f32, f32) = (595.28, 841.89);
pub(crate) const LEFT: f32 = 56.0;
pub(crate) const TOP: f32 = 52.0;
/// Where the text of a page ends.
pub(crate) const BOTTOM: f32 = 780.0;
/// Where its foot stands.
pub(crate) const FOOT: f32 = 800.0;
pub(crate) const WIDTH: f32 = PAGE.0 - 2.0 * LEFT;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Sans,
    Serif,
    Mono,
}

/// What lies behind words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chip {
    None,
    /// A thin frame: a number of the record.
    Frame,
    /// Ink, with the words in white: a status.
    Ink,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    pub(crate) family: Family,
    pub(crate) bold: bool,
    /// Points.
    pub(crate) size: f32,
    pub(crate) colour: Colour,
    pub(crate) chip: Chip,
    pub(crate) struck: bool,
}

impl Style {
    pub(crate) const BODY: Self = Self {
        family: Family::Serif,
        bold: false,
        size: 9.5,
        colour: INK,
        chip: Chip::None,
        struck: false,
    };

    pub(crate) const SMALL: Self = Self {
        family: Family::Sans,
        size: 7.5,
        colour: SOFT,
        ..Self::BODY
    };

    /// Height of a line.
    pub(crate) fn leading(&self) -> f32 {
        let factor = match self.family {
            Family::Serif if self.size > 12.0 => 1.25,
            Family::Serif => 1.48,
            Family::Sans | Family::Mono => 1.42,
        };
        self.size * factor
    }

    /// Room on either side of words that something lies behind.
    pub(crate) fn pad(&self) -> f32 {
        match self.chip {
            Chip::None => 0.0,
            Chip::Frame | Chip::Ink => 2.2,
        }
    }

    pub(crate) fn heading(level: usize) -> Self {
        let (size, family, colour) = match level {
            1 => (21.0, Family::Serif, INK),
            2 => (14.0, Family::Serif, INK),
            3 => (11.0, Family::Serif, INK),
            _ => (8.5, Family::Sans, SOFT),
        };
        Self {
            family,
            size,
            colour,
            bold: true,
            ..Self::BODY
        }
    }

    /// The style of what stands in `element`, itself within `self`.
    pub(crate) fn within(self, element: &Element) -> Self {
        let mut style = self;
        match element.name.as_str() {
            "strong" | "b" => style.bold = true,
            "code" => {
                style.family = Family::Mono;
                style.size *= 0.86;
            }
            "a" => style.colour = DEEP,
            "th" | "td" | "caption" => {
                style.family = Family::Sans;
                style.size = style.size.min(8.0);
            }
            "footer" => style = Self::SMALL,
            _ => {}
        }
        if element.name == "th" {
            style.bold = true;
        }
        if element.name == "caption" || element.name == "dt" {
            style = Self::SMALL;
        }
        style.of_class(element)
    }

    fn of_class(mut self, element: &Element) -> Self {
        let is = |class: &str| element.has_class(class);
        if [
            "origin",
            "where",
            "evidence",
            "note",
            "eyebrow",
            "lane-label",
            "scale",
        ]
        .iter()
        .any(|class| is(class))
        {
            self = Self::SMALL;
        }
        if is("note") || is("eyebrow") {
            self.size = 8.0;
        }
        if is("facts") || is("small") {
            self = Self {
                family: Family::Sans,
                size: 8.0,
                ..Self::BODY
            };
        }
        if is("time") {
            self.family = Family::Sans;
        }
        if is("agreement") {
            self.bold = true;
        }
        if is("band") {
            self = Self {
                family: Family::Sans,
                bold: true,
                ..Self::BODY
            };
        }
        if is("revised") {
            self.colour = SOFT;
            self.struck = true;
        }
        match (is("ref"), is("status")) {
            (true, _) => self.chipped(Chip::Frame, DEEP),
            (_, true) => self.chipped(Chip::Ink, PAPER),
            _ => self,
        }
    }

    fn chipped(self, chip: Chip, colour: Colour) -> Self {
        Self {
            family: Family::Sans,
            bold: true,
            size: 7.5,
            colour,
            chip,
            struck: self.struck && chip == Chip::Frame,
        }
    }
}
