//! Video bytes to facts, frame index, exact pixels and findings.
//!
//! This crate knows nothing of cases, journals, fingerprints, HTTP or the terminal. It takes open
//! files and returns plain data. Only the program `framewitness-decoder` parses media; it runs in a
//! jail and hands pictures over shared memory. Damaged media is not an error: it gives what could be
//! read, and findings.

#![warn(missing_docs)]

pub mod channel;
pub mod clip;
pub mod decoder;
pub mod describe;
pub mod display;
pub mod exiftool;
pub mod facts;
pub mod field;
pub mod filmstrip;
pub mod finding;
pub mod findings;
pub mod index;
pub mod index_bytes;
pub mod inspect;
pub mod jail;
pub mod listing;
pub mod mask;
pub mod picture;
pub mod protocol;
pub mod reader;
pub mod sha256;
pub mod sound;
pub mod still;
pub mod stored;
pub mod thumbnail;
pub mod time;
pub mod view;
pub mod watch;
