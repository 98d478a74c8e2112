//! Where a bundle goes: a new folder, or a file of age.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use workbench::export::{Lock, Put, Tar, folder};
use workbench::{Error, Result};

use crate::context::Context;
use crate::interrupt;
use crate::part::{PartFile, PartFolder};
use crate::passphrase;

/// Where a bundle goes, and who can open it.
#[derive(Args)]
pub struct Out {
    /// New folder for it; where it is encrypted, a file whose name ends with .tar.age
    #[arg(long = "out", short, value_name = "DIR|FILE")]
    pub output: PathBuf,
    /// Encrypt it, so that the owner of this key can open it: age1…, a public key of SSH (ssh-ed25519, ssh-rsa),
    /// or a file of such, a line each. May be given several times
    #[arg(long, value_name = "RECIPIENT|FILE", conflicts_with = "passphrase")]
    age: Vec<String>,
    /// Encrypt it under a passphrase: asked for, or of FRAMEWITNESS_EXPORT_PASSPHRASE
    #[arg(long)]
    passphrase: bool,
}

/// What writes a bundle: where to, and who hears how far it is.
pub type Writing<'a, T> =
    &'a mut dyn FnMut(&mut dyn Put, &mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Result<T>;

impl Out {
    /// Has a bundle written; in an archive it lies in the folder `top`.
    pub fn put<T>(
        &self,
        context: &Context,
        doing: &str,
        top: &str,
        write: Writing<'_, T>,
    ) -> Result<T> {
        interrupt::listen();
        let encrypted = self.output.to_string_lossy().ends_with(".tar.age");
        match (self.passphrase || !self.age.is_empty(), encrypted) {
            (true, true) => self.archive(context, doing, top, write),
            (false, false) => self.folder(context, doing, write),
            (true, false) => Err(Error::usage("an encrypted bundle is a file of age")
                .hint("let its name end with .tar.age")),
            (false, true) => Err(Error::usage("a bundle called .age must be encrypted")
                .hint("say for whom with --age, or ask for --passphrase")),
        }
    }

    fn folder<T>(&self, context: &Context, doing: &str, write: Writing<'_, T>) -> Result<T> {
        let part = PartFolder::begin(&self.output)?;
        let bar = context.output.bar(doing, 0);
        let mut to = folder(part.until_whole());
        let written = write(&mut to, &mut bar.follow())?;
        to.finish().map_err(|why| self.failed(&why))?;
        part.finish()?;
        self.lasting()?;
        Ok(written)
    }

    fn archive<T>(
        &self,
        context: &Context,
        doing: &str,
        top: &str,
        write: Writing<'_, T>,
    ) -> Result<T> {
        let lock = match self.passphrase {
            true => Lock::Passphrase(passphrase::of_new_export()?),
            false => Lock::Recipients(super::super::export::recipients(&self.age)?),
        };
        let (part, file) = PartFile::begin(&self.output)?;
        let bar = context.output.bar(doing, 0);
        let mut tar = Tar::within(lock.over(&file)?, format!("{top}/"));
        let written = write(&mut tar, &mut bar.follow())?;
        let ended = tar.finish().and_then(|locked| locked.finish());
        let mut writer = ended.map_err(|why| self.failed(&why))?;
        writer.flush().map_err(|why| self.failed(&why))?;
        part.finish(&file)?;
        self.lasting()?;
        Ok(written)
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
