//! Persons, accounts, outlets and organisations.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::event::SourceNamed;
use store::record::Source;
use store::vocabulary::SourceKind;
use utoipa::ToSchema;
use workbench::Case;

use crate::http::extract::Body;
use crate::http::fault::{Fault, Problem};
use crate::http::state::App;

/// Every source, with what was observed of it.
#[utoipa::path(get, path = "/api/sources", operation_id = "sources", tag = "sources", responses((status = 200, body = Vec<Source>)))]
pub(in crate::http) async fn list(State(app): State<Arc<App>>) -> Result<Json<Vec<Source>>, Fault> {
    app.ask(Case::sources).await.map(Json)
}

/// A source to enter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewSource {
    /// Its name.
    name: String,
    /// What it is.
    kind: SourceKind,
    /// Where it is found.
    url: Option<String>,
    /// Admiralty grade of the source, `A` to `F`.
    grade: Option<String>,
    /// Anything else.
    note: Option<String>,
}

/// Enter a source.
#[utoipa::path(
    post, path = "/api/sources", tag = "sources", request_body = NewSource,
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Source), (status = 422, body = Problem))
)]
pub(in crate::http) async fn add(
    State(app): State<Arc<App>>,
    Body(new): Body<NewSource>,
) -> Result<Json<Source>, Fault> {
    let NewSource {
        name,
        kind,
        url,
        grade,
        note,
    } = new;
    app.ask(move |case| {
        case.add_source(SourceNamed {
            name,
            kind,
            url,
            grade,
            note,
        })
    })
    .await
    .map(Json)
}
