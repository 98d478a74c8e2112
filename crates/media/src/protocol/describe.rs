use serde::{Deserialize, Serialize};

/// A model that turns a picture into a vector, and how it wants its pictures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelForm {
    /// SHA-256 of the file, 64 hexadecimal digits. Another file is refused before it is parsed.
    pub sha256: String,
    /// Name of the input; may be absent where the model has one.
    pub input: Option<String>,
    /// Name of the output; may be absent where the model has one.
    pub output: Option<String>,
    /// Width of the pictures it takes, in pixels.
    pub width: u32,
    /// Height of the pictures it takes, in pixels.
    pub height: u32,
    /// Channels, in the order in which it takes them.
    pub channels: Channels,
    /// Whether channels come as planes or as pixels.
    pub layout: ChannelLayout,
    /// Taken from each channel, whose samples go from 0 to 1: one number for each channel.
    pub mean: Vec<f32>,
    /// What is left is divided by it, likewise.
    pub std: Vec<f32>,
    /// Numbers of a vector.
    pub dimensions: u32,
}

/// Channels of a model's input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channels {
    /// Red, green, blue.
    Rgb,
    /// Blue, green, red.
    Bgr,
    /// Brightness alone: 0.299 red, 0.587 green, 0.114 blue.
    Grey,
}

impl Channels {
    /// How many there are.
    pub fn count(self) -> usize {
        match self {
            Self::Rgb | Self::Bgr => 3,
            Self::Grey => 1,
        }
    }
}

/// How the channels of a model's input lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelLayout {
    /// A plane for each channel: `[1, channels, height, width]`.
    Nchw,
    /// A pixel after the other: `[1, height, width, channels]`.
    Nhwc,
}
