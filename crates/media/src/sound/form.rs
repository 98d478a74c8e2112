//! How decoded samples are written as bytes.

use serde::{Deserialize, Serialize};

/// Most channels that are taken.
pub const MAX_CHANNELS: u32 = 64;

/// Highest rate that is taken, in samples a second.
pub const MAX_RATE: u32 = 1 << 20;

/// Form of a sample of one channel, little-endian: what the decoder gives, unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Pcm {
    /// Unsigned, 8 bits; silence is 128.
    U8,
    /// Signed, 16 bits.
    S16,
    /// Signed, 32 bits.
    S32,
    /// Floating point, 32 bits, full scale ±1.
    F32,
    /// Floating point, 64 bits, full scale ±1.
    F64,
}

/// Form of a sound: rate, channels and samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SoundForm {
    /// Samples a second.
    pub rate: u32,
    /// Number of channels.
    pub channels: u32,
    /// Which loudspeaker each channel is for, as in WAVE files: a bit for each; 0 where unsaid.
    pub mask: u32,
    /// Samples of one channel.
    pub pcm: Pcm,
}

impl Pcm {
    /// Bytes of a sample of one channel.
    pub fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::S16 => 2,
            Self::S32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    /// Appends `bytes` as numbers with full scale ±1. Integers of 32 bits and doubles are rounded to
    /// 24 bits of mantissa. What is no number counts as silence.
    pub fn read(self, bytes: &[u8], into: &mut Vec<f32>) {
        match self {
            Self::U8 => into.extend(bytes.iter().map(|&byte| (f32::from(byte) - 128.0) / 128.0)),
            Self::S16 => {
                let numbers = bytes
                    .as_chunks()
                    .0
                    .iter()
                    .map(|two| i16::from_le_bytes(*two));
                into.extend(numbers.map(|number| f32::from(number) / 32768.0));
            }
            Self::S32 => {
                let numbers = bytes
                    .as_chunks()
                    .0
                    .iter()
                    .map(|four| i32::from_le_bytes(*four));
                into.extend(numbers.map(|number| number as f32 / 2_147_483_648.0));
            }
            Self::F32 => {
                let numbers = bytes
                    .as_chunks()
                    .0
                    .iter()
                    .map(|four| f32::from_le_bytes(*four));
                into.extend(numbers.map(sane));
            }
            Self::F64 => {
                let numbers = bytes
                    .as_chunks()
                    .0
                    .iter()
                    .map(|many| f64::from_le_bytes(*many));
                into.extend(numbers.map(|number| sane(number as f32)));
            }
        }
    }
}

impl SoundForm {
    /// Bytes of one sample of all channels.
    pub fn frame_bytes(&self) -> usize {
        self.channels as usize * self.pcm.bytes()
    }

    /// Whether rate and channels are within what is taken.
    pub fn is_sane(&self) -> bool {
        (1..=MAX_CHANNELS).contains(&self.channels) && (1..=MAX_RATE).contains(&self.rate)
    }
}

fn sane(number: f32) -> f32 {
    if number.is_finite() { number } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_to_the_same_numbers() {
        let read = |pcm: Pcm, bytes: &[u8]| {
            let mut numbers = Vec::new();
            pcm.read(bytes, &mut numbers);
            numbers
        };
        let expected = [-1.0, 0.0, 0.5];
        assert_eq!(read(Pcm::U8, &[0, 128, 192]), expected);
        let bytes: Vec<u8> = [i16::MIN, 0, 16384]
            .into_iter()
            .flat_map(i16::to_le_bytes)
            .collect();
        assert_eq!(read(Pcm::S16, &bytes), expected);
        let bytes: Vec<u8> = [i32::MIN, 0, 1 << 30]
            .into_iter()
            .flat_map(i32::to_le_bytes)
            .collect();
        assert_eq!(read(Pcm::S32, &bytes), expected);
        let bytes: Vec<u8> = [-1.0_f32, f32::NAN, 0.5]
            .into_iter()
            .flat_map(f32::to_le_bytes)
            .collect();
        assert_eq!(read(Pcm::F32, &bytes), expected);
        let bytes: Vec<u8> = [-1.0_f64, f64::INFINITY, 0.5]
            .into_iter()
            .flat_map(f64::to_le_bytes)
            .collect();
        assert_eq!(read(Pcm::F64, &bytes), expected);
    }
}
