//! Files that show what became of a source.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use store::event::Proof;
use store::number::SourceNo;
use utoipa::IntoParams;

use crate::http::extract::{Asked, FileBytes, Named, Raw};
use crate::http::fault::{Fault, Problem};
use crate::http::state::App;

/// Longest file in bytes.
pub(in crate::http) const LONGEST: usize = 64 << 20;

/// What the file is called.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Called {
    /// Name of the file, without folder.
    name: String,
}

/// Keep a file, such as a saved page, so that a state of a source can name it as proof. Nothing is recorded until
/// then.
#[utoipa::path(
    post, path = "/api/proofs", operation_id = "keep_proof", tag = "sources", params(Called),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "the file"),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Proof), (status = 400, body = Problem), (status = 409, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn keep(
    State(app): State<Arc<App>>,
    Asked(called): Asked<Called>,
    Raw(bytes): Raw,
) -> Result<Json<Proof>, Fault> {
    app.ask_whole(move |case| {
        let mut rest: &[u8] = &bytes;
        case.keep_proof_bytes(called.name, &mut rest)
    })
    .await
    .map(Json)
}

/// A file that shows a state of a source, to be saved: it is never shown as a page.
#[utoipa::path(
    get, path = "/api/sources/{source}/proofs/{proof}", operation_id = "proof_file", tag = "sources",
    params(
        ("source" = String, Path, description = "number of the source, such as S1"),
        ("proof" = String, Path, description = "content id of the file, `sha256:…`, or its name"),
    ),
    responses(
        (status = 200, description = "the file as it was kept", content_type = "application/octet-stream", body = [u8]),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn file(
    State(app): State<Arc<App>>,
    Named((source, proof)): Named<(SourceNo, String)>,
) -> Result<Response, Fault> {
    let (_, bytes) = app
        .ask_whole(move |case| case.proof_file(source, &proof))
        .await?;
    // Whoever saves it names it; what it says of itself is not believed.
    let headers = [
        (CONTENT_TYPE, "application/octet-stream"),
        (CONTENT_DISPOSITION, "attachment"),
    ];
    Ok((headers, bytes).into_response())
}
