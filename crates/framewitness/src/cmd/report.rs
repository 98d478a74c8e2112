use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use workbench::Result;

use crate::context::Context;

/// Write a self-contained report on an item, which opens with no network
#[derive(Args)]
pub struct Report {
    /// Item by number, start of id, or file name
    item: String,
    /// File to write
    #[arg(long, short, value_name = "FILE.html")]
    output: PathBuf,
}

#[derive(Serialize)]
struct Written {
    item: String,
    report: String,
    size: usize,
    output: String,
}

impl Report {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        let report = case.report(&item)?;
        super::write(&self.output, report.html.as_bytes()).map_err(|error| {
            let id = &report.id;
            error.hint(format!(
                "the report is recorded and kept in the case as {id}: its file alone is missing"
            ))
        })?;
        let written = Written {
            item: item.number.to_string(),
            report: report.id.to_string(),
            size: report.html.len(),
            output: self.output.to_string_lossy().into_owned(),
        };
        context.output.record(&written, |written| {
            format!(
                "{}  {}  {} bytes  {}",
                written.item, written.report, written.size, written.output
            )
        })
    }
}
