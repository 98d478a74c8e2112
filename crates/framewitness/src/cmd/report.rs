use std::path::{Path, PathBuf};

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
    #[arg(long, short, value_name = "FILE.html", required_unless_present = "pdf")]
    output: Option<PathBuf>,
    /// File to write the same to on paper, PDF/A-2a; figures in full at its end
    #[arg(long, value_name = "FILE.pdf")]
    pdf: Option<PathBuf>,
}

#[derive(Serialize)]
struct Written {
    item: String,
    report: String,
    size: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pdf: Option<String>,
}

impl Report {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        let report = case.report(&item)?;
        let put = |path: &Path, bytes: &[u8]| {
            super::write(path, bytes).map_err(|error| {
                let id = &report.id;
                error.hint(format!(
                    "the report is recorded and kept in the case as {id}: its file alone is missing"
                ))
            })
        };
        if let Some(path) = &self.output {
            put(path, report.html.as_bytes())?;
        }
        if let Some(path) = &self.pdf {
            put(path, &report.pdf()?)?;
        }
        let named = |path: PathBuf| path.to_string_lossy().into_owned();
        let written = Written {
            item: item.number.to_string(),
            report: report.id.to_string(),
            size: report.html.len(),
            output: self.output.map(named),
            pdf: self.pdf.map(named),
        };
        context.output.record(&written, |written| {
            let files = written.output.iter().chain(&written.pdf);
            let files: Vec<&str> = files.map(String::as_str).collect();
            format!(
                "{}  {}  {} bytes  {}",
                written.item,
                written.report,
                written.size,
                files.join("  ")
            )
        })
    }
}
