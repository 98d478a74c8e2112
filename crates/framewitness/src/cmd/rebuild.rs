use clap::Args;
use workbench::Result;

use crate::context::Context;

/// Build every table anew from the journal and compare; exits 3 where they differ
#[derive(Args)]
pub struct Rebuild {}

impl Rebuild {
    pub fn run(self, context: &Context) -> Result<()> {
        let rebuilt = context.open()?.rebuild()?;
        context.output.record(&rebuilt, |rebuilt| {
            format!(
                "{} entries replayed; every table is as the journal says.",
                rebuilt.entries
            )
        })
    }
}
