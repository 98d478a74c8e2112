//! The case as a whole.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use workbench::Case;
use workbench::view::CaseSummary;

use crate::http::fault::{Fault, Problem};
use crate::http::state::App;

/// The case at a glance.
#[utoipa::path(get, path = "/api/case", tag = "case", responses((status = 200, body = CaseSummary), (status = 401, body = Problem)))]
pub(in crate::http) async fn summary(
    State(app): State<Arc<App>>,
) -> Result<Json<CaseSummary>, Fault> {
    app.ask(Case::summary).await.map(Json)
}
