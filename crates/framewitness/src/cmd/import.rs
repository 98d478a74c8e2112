use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use workbench::export::{Imported, Opener, Source, check, folder, is_sealed, tar};
use workbench::{Error, Kind, Result};

use crate::backend::{self, Resting, Wanted};
use crate::context::Context;
use crate::passphrase;

/// Make a case of what `export` wrote, wherever it is to rest
///
/// The whole export is checked first: every hash, every entry, every signature. One that is not sound is
/// refused with exit code 3, and nothing is made. The journal is taken over byte for byte, so nothing is
/// entered in it. When it is cut off before its end, say the same again.
#[derive(Args)]
pub struct Import {
    /// The export: a file or a folder
    #[arg(value_name = "EXPORT")]
    export: PathBuf,
    /// Folder to make the case in; new, or empty
    #[arg(value_name = "CASE")]
    folder: PathBuf,
    /// Bring the case there up to a later export of it: entries and blobs that it lacks are added
    #[arg(long, conflicts_with_all = ["database", "blobs", "endpoint"])]
    update: bool,
    /// File with the key that opens an encrypted export: of `age-keygen`, or a private key of SSH. Without it
    /// the passphrase is asked for, or is that of FRAMEWITNESS_EXPORT_PASSPHRASE
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    #[command(flatten)]
    wanted: Wanted,
}

impl Import {
    pub fn run(self, context: &Context) -> Result<()> {
        context.as_it_stands()?;
        let there = self.there()?;
        let here = there.as_ref().map(|(store, _)| store.head()).transpose()?;
        let source = self.source()?;
        let source = source.as_ref();
        let checked = {
            let bar = context.output.bar("checking", 0);
            check(source, here.as_ref(), &mut bar.follow())?
        };
        let (store, blobs) = match there {
            Some(there) => there,
            None => backend::begin(&self.folder, &self.wanted)?,
        };
        let imported = {
            let bar = context.output.bar("importing", 0);
            checked.import(source, store.as_ref(), blobs.as_ref(), &mut bar.follow())
        };
        let imported = imported.map_err(again)?;
        context
            .output
            .record(&imported, |imported| self.text(imported))?;
        super::incomplete(&imported.missing, "the case")
    }

    /// The case that is to be brought up to the export.
    fn there(&self) -> Result<Option<Resting>> {
        match (self.update, backend::is_case(&self.folder)) {
            // Told before a large export is read for nothing.
            (false, is_case) => match backend::is_free(&self.folder) {
                Err(error) if is_case && error.kind == Kind::Usage => {
                    Err(error.hint("bring it up to the export with --update, or name a new folder"))
                }
                free => free.map(|()| None),
            },
            (true, true) => backend::kept(&self.folder).map(Some),
            (true, false) => Err(Error::missing(format!(
                "{} is not a case",
                self.folder.display()
            ))
            .hint("leave out --update to make one there")),
        }
    }

    fn source(&self) -> Result<Box<dyn Source>> {
        if self.export.is_dir() {
            return Ok(Box::new(folder(&self.export)));
        }
        let mut begins = Vec::new();
        let peek = opened(&self.export)?.take(40).read_to_end(&mut begins);
        peek.map_err(|why| Error::io(format!("reading {}", self.export.display()), &why))?;
        let path = self.export.clone();
        if !is_sealed(&begins) {
            return Ok(Box::new(tar(move || opened(&path))));
        }
        let opener = match &self.identity {
            Some(file) => Opener::of_file(file, &passphrase::of_identity)?,
            None => Opener::Passphrase(passphrase::of_export()?),
        };
        Ok(Box::new(tar(move || opener.open(opened(&path)?))))
    }

    fn text(&self, imported: &Imported) -> String {
        let (folder, root) = (self.folder.display(), &imported.root);
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

fn opened(path: &Path) -> Result<BufReader<File>> {
    let file =
        File::open(path).map_err(|why| Error::io(format!("reading {}", path.display()), &why))?;
    Ok(BufReader::with_capacity(1 << 20, file))
}
