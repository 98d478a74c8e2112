//! Masked copies: rendered, looked at for leaks, written to a file.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use media::mask::leak::LeakReport;
use store::number::RenderingNo;
use store::vocabulary::RenderForm;
use workbench::masking::{Rendered, RenderingView};
use workbench::{Case, Error, Item, Result};

use crate::context::Context;
use crate::interrupt;
use crate::part::PartFile;

#[derive(Args)]
pub struct Render {
    /// Item by number, start of id, or file name
    item: String,
    /// mp4 (H.264 and AAC, plays everywhere) or lossless (FFV1 and samples as they are, in Matroska)
    #[arg(long = "as", value_name = "FORM", default_value = "mp4")]
    form: RenderForm,
    /// File to write the copy to, beside what the case keeps
    #[arg(long, short)]
    output: Option<PathBuf>,
}

#[derive(Args)]
pub struct Check {
    /// The rendering, such as Y1; or an item, with --file
    what: String,
    /// Look at this file as a copy of the item with the masks that stand, whoever made it
    #[arg(long)]
    file: Option<PathBuf>,
}

impl Render {
    pub fn run(self, context: &Context, case: &Case) -> Result<()> {
        let item = case.item(&self.item)?;
        let view = case.render_masked(&item, self.form, &mut hear(context, case, &item)?)?;
        if let Some(output) = &self.output {
            write(case, &view, output)?;
        }
        context.output.record(&view, super::text::rendering)?;
        sealed(view.rendering.number, &view.report)
    }
}

impl Check {
    pub fn run(self, context: &Context, case: &Case) -> Result<()> {
        let Some(file) = &self.file else {
            let number: RenderingNo = self.what.parse().map_err(|why: String| {
                Error::usage(why).hint("name a rendering, or an item with --file")
            })?;
            let kept = case.rendering(number)?;
            let item = case.item(&kept.rendering.rendered.item.to_string())?;
            let view = case.check_rendering(number, &mut hear(context, case, &item)?)?;
            context.output.record(&view, super::text::rendering)?;
            return sealed(number, &view.report);
        };
        let item = case.item(&self.what)?;
        let opened = File::open(file)
            .map_err(|error| Error::io(format!("opening {}", file.display()), &error))?;
        let report = case.check_masked_file(&item, &opened, &mut hear(context, case, &item)?)?;
        context.output.record(&report, super::text::report)?;
        sealed(file.display(), &report)
    }
}

/// Shows how far it is: frames coded, then frames compared.
fn hear<'a>(
    context: &'a Context,
    case: &Case,
    item: &Item,
) -> Result<impl FnMut(Rendered) -> ControlFlow<()> + use<'a>> {
    interrupt::listen();
    let span = case.span_of(item, None, None)?;
    let (coded, compared) = ("rendering", "looking for leaks");
    let mut bar = context.output.frames_bar(coded, &span);
    let mut comparing = false;
    Ok(move |done| {
        if let Rendered::Compared(_) = done
            && !std::mem::replace(&mut comparing, true)
        {
            bar = context.output.frames_bar(compared, &span);
        }
        match done {
            Rendered::Coded(frames) | Rendered::Compared(frames) => bar.at(frames.into()),
        }
        interrupt::going()
    })
}

fn write(case: &Case, view: &RenderingView, output: &Path) -> Result<()> {
    let (begun, mut file) = PartFile::begin(output)?;
    let mut kept = case.open_rendering(&view.rendering)?;
    io::copy(&mut kept, &mut file)
        .map_err(|error| Error::io(format!("writing {}", output.display()), &error))?;
    begun.finish(&file)
}

/// The error that a leak is.
fn sealed(what: impl std::fmt::Display, report: &LeakReport) -> Result<()> {
    match report.is_clean() {
        true => Ok(()),
        false => Err(
            Error::integrity(format!("{what} leaks: it must not leave the case"))
                .hint("draw the masks that are missing and render it again"),
        ),
    }
}
