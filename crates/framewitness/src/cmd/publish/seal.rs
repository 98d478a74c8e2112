use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use store::number::PublicationNo;
use workbench::export::{Lock, Tar, folder};
use workbench::publication::SealedBundle;
use workbench::{Case, Error, Result};

use crate::context::Context;
use crate::part::{PartFile, PartFolder};
use crate::passphrase;

/// Write the bundle of a reviewed draft, signed by you; `verify` and ordinary tools check it
///
/// It is recorded first. Sealed before, the same bytes are written again. What is stopped leaves nothing.
#[derive(Args)]
pub struct Seal {
    /// The draft, such as B1
    publication: PublicationNo,
    /// New folder for it; where it is encrypted, a file whose name ends with .tar.age
    #[arg(long = "out", short, value_name = "DIR|FILE")]
    output: PathBuf,
    /// Encrypt it, so that the owner of this key can open it: age1…, a public key of SSH (ssh-ed25519, ssh-rsa),
    /// or a file of such, a line each. May be given several times
    #[arg(long, value_name = "RECIPIENT|FILE", conflicts_with = "passphrase")]
    age: Vec<String>,
    /// Encrypt it under a passphrase: asked for, or of FRAMEWITNESS_EXPORT_PASSPHRASE
    #[arg(long)]
    passphrase: bool,
}

impl Seal {
    pub fn run(self, context: &Context, case: &Case) -> Result<()> {
        let encrypted = self.output.to_string_lossy().ends_with(".tar.age");
        let sealed = match (self.passphrase || !self.age.is_empty(), encrypted) {
            (true, true) => self.archive(context, case)?,
            (false, false) => self.folder(context, case)?,
            (true, false) => {
                return Err(Error::usage("an encrypted bundle is a file of age")
                    .hint("let its name end with .tar.age"));
            }
            (false, true) => {
                return Err(Error::usage("a bundle called .age must be encrypted")
                    .hint("say for whom with --age, or ask for --passphrase"));
            }
        };
        context.output.record(&sealed, |sealed| {
            format!(
                "{}  {}  {} files, {} bytes  {}",
                sealed.publication,
                sealed.manifest,
                sealed.files,
                sealed.bytes,
                self.output.display()
            )
        })
    }

    fn folder(&self, context: &Context, case: &Case) -> Result<SealedBundle> {
        let part = PartFolder::begin(&self.output)?;
        let bar = context.output.bar("sealing", 0);
        let mut to = folder(part.until_whole());
        let sealed = case.seal_publication(self.publication, &mut to, &mut bar.follow())?;
        to.finish().map_err(|why| self.failed(&why))?;
        part.finish()?;
        self.lasting()?;
        Ok(sealed)
    }

    fn archive(&self, context: &Context, case: &Case) -> Result<SealedBundle> {
        let lock = match self.passphrase {
            true => Lock::Passphrase(passphrase::of_new_export()?),
            false => Lock::Recipients(super::super::export::recipients(&self.age)?),
        };
        let (part, file) = PartFile::begin(&self.output)?;
        let bar = context.output.bar("sealing", 0);
        let top = format!("publication-{}/", self.publication);
        let mut tar = Tar::within(lock.over(&file)?, top);
        let sealed = case.seal_publication(self.publication, &mut tar, &mut bar.follow())?;
        let ended = tar.finish().and_then(|locked| locked.finish());
        let mut writer = ended.map_err(|why| self.failed(&why))?;
        writer.flush().map_err(|why| self.failed(&why))?;
        part.finish(&file)?;
        self.lasting()?;
        Ok(sealed)
    }

    /// Lets its name survive a power cut.
    fn lasting(&self) -> Result<()> {
        let above = self.output.parent();
        let above = above.filter(|above| !above.as_os_str().is_empty());
        let folder = std::fs::File::open(above.unwrap_or(Path::new(".")));
        let synced = folder.and_then(|it| it.sync_all());
        synced.map_err(|why| self.failed(&why))
    }

    fn failed(&self, why: &std::io::Error) -> Error {
        Error::io(format!("writing {}", self.output.display()), why)
    }
}
