//! What an address names.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use workbench::view::Linked;

use crate::http::extract::Asked;
use crate::http::fault::{Fault, Problem};
use crate::http::state::App;

/// Which address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct To {
    /// A number such as `C3`, an entry (`E12`), a finding (`F:#1:4`), or a place in an item (`#1#frame=37`,
    /// `#1#frame=37-52`, `#1#t=12.5,18`).
    to: String,
}

/// What an address names, and where the page shows it.
#[utoipa::path(
    get, path = "/api/links", operation_id = "linked", tag = "record", params(To),
    responses((status = 200, body = Linked), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn link(
    State(app): State<Arc<App>>,
    Asked(asked): Asked<To>,
) -> Result<Json<Linked>, Fault> {
    app.ask(move |case| case.linked(&asked.to)).await.map(Json)
}
