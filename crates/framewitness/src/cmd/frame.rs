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
    /// View filters to apply, such as `levels=16:180,gamma=1.4`; the PNG states them
    #[arg(long, value_name = "STEPS", default_value = "")]
    view: String,
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
    view: String,
    output: String,
}

impl Frame {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        let no = case.find_frame(&item, self.frame)?;
        let view = workbench::view(&self.view)?;
        let (still, viewed) = case.viewed(&item, no, &view)?;
        let png = still.png_of(&view, &viewed);
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
            pixel_hash: viewed.pixel_hash().hex(),
            width: viewed.width,
            height: viewed.height,
            applied: still.applied.clone(),
            view: view.to_string(),
            output: self.output.to_string_lossy().into_owned(),
        };
        context.output.record(&written, text)
    }
}

fn text(written: &Written) -> String {
    let view = if written.view.is_empty() {
        String::new()
    } else {
        format!("\n  not the exact pixels: seen through {}", written.view)
    };
    format!(
        "{} frame {}  {}x{}  {}\n  planes sha256 {}\n  pixels sha256 {}\n  {}{view}",
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
