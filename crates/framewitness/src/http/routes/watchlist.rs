//! The watch list: footage that somebody wants to hear of when it appears again.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::number::WatchNo;
use utoipa::{IntoParams, ToSchema};
use workbench::view::{SeenAgain, WatchView};
use workbench::watchlist;
use workbench::{Case, Place};

use crate::http::extract::{Asked, Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Which watches.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Which {
    /// Whether those too that were ended.
    #[serde(default)]
    ended: bool,
}

/// The watch list, and what was found.
#[utoipa::path(
    get, path = "/api/watches", operation_id = "watches", tag = "matches", params(Which),
    responses((status = 200, body = Vec<WatchView>))
)]
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
    Asked(which): Asked<Which>,
) -> Result<Json<Vec<WatchView>>, Fault> {
    app.ask(move |case| case.watches(which.ended))
        .await
        .map(Json)
}

/// Footage to watch for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewWatch {
    /// Number of the item.
    item: u32,
    /// First frame; the whole item when absent.
    first: Option<u32>,
    /// Last frame, included; the first one when absent.
    last: Option<u32>,
    /// Why, or anything else.
    note: Option<String>,
}

/// Put an item or a span of it on the watch list; what is in the case already is searched at once.
#[utoipa::path(
    post, path = "/api/watches", operation_id = "watch_for", tag = "matches", request_body = NewWatch,
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = WatchView), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub(in crate::http) async fn add(
    State(app): State<Arc<App>>,
    Body(new): Body<NewWatch>,
) -> Result<Json<WatchView>, Fault> {
    let watch = watchlist::NewWatch {
        first: new.first.map(Place::Frame),
        last: new.last.map(Place::Frame),
        note: new.note,
    };
    app.ask_whole(move |case| case.watch_for(&item(case, new.item)?, watch))
        .await
        .map(Json)
}

/// Why a watch ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct EndOfWatch {
    /// Why, or anything else.
    note: Option<String>,
}

/// Take a watch off the list; what it found stays.
#[utoipa::path(
    post, path = "/api/watches/{watch}/end", operation_id = "end_watch", tag = "matches", request_body = EndOfWatch,
    params(("watch" = String, Path, description = "number of the watch, such as W1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = WatchView), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub(in crate::http) async fn end(
    State(app): State<Arc<App>>,
    Named(number): Named<WatchNo>,
    Body(end): Body<EndOfWatch>,
) -> Result<Json<WatchView>, Fault> {
    app.ask(move |case| case.end_watch(number, end.note))
        .await
        .map(Json)
}

/// Search what was not searched yet, such as after a search that was cut off.
#[utoipa::path(
    post, path = "/api/watches/search", operation_id = "search_watches", tag = "matches",
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Vec<SeenAgain>))
)]
pub(in crate::http) async fn search(
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<SeenAgain>>, Fault> {
    app.ask_whole(Case::search_watches).await.map(Json)
}
