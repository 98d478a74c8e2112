//! A descriptor that the user brings: a model by which pictures are alike (docs/formats/descriptor.md).

mod description;
mod picture;
#[cfg(test)]
mod tests;
mod vectors;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use journal::ContentId;
use media::decoder::Decoder;
use media::describe::{Describer, Error as Why};
use store::event::Learned;

use self::description::Description;
use crate::error::{Error, Kind, Result};

pub(crate) use self::vectors::{Footage, Vectors};

/// Name of the model's file.
const MODEL: &str = "model.onnx";

/// A descriptor, tried once and found to work.
pub(crate) struct Descriptor {
    folder: PathBuf,
    description: Description,
    model: File,
    named: Learned,
    /// Vectors of items, by what they are made from: every query asks for those of all others.
    at_hand: Mutex<HashMap<String, Arc<Vectors>>>,
}

impl Descriptor {
    /// Opens a descriptor folder, checks all of it, and has the model describe a picture.
    ///
    /// # Errors
    /// A file is missing, `descriptor.json` is wrong, or the model is another, cannot be run here, or does
    /// something else than is said of it.
    pub(crate) fn open(folder: &Path, decoder: &Decoder) -> Result<Self> {
        let json = read_description(folder)?;
        let wrong = |why: String| {
            Error::usage(format!(
                "{}: {why}",
                folder.join(description::FILE).display()
            ))
            .hint("docs/formats/descriptor.md says what it holds")
        };
        let description = Description::read(&json).map_err(wrong)?;
        let model = open(&folder.join(MODEL))?;
        let named = Learned {
            name: description.name.clone(),
            version: description.version.clone(),
            model: description.model().map_err(wrong)?,
            description: ContentId::of(&json),
            runtime: String::new(),
        };
        let mut descriptor = Self {
            folder: folder.to_owned(),
            description,
            model,
            named,
            at_hand: Mutex::default(),
        };
        let mut describer = descriptor.start(decoder)?;
        let picture = picture::trial(&descriptor.description.input);
        let tried = describer.describe(&picture);
        tried.map_err(|why| descriptor.failed(&why))?;
        descriptor.named.runtime = describer.runtime().to_owned();
        Ok(descriptor)
    }

    /// What is recorded of it.
    pub(crate) fn named(&self) -> &Learned {
        &self.named
    }

    /// Cosine of two vectors from which pictures count as alike.
    pub(crate) fn alike(&self) -> f32 {
        self.description.alike
    }

    /// A process that has read the model.
    fn start(&self, decoder: &Decoder) -> Result<Describer> {
        Describer::start(decoder, &self.model, &self.description.form())
            .map_err(|why| self.failed(&why))
    }

    fn failed(&self, why: &Why) -> Error {
        let told = |kind| {
            Error::new(
                kind,
                format!("the model in {}: {why}", self.folder.display()),
            )
        };
        match why {
            Why::NoProgram { .. } => Error::new(Kind::Unsupported, why.to_string())
                .hint("build it with `make descriptor`, or match without --descriptor"),
            Why::NoJail => Error::usage(why.to_string())
                .hint("leave out --unsafe-no-jail, or match without --descriptor"),
            Why::NotStarted(_) => told(Kind::Unsupported),
            Why::Other { sha256 } => Error::new(
                Kind::Integrity,
                format!(
                    "the model in {} is not the one that {} names: its SHA-256 is {sha256}",
                    self.folder.display(),
                    description::FILE
                ),
            )
            .hint("get the model again; or, if you changed it yourself, put its new SHA-256 there"),
            Why::Refused { .. } => told(Kind::Unsupported)
                .hint("docs/how-to/descriptor.md says which models can be used, and how to export one"),
            Why::Stopped { .. } => told(Kind::Unsupported).hint(
                "if you trust where the model is from, export it for smaller pictures, or take a smaller one",
            ),
        }
    }
}

fn read_description(folder: &Path) -> Result<Vec<u8>> {
    let path = folder.join(description::FILE);
    if !folder.is_dir() {
        return Err(
            Error::missing(format!("{} is no folder", folder.display())).hint(format!(
                "a descriptor is a folder with {} and {MODEL}",
                description::FILE
            )),
        );
    }
    let file = open(&path)?;
    let mut json = Vec::new();
    let read = file.take(description::LARGEST + 1).read_to_end(&mut json);
    read.map_err(|error| Error::io(format!("reading {}", path.display()), &error))?;
    if json.len() as u64 > description::LARGEST {
        return Err(Error::usage(format!(
            "{} is larger than {} KiB",
            path.display(),
            description::LARGEST >> 10
        )));
    }
    Ok(json)
}

/// Opens a file that is one: no pipe is waited for, and no device read.
fn open(path: &Path) -> Result<File> {
    let failed = |error| Error::io(format!("opening {}", path.display()), &error);
    let kind = fs::metadata(path).map_err(failed)?;
    if !kind.is_file() {
        return Err(Error::usage(format!("{} is no file", path.display())));
    }
    let mut options = File::options();
    options.read(true).custom_flags(libc::O_NONBLOCK);
    options.open(path).map_err(failed)
}
