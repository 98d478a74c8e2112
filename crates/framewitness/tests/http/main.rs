//! The server as a stranger meets it: the real program on a real case, spoken to over TCP.

mod client;
mod doors;
mod headers;
mod pictures;
mod record;
mod routes;
mod served;
