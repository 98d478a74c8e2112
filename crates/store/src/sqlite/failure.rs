//! What a failure of SQLite means.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::error::Error;
use crate::problem::Place;

/// Sorts a failure: no room, another writer, the machine, or (everything that a sound file never
/// gives, such as a missing table) damage.
pub(super) fn sort(error: rusqlite::Error, path: &Path) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::DiskFull(path.to_owned()),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy,
        Some(
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::ReadOnly
            | ErrorCode::OutOfMemory
            | ErrorCode::OperationInterrupted,
        ) => Error::Database(Box::new(error)),
        _ => Error::damaged(Place::Database, error.to_string()),
    }
}
