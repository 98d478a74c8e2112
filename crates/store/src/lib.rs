//! Where the journal, the records and the blobs of a case rest.
//!
//! Every change is one journal entry, written in the same transaction as its effect on the
//! projections. There is no verb to update or delete an entry. This crate knows nothing of video,
//! fingerprints, HTTP or the terminal.

pub mod event;
pub mod number;
pub mod record;
pub mod vocabulary;
