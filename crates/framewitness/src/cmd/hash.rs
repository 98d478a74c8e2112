use clap::Args;
use serde::Serialize;
use workbench::hashes::{FrameHashes, HashedFrame, hashes};
use workbench::{Case, Error, Place, Result};

use crate::backend;
use crate::context::Context;

/// Print PDQ hashes as Meta's tools do: of one frame, or of every frame as vPDQ does
///
/// Hashes are made of the luma as it is stored, to the bit as Meta's code makes them of that. Files
/// outside the case are decoded in the jail all the same, and nothing of them is kept; they need no case.
#[derive(Args)]
pub struct Hash {
    /// Items by number, start of id, or file name; or paths of files
    #[arg(required = true, value_name = "ITEM|FILE")]
    names: Vec<String>,
    /// Print HASH,QUALITY,NAME of one frame, as pdq-photo-hasher does; so without --vpdq
    #[arg(long, conflicts_with = "vpdq")]
    pdq: bool,
    /// Print FRAME,QUALITY,HASH,SECONDS of every frame, as vPDQ does. Seconds are those at which the
    /// frame is shown, not its number over a mean rate
    #[arg(long)]
    vpdq: bool,
    /// The frame to hash: its number (37), seconds (12.5s), clock time (0:12.5) or pts:N; else the first
    #[arg(long, value_name = "FRAME", value_parser = super::pin::place, conflicts_with = "vpdq")]
    frame: Option<Place>,
    /// Say this instead of the name
    #[arg(long, conflicts_with = "vpdq")]
    label: Option<String>,
    /// Leave out frames that are shown less than this after the last one printed
    #[arg(long, value_name = "SECONDS", requires = "vpdq", default_value_t = 0.0)]
    every: f64,
}

/// A frame, and whose it is.
#[derive(Serialize)]
struct Line<'a> {
    item: Option<String>,
    name: &'a str,
    #[serde(flatten)]
    frame: &'a HashedFrame,
}

impl Hash {
    pub fn run(self, context: &Context) -> Result<()> {
        if self.vpdq && self.names.len() > 1 {
            return Err(Error::usage("vPDQ's lines do not say whose they are")
                .hint("name one item or file at a time"));
        }
        if !self.every.is_finite() || self.every < 0.0 {
            return Err(Error::usage("--every takes seconds, such as 0.5"));
        }
        let case = context.open_if_any()?;
        super::every(&context.output, &self.names, |name| {
            self.print(name, case.as_ref(), context)
        })
    }

    fn print(&self, name: &str, case: Option<&Case>, context: &Context) -> Result<()> {
        let decoder = backend::decoder()?;
        let subject = super::same::subject(name, case, &decoder, context)?;
        let bar = context.output.bar(name, 0);
        let hashed = hashes(&subject, &mut bar.watch())?;
        drop(bar);
        if !hashed.complete {
            let warning = "could not be decoded to the end; hashes are of what could";
            context.output.warning(&format!("{name} {warning}"));
        }
        let of_video = |line: &Line<'_>| vpdq(line.frame);
        if self.vpdq {
            let mut frames = hashed.every(self.every);
            return frames
                .try_for_each(|frame| context.output.record(&Line::new(&hashed, frame), of_video));
        }
        let frame = hashed.at(self.frame.unwrap_or(Place::Frame(0)))?;
        let line = Line::new(&hashed, frame);
        context.output.record(&line, |line| self.pdq(line))
    }

    fn pdq(&self, line: &Line<'_>) -> String {
        let label = self.label.as_deref().unwrap_or(line.name);
        format!("{},{},{label}", line.frame.hash, line.frame.quality)
    }
}

impl<'a> Line<'a> {
    fn new(hashed: &'a FrameHashes, frame: &'a HashedFrame) -> Self {
        Self {
            item: hashed.item.map(|item| item.to_string()),
            name: &hashed.name,
            frame,
        }
    }
}

fn vpdq(frame: &HashedFrame) -> String {
    format!(
        "{},{},{},{:.3}",
        frame.frame, frame.quality, frame.hash, frame.at_s
    )
}
