//! Pictures to fingerprints to aligned matches: which seconds of which older video.
//!
//! [`Fingerprinter`] takes the luma plane of every presented frame and yields [`Prints`]; [`find`]
//! aligns the prints of one video with those of others and says which spans show the same footage,
//! through re-encoding, crops, borders, overlays, mirroring, grading and changes of speed. Pure
//! computation: no I/O, no clock, no randomness. `docs/reuse.md` has the method and its figures.

#![warn(missing_docs)]

mod border;
mod find;
mod fingerprinter;
pub mod index;
mod luma;
pub mod pdq;
mod points;
mod prints;
mod resample;
mod sound;
pub mod still;
mod views;
mod windows;

pub use find::{
    Alignment, Alteration, Described, Evidence, FramePair, Part, Side, described_frames, find,
    find_described,
};
pub use fingerprinter::{BadStep, Fingerprinter, Step};
pub use luma::Luma;
pub use prints::{BadPrints, Prints};
pub use sound::{SoundPrinter, SoundPrints};

/// Name and version of the method. Prints of different versions are not comparable, and a recorded
/// match names the version that found it.
pub const METHOD: &str = "framewitness-reuse/3";
