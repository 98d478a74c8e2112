//! Items and their frames, as data.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use workbench::Case;
use workbench::view::{FramePage, ItemDetail, ItemSummary, StoredPage};

use crate::http::extract::{Asked, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Most frames in one answer.
const MOST_FRAMES: u32 = 5000;

/// Every item at a glance, in order of number.
#[utoipa::path(get, path = "/api/items", operation_id = "items", tag = "items", responses((status = 200, body = Vec<ItemSummary>)))]
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<ItemSummary>>, Fault> {
    app.ask(Case::items).await.map(Json)
}

/// One item in full.
#[utoipa::path(
    get, path = "/api/items/{item}", tag = "items",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    responses((status = 200, body = ItemDetail), (status = 404, body = Problem))
)]
pub(in crate::http) async fn detail(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<Json<ItemDetail>, Fault> {
    app.ask(move |case| case.detail(&item(case, number)?))
        .await
        .map(Json)
}

/// Which frames.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct FrameRange {
    /// First frame or sample; 0 when absent.
    #[serde(default)]
    from: u32,
    /// Number of frames or samples, at most 5000; 500 when absent.
    #[serde(default = "some_frames")]
    count: u32,
}

fn some_frames() -> u32 {
    500
}

/// Part of an item's frame index.
#[utoipa::path(
    get, path = "/api/items/{item}/frames", tag = "items",
    params(("item" = u32, Path, description = "number of the item, from 1"), FrameRange),
    responses((status = 200, body = FramePage), (status = 404, body = Problem))
)]
pub(in crate::http) async fn frames(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(range): Asked<FrameRange>,
) -> Result<Json<FramePage>, Fault> {
    let count = range.count.min(MOST_FRAMES);
    app.ask(move |case| case.frames(&item(case, number)?, range.from, count))
        .await
        .map(Json)
}

/// Part of what is stored of the examined stream, presented or not.
#[utoipa::path(
    get, path = "/api/items/{item}/stored", tag = "items",
    params(("item" = u32, Path, description = "number of the item, from 1"), FrameRange),
    responses((status = 200, body = StoredPage), (status = 404, body = Problem))
)]
pub(in crate::http) async fn stored(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(range): Asked<FrameRange>,
) -> Result<Json<StoredPage>, Fault> {
    let count = range.count.min(MOST_FRAMES);
    app.ask_whole(move |case| case.stored(&item(case, number)?, range.from, count))
        .await
        .map(Json)
}
