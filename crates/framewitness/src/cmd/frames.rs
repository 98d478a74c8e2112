use clap::Args;
use workbench::Result;
use workbench::view::FrameRow;

use crate::context::Context;

/// List the presented frames of an item, each once
#[derive(Args)]
pub struct Frames {
    /// Item by number, start of id, or file name
    item: String,
    /// First frame to list
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
}

impl Frames {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        if self.framehash {
            return context.output.bytes(case.framehash(&item)?.as_bytes());
        }
        if self.streamhash {
            return context.output.bytes(case.streamhash(&item)?.as_bytes());
        }
        let page = case.frames(&item, self.from, self.count.unwrap_or(u32::MAX))?;
        let base = page.time_base;
        context
            .output
            .remark(&format!("# frames {}, time base {base}", page.total))?;
        context.output.remark(
            "# frame        seconds          pts  type  key  sample  sha256 of the decoded planes",
        )?;
        page.frames
            .iter()
            .try_for_each(|frame| context.output.record(frame, text))
    }
}

fn text(frame: &FrameRow) -> String {
    let dash = || "-".to_owned();
    format!(
        "{:>7}  {:>13.6}  {:>11}  {:>4}  {:>3}  {:>6}  {}{}",
        frame.no,
        frame.at_s,
        frame.pts.map_or_else(dash, |pts| pts.to_string()),
        format!("{:?}", frame.picture).replace("Other", "?"),
        if frame.key { "key" } else { "" },
        frame.sample.map_or_else(dash, |sample| sample.to_string()),
        frame.hash,
        if frame.damaged { "  damaged" } else { "" },
    )
}
