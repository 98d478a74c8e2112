//! Series of releases.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::event::{SeriesBegun, SeriesPlaced};
use store::number::{SeriesNo, SourceNo};
use store::record::Series;
use utoipa::ToSchema;

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Every series of releases, with the items in it.
#[utoipa::path(
    get, path = "/api/series", operation_id = "series", tag = "sources",
    responses((status = 200, body = Vec<Series>))
)]
pub(in crate::http) async fn list(State(app): State<Arc<App>>) -> Result<Json<Vec<Series>>, Fault> {
    app.ask(|case| case.series(None)).await.map(Json)
}

/// A series to enter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewSeries {
    /// What it is called.
    name: String,
    /// Who releases it: `S1`.
    source: Option<SourceNo>,
    /// Anything else.
    note: Option<String>,
}

/// Enter a series of releases.
#[utoipa::path(
    post, path = "/api/series", operation_id = "begin_series", tag = "sources", request_body = NewSeries,
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Series), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn begin(
    State(app): State<Arc<App>>,
    Body(new): Body<NewSeries>,
) -> Result<Json<Series>, Fault> {
    let NewSeries { name, source, note } = new;
    app.ask(move |case| case.begin_series(SeriesBegun { name, source, note }))
        .await
        .map(Json)
}

/// The place of an item in a series.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewPlacement {
    /// Number of the item.
    item: u32,
    /// Which of the releases it is, from 1; releases that the case does not have leave a gap.
    position: u32,
    /// What the release calls itself, such as `Part 3`.
    label: Option<String>,
    /// When it was released, RFC 3339 or a shorter date.
    released: Option<String>,
    /// Anything else.
    note: Option<String>,
}

/// Give an item its place in a series.
#[utoipa::path(
    post, path = "/api/series/{series}/items", operation_id = "place_in_series", tag = "sources", request_body = NewPlacement,
    params(("series" = String, Path, description = "number of the series, such as G1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Series), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn place(
    State(app): State<Arc<App>>,
    Named(series): Named<SeriesNo>,
    Body(new): Body<NewPlacement>,
) -> Result<Json<Series>, Fault> {
    app.ask(move |case| {
        case.place_in_series(SeriesPlaced {
            series,
            item: item(case, new.item)?.id,
            position: new.position,
            label: new.label,
            released: new.released,
            note: new.note,
        })
    })
    .await
    .map(Json)
}
