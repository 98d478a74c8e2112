use clap::Args;
use workbench::view::Verified;
use workbench::{Error, Kind, Result};

use crate::context::Context;

/// Check every kept byte and every entry again; exits 3 naming what broke
#[derive(Args)]
pub struct Verify {
    /// A checkpoint kept elsewhere (`framewitness log --checkpoint`) that the journal must contain
    #[arg(long, value_name = "FILE")]
    against: Option<std::path::PathBuf>,
}

impl Verify {
    pub fn run(self, context: &Context) -> Result<()> {
        let checkpoint = self.against.as_deref().map(super::read).transpose()?;
        let bar = context.output.bar("verifying", 0);
        let case = context.open()?;
        let verified = case.verify(checkpoint.as_deref(), &mut bar.follow())?;
        drop(bar);
        context.output.record(&verified, text)?;
        let broken = |what: String| Err(Error::new(Kind::Integrity, what));
        match verified.problems.as_slice() {
            [] => Ok(()),
            [one] => broken(one.clone()),
            [first, rest @ ..] => broken(format!("{first}; and {} more", rest.len())),
        }
    }
}

fn text(verified: &Verified) -> String {
    let mut lines: Vec<String> = verified
        .problems
        .iter()
        .map(|problem| format!("BROKEN  {problem}"))
        .collect();
    lines.extend(
        verified
            .remarks
            .iter()
            .map(|remark| format!("note    {remark}")),
    );
    let size = format!(
        "{} entries, {} blobs, {} bytes",
        verified.entries, verified.blobs, verified.bytes
    );
    let root = verified
        .head
        .as_ref()
        .map_or_else(String::new, |head| format!(", root {}", head.root));
    lines.push(if verified.ok {
        format!("All as it was: {size}{root}")
    } else {
        format!("Checked {size}{root}")
    });
    lines.join("\n")
}
