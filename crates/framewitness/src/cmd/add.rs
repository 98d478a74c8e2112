use std::path::{Path, PathBuf};

use clap::Args;
use workbench::acquire::Told;
use workbench::view::Added;
use workbench::{Case, Result, acquire};

use crate::context::Context;

/// Preserve files: copied, hashed while they arrive, never changed
#[derive(Args)]
pub struct Add {
    /// Files, and folders with everything in them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// When they were uploaded to where they were found, such as 2019-05 or 2026-05-03T18:20:00Z
    #[arg(long, value_name = "TIME")]
    uploaded: Option<String>,
    /// When you, or somebody else, got them, such as 2026-05-03T18:20Z; when they are added is recorded anyway
    #[arg(long, value_name = "TIME")]
    acquired: Option<String>,
    /// What to remember of how they were obtained
    #[arg(long)]
    note: Option<String>,
}

impl Add {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let told = Told {
            uploaded: self.uploaded,
            acquired: self.acquired,
            note: self.note,
        };
        super::every(&context.output, &self.files, |path| {
            super::every(
                &context.output,
                acquire::files(std::slice::from_ref(path))?,
                |file| one(context, &case, &told, &file),
            )
        })
    }
}

fn one(context: &Context, case: &Case, told: &Told, file: &Path) -> Result<()> {
    let size = std::fs::metadata(file).map_or(0, |facts| facts.len());
    let bar = context.output.bar(&file.to_string_lossy(), size);
    let added = case.add_file(file, told, &mut |bytes| bar.at(bytes))?;
    drop(bar);
    context.output.record(&added, text)
}

fn text(added: &Added) -> String {
    let news = if added.new {
        String::new()
    } else {
        format!("  (known: acquisition {})", added.acquisitions)
    };
    format!(
        "{}  {}  {} bytes  {}{news}",
        added.item, added.id, added.size, added.name
    )
}
