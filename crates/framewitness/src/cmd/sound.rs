use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use workbench::view::{SoundAt, SoundPiece, SoundSummary};
use workbench::{Error, Result, SoundPlace};

use crate::context::Context;

/// Say what sound an item has, which sample sounds when, or write exact samples as WAV
#[derive(Args)]
pub struct Sound {
    /// Item by number, start of id, or file name
    item: String,
    /// Tell the sample that sounds then: frame number (37), seconds (12.5s), clock time, pts:N or sample:N
    #[arg(long, value_name = "PLACE", value_parser = place, conflicts_with_all = ["from", "to", "output"])]
    at: Option<SoundPlace>,
    /// First sample to write, by place
    #[arg(long, value_name = "PLACE", value_parser = place, requires = "output")]
    from: Option<SoundPlace>,
    /// Place up to which to write; its own sample is left out
    #[arg(long, value_name = "PLACE", value_parser = place, requires = "output")]
    to: Option<SoundPlace>,
    /// File to write; `-` for standard output. The samples are as decoded, without conversion
    #[arg(long, short, value_name = "FILE.wav")]
    output: Option<PathBuf>,
}

#[derive(Serialize)]
struct Written {
    #[serde(flatten)]
    piece: SoundPiece,
    output: String,
}

pub fn place(text: &str) -> std::result::Result<SoundPlace, String> {
    text.parse().map_err(|error: Error| {
        let hint = error.hint.unwrap_or_default();
        format!("{}: {hint}", error.message)
    })
}

impl Sound {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        if let Some(at) = self.at {
            return context.output.record(&case.sound_at(&item, at)?, found);
        }
        let Some(output) = self.output else {
            let sound = case.sound(&item)?.ok_or_else(|| {
                Error::missing(format!("{} has no sound that was examined", item.number))
                    .hint(format!("run `framewitness inspect {}` first", item.number))
            })?;
            return context.output.record(&sound, summary);
        };
        let from = self.from.unwrap_or(SoundPlace::Sample(0));
        let to = self.to.unwrap_or(SoundPlace::Sample(u64::MAX));
        let (piece, file) = case.sound_piece(&item, from, to)?;
        if output.as_os_str() == "-" {
            return context.output.bytes(&file);
        }
        super::write(&output, &file)?;
        let output = output.to_string_lossy().into_owned();
        context.output.record(&Written { piece, output }, written)
    }
}

/// The sound in a line.
pub(super) fn summary(sound: &SoundSummary) -> String {
    let loudness = sound
        .loudness_lufs
        .map_or_else(String::new, |it| format!(", {it:.1} LUFS"));
    let channels = if sound.channels == 1 {
        "channel"
    } else {
        "channels"
    };
    format!(
        "sound: {}, {} Hz, {} {channels}, {} samples, {:.3} s to {:.3} s{loudness}",
        sound.codec, sound.rate, sound.channels, sound.samples, sound.start_s, sound.end_s
    )
}

fn found(at: &SoundAt) -> String {
    let frame = at
        .frame
        .map_or_else(String::new, |frame| format!(", frame {frame}"));
    format!(
        "{}  sample {} at {:.6} s{frame}",
        at.item, at.sample, at.at_s
    )
}

fn written(written: &Written) -> String {
    let piece = &written.piece;
    format!(
        "{}  samples {} to {} ({:.6} s to {:.6} s) written to {}, sha256 of the samples {}",
        piece.item,
        piece.from,
        piece.to - 1,
        piece.start_s,
        piece.end_s,
        written.output,
        piece.hash
    )
}
