//! What is recorded, read back later, by the command line on real clips.

#![allow(clippy::unwrap_used)]

mod as_of;
#[path = "../../../journal/tests/authority/mod.rs"]
mod authority;
#[path = "../archive/bench.rs"]
#[allow(dead_code, reason = "the archive's tests use the rest")]
mod bench;
mod citing;
mod links;
mod masked;
mod masks;
mod matrix;
mod observed;
mod once;
mod people;
mod publishing;
mod remarks;
mod removal;
mod reviewed;
mod search;
mod sources;
mod undo;
mod verified_before;
mod whereabouts;
