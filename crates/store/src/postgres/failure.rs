//! What a failure of PostgreSQL means.

use std::error::Error as _;

use postgres::error::SqlState;

use crate::error::Error;
use crate::problem::Place;

/// Sorts a failure: the server is away or refuses, no room, another writer, or (everything that a
/// sound case never gives, such as a missing table) damage.
pub(super) fn sort(error: &postgres::Error, server: &str) -> Error {
    let Some(code) = error.code() else {
        return away(error, server);
    };
    let said = error
        .as_db_error()
        .map_or_else(|| error.to_string(), |db| db.message().to_owned());
    let refused = |hint: &str| Error::server(server, said.clone(), hint);
    match code.code() {
        "28P01" | "28000" => refused("put the password in PGPASSWORD or ~/.pgpass"),
        "3D000" => refused("make the database with createdb, or name another"),
        "42501" => refused("have the owner of the database grant it"),
        "25006" => refused("use the server that accepts writes, not its standby"),
        "53100" => Error::DiskFull(server.into()),
        "55P03" | "40P01" | "40001" => Error::Busy,
        // A prepared statement whose columns are of other types now.
        "0A000" => Error::damaged(Place::Database, said),
        "57014" | "57P01" | "57P02" | "57P03" | "25P03" => refused("try again"),
        other => match &other[..2] {
            "08" | "53" | "58" | "0A" => refused("ask who keeps the server; its log says more"),
            _ => Error::damaged(Place::Database, said),
        },
    }
}

fn away(error: &postgres::Error, server: &str) -> Error {
    let why = match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    let missing_password = why.contains("password missing");
    let hint = if missing_password {
        "put the password in PGPASSWORD or ~/.pgpass"
    } else {
        "look whether the server runs and the address is right"
    };
    Error::server(server, why, hint)
}

/// Whether something of that name was there already.
pub(super) fn is_taken(error: &postgres::Error) -> bool {
    let taken = [
        SqlState::DUPLICATE_SCHEMA,
        SqlState::DUPLICATE_TABLE,
        SqlState::UNIQUE_VIOLATION,
    ];
    error.code().is_some_and(|code| taken.contains(code))
}
