use clap::Args;
use store::number::PublicationNo;
use workbench::{Case, Result};

use super::bundle::Out;
use crate::context::Context;

/// Write the bundle of a reviewed draft, signed by you; `verify` and ordinary tools check it
///
/// It is recorded first. Sealed before, the same bytes are written again. What is stopped leaves nothing.
#[derive(Args)]
pub struct Seal {
    /// The draft, such as B1
    publication: PublicationNo,
    #[command(flatten)]
    out: Out,
}

impl Seal {
    pub fn run(self, context: &Context, case: &Case) -> Result<()> {
        let top = format!("publication-{}", self.publication);
        let sealed = self
            .out
            .put(context, "sealing", &top, &mut |put, progress| {
                case.seal_publication(self.publication, put, progress)
            })?;
        context.output.record(&sealed, |sealed| {
            format!(
                "{}  {}  {} files, {} bytes  {}",
                sealed.publication,
                sealed.manifest,
                sealed.files,
                sealed.bytes,
                self.out.output.display()
            )
        })
    }
}
