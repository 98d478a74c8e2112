use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use workbench::{Place, Result};

use crate::context::Context;

/// Write one exact frame as PNG, rotated and in shape as displayed
#[derive(Args)]
pub struct Frame {
    /// Item by number, start of id, or file name
    item: String,
    /// Frame number (37), seconds (12.5s), clock time (0:12.5) or pts:N
    #[arg(value_parser = super::pin::place)]
    frame: Place,
    /// File to write; `-` for standard output
    #[arg(long, short, value_name = "FILE.png")]
    output: PathBuf,
}

#[derive(Serialize)]
struct Written {
    item: String,
    frame: u32,
    pts: Option<i64>,
    hash: String,
    pixel_hash: String,
    width: u32,
    height: u32,
    applied: media::still::Applied,
    output: String,
}

impl Frame {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        let no = case.find_frame(&item, self.frame)?;
        let still = case.still(&item, no)?;
        let png = still.png();
        if self.output.as_os_str() == "-" {
            return context.output.bytes(&png);
        }
        super::write(&self.output, &png)?;
        let written = Written {
            item: item.number.to_string(),
            frame: no.0,
            pts: case
                .frames(&item, no.0, 1)?
                .frames
                .first()
                .and_then(|frame| frame.pts),
            hash: still.native_hash.hex(),
            pixel_hash: still.pixel_hash().hex(),
            width: still.width,
            height: still.height,
            applied: still.applied.clone(),
            output: self.output.to_string_lossy().into_owned(),
        };
        context.output.record(&written, text)
    }
}

fn text(written: &Written) -> String {
    format!(
        "{} frame {}  {}x{}  {}\n  planes sha256 {}\n  pixels sha256 {}\n  {}",
        written.item,
        written.frame,
        written.width,
        written.height,
        written.output,
        written.hash,
        written.pixel_hash,
        workbench::applied(&written.applied),
    )
}
