//! Signed heads of the journal, and those who witness them.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use workbench::view::{CheckpointView, CosignedView, RequestView, WitnessView};
use workbench::witness::{Trust, base64_bytes, certificates, request_view};

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::App;

/// Every signed head, with who witnessed it and who is waited for.
#[utoipa::path(get, path = "/api/checkpoints", tag = "journal", responses((status = 200, body = [CheckpointView])))]
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<CheckpointView>>, Fault> {
    app.ask(|case| case.checkpoints()).await.map(Json)
}

/// Sign the head of the journal and record it; where nothing but witnessing happened since the newest, that
/// one again.
#[utoipa::path(
    post, path = "/api/checkpoints", tag = "journal", security(("session" = [], "sign" = [])),
    responses((status = 200, description = "a C2SP note", body = String, content_type = "application/json"))
)]
pub(in crate::http) async fn sign(State(app): State<Arc<App>>) -> Result<Json<String>, Fault> {
    app.ask(|case| Ok(case.newest_checkpoint()?.checkpoint))
        .await
        .map(Json)
}

/// Who is asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewRequest {
    /// Name of the authority. Nothing is sent.
    witness: String,
}

/// Make a request for a time stamp on the newest checkpoint, to be taken to an authority.
#[utoipa::path(
    post, path = "/api/checkpoints/requests", tag = "journal", request_body = NewRequest,
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = RequestView), (status = 400, body = Problem))
)]
pub(in crate::http) async fn request(
    State(app): State<Arc<App>>,
    Body(asked): Body<NewRequest>,
) -> Result<Json<RequestView>, Fault> {
    app.ask(move |case| Ok(request_view(&case.ask_witness(&asked.witness)?)))
        .await
        .map(Json)
}

/// What a witness sent, and whom the person trusts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewTestimony {
    /// Its bytes, base64: a time stamp, an OpenTimestamps proof or a cosigned checkpoint.
    proof: String,
    /// Root certificates of authorities, PEM.
    #[serde(default)]
    roots: String,
    /// Keys of cosigners.
    #[serde(default)]
    keys: Vec<String>,
}

/// Check what a witness sent, and keep it.
#[utoipa::path(
    post, path = "/api/testimonies", tag = "journal", request_body = NewTestimony,
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = WitnessView), (status = 400, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem, description = "the proof does not hold"),
    )
)]
pub(in crate::http) async fn take(
    State(app): State<Arc<App>>,
    Body(sent): Body<NewTestimony>,
) -> Result<Json<WitnessView>, Fault> {
    app.ask(move |case| {
        let trust = Trust {
            roots: certificates(sent.roots.as_bytes()),
            keys: sent.keys,
            headers: Vec::new(),
        };
        case.take_testimony(&base64_bytes(&sent.proof)?, &trust, None)
    })
    .await
    .map(Json)
}

/// A checkpoint of another journal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ForeignCheckpoint {
    /// The checkpoint, with a proof where it was cosigned before.
    checkpoint: String,
    /// Key of that journal; the one that is known when absent.
    key: Option<String>,
    /// What this side is called.
    name: Option<String>,
}

/// Cosign the checkpoint of another journal, if it continues the one that was cosigned before.
#[utoipa::path(
    post, path = "/api/cosignatures", tag = "journal", request_body = ForeignCheckpoint,
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = CosignedView), (status = 400, body = Problem), (status = 500, body = Problem))
)]
pub(in crate::http) async fn cosign(
    State(app): State<Arc<App>>,
    Body(sent): Body<ForeignCheckpoint>,
) -> Result<Json<CosignedView>, Fault> {
    app.ask(move |case| case.cosign(&sent.checkpoint, sent.name.as_deref(), sent.key.as_deref()))
        .await
        .map(Json)
}

/// A proof that one entry is in the journal (C2SP tlog-proof), which shows nothing else of it.
#[utoipa::path(
    get, path = "/api/journal/{entry}/proof", tag = "journal",
    params(("entry" = u64, Path, description = "number of the entry, from 0")),
    responses((status = 200, body = String, content_type = "application/json"), (status = 404, body = Problem))
)]
pub(in crate::http) async fn prove(
    State(app): State<Arc<App>>,
    Named(entry): Named<u64>,
) -> Result<Json<String>, Fault> {
    app.ask(move |case| case.prove(entry)).await.map(Json)
}
