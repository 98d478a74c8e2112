//! What becomes of matches once they are found, by the command line on real clips.

#![allow(clippy::unwrap_used)]

mod bench;
mod figure;
mod overlays;
mod queries;
mod quick;
mod reusing;
mod reviewing;
mod watching;
