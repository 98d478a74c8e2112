use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use workbench::view::Filmstrip as Film;
use workbench::{Place, Result, Stretch};

use crate::context::Context;

/// Write a filmstrip: exact frames in small, side by side, spread evenly over time
#[derive(Args)]
pub struct Filmstrip {
    /// Item by number, start of id, or file name
    item: String,
    /// First frame: number (37), seconds (12.5s), clock time (0:12.5) or pts:N; else the first of all
    #[arg(long, value_name = "PLACE", value_parser = super::pin::place)]
    from: Option<Place>,
    /// Place up to which to show; the frame there is left out. Else to the end
    #[arg(long, value_name = "PLACE", value_parser = super::pin::place)]
    to: Option<Place>,
    /// Number of frames, at most
    #[arg(long, value_name = "N", default_value_t = 12)]
    count: u32,
    /// Width of each in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 160)]
    width: u32,
    /// File to write; `-` for standard output. It states the number of each frame
    #[arg(long, short, value_name = "FILE.png")]
    output: PathBuf,
}

#[derive(Serialize)]
struct Written {
    item: String,
    #[serde(flatten)]
    film: Film,
    output: String,
}

impl Filmstrip {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        let span = case.span_of(&item, self.from, self.to)?;
        let [from_s, to_s] = case.span_seconds(&item, &span)?;
        let stretch = Stretch {
            from_s: Some(from_s),
            to_s: Some(to_s),
            count: self.count,
            width: self.width,
        };
        let (film, png) = case.filmstrip_png(&item, stretch)?;
        if self.output.as_os_str() == "-" {
            return context.output.bytes(&png);
        }
        super::write(&self.output, &png)?;
        let written = Written {
            item: item.number.to_string(),
            film,
            output: self.output.to_string_lossy().into_owned(),
        };
        context.output.record(&written, text)
    }
}

fn text(written: &Written) -> String {
    let film = &written.film;
    let numbers: Vec<_> = film
        .cells
        .iter()
        .map(|cell| cell.frame.to_string())
        .collect();
    format!(
        "{}  {:.3} s to {:.3} s  {}\n  frames {}",
        written.item,
        film.from_s,
        film.to_s,
        written.output,
        numbers.join(" ")
    )
}
