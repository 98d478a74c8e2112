//! The suite of stores.

mod journal;
mod judgements;
mod material;

pub(crate) use journal::*;
pub(crate) use judgements::*;
pub(crate) use material::*;
