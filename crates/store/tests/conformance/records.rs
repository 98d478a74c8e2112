//! The suite of stores.

mod adopting;
mod citing;
mod claims;
mod journal;
mod judgements;
mod material;
mod people;
mod remarks;
mod removing;
mod repeating;
mod reviewing;
mod searching;
mod sourcing;
mod tracking;
mod undoing;
mod watching;
mod whereabouts;
mod witnessing;

pub(crate) use adopting::*;
pub(crate) use citing::*;
pub(crate) use claims::*;
pub(crate) use journal::*;
pub(crate) use judgements::*;
pub(crate) use material::*;
pub(crate) use people::*;
pub(crate) use remarks::*;
pub(crate) use removing::*;
pub(crate) use repeating::*;
pub(crate) use reviewing::*;
pub(crate) use searching::*;
pub(crate) use sourcing::*;
pub(crate) use tracking::*;
pub(crate) use undoing::*;
pub(crate) use watching::*;
pub(crate) use whereabouts::*;
pub(crate) use witnessing::*;
