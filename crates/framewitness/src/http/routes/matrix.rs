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
use workbench::matrix::Explained;
use workbench::view::{Matrix, Question};

use crate::http::extract::Asked;
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Which hypotheses.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Explaining {
    /// Number of an item: explanations of it and of the whole case; every one when absent.
    item: Option<u32>,
    /// Explanations of the whole case and of no single item; not heeded beside `item`.
    #[serde(default)]
    whole_case: bool,
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
        case.matrix(match &item {
            Some(item) => Explained::Item(item),
            None if explaining.whole_case => Explained::Case,
            None => Explained::Anything,
        })
    })
    .await
    .map(Json)
}

/// What there are explanations of, the one stated or weighed last first: each is a matrix of its own.
#[utoipa::path(
    get, path = "/api/questions", operation_id = "questions", tag = "judgement",
    responses((status = 200, body = Vec<Question>))
)]
pub(in crate::http) async fn questions(
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<Question>>, Fault> {
    app.ask(|case| case.questions()).await.map(Json)
}
