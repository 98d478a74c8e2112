//! The same footage in two items, and what reviewers say of it.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::number::MatchNo;
use store::vocabulary::Verdict;
use utoipa::{IntoParams, ToSchema};
use workbench::matching::Rejected;
use workbench::view::{MatchView, OverlaysView};

use crate::http::extract::{Asked, Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Whose matches.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Whose {
    /// Number of an item; every match of the case when absent.
    item: Option<u32>,
    /// Whether those too that a reviewer rejected.
    #[serde(default)]
    rejected: bool,
}

/// Matches on record, of one item or of all.
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
        case.matches(item.as_ref(), Rejected::told(whose.rejected))
    })
    .await
    .map(Json)
}

/// Where the two pictures of a match differ throughout: a logo, a caption, a patch over one of them. Decodes
/// the frame pairs that carry the match.
#[utoipa::path(
    get, path = "/api/matches/{match}/overlays", operation_id = "overlays", tag = "matches",
    params(("match" = String, Path, description = "number of the match, such as M1")),
    responses((status = 200, body = OverlaysView), (status = 404, body = Problem))
)]
pub(in crate::http) async fn overlays(
    State(app): State<Arc<App>>,
    Named(number): Named<MatchNo>,
) -> Result<Json<OverlaysView>, Fault> {
    app.ask(move |case| case.overlays(number)).await.map(Json)
}

/// A reviewer's word on a match.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewReview {
    /// What the match is worth; `unreviewed` takes an earlier word back.
    verdict: Verdict,
    /// Why, or anything else.
    note: Option<String>,
}

/// Confirm or reject a match, or take the word back; what was said before stays in its history.
#[utoipa::path(
    post, path = "/api/matches/{match}/reviews", operation_id = "review", tag = "matches",
    request_body = NewReview,
    params(("match" = String, Path, description = "number of the match, such as M1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = MatchView), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub(in crate::http) async fn review(
    State(app): State<Arc<App>>,
    Named(number): Named<MatchNo>,
    Body(new): Body<NewReview>,
) -> Result<Json<MatchView>, Fault> {
    app.ask(move |case| case.review(number, new.verdict, new.note))
        .await
        .map(Json)
}
