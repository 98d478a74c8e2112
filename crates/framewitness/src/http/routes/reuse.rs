//! Which items share footage, since when each is known, and which may come from which.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use workbench::view::Cluster;

use crate::http::extract::Asked;
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Which clusters.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Around {
    /// Number of an item: its cluster alone; every cluster when absent.
    item: Option<u32>,
}

/// Clusters of items that share footage, by the matches on record that nobody rejected.
#[utoipa::path(
    get, path = "/api/reuse", operation_id = "reuse", tag = "matches", params(Around),
    responses((status = 200, body = Vec<Cluster>), (status = 404, body = Problem))
)]
pub(in crate::http) async fn clusters(
    State(app): State<Arc<App>>,
    Asked(around): Asked<Around>,
) -> Result<Json<Vec<Cluster>>, Fault> {
    app.ask(move |case| {
        let item = around.item.map(|number| item(case, number)).transpose()?;
        case.reuse(item.as_ref())
    })
    .await
    .map(Json)
}
