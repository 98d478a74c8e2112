//! What is recorded of one source: names, ties, grades, states.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::event::{Proof, SourceAliased, SourceGraded, SourceObserved, SourceRelated};
use store::number::SourceNo;
use store::record::Source;
use store::vocabulary::{Reliability, SourceState, SourceTie};
use utoipa::ToSchema;

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// What became of a source.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewState {
    /// Its state.
    state: SourceState,
    /// When it was seen so, RFC 3339 or a shorter date; now when absent.
    observed: Option<String>,
    /// What it was called then, where that is another name.
    name: Option<String>,
    /// Numbers of items that show it, such as a screenshot.
    #[serde(default)]
    proof_items: Vec<u32>,
    /// Files that show it, as `POST /api/proofs` gave them.
    #[serde(default)]
    proof_files: Vec<NewProofFile>,
    /// Addresses where it can be seen.
    #[serde(default)]
    proof_urls: Vec<String>,
    /// Anything else.
    note: Option<String>,
}

/// A file that was kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewProofFile {
    /// Its content id, `sha256:…`.
    blob: String,
    /// Its name, without folder.
    name: String,
}

/// Record the state of a source at a time, with what shows it.
#[utoipa::path(
    post, path = "/api/sources/{source}/observations", operation_id = "observe_source", tag = "sources", request_body = NewState,
    params(("source" = String, Path, description = "number of the source, such as S1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Source), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn observe(
    State(app): State<Arc<App>>,
    Named(source): Named<SourceNo>,
    Body(new): Body<NewState>,
) -> Result<Json<Source>, Fault> {
    app.ask(move |case| {
        let mut proof = Vec::new();
        for number in new.proof_items {
            let item = item(case, number)?.id;
            proof.push(Proof::Item { item });
        }
        for file in new.proof_files {
            proof.push(case.kept_proof(&file.blob, file.name)?);
        }
        proof.extend(new.proof_urls.into_iter().map(|url| Proof::Url { url }));
        case.observe_source(SourceObserved {
            source,
            state: new.state,
            observed: new.observed,
            note: new.note,
            name: new.name,
            proof,
        })
    })
    .await
    .map(Json)
}

/// Another name of a source.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewAlias {
    /// The other name.
    name: String,
    /// Where it is, or was, found under that name.
    url: Option<String>,
    /// Since when it was used, RFC 3339 or a shorter date; not known when absent.
    from: Option<String>,
    /// Until when it was used; in use, or not known, when absent.
    until: Option<String>,
    /// Anything else.
    note: Option<String>,
}

/// Record another name of a source, with the time that it was used.
#[utoipa::path(
    post, path = "/api/sources/{source}/aliases", operation_id = "alias_source", tag = "sources", request_body = NewAlias,
    params(("source" = String, Path, description = "number of the source, such as S1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Source), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn alias(
    State(app): State<Arc<App>>,
    Named(source): Named<SourceNo>,
    Body(new): Body<NewAlias>,
) -> Result<Json<Source>, Fault> {
    let aliased = SourceAliased {
        source,
        name: new.name,
        url: new.url,
        from: new.from,
        until: new.until,
        note: new.note,
    };
    app.ask(move |case| case.alias_source(aliased))
        .await
        .map(Json)
}

/// What a source has to do with another.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewTie {
    /// What it has to do with the other.
    tie: SourceTie,
    /// The other source: `S2`.
    to: SourceNo,
    /// Since when, RFC 3339 or a shorter date; not known when absent.
    from: Option<String>,
    /// Until when; still so, or not known, when absent.
    until: Option<String>,
    /// How that is known, or anything else.
    note: Option<String>,
}

/// Record what a source has to do with another.
#[utoipa::path(
    post, path = "/api/sources/{source}/ties", operation_id = "relate_source", tag = "sources", request_body = NewTie,
    params(("source" = String, Path, description = "number of the source, such as S1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Source), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn relate(
    State(app): State<Arc<App>>,
    Named(source): Named<SourceNo>,
    Body(new): Body<NewTie>,
) -> Result<Json<Source>, Fault> {
    let related = SourceRelated {
        source,
        tie: new.tie,
        to: new.to,
        from: new.from,
        until: new.until,
        note: new.note,
    };
    app.ask(move |case| case.relate_source(related))
        .await
        .map(Json)
}

/// How reliable a source is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewGrade {
    /// Admiralty grade.
    grade: Reliability,
    /// Whose judgement it is; yours when absent.
    assessor: Option<String>,
    /// Why.
    reason: String,
}

/// Judge how reliable a source is; the same person's earlier grade is superseded and stays.
#[utoipa::path(
    post, path = "/api/sources/{source}/grades", operation_id = "grade_source", tag = "sources", request_body = NewGrade,
    params(("source" = String, Path, description = "number of the source, such as S1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Source), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn grade(
    State(app): State<Arc<App>>,
    Named(source): Named<SourceNo>,
    Body(new): Body<NewGrade>,
) -> Result<Json<Source>, Fault> {
    app.ask(move |case| {
        case.grade_source(SourceGraded {
            source,
            grade: new.grade,
            assessor: new.assessor.unwrap_or_else(|| case.actor().to_owned()),
            reason: new.reason,
        })
    })
    .await
    .map(Json)
}
