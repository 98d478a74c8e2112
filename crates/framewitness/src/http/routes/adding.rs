//! Files that somebody hands over.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use workbench::acquire::{Sent, Told};
use workbench::view::Added;

use crate::http::extract::{Asked, FileBytes};
use crate::http::fault::{Fault, Problem};
use crate::http::incoming::taken;
use crate::http::state::App;

/// What is known of the file.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Handed {
    /// Its name, without folder.
    name: String,
    /// Its path within the folder that was handed over with it.
    origin: Option<String>,
    /// Its own modification time, RFC 3339.
    modified: Option<String>,
    /// When it was uploaded to where it was found, RFC 3339 or a shorter date.
    uploaded: Option<String>,
    /// When somebody got the bytes, likewise; when they are added is recorded anyway.
    acquired: Option<String>,
    /// What to remember of how they were obtained.
    note: Option<String>,
}

/// Preserve a file: the body is its bytes, kept and hashed while they arrive, however many they are. Bytes that the
/// case holds already make another acquisition of their item. Of a body that breaks off nothing is left.
#[utoipa::path(
    post, path = "/api/items", operation_id = "add_item", tag = "items", params(Handed),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "the file"),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Added), (status = 400, body = Problem), (status = 408, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn add(
    State(app): State<Arc<App>>,
    Asked(handed): Asked<Handed>,
    body: Body,
) -> Result<Json<Added>, Fault> {
    let sent = Sent {
        name: handed.name,
        origin: handed.origin,
        modified: handed.modified,
    };
    let told = Told {
        uploaded: handed.uploaded,
        acquired: handed.acquired,
        note: handed.note,
    };
    taken(&app, body, move |case, bytes| {
        case.add_sent(sent, bytes, &told, &mut |_| {})
    })
    .await
    .map(Json)
}
