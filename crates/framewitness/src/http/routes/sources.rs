//! Persons, accounts, outlets and organisations.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::event::SourceNamed;
use store::number::SourceNo;
use store::record::Source;
use store::vocabulary::SourceKind;
use utoipa::{IntoParams, ToSchema};
use workbench::view::SourceTimeline;
use workbench::{Case, Error};

use crate::http::extract::{Asked, Body};
use crate::http::fault::{Fault, Problem};
use crate::http::state::App;

/// Every source, with what was observed of it.
#[utoipa::path(get, path = "/api/sources", operation_id = "sources", tag = "sources", responses((status = 200, body = Vec<Source>)))]
pub(in crate::http) async fn list(State(app): State<Arc<App>>) -> Result<Json<Vec<Source>>, Fault> {
    app.ask(Case::sources).await.map(Json)
}

/// Which timelines.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Which {
    /// Number of a source, such as `S1`: its timeline alone; that of every source when absent.
    source: Option<String>,
}

/// What is known of sources over time: states and what shows them, names, ties, items of their series, claims.
#[utoipa::path(
    get, path = "/api/sources/timelines", operation_id = "source_timelines", tag = "sources", params(Which),
    responses((status = 200, body = Vec<SourceTimeline>), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn timelines(
    State(app): State<Arc<App>>,
    Asked(which): Asked<Which>,
) -> Result<Json<Vec<SourceTimeline>>, Fault> {
    app.ask(move |case| {
        let only = which.source.map(|text| number(&text)).transpose()?;
        case.source_timelines(only)
    })
    .await
    .map(Json)
}

fn number(text: &str) -> workbench::Result<SourceNo> {
    text.parse()
        .map_err(|_| Error::usage(format!("{text:?} is no number of a source, such as S1")))
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
