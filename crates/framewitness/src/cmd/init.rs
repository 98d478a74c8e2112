use std::path::PathBuf;

use clap::Args;
use workbench::Result;

use crate::backend::Wanted;
use crate::context::Context;

/// Make a new case
#[derive(Args)]
pub struct Init {
    /// Folder to make it in; new, or empty
    #[arg(value_name = "CASE")]
    folder: PathBuf,
    /// Name of the case; else the folder's
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    wanted: Wanted,
}

impl Init {
    pub fn run(self, context: &Context) -> Result<()> {
        let own = || {
            self.folder
                .canonicalize()
                .ok()?
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
        };
        let case = context.create(&self.folder, &self.wanted)?;
        let name = self
            .name
            .clone()
            .or_else(own)
            .unwrap_or_else(|| "case".to_owned());
        let summary = case.begin(&name)?;
        context.output.record(&summary, |summary| {
            format!(
                "Made the case {:?} in {}, signed by {}.",
                summary.name,
                self.folder.display(),
                summary.actor
            )
        })
    }
}
