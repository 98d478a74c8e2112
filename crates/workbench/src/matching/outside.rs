//! Files outside the case, looked for in its items.

use std::path::{Path, PathBuf};

use media::finding::FindingKind;
use media::inspect::Inspection;
use reuse::Prints;

use super::pairing::{Pairing, Query};
use super::{Compared, Found, Printed};
use crate::acquire;
use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::examine::Listen;
use crate::same::open;

/// A file outside the case.
#[derive(Clone, Debug)]
pub struct Outside {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called: its file name, or its path within the folder that was named.
    pub name: String,
}

/// What a file outside the case shares with items.
pub struct OutsideMatches {
    /// What was found, in as much of the file as could be read.
    pub found: Vec<Found>,
    /// What could not be read of it, where that is so.
    pub unread: Option<Error>,
}

/// The files that `paths` name: files as they are, folders with everything in them and in the folders
/// within, sorted by name. Symbolic links inside folders are not followed.
///
/// # Errors
/// A path does not exist, a folder cannot be read or holds no file.
pub fn outside(paths: &[PathBuf]) -> Result<Vec<Outside>> {
    let mut found = Vec::new();
    for path in paths {
        let files = acquire::files(std::slice::from_ref(path))?;
        if files.is_empty() {
            return Err(Error::missing(format!(
                "there is no file in {}",
                path.display()
            )));
        }
        found.extend(files.into_iter().map(|file| Outside {
            name: name_within(path, &file),
            path: file,
        }));
    }
    Ok(found)
}

/// The path of `file` within `named`; its name where it was itself named.
fn name_within(named: &Path, file: &Path) -> String {
    let within = file.strip_prefix(named).ok();
    let within = within.filter(|path| !path.as_os_str().is_empty());
    let name = within.or_else(|| file.file_name().map(Path::new));
    name.unwrap_or(file).to_string_lossy().into_owned()
}

impl Case {
    /// A file outside the case against its items; nothing is recorded and nothing of it is kept. A
    /// damaged one is looked for as far as it could be read.
    ///
    /// # Errors
    /// The file cannot be opened, the decoder cannot be jailed, or kept bytes are not what they were.
    pub fn match_file(
        &self,
        compared: &Compared,
        outside: &Outside,
        progress: Listen<'_>,
    ) -> Result<OutsideMatches> {
        let examined = self.examine(open(&outside.path)?, progress)?;
        let query = Query {
            name: outside.name.clone(),
            item: None,
            frames: &examined.inspection.frames,
        };
        let mut unread = unread(&outside.name, &examined.inspection);
        let found = compared.with(
            self,
            &examined.prints,
            |_| true,
            |others| {
                let mut found = self.shared(&query, &examined.prints, others)?;
                match self.find_learned_outside((&query, &outside.path), &examined, others, &found)
                {
                    Ok(more) => found.extend(more),
                    // What was found without it is told all the same.
                    Err(why) => unread = unread.take().or(Some(why)),
                }
                Ok(found)
            },
        )?;
        Ok(OutsideMatches { found, unread })
    }

    /// What a query outside the case shares with items.
    fn shared(
        &self,
        query: &Query<'_>,
        prints: &Prints,
        others: &[&Printed],
    ) -> Result<Vec<Found>> {
        let references: Vec<&Prints> = others.iter().map(|other| &other.prints).collect();
        let alignments = reuse::find(prints, &references).into_iter();
        alignments
            .map(|alignment| {
                let reference = &others[alignment.reference].item;
                Pairing::new(self, query, reference)?.found(&alignment, None)
            })
            .collect()
    }
}

/// What could not be read of a file, and so was not looked for.
fn unread(name: &str, inspection: &Inspection) -> Option<Error> {
    if inspection.facts.format.is_empty() {
        let nothing = format!("nothing in {name} could be recognised as media");
        return Some(Error::new(Kind::Unsupported, nothing));
    }
    let telling = |kind| inspection.findings.iter().find(|one| one.kind == kind);
    let damage = telling(FindingKind::Unreadable).or_else(|| telling(FindingKind::Damage));
    let why = damage.map(|finding| finding.summary.clone());
    match (inspection.frames.frames.is_empty(), why) {
        (true, Some(why)) => Some(Error::missing(format!("{name} was not looked for: {why}"))),
        (true, None) => Some(Error::new(
            Kind::Unsupported,
            format!("{name} has no picture that could be looked for"),
        )),
        (false, Some(why)) => Some(Error::missing(format!(
            "{name} was looked for as far as it could be read: {why}"
        ))),
        (false, None) => (!inspection.complete)
            .then(|| Error::missing(format!("{name} was looked for as far as it could be read"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_by_their_place_in_the_folder_that_was_named() {
        let name = |named: &str, file: &str| name_within(Path::new(named), Path::new(file));
        assert_eq!(name("in/clips", "in/clips/a/one.mp4"), "a/one.mp4");
        assert_eq!(name("in/clips/", "in/clips/one.mp4"), "one.mp4");
        assert_eq!(name("in/clips/one.mp4", "in/clips/one.mp4"), "one.mp4");
    }
}
