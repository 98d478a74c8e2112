//! What every command starts from: the global options, the output, and how the case is found.

use std::path::{Path, PathBuf};

use workbench::{AsOf, Case, Error, Kind, Result};

use crate::backend;
use crate::cli::Global;
use crate::output::Output;

/// What every command starts from.
pub struct Context {
    pub output: Output,
    global: Global,
}

impl Context {
    pub fn new(global: Global) -> Self {
        Self {
            output: Output::new(global.json, global.quiet),
            global,
        }
    }

    /// Opens the case that the command is about.
    pub fn open(&self) -> Result<Case> {
        let case = backend::open(&self.folder()?, &self.actor())?;
        let case = if self.global.unsafe_no_jail {
            self.output
                .warning("files are decoded without the jail; inspections record it");
            case.without_jail()
        } else {
            case
        };
        let case = self.as_of(case)?;
        Ok(match &self.global.once {
            Some(key) => case.once(key),
            None => case,
        })
    }

    /// The case as it stood, where that was asked for.
    fn as_of(&self, case: Case) -> Result<Case> {
        let Some(text) = &self.global.as_of else {
            return Ok(case);
        };
        let case = case.as_of(&state(text)?)?;
        if let Some(stood) = case.stood().filter(|stood| stood.stated_later > 0) {
            self.output.warning(&format!(
                "{} of the entries up to {} state a later time than it does ({}): clocks differed, and \
                 order is that of the journal",
                stood.stated_later, stood.entry, stood.at
            ));
        }
        Ok(case)
    }

    /// Opens the case that the command is about, if there is one; a case that was named must be there.
    pub fn open_if_any(&self) -> Result<Option<Case>> {
        match self.folder() {
            Err(error) if self.global.case.is_none() && error.kind == Kind::Missing => Ok(None),
            folder => self
                .as_of(backend::open(&folder?, &self.actor())?)
                .map(Some),
        }
    }

    /// Makes a new case in `folder`.
    pub fn create(&self, folder: &Path, wanted: &backend::Wanted) -> Result<Case> {
        self.as_it_stands()?;
        backend::create(folder, &self.actor(), wanted)
    }

    /// Refuses `--as-of` where a case is made.
    pub fn as_it_stands(&self) -> Result<()> {
        match self.global.as_of {
            None => Ok(()),
            Some(_) => Err(Error::usage("a new case has no earlier state")
                .hint("leave out --as-of to make one")),
        }
    }

    /// Folder of the case that the command is about: `--case`, else the nearest one upward.
    pub fn folder(&self) -> Result<PathBuf> {
        if let Some(folder) = &self.global.case {
            return if backend::is_case(folder) {
                Ok(folder.clone())
            } else {
                Err(
                    Error::missing(format!("{} is not a case", folder.display())).hint(format!(
                        "make one with `framewitness init {}`",
                        folder.display()
                    )),
                )
            };
        }
        let here = std::env::current_dir()
            .map_err(|error| Error::io("finding the current folder", &error))?;
        let found = here.ancestors().find(|folder| backend::is_case(folder));
        found.map(Path::to_path_buf).ok_or_else(|| {
            Error::missing(format!(
                "there is no case in {} or above it",
                here.display()
            ))
            .hint("name one with --case DIR, or make one with `framewitness init DIR`")
        })
    }

    /// Who signs what is recorded.
    pub fn actor(&self) -> String {
        let user = || {
            ["USER", "LOGNAME"]
                .iter()
                .find_map(|name| std::env::var(name).ok())
                .filter(|name| !name.is_empty())
        };
        self.global
            .actor
            .clone()
            .or_else(user)
            .unwrap_or_else(|| "investigator".to_owned())
    }
}

/// The state that a person names: by a checkpoint in a file, or as [`AsOf`] reads it.
pub fn state(text: &str) -> Result<AsOf> {
    let file = Path::new(text);
    match file.is_file() {
        true => crate::cmd::read(file)?.parse(),
        false => text.parse(),
    }
}
