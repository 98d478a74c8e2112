use clap::Args;
use media::facts::{Quantiser, Quantisers};
use media::time::TrackNo;
use workbench::view::{FrameRow, StoredRow};
use workbench::{Result, Samples, Track};

use crate::context::Context;

/// List the presented frames of an item, each once
#[derive(Args)]
pub struct Frames {
    /// Item by number, start of id, or file name
    item: String,
    /// First frame to list, or first sample
    #[arg(long, default_value_t = 0)]
    from: u32,
    /// How many to list; else all
    #[arg(long)]
    count: Option<u32>,
    /// Print what `ffmpeg -f framehash -hash sha256` prints
    #[arg(long, conflicts_with_all = ["from", "count"])]
    framehash: bool,
    /// Print what `ffmpeg -map 0 -c copy -f streamhash -hash sha256` prints
    #[arg(long, conflicts_with_all = ["from", "count", "framehash"])]
    streamhash: bool,
    /// Number of the video track, as in ffmpeg's `0:v:N`; else the examined one
    #[arg(long, value_name = "N", conflicts_with = "streamhash")]
    track: Option<u32>,
    /// List what is stored instead: every sample in decode order, and which frame it is presented as
    #[arg(long, conflicts_with_all = ["framehash", "streamhash"])]
    stored: bool,
    /// Of what is stored, list what no frame comes of
    #[arg(long, requires = "stored")]
    not_presented: bool,
}

impl Frames {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        if self.streamhash {
            return context.output.bytes(case.streamhash(&item)?.as_bytes());
        }
        let track = case.track(&item, self.track.map(TrackNo))?;
        if self.framehash {
            return context.output.bytes(track.framehash().as_bytes());
        }
        if self.stored {
            return self.list_stored(context, &track);
        }
        let page = track.frames(self.from, self.count.unwrap_or(u32::MAX));
        let base = page.time_base;
        context
            .output
            .remark(&format!("# frames {}, time base {base}", page.total))?;
        context.output.remark(&scale(track.quantisers()))?;
        context.output.remark(
            "# frame        seconds          pts  type  key  sample  quantiser  sha256 of the decoded planes",
        )?;
        page.frames
            .iter()
            .try_for_each(|frame| context.output.record(frame, text))
    }

    fn list_stored(&self, context: &Context, track: &Track<'_>) -> Result<()> {
        let which = if self.not_presented {
            Samples::NotPresented
        } else {
            Samples::All
        };
        let page = track.stored(which, self.from, self.count.unwrap_or(u32::MAX))?;
        context.output.remark(&format!(
            "# samples {}, hidden {}, time base {}",
            page.total, page.hidden, page.time_base
        ))?;
        context
            .output
            .remark("# sample          pts          dts     bytes  key  presented as")?;
        page.samples
            .iter()
            .try_for_each(|sample| context.output.record(sample, stored))
    }
}

fn stored(row: &StoredRow) -> String {
    let ticks = |ticks: Option<i64>| ticks.map_or_else(|| "-".to_owned(), |it| it.to_string());
    let frames: Vec<_> = row.frames.iter().map(ToString::to_string).collect();
    let presented = match (frames.is_empty(), row.hidden) {
        (false, _) => format!("frame {}", frames.join(", ")),
        (true, true) => "hidden".to_owned(),
        (true, false) => "no picture of its own".to_owned(),
    };
    format!(
        "{:>8}  {:>11}  {:>11}  {:>8}  {:>3}  {presented}",
        row.sample,
        ticks(row.pts),
        ticks(row.dts),
        row.size,
        if row.key { "key" } else { "" },
    )
}

fn text(frame: &FrameRow) -> String {
    let dash = || "-".to_owned();
    format!(
        "{:>7}  {:>13.6}  {:>11}  {:>4}  {:>3}  {:>6}  {:>9}  {}{}",
        frame.no,
        frame.at_s,
        frame.pts.map_or_else(dash, |pts| pts.to_string()),
        format!("{:?}", frame.picture).replace("Other", "?"),
        if frame.key { "key" } else { "" },
        frame.sample.map_or_else(dash, |sample| sample.to_string()),
        frame.quantiser.map_or_else(dash, quantiser),
        frame.hash,
        if frame.damaged { "  damaged" } else { "" },
    )
}

/// What the numbers of quantisers are, or why there are none.
fn scale(quantisers: Option<&Quantisers>) -> String {
    match quantisers {
        Some(Quantisers::Read { scale, .. }) => format!(
            "# quantiser: {}, {} to {}, higher is coarser",
            scale.name, scale.least, scale.most
        ),
        Some(Quantisers::Unsupported { codec }) => {
            format!("# quantiser: not read of {codec}")
        }
        None => "# quantiser: nobody looked; `framewitness inspect --again` does".to_owned(),
    }
}

/// One number, or the lowest and the highest.
fn quantiser(of: Quantiser) -> String {
    if of.least() == of.most() {
        of.least().to_string()
    } else {
        format!("{}..{}", of.least(), of.most())
    }
}
