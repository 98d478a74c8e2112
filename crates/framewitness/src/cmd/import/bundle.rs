//! Another team's publication, taken into the case at hand.

use std::path::PathBuf;

use clap::Args;
use workbench::export::is_sealed;
use workbench::publication::{Incoming, TakenIn, Taking};
use workbench::witness::roots;
use workbench::{Error, Result};

use crate::cmd::verify::Testimonies;
use crate::context::Context;
use crate::interrupt;
use crate::output::Bar;

/// What is said of a bundle.
#[derive(Args)]
pub struct Bundle {
    /// Where the bundle was obtained, such as its address; else its path
    #[arg(long, value_name = "URL|PATH", conflicts_with = "folder")]
    from: Option<String>,
    /// What to remark of the bundle
    #[arg(long, conflicts_with = "folder")]
    note: Option<String>,
    /// Who must have signed the bundle: a key (ssh-ed25519 …) or its fingerprint (SHA256:…). May be given several times
    #[arg(long, value_name = "KEY", conflicts_with = "folder")]
    signer: Vec<String>,
    /// Root certificates of time-stamping authorities that you trust, PEM: a file or a folder; else those in the
    /// bundle
    #[arg(long, value_name = "DIR", conflicts_with = "folder")]
    roots: Option<PathBuf>,
    #[command(flatten)]
    testimonies: Testimonies,
}

impl super::Import {
    /// Takes in the publication.
    pub(super) fn bundle(&self, context: &Context) -> Result<()> {
        let said = &self.bundle;
        let trusted = said.roots.as_deref().map(roots).transpose()?;
        let told = Incoming {
            origin: Some(match &said.from {
                Some(from) => from.clone(),
                None => self.export.display().to_string(),
            }),
            note: said.note.clone(),
            signers: said.signer.clone(),
            trust: said.testimonies.trust(trusted.unwrap_or_default())?,
        };
        let case = context.open()?;
        interrupt::listen();
        let taken = {
            let mut bar: Option<(Taking, Bar)> = None;
            let mut progress = |doing: Taking, done: u64, total: u64| {
                if bar.as_ref().is_none_or(|(shown, _)| *shown != doing) {
                    // The one before vanishes first.
                    bar = None;
                    bar = Some((doing, context.output.bar(word(doing), total)));
                }
                let shown = bar.as_ref().map(|(_, bar)| bar.follow()(done, total));
                shown.unwrap_or_else(interrupt::going)
            };
            match self.export.is_dir() {
                true => case.receive_publication(&self.export, &told, &mut progress)?,
                false => {
                    let opener = match is_sealed(&super::beginning(&self.export)?) {
                        true => Some(self.opener()?),
                        false => None,
                    };
                    let file = super::opened(&self.export)?;
                    let mut bytes: Box<dyn std::io::Read> = match &opener {
                        Some(opener) => opener.open(file)?,
                        None => Box::new(file),
                    };
                    case.receive_packed(&mut bytes, &told, &mut progress)?
                }
            }
        };
        context.output.record(&taken, text)
    }

    /// Refuses options of the other kind of import.
    pub(super) fn only_a_bundle(&self) -> Result<()> {
        let resting = self.wanted.database.is_some() || self.wanted.blobs.is_some();
        match self.update || resting {
            true => Err(Error::usage("nothing says where to make the case").hint(
                "name a new folder after the export; a publication goes into the case at hand",
            )),
            false => Ok(()),
        }
    }
}

fn word(doing: Taking) -> &'static str {
    match doing {
        Taking::Unpacking => "unpacking",
        Taking::Checking => "checking",
        Taking::Keeping => "taking in",
    }
}

fn text(taken: &TakenIn) -> String {
    let again = if taken.new { "" } else { "  was here already" };
    let mut lines = vec![format!(
        "{}  {}  {}  {} files, {} bytes{again}",
        taken.number, taken.title, taken.manifest, taken.files, taken.bytes
    )];
    let mut line = |word: &str, text: &str| lines.push(format!("{word:<13}{text}"));
    taken.proven.iter().for_each(|it| line("proven", it));
    taken.unproven.iter().for_each(|it| line("not proven", it));
    taken
        .linked
        .iter()
        .for_each(|it| line("item", &super::super::received::item(it)));
    lines.join("\n")
}
