//! The same footage in two items.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use workbench::view::MatchView;

use crate::http::extract::Asked;
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Whose matches.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Whose {
    /// Number of an item; every match of the case when absent.
    item: Option<u32>,
}

/// Recorded matches, of one item or of all.
#[utoipa::path(
    get, path = "/api/matches", operation_id = "matches", tag = "matches", params(Whose),
    responses((status = 200, body = Vec<MatchView>), (status = 404, body = Problem))
)]
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
    Asked(whose): Asked<Whose>,
) -> Result<Json<Vec<MatchView>>, Fault> {
    app.ask(move |case| {
        let item = whose.item.map(|number| item(case, number)).transpose()?;
        case.matches(item.as_ref())
    })
    .await
    .map(Json)
}
