//! What can go wrong with an index.

use std::io;

use super::entry::VideoId;

/// Why an index could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Files could not be read or written.
    #[error("the index: {doing} {file}: {source}")]
    Io {
        /// What was done.
        doing: &'static str,
        /// To which file.
        file: String,
        /// What the folder said.
        source: io::Error,
    },
    /// A file is not what was written. Nothing of it was used; make the index anew from the prints.
    #[error("the index is damaged: {file}: {what}; make it anew from the fingerprints")]
    Damaged {
        /// Which file.
        file: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The index was written by another version; make it anew from the prints.
    #[error("the index has version {0} and this program reads version 1; make it anew")]
    Version(u16),
    /// The index holds prints made in another way, which are not comparable.
    #[error("the index holds fingerprints of {0:?}; make it anew")]
    Recipe(String),
    /// A video was added that is there already.
    #[error("the video is in the index already")]
    Present(VideoId),
    /// More prints in one video, or videos in one file, than the format can count.
    #[error("more fingerprints than an index can count")]
    TooMany,
    /// An earlier change failed half way; open the index again.
    #[error("an earlier change failed; the index must be opened again")]
    Stale,
}

/// What the index says.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// For `map_err`: what was done to which file.
    pub(super) fn io(doing: &'static str, file: &str) -> impl FnOnce(io::Error) -> Self + use<> {
        let file = file.to_owned();
        move |source| Self::Io {
            doing,
            file,
            source,
        }
    }

    pub(super) fn damaged(file: &str, what: &'static str) -> Self {
        Self::Damaged {
            file: file.to_owned(),
            what,
        }
    }
}
