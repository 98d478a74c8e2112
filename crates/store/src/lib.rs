//! Where the journal, the records and the blobs of a case rest.
//!
//! Every change is one journal entry, written in the same transaction as its effect on the
//! projections. There is no verb to update or delete an entry. This crate knows nothing of video,
//! fingerprints, HTTP or the terminal.

#![warn(missing_docs)]

mod blobs;
mod entries;
mod error;
pub mod event;
mod evidence;
mod fold;
mod holdings;
pub mod number;
mod past;
mod postgres;
mod problem;
pub mod record;
pub mod search;
mod sqlite;
mod store;
pub mod vocabulary;

pub use blobs::{
    Blobs, Bucket, Copies, Credentials, Ended, Folder, Hashed, S3, Stored, Tombstone, hash,
};
pub use error::{Error, Reason, Refusal};
pub use evidence::Evidence;
pub use holdings::{Held, Holdings};
pub use past::Past;
pub use postgres::PgStore;
pub use problem::{Place, Problem};
pub use sqlite::SqliteStore;
pub use store::{Appended, Checked, Head, Rebuilt, Recorded, Store};
