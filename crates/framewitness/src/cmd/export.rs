use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use workbench::export::{Exported, Lock, Tar, folder};
use workbench::{Case, Error, Result};

use crate::context::Context;
use crate::interrupt;
use crate::part::{PartFile, PartFolder};
use crate::passphrase;

/// Write the whole case to one file or folder, to keep it or to move it
///
/// It holds the journal as it is, every blob that an entry names, and SHA256SUMS of both; `import` makes
/// the same case of it, wherever that is to rest. Keys are not in it: they belong to people, not to cases.
/// Exits 4 naming them when blobs are missing, with all the rest written.
#[derive(Args)]
pub struct Export {
    /// Where to: a tar archive, where the name ends with .tar or .tar.age; else a new folder
    #[arg(value_name = "FILE|DIR")]
    output: PathBuf,
    /// Encrypt it, so that the owner of this key can open it: age1…, a public key of SSH (ssh-ed25519, ssh-rsa),
    /// or a file of such, a line each. May be given several times
    #[arg(long, value_name = "RECIPIENT|FILE", conflicts_with = "passphrase")]
    age: Vec<String>,
    /// Encrypt it under a passphrase: asked for, or of FRAMEWITNESS_EXPORT_PASSPHRASE
    #[arg(long)]
    passphrase: bool,
}

impl Export {
    pub fn run(self, context: &Context) -> Result<()> {
        let lock = match (self.passphrase, self.age.is_empty()) {
            (true, _) => Lock::Passphrase(passphrase::of_new_export()?),
            (false, false) => Lock::Recipients(recipients(&self.age)?),
            (false, true) => Lock::Open,
        };
        let case = context.open()?;
        interrupt::listen();
        let exported = match self.is_archive(&lock)? {
            true => self.archive(context, &case, &lock)?,
            false => self.folder(context, &case)?,
        };
        context
            .output
            .record(&exported, |exported| self.text(exported))?;
        super::incomplete(&exported.missing, "the export")
    }

    /// By its name, which must not promise what it does not hold.
    fn is_archive(&self, lock: &Lock) -> Result<bool> {
        let name = self.output.to_string_lossy();
        match (name.ends_with(".tar"), name.ends_with(".tar.age"), lock) {
            (true, _, Lock::Open) => Ok(true),
            (_, true, Lock::Recipients(_) | Lock::Passphrase(_)) => Ok(true),
            (_, false, Lock::Recipients(_) | Lock::Passphrase(_)) => {
                Err(Error::usage("an encrypted export is a file of age")
                    .hint("let its name end with .tar.age"))
            }
            (_, true, Lock::Open) => Err(Error::usage("an export called .age must be encrypted")
                .hint("say for whom with --age, or ask for --passphrase")),
            (false, false, Lock::Open) => Ok(false),
        }
    }

    fn archive(&self, context: &Context, case: &Case, lock: &Lock) -> Result<Exported> {
        let failed = |why| Error::io(format!("writing {}", self.output.display()), &why);
        let (part, file) = PartFile::begin(&self.output)?;
        let bar = context.output.bar("exporting", 0);
        let mut tar = Tar::new(lock.over(BufWriter::with_capacity(1 << 20, file))?);
        let exported = case.export(&mut tar, &mut bar.follow())?;
        let mut ended = tar.finish().and_then(|locked| locked.finish());
        if let Ok(writer) = &mut ended {
            writer.flush().map_err(failed)?;
        }
        let file = ended
            .and_then(|writer| writer.into_inner().map_err(std::io::Error::from))
            .map_err(failed)?;
        part.finish(&file)?;
        self.lasting()?;
        Ok(exported)
    }

    fn folder(&self, context: &Context, case: &Case) -> Result<Exported> {
        let part = PartFolder::begin(&self.output)?;
        let bar = context.output.bar("exporting", 0);
        let mut to = folder(part.until_whole());
        let exported = case.export(&mut to, &mut bar.follow())?;
        to.finish()
            .map_err(|why| Error::io(format!("writing {}", self.output.display()), &why))?;
        part.finish()?;
        self.lasting()?;
        Ok(exported)
    }

    /// Lets its name survive a power cut: people remove what they have a backup of.
    fn lasting(&self) -> Result<()> {
        let above = self.output.parent();
        let above = above.filter(|above| !above.as_os_str().is_empty());
        let synced = File::open(above.unwrap_or(Path::new("."))).and_then(|it| it.sync_all());
        synced.map_err(|why| Error::io(format!("writing {}", self.output.display()), &why))
    }

    fn text(&self, exported: &Exported) -> String {
        format!(
            "Exported {:?} to {}: {} entries, {} blobs, {} bytes, root {}",
            exported.case,
            self.output.display(),
            exported.entries,
            exported.blobs,
            exported.bytes,
            exported.root
        )
    }
}

/// Those that were named, and those in files that were.
pub(super) fn recipients(age: &[String]) -> Result<Vec<String>> {
    let mut recipients = Vec::new();
    for named in age {
        if !Path::new(named).is_file() {
            recipients.push(named.clone());
            continue;
        }
        let text = super::read(Path::new(named))?;
        let lines = text.lines().map(str::trim);
        let keys = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let before = recipients.len();
        recipients.extend(keys.map(str::to_owned));
        if recipients.len() == before {
            return Err(Error::usage(format!("{named} names nobody"))
                .hint("put a recipient (age1…, ssh-ed25519 …) on each line"));
        }
    }
    Ok(recipients)
}
