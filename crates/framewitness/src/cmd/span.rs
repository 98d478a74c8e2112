use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;
use workbench::view::{SavedSound, SavedSpan};
use workbench::{Case, Error, Item, Kind, Place, Result, SaveAs};

use crate::context::Context;
use crate::part::{PartFile, PartFolder};

/// Name of the listing in a folder of stills, and ending of the one beside a clip.
const LISTING: &str = "frames.json";

/// Write a span of exact frames: as stills in a folder, or as one clip that loses nothing
#[derive(Args)]
pub struct Span {
    /// Item by number, start of id, or file name
    item: String,
    /// First frame: number (37), seconds (12.5s), clock time (0:12.5) or pts:N; else the first of all
    #[arg(long, value_name = "PLACE", value_parser = super::pin::place)]
    from: Option<Place>,
    /// Place up to which to write; the frame there is left out. Else to the end
    #[arg(long, value_name = "PLACE", value_parser = super::pin::place)]
    to: Option<Place>,
    /// What to write; else a clip if the name ends in .mkv, and PNG stills if not
    #[arg(long = "as", value_name = "FORM", value_enum)]
    form: Option<Form>,
    /// View filters to apply to stills, such as `levels=16:180,gamma=1.4`; each states them
    #[arg(long, value_name = "STEPS", default_value = "")]
    view: String,
    /// Folder to make for stills, or file to write a clip to
    #[arg(long, short, value_name = "PATH")]
    output: PathBuf,
}

/// What a span is written as.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A folder of PNG stills, each as `frame` writes it
    Png,
    /// A folder of lossless WebP stills of the same pixels
    Webp,
    /// FFV1 and samples of sound as they are, in Matroska: the planes as decoded, every timestamp kept
    Clip,
}

#[derive(Serialize)]
struct Written {
    item: String,
    from: u32,
    to: u32,
    sound: Option<SavedSound>,
    view: String,
    output: String,
    listing: String,
}

impl Span {
    pub fn run(self, context: &Context) -> Result<()> {
        if self.output.as_os_str() == "-" {
            return Err(
                Error::usage("a span is written under a name, not to standard output")
                    .hint("name a folder for stills, or a file ending in .mkv for a clip"),
            );
        }
        let case = context.open()?;
        let item = case.item(&self.item)?;
        let span = case.span_of(&item, self.from, self.to)?;
        let (saved, listing) = match self.form() {
            Form::Clip => self.clip(context, &case, &item, span)?,
            Form::Png => self.stills(context, &case, &item, span, SaveAs::Png)?,
            Form::Webp => self.stills(context, &case, &item, span, SaveAs::Webp)?,
        };
        let written = Written {
            item: saved.item.to_string(),
            from: saved.from,
            to: saved.to,
            sound: saved.sound,
            view: saved.view,
            output: self.output.to_string_lossy().into_owned(),
            listing: listing.to_string_lossy().into_owned(),
        };
        context.output.record(&written, text)
    }

    fn form(&self) -> Form {
        let clip = self
            .output
            .extension()
            .is_some_and(|ending| ending == "mkv");
        self.form
            .unwrap_or(if clip { Form::Clip } else { Form::Png })
    }

    fn stills(
        &self,
        context: &Context,
        case: &Case,
        item: &Item,
        span: Range<u32>,
        form: SaveAs,
    ) -> Result<(SavedSpan, PathBuf)> {
        let view = workbench::view(&self.view)?;
        let folder = PartFolder::begin(&self.output)?;
        let bar = context.output.frames_bar(&item.name, &span);
        let saved = case.save_stills(item, span, &view, form, &mut |still| {
            folder.write(still.name, still.bytes)?;
            bar.at(still.done.into());
            Ok(())
        })?;
        folder.write(LISTING, &listing(&saved)?)?;
        folder.finish()?;
        Ok((saved, self.output.join(LISTING)))
    }

    fn clip(
        &self,
        context: &Context,
        case: &Case,
        item: &Item,
        span: Range<u32>,
    ) -> Result<(SavedSpan, PathBuf)> {
        if !self.view.is_empty() {
            return Err(
                Error::usage("a clip holds the planes as decoded, without a view")
                    .hint("write stills to see the span through view filters: --as png"),
            );
        }
        let (begun, file) = PartFile::begin(&self.output)?;
        let bar = context.output.frames_bar(&item.name, &span);
        let out = BufWriter::with_capacity(1 << 20, file);
        let (out, patches, saved) = case.save_clip(item, span, out, &mut |done| {
            bar.at(done.into());
            ControlFlow::Continue(())
        })?;
        let failed = |error| Error::io(format!("writing {}", self.output.display()), &error);
        let mut file = out
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        for patch in patches {
            file.seek(SeekFrom::Start(patch.at)).map_err(failed)?;
            file.write_all(&patch.bytes).map_err(failed)?;
        }
        let beside = listing_of(&self.output);
        super::write(&beside, &listing(&saved)?)?;
        begun.finish(&file)?;
        Ok((saved, beside))
    }
}

/// `clip.mkv` has its listing in `clip.mkv.frames.json`.
fn listing_of(clip: &Path) -> PathBuf {
    let mut name = clip.as_os_str().to_owned();
    name.push(".");
    name.push(LISTING);
    name.into()
}

fn listing(saved: &SavedSpan) -> Result<Vec<u8>> {
    let written = serde_json::to_vec_pretty(saved);
    let mut bytes = written.map_err(|error| Error::new(Kind::Failed, error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn text(written: &Written) -> String {
    let view = if written.view.is_empty() {
        String::new()
    } else {
        format!("\n  not the exact pixels: seen through {}", written.view)
    };
    let sound = written.sound.as_ref().map_or_else(String::new, |sound| {
        format!(", sound samples {} to {}", sound.from, sound.to - 1)
    });
    format!(
        "{}  frames {} to {}{sound} written to {}, listed in {}{view}",
        written.item,
        written.from,
        written.to - 1,
        written.output,
        written.listing
    )
}
