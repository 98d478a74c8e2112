//! The server as a stranger meets it: the real program on a real case, spoken to over TCP.

#![allow(clippy::too_many_lines, reason = "a story is told in one piece")]

mod adding;
mod as_of;
#[path = "../../../journal/tests/authority/mod.rs"]
#[allow(clippy::unwrap_used, reason = "shared with tests that unwrap")]
mod authority;
mod client;
mod doors;
mod events;
mod headers;
mod masks;
mod once;
mod pictures;
mod publications;
mod record;
mod remarks;
mod removal;
mod reviewed;
mod routes;
mod search;
mod served;
mod sound;
mod sources;
mod spans;
mod stills;
mod watch;
mod whereabouts;
mod witness;
mod work;
