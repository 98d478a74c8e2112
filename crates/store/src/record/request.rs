//! Requests that carried a key.

use serde::{Deserialize, Serialize};

use super::Origin;

/// That an entry was recorded under a key, so that the same request, made again, records nothing again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Its place among such requests, from 1.
    pub number: u32,
    /// The entry, and who made the request.
    #[serde(flatten)]
    pub origin: Origin,
    /// The key: 1 to 200 visible characters of ASCII, one of its actor's own.
    pub key: String,
}
