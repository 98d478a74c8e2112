use std::io::Read;

use clap::Args;
use store::number::PublicationNo;
use workbench::publication::{Previewed, PublicationPreview};
use workbench::{Case, Error, Result};

use crate::context::Context;

/// Show what would leave with a draft if you sealed it, file by file, and what stays; nothing leaves
///
/// A review is told of in the bundle: what is read before it differs by that.
#[derive(Args)]
pub struct Preview {
    /// The draft, such as B1
    publication: PublicationNo,
    /// Write one of the files to standard output instead, such as data/report.html
    #[arg(long, value_name = "PATH")]
    file: Option<String>,
}

impl Preview {
    pub fn run(self, context: &Context, case: &Case) -> Result<()> {
        let Some(path) = &self.file else {
            let preview = case.preview_publication(self.publication)?;
            return context.output.record(&preview, text);
        };
        match case.previewed(self.publication, &[path])? {
            Previewed::Bytes(bytes) => context.output.bytes(&bytes),
            Previewed::Kept(mut file) => {
                let mut piece = vec![0; 1 << 20];
                loop {
                    let read = file.read(&mut piece);
                    let read = read.map_err(|why| Error::io(format!("reading {path}"), &why))?;
                    match &piece[..read] {
                        [] => return Ok(()),
                        bytes => context.output.bytes(bytes)?,
                    }
                }
            }
        }
    }
}

fn text(preview: &PublicationPreview) -> String {
    let mut lines = Vec::new();
    for file in &preview.files {
        lines.push(format!("{}  {:>10}  {}", file.sha256, file.size, file.path));
    }
    let mut line = |word: &str, text: String| lines.push(format!("{word:<13}{text}"));
    line(
        "in all",
        format!("{} files, {} bytes", preview.files.len(), preview.bytes),
    );
    line("names", preview.actors.join(", "));
    line("stays", preview.behind.join(" "));
    for refusal in &preview.refusals {
        line(
            "REFUSED",
            format!("{}: {}", refusal.sentence, refusal.resolve),
        );
    }
    lines.join("\n")
}
