//! Hypotheses against evidence.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use workbench::view::Matrix;

use crate::http::extract::Asked;
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Which hypotheses.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Explaining {
    /// Number of an item: explanations of it and of the whole case; every one when absent.
    item: Option<u32>,
}

/// Hypotheses against evidence: every analyst's ratings, and what follows from each one's.
#[utoipa::path(
    get, path = "/api/matrix", operation_id = "matrix", tag = "judgement", params(Explaining),
    responses((status = 200, body = Matrix), (status = 404, body = Problem))
)]
pub(in crate::http) async fn matrix(
    State(app): State<Arc<App>>,
    Asked(explaining): Asked<Explaining>,
) -> Result<Json<Matrix>, Fault> {
    app.ask(move |case| {
        let item = explaining
            .item
            .map(|number| item(case, number))
            .transpose()?;
        case.matrix(item.as_ref())
    })
    .await
    .map(Json)
}
