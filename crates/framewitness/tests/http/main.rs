//! The server as a stranger meets it: the real program on a real case, spoken to over TCP.

#![allow(clippy::too_many_lines, reason = "a story is told in one piece")]

mod as_of;
mod client;
mod doors;
mod headers;
mod pictures;
mod record;
mod removal;
mod reviewed;
mod routes;
mod served;
mod sound;
mod sources;
mod spans;
mod stills;
mod watch;
