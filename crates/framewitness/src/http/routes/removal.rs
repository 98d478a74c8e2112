//! Erasing the bytes of an item.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::record::Removal;
use store::vocabulary::RemovalGround;
use utoipa::ToSchema;
use workbench::view::RemovalPlan;
use workbench::{Case, Error};

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// The tombstones of the case, by number of the item.
#[utoipa::path(
    get, path = "/api/removals", operation_id = "removals", tag = "items",
    responses((status = 200, body = Vec<Removal>))
)]
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<Removal>>, Fault> {
    app.ask(Case::removals).await.map(Json)
}

/// What removing an item would erase, and what stands in the way.
#[utoipa::path(
    get, path = "/api/items/{item}/removal", operation_id = "removal_plan", tag = "items",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    responses((status = 200, body = RemovalPlan), (status = 404, body = Problem))
)]
pub(in crate::http) async fn plan(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<Json<RemovalPlan>, Fault> {
    app.ask_whole(move |case| case.removal_plan(&item(case, number)?))
        .await
        .map(Json)
}

/// A removal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewRemoval {
    /// What it is for.
    ground: RemovalGround,
    /// Why, in words that stay in the journal for ever.
    reason: String,
    /// The number of the item once more, such as `#1`: nothing brings its bytes back.
    confirm: String,
}

/// Erase the bytes of an item, leaving a signed tombstone. Nothing brings them back.
#[utoipa::path(
    post, path = "/api/items/{item}/removal", operation_id = "remove", tag = "items", request_body = NewRemoval,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Removal), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn remove(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<NewRemoval>,
) -> Result<Json<Removal>, Fault> {
    app.ask_whole(move |case| {
        let item = item(case, number)?;
        if new.confirm != item.number.to_string() {
            return Err(
                Error::usage(format!("nothing of {} was erased", item.number))
                    .hint(format!("confirm with {}", item.number)),
            );
        }
        case.remove(&item, new.ground, new.reason)
    })
    .await
    .map(Json)
}
