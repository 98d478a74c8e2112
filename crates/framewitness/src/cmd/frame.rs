use std::path::PathBuf;

use clap::Args;
use media::field::{FieldNo, FieldOrder};
use media::index::FrameHash;
use media::still::{Still, Which};
use media::time::{SampleNo, TrackNo};
use serde::Serialize;
use workbench::{Error, FieldShown, Item, Place, Result, Spot, Track};

use crate::context::Context;

/// Write one exact frame as PNG, rotated and in shape as displayed
#[derive(Args)]
pub struct Frame {
    /// Item by number, start of id, or file name
    item: String,
    /// Frame number (37), seconds (12.5s), clock time (0:12.5) or pts:N; or one field of a frame, top
    /// (37t) or bottom (37b), each of its rows shown twice
    #[arg(value_parser = super::pin::spot, required_unless_present = "stored")]
    frame: Option<Spot>,
    /// Number of a stored sample instead, as `frames --stored` lists them: its picture is shown even if
    /// the file says not to
    #[arg(long, value_name = "SAMPLE", conflicts_with_all = ["frame", "view"])]
    stored: Option<u32>,
    /// Number of the video track, as in ffmpeg's `0:v:N`; else the examined one. Records cannot be
    /// pinned to the frames of another
    #[arg(long, value_name = "N")]
    track: Option<u32>,
    /// File to write; `-` for standard output
    #[arg(long, short, value_name = "FILE.png")]
    output: PathBuf,
    /// View filters to apply, such as `levels=16:180,gamma=1.4`; the PNG states them
    #[arg(long, value_name = "STEPS", default_value = "")]
    view: String,
}

#[derive(Serialize)]
struct Written {
    item: String,
    frame: u32,
    pts: Option<i64>,
    /// The track that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<u32>,
    #[serde(flatten)]
    picture: Picture,
    view: String,
    output: String,
}

#[derive(Serialize)]
struct WrittenField {
    item: String,
    frame: u32,
    /// Its address, such as `37t`.
    field: String,
    #[serde(flatten)]
    shown: FieldShown,
    /// The track that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<u32>,
    #[serde(flatten)]
    picture: Picture,
    output: String,
}

#[derive(Serialize)]
struct WrittenStored {
    item: String,
    sample: u32,
    /// False when the file says not to show it, or no frame came of it.
    presented: bool,
    frames: Vec<u32>,
    pts: Option<i64>,
    /// The track that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<u32>,
    #[serde(flatten)]
    picture: Picture,
    output: String,
}

/// The picture in the file.
#[derive(Serialize)]
struct Picture {
    hash: String,
    pixel_hash: String,
    width: u32,
    height: u32,
    applied: media::still::Applied,
}

impl Frame {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        let track = case.track(&item, self.track.map(TrackNo))?;
        if let Some(sample) = self.stored {
            return self.write_stored(context, &item, &track, SampleNo(sample));
        }
        let place = match self.frame {
            Some(Spot::Field(no)) => return self.write_field(context, &item, &track, no),
            Some(Spot::Frame(place)) => place,
            None => Place::Frame(0),
        };
        let no = track.find(place)?;
        let view = workbench::view(&self.view)?;
        let (still, viewed) = track.viewed(no, &view)?;
        if !self.write(context, &still.png_of(&view, &viewed))? {
            return Ok(());
        }
        let written = Written {
            item: item.number.to_string(),
            frame: no.0,
            pts: track.index().frames[no.0 as usize].pts.map(|pts| pts.0),
            track: self.track,
            picture: Picture::of(&still, viewed.pixel_hash(), viewed.width, viewed.height),
            view: view.to_string(),
            output: self.output.to_string_lossy().into_owned(),
        };
        context.output.record(&written, text)
    }

    /// One field of a frame, and when it is shown.
    fn write_field(
        &self,
        context: &Context,
        item: &Item,
        track: &Track<'_>,
        no: FieldNo,
    ) -> Result<()> {
        if !self.view.is_empty() {
            return Err(
                Error::usage("a field is shown as it is, through no view").hint(
                    "the view `field=top` takes the field of a frame, and fills what is between",
                ),
            );
        }
        let shown = track.field_shown(no)?;
        let still = track.field(no)?;
        if !self.write(context, &still.png())? {
            return Ok(());
        }
        let written = WrittenField {
            item: item.number.to_string(),
            frame: no.frame.0,
            field: no.to_string(),
            shown,
            track: self.track,
            picture: Picture::of(&still, still.pixel_hash(), still.width, still.height),
            output: self.output.to_string_lossy().into_owned(),
        };
        context.output.record(&written, field)
    }

    /// The picture of a stored sample, and that it is not presented.
    fn write_stored(
        &self,
        context: &Context,
        item: &Item,
        track: &Track<'_>,
        sample: SampleNo,
    ) -> Result<()> {
        let (still, pts) = track.stored_still(sample)?;
        if !self.write(context, &still.png())? {
            return Ok(());
        }
        let frames = match &still.which {
            Which::Stored { frames, .. } => frames.iter().map(|no| no.0).collect(),
            Which::Frame(no) => vec![no.0],
            Which::Field(no) => vec![no.frame.0],
        };
        let written = WrittenStored {
            item: item.number.to_string(),
            sample: sample.0,
            presented: !frames.is_empty(),
            frames,
            pts,
            track: self.track,
            picture: Picture::of(&still, still.pixel_hash(), still.width, still.height),
            output: self.output.to_string_lossy().into_owned(),
        };
        context.output.record(&written, stored)
    }

    /// Writes the file; false if it went to standard output, where no words may follow.
    fn write(&self, context: &Context, png: &[u8]) -> Result<bool> {
        if self.output.as_os_str() == "-" {
            context.output.bytes(png)?;
            return Ok(false);
        }
        super::write(&self.output, png)?;
        Ok(true)
    }
}

impl Picture {
    fn of(still: &Still, pixels: FrameHash, width: u32, height: u32) -> Self {
        Self {
            hash: still.native_hash.hex(),
            pixel_hash: pixels.hex(),
            width,
            height,
            applied: still.applied.clone(),
        }
    }

    /// Size, file, hashes, and how it came about.
    fn text(&self, output: &str) -> String {
        format!(
            "{}x{}  {output}\n  planes sha256 {}\n  pixels sha256 {}\n  {}",
            self.width,
            self.height,
            self.hash,
            self.pixel_hash,
            workbench::applied(&self.applied),
        )
    }
}

/// Named where it was asked for.
fn of_track(track: Option<u32>) -> String {
    track.map_or_else(String::new, |no| format!(" track {no}"))
}

fn field(written: &WrittenField) -> String {
    let shown = &written.shown;
    let when = match shown.time.order {
        FieldOrder::First => "first in time",
        FieldOrder::Second => "second in time",
        FieldOrder::Together => "of one moment with the other, by the stream",
        FieldOrder::Unsaid => "its order in time is not known",
    };
    format!(
        "{}{} field {}, {when}, at {:.6} s  {}",
        written.item,
        of_track(written.track),
        written.field,
        shown.at_s,
        written.picture.text(&written.output),
    )
}

fn stored(written: &WrittenStored) -> String {
    let frames: Vec<_> = written.frames.iter().map(ToString::to_string).collect();
    format!(
        "{}{} stored sample {}, {}  {}",
        written.item,
        of_track(written.track),
        written.sample,
        if written.presented {
            format!("presented as frame {}", frames.join(", "))
        } else {
            "NOT PRESENTED".to_owned()
        },
        written.picture.text(&written.output),
    )
}

fn text(written: &Written) -> String {
    let view = if written.view.is_empty() {
        String::new()
    } else {
        format!("\n  not the exact pixels: seen through {}", written.view)
    };
    format!(
        "{}{} frame {}  {}{view}",
        written.item,
        of_track(written.track),
        written.frame,
        written.picture.text(&written.output),
    )
}
