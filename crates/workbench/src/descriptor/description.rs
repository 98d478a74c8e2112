//! `descriptor.json`: what a model is called, which file it is, and how it wants its pictures.

use journal::ContentId;
use media::describe::{ChannelLayout, Channels, LONGEST_SIDE, MOST_DIMENSIONS, ModelForm};
use serde::Deserialize;

/// Name of the file.
pub(super) const FILE: &str = "descriptor.json";

/// Largest `descriptor.json`, in bytes.
pub(super) const LARGEST: u64 = 64 << 10;

/// The only version of the form.
const FORMAT: &str = "framewitness-descriptor/1";

/// Most characters of a name or a version.
const LONGEST_NAME: usize = 80;

/// Shortest side of a picture and fewest numbers of a vector that tell anything.
const SHORTEST_SIDE: u32 = 8;
const FEWEST_DIMENSIONS: u32 = 4;

/// As written. What is not known is refused: a misspelt name would be taken for its default.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Description {
    format: String,
    pub(super) name: String,
    pub(super) version: String,
    sha256: String,
    pub(super) input: Input,
    output: Output,
    /// Cosine of two vectors from which pictures count as alike.
    pub(super) alike: f32,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Input {
    name: Option<String>,
    pub(super) width: u32,
    pub(super) height: u32,
    channels: Channels,
    layout: ChannelLayout,
    pub(super) fit: Fit,
    mean: Vec<f32>,
    std: Vec<f32>,
}

/// How a picture of another shape is brought to the model's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Fit {
    /// The whole picture, its sides scaled each for itself.
    Stretch,
    /// Its middle, as large as fits.
    Crop,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Output {
    name: Option<String>,
    dimensions: u32,
}

impl Description {
    /// Reads and checks it. What is wrong comes back as a sentence.
    pub(super) fn read(json: &[u8]) -> Result<Self, String> {
        let read: Self = serde_json::from_slice(json).map_err(|why| why.to_string())?;
        read.check()?;
        Ok(read)
    }

    /// The model that it names.
    pub(super) fn model(&self) -> Result<ContentId, String> {
        let named = format!("sha256:{}", self.sha256).parse();
        named.map_err(|_| {
            "`sha256` must be the model's SHA-256 in 64 lower-case hexadecimal digits, as `sha256sum \
             model.onnx` prints it"
                .to_owned()
        })
    }

    /// What the program that runs the model must know.
    pub(super) fn form(&self) -> ModelForm {
        ModelForm {
            sha256: self.sha256.clone(),
            input: self.input.name.clone(),
            output: self.output.name.clone(),
            width: self.input.width,
            height: self.input.height,
            channels: self.input.channels,
            layout: self.input.layout,
            mean: self.input.mean.clone(),
            std: self.input.std.clone(),
            dimensions: self.output.dimensions,
        }
    }

    fn check(&self) -> Result<(), String> {
        if self.format != FORMAT {
            return Err(format!(
                "`format` is {:?}, and this version reads {FORMAT:?}",
                self.format
            ));
        }
        name("name", &self.name)?;
        name("version", &self.version)?;
        self.model()?;
        let sides = SHORTEST_SIDE..=LONGEST_SIDE;
        for (what, side) in [("width", self.input.width), ("height", self.input.height)] {
            within(&format!("input.{what}"), side, &sides)?;
        }
        let dimensions = FEWEST_DIMENSIONS..=MOST_DIMENSIONS;
        within("output.dimensions", self.output.dimensions, &dimensions)?;
        self.check_scale()?;
        // At 1 nothing could be more alike, and from below 0 on everything would be.
        if self.alike >= 0.0 && self.alike < 1.0 {
            Ok(())
        } else {
            Err(format!(
                "`alike` is {}, and must be at least 0 and below 1",
                self.alike
            ))
        }
    }

    fn check_scale(&self) -> Result<(), String> {
        let count = self.input.channels.count();
        for (what, numbers) in [("mean", &self.input.mean), ("std", &self.input.std)] {
            if numbers.len() != count {
                return Err(format!(
                    "`input.{what}` has {} numbers, and must have one for each of the {count} channels",
                    numbers.len()
                ));
            }
        }
        let sound = |numbers: &[f32]| numbers.iter().all(|number| number.abs() <= 1000.0);
        let nothing = self.input.std.iter().any(|number| *number < 1e-6);
        if !sound(&self.input.mean) || !sound(&self.input.std) || nothing {
            return Err(
                "`input.mean` and `input.std` are of samples from 0 to 1: no number of either goes over \
                 1000, and each of `std` is over 0"
                    .to_owned(),
            );
        }
        Ok(())
    }
}

fn name(what: &str, text: &str) -> Result<(), String> {
    let length = text.chars().count();
    if (1..=LONGEST_NAME).contains(&length) && !text.chars().any(char::is_control) {
        Ok(())
    } else {
        Err(format!(
            "`{what}` must have 1 to {LONGEST_NAME} characters and no line breaks"
        ))
    }
}

fn within(what: &str, number: u32, range: &std::ops::RangeInclusive<u32>) -> Result<(), String> {
    if range.contains(&number) {
        Ok(())
    } else {
        Err(format!(
            "`{what}` is {number}, and must be {} to {}",
            range.start(),
            range.end()
        ))
    }
}
