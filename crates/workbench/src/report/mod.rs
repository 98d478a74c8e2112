//! The report on one item: a self-contained HTML document for a stranger.
//!
//! [`ReportData`] is plain data as of one state of the journal; [`render`] turns it into the bytes of
//! the document. The same data gives the same bytes: nothing is read, no clock is asked. The document
//! needs no script and no network, and says how each of its parts can be checked without this program.

mod cited;
mod cover;
mod data;
mod filters;
mod findings;
mod judgement;
mod lanes;
mod markup;
mod messages;
mod page;
mod standing;
mod text;

pub use cited::{Citation, cited_frames};
pub(crate) use cover::Cover;
pub use data::{Figure, Part, ReportData};
pub(crate) use messages::REPORT;
pub use page::render;

#[cfg(test)]
mod tests;
