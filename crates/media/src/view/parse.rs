//! Views in words: `levels=16:180,gamma=1.4`.

use std::fmt;
use std::str::FromStr;

use super::{Field, MAX_FRAMES, MAX_STEPS, Other, Plane, Step, View};
use crate::time::FrameNo;

/// What is wrong with a view.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("view: {0}")]
pub struct BadView(pub(super) String);

impl FromStr for View {
    type Err = BadView;

    fn from_str(text: &str) -> Result<Self, BadView> {
        let steps: Vec<Step> = text
            .split(',')
            .map(str::trim)
            .filter(|step| !step.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        if steps.len() > MAX_STEPS {
            return Err(BadView(format!("more than {MAX_STEPS} steps")));
        }
        match steps.iter().skip(1).find(|step| super::time::is_over(step)) {
            Some(late) => Err(BadView(format!(
                "{late} works on exact frames and must come first"
            ))),
            None => Ok(Self(steps)),
        }
    }
}

impl FromStr for Step {
    type Err = BadView;

    fn from_str(text: &str) -> Result<Self, BadView> {
        let (name, rest) = text.split_once('=').unwrap_or((text, ""));
        let mut words = Words::new(name, rest);
        let step = match name {
            "average" => words.span()?,
            "denoise" => Self::Denoise(
                words.whole("frames", Some(3), 1, 15)?,
                words.number("strength", Some(12.0), 1.0, 100.0)?,
            ),
            "difference" => {
                Self::Difference(words.other()?, words.number("gain", Some(4.0), 1.0, 64.0)?)
            }
            "field" => {
                Self::Field(words.one_of(&[("top", Field::Top), ("bottom", Field::Bottom)])?)
            }
            "crop" => words.within()?,
            "zoom" => Self::Zoom(words.whole("times", None, 2, 32)?),
            "levels" => words.levels()?,
            "gamma" => Self::Gamma(words.number("gamma", None, 0.1, 10.0)?),
            "stretch" => Self::Stretch(words.number("percent", Some(0.5), 0.0, 20.0)?),
            "clahe" => Self::Clahe(
                words.number("clip", Some(3.0), 1.0, 40.0)?,
                words.whole("tiles", Some(8), 2, 32)?,
            ),
            "show" => Self::Show(words.one_of(&Plane::NAMES)?),
            "sharpen" => Self::Sharpen(
                words.number("amount", Some(1.0), 0.0, 10.0)?,
                words.number("sigma", Some(1.5), 0.3, 10.0)?,
            ),
            "edges" => Self::Edges,
            "ela" => Self::ErrorLevel(
                words.whole("quality", Some(90), 1, 100)?,
                words.number("gain", Some(20.0), 1.0, 255.0)?,
            ),
            _ => {
                return Err(BadView(format!(
                    "there is no step {name:?}; there are average, clahe, crop, denoise, difference, \
                     edges, ela, field, gamma, levels, sharpen, show, stretch, zoom"
                )));
            }
        };
        words.done()?;
        Ok(step)
    }
}

/// The parameters of one step.
struct Words<'a> {
    step: &'a str,
    rest: std::str::Split<'a, char>,
}

impl<'a> Words<'a> {
    fn new(step: &'a str, rest: &'a str) -> Self {
        let mut words = rest.split(':');
        if rest.is_empty() {
            words.next();
        }
        Self { step, rest: words }
    }

    fn wrong(&self, why: impl fmt::Display) -> BadView {
        BadView(format!("{}: {why}", self.step))
    }

    fn word(&mut self, what: &str) -> Result<&'a str, BadView> {
        let word = self.rest.next();
        word.ok_or_else(|| self.wrong(format!("{what} is missing")))
    }

    fn number(
        &mut self,
        what: &str,
        unsaid: Option<f32>,
        low: f32,
        high: f32,
    ) -> Result<f32, BadView> {
        let (word, unsaid) = (self.rest.next(), unsaid.map(Ok));
        let missing = || unsaid.unwrap_or_else(|| Err(self.wrong(format!("{what} is missing"))));
        let Some(word) = word else {
            return missing();
        };
        let number = word.parse().ok().filter(|it| (low..=high).contains(it));
        number.ok_or_else(|| self.wrong(format!("{what} must be {low} to {high}, not {word:?}")))
    }

    fn whole(
        &mut self,
        what: &str,
        unsaid: Option<u32>,
        low: u32,
        high: u32,
    ) -> Result<u32, BadView> {
        let word = match (self.rest.next(), unsaid) {
            (Some(word), _) => word,
            (None, Some(unsaid)) => return Ok(unsaid),
            (None, None) => return Err(self.wrong(format!("{what} is missing"))),
        };
        let number = word.parse().ok().filter(|it| (low..=high).contains(it));
        number.ok_or_else(|| self.wrong(format!("{what} must be {low} to {high}, not {word:?}")))
    }

    fn one_of<T: Copy>(&mut self, names: &[(&str, T)]) -> Result<T, BadView> {
        let word = self.word("a name")?;
        let found = names.iter().find(|(name, _)| *name == word);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            self.wrong(format!("{word:?} is none of {}", names.join(", ")))
        })
    }

    fn span(&mut self) -> Result<Step, BadView> {
        let first = self.whole("the first frame", None, 0, u32::MAX)?;
        let last = self.whole("the last frame", None, first, u32::MAX)?;
        if last - first >= MAX_FRAMES {
            return Err(self.wrong(format!("more than {MAX_FRAMES} frames")));
        }
        Ok(Step::Average(FrameNo(first), FrameNo(last)))
    }

    fn other(&mut self) -> Result<Other, BadView> {
        let word = self.rest.next().unwrap_or("previous");
        if word == "previous" {
            return Ok(Other::Previous);
        }
        let frame = word.parse().map(|no| Other::Frame(FrameNo(no)));
        frame.map_err(|_| self.wrong(format!("{word:?} is neither a frame nor `previous`")))
    }

    fn levels(&mut self) -> Result<Step, BadView> {
        let black = self.number("black", None, 0.0, 254.0)?;
        let white = self.number("white", None, 1.0, 255.0)?;
        if black >= white {
            return Err(self.wrong("black must be below white"));
        }
        Ok(Step::Levels(black, white))
    }

    fn within(&mut self) -> Result<Step, BadView> {
        Ok(Step::Crop([
            self.whole("x", None, 0, u32::MAX)?,
            self.whole("y", None, 0, u32::MAX)?,
            self.whole("width", None, 1, u32::MAX)?,
            self.whole("height", None, 1, u32::MAX)?,
        ]))
    }

    fn done(mut self) -> Result<(), BadView> {
        match self.rest.next() {
            Some(word) => Err(self.wrong(format!("{word:?} is one parameter too many"))),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Average(first, last) => write!(f, "average={}:{}", first.0, last.0),
            Self::Denoise(reach, strength) => write!(f, "denoise={reach}:{strength}"),
            Self::Difference(Other::Previous, gain) => write!(f, "difference=previous:{gain}"),
            Self::Difference(Other::Frame(no), gain) => write!(f, "difference={}:{gain}", no.0),
            Self::Field(Field::Top) => f.write_str("field=top"),
            Self::Field(Field::Bottom) => f.write_str("field=bottom"),
            Self::Crop([x, y, width, height]) => write!(f, "crop={x}:{y}:{width}:{height}"),
            Self::Zoom(times) => write!(f, "zoom={times}"),
            Self::Levels(black, white) => write!(f, "levels={black}:{white}"),
            Self::Gamma(gamma) => write!(f, "gamma={gamma}"),
            Self::Stretch(percent) => write!(f, "stretch={percent}"),
            Self::Clahe(clip, tiles) => write!(f, "clahe={clip}:{tiles}"),
            Self::Show(plane) => write!(f, "show={plane}"),
            Self::Sharpen(amount, sigma) => write!(f, "sharpen={amount}:{sigma}"),
            Self::Edges => f.write_str("edges"),
            Self::ErrorLevel(quality, gain) => write!(f, "ela={quality}:{gain}"),
        }
    }
}
