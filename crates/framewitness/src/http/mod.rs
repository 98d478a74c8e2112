//! The workbench over HTTP: JSON for the page and for scripts, exact frames, the page itself.
//!
//! Every route is a use case of `workbench` and nothing more; what guards them is said in
//! `docs/security/server.md`.

mod address;
mod api;
mod as_of;
mod at_work;
mod door;
mod events;
mod extract;
mod fault;
mod flow;
mod gate;
mod guard;
mod headers;
mod incoming;
mod jobs;
mod once;
mod page;
mod refusals;
mod routes;
mod serve;
mod state;
mod stream;

pub(crate) use serve::{ServeOptions, serve};
