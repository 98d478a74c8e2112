//! The suite of stores.

mod journal;
mod judgements;
mod material;
mod removing;
mod reviewing;
mod searching;
mod sourcing;
mod tracking;
mod undoing;
mod watching;
mod witnessing;

pub(crate) use journal::*;
pub(crate) use judgements::*;
pub(crate) use material::*;
pub(crate) use removing::*;
pub(crate) use reviewing::*;
pub(crate) use searching::*;
pub(crate) use sourcing::*;
pub(crate) use tracking::*;
pub(crate) use undoing::*;
pub(crate) use watching::*;
pub(crate) use witnessing::*;
