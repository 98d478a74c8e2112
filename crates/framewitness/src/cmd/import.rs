mod bundle;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use workbench::export::{Imported, Opener, Source, check, folder, is_sealed, tar};
use workbench::{Error, Kind, Result};

use crate::backend::{self, Resting, Wanted};
use crate::context::Context;
use crate::passphrase;

/// Make a case of what `export` wrote, wherever it is to rest; or take another team's publication into this one
///
/// All of it is checked first: every hash, every entry, every signature. What is not sound is refused with exit
/// code 3, and nothing is made or taken. Of an export, the journal is taken over byte for byte, so nothing is
/// entered in it. A publication (`publish seal`) is named alone and goes into the case at hand as evidence: its
/// files as they are, the originals in it as items; `received` shows it. When it is cut off before its end, say
/// the same again.
#[derive(Args)]
pub struct Import {
    /// The export, or the bundle of a publication: a file or a folder
    #[arg(value_name = "EXPORT|BUNDLE")]
    export: PathBuf,
    /// Folder to make the case in; new, or empty. Left out for a publication
    #[arg(value_name = "CASE")]
    folder: Option<PathBuf>,
    /// Bring the case there up to a later export of it: entries and blobs that it lacks are added
    #[arg(long, conflicts_with_all = ["database", "blobs", "endpoint"])]
    update: bool,
    /// File with the key that opens what is encrypted: of `age-keygen`, or a private key of SSH. Without it
    /// the passphrase is asked for, or is that of FRAMEWITNESS_EXPORT_PASSPHRASE
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    bundle: bundle::Bundle,
}

impl Import {
    pub fn run(self, context: &Context) -> Result<()> {
        match &self.folder {
            Some(folder) => self.case(context, folder),
            None => {
                self.only_a_bundle()?;
                self.bundle(context)
            }
        }
    }

    fn case(&self, context: &Context, folder: &Path) -> Result<()> {
        context.as_it_stands()?;
        let there = self.there(folder)?;
        let here = there.as_ref().map(|(store, _)| store.head()).transpose()?;
        let source = self.source()?;
        let source = source.as_ref();
        let checked = {
            let bar = context.output.bar("checking", 0);
            check(source, here.as_ref(), &mut bar.follow())?
        };
        let (store, blobs) = match there {
            Some(there) => there,
            None => backend::begin(folder, &self.wanted)?,
        };
        let imported = {
            let bar = context.output.bar("importing", 0);
            checked.import(source, store.as_ref(), blobs.as_ref(), &mut bar.follow())
        };
        let imported = imported.map_err(again)?;
        context
            .output
            .record(&imported, |imported| self.text(folder, imported))?;
        super::incomplete(&imported.missing, "the case")
    }

    /// The case that is to be brought up to the export.
    fn there(&self, folder: &Path) -> Result<Option<Resting>> {
        match (self.update, backend::is_case(folder)) {
            // Told before a large export is read for nothing.
            (false, is_case) => match backend::is_free(folder) {
                Err(error) if is_case && error.kind == Kind::Usage => {
                    Err(error.hint("bring it up to the export with --update, or name a new folder"))
                }
                free => free.map(|()| None),
            },
            (true, true) => backend::kept(folder).map(Some),
            (true, false) => Err(
                Error::missing(format!("{} is not a case", folder.display()))
                    .hint("leave out --update to make one there"),
            ),
        }
    }

    fn source(&self) -> Result<Box<dyn Source>> {
        if self.export.is_dir() {
            return Ok(Box::new(folder(&self.export)));
        }
        let path = self.export.clone();
        if !is_sealed(&beginning(&self.export)?) {
            return Ok(Box::new(tar(move || opened(&path))));
        }
        let opener = self.opener()?;
        Ok(Box::new(tar(move || opener.open(opened(&path)?))))
    }

    fn opener(&self) -> Result<Opener> {
        match &self.identity {
            Some(file) => Opener::of_file(file, &passphrase::of_identity),
            None => Ok(Opener::Passphrase(passphrase::of_export()?)),
        }
    }

    fn text(&self, folder: &Path, imported: &Imported) -> String {
        let (folder, root) = (folder.display(), &imported.root);
        match self.update {
            false => format!(
                "Made the case {:?} in {folder}: {} entries, {} blobs, root {root}",
                imported.case, imported.entries, imported.blobs
            ),
            true => format!(
                "Brought the case {:?} in {folder} up to {} entries, {} of them new, and {} new blobs, root {root}",
                imported.case, imported.entries, imported.new_entries, imported.new_blobs
            ),
        }
    }
}

fn again(error: Error) -> Error {
    match (error.kind, &error.hint) {
        (Kind::Failed, None) => {
            error.hint("nothing is entered before all of it is there: say the same again")
        }
        _ => error,
    }
}

/// How a file begins.
fn beginning(path: &Path) -> Result<Vec<u8>> {
    let mut begins = Vec::new();
    let peek = opened(path)?.take(40).read_to_end(&mut begins);
    peek.map_err(|why| Error::io(format!("reading {}", path.display()), &why))?;
    Ok(begins)
}

fn opened(path: &Path) -> Result<BufReader<File>> {
    let file =
        File::open(path).map_err(|why| Error::io(format!("reading {}", path.display()), &why))?;
    Ok(BufReader::with_capacity(1 << 20, file))
}
