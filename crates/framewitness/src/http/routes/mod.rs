//! One file for each area: what a request brings, and the use case it calls.

pub(super) mod case;
pub(super) mod fields;
pub(super) mod filmstrip;
pub(super) mod hashes;
pub(super) mod items;
pub(super) mod journal;
pub(super) mod judgement;
pub(super) mod matches;
pub(super) mod matrix;
pub(super) mod pictures;
pub(super) mod record;
pub(super) mod removal;
pub(super) mod reuse;
pub(super) mod reviewed;
pub(super) mod search;
pub(super) mod series;
pub(super) mod session;
pub(super) mod sound;
pub(super) mod source;
pub(super) mod sources;
pub(super) mod spans;
pub(super) mod stills;
pub(super) mod watch;
pub(super) mod watchlist;
pub(super) mod witness;
