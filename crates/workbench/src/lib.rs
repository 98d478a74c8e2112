//! The use cases of Framewitness in plain data: preserve, examine, match, record, report, verify.
//!
//! This crate has no HTTP, no terminal and no SQL. Back ends, clock and keys are handed to it. What it
//! returns is what the command line prints as JSON and what the server sends.

#![warn(missing_docs)]

pub mod acquire;
mod actor;
mod applied;
mod as_of;
mod case;
mod changed;
mod cited;
mod descriptor;
mod entries;
mod error;
mod examine;
pub mod export;
mod fields;
pub mod figure;
mod filmstrip;
mod found;
mod glance;
pub mod hashes;
mod index_folder;
pub mod jobs;
mod keys;
mod ledger;
mod lineage;
mod link;
mod lookup;
pub mod masking;
pub mod matching;
pub mod matrix;
pub mod observed;
mod once;
mod overlay;
mod people;
mod place;
pub mod publication;
pub mod record;
mod remark;
mod removal;
pub mod report;
mod reporting;
pub mod reviewed;
pub mod same;
mod scratch;
pub mod search;
pub mod select;
mod sighting;
mod sound;
mod sourcing;
mod span;
mod standing;
mod stills;
mod stored;
mod tally;
mod timeline;
mod tracks;
mod undo;
mod verify;
pub mod view;
mod viewed;
pub mod watch;
pub mod watchlist;
pub mod whereabouts;
pub mod witness;

pub use actor::{Actor, Ask};
pub use applied::applied;
pub use as_of::{AsOf, StoodAt};
pub use case::{Case, Examined, Parts};
pub use error::{Error, Kind, Result};
pub use examine::TOOL;
pub use fields::FieldShown;
pub use filmstrip::Stretch;
pub use index_folder::IndexFolder;
pub use journal::{ContentId, PublicKey};
pub use keys::Keys;
pub use media::inspect::{Progress, Stage};
pub use place::{Place, Spot};
pub use reporting::Written;
pub use sound::SoundPlace;
pub use span::{SaveAs, SavedAs};
pub use store::event::Region;
pub use store::record::Item;
pub use stored::Samples;
pub use tracks::Track;
pub use viewed::view;

/// The present time of this machine.
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
