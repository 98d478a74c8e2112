//! Items and their frames, as data.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use media::time::TrackNo;
use serde::Deserialize;
use utoipa::IntoParams;
use workbench::Samples;
use workbench::view::{FramePage, ItemDetail, ItemsChanged, ItemsPage, StoredPage};

use super::search::{Part, SearchFor};
use crate::http::extract::{Asked, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Most frames in one answer.
const MOST_FRAMES: u32 = 5000;

/// Items at a glance, some at a time; those first that were preserved first, unless another order is asked
/// for.
#[utoipa::path(
    get, path = "/api/items", operation_id = "items", tag = "items", params(SearchFor, Part),
    responses((status = 200, body = ItemsPage), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
    Asked(mut wanted): Asked<SearchFor>,
    Asked(part): Asked<Part>,
) -> Result<Json<ItemsPage>, Fault> {
    wanted.oldest_first();
    app.ask(move |case| case.items_page(&wanted.query(case)?, part.after.as_deref(), part.limit))
        .await
        .map(Json)
}

/// What is known already.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Since {
    /// Number of journal entries that are known: items that later ones have to do with are given.
    since: u64,
}

/// Items that look otherwise since an entry, at a glance; or that all are to be read again.
#[utoipa::path(
    get, path = "/api/items/changed", operation_id = "items_changed", tag = "items", params(Since),
    responses((status = 200, body = ItemsChanged), (status = 422, body = Problem))
)]
pub(in crate::http) async fn changed(
    State(app): State<Arc<App>>,
    Asked(known): Asked<Since>,
) -> Result<Json<ItemsChanged>, Fault> {
    app.ask(move |case| case.items_changed(known.since))
        .await
        .map(Json)
}

/// Which video track.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct OfTrack {
    /// Number of the track, from 0, as in ffmpeg's `0:v:N`; the examined one when absent.
    track: Option<u32>,
}

/// One item in full, looked at by one of its video tracks.
#[utoipa::path(
    get, path = "/api/items/{item}", tag = "items",
    params(("item" = u32, Path, description = "number of the item, from 1"), OfTrack),
    responses((status = 200, body = ItemDetail), (status = 404, body = Problem))
)]
pub(in crate::http) async fn detail(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(of): Asked<OfTrack>,
) -> Result<Json<ItemDetail>, Fault> {
    app.ask(move |case| case.detail(&item(case, number)?, of.track.map(TrackNo)))
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
    /// Number of the video track, from 0, as in ffmpeg's `0:v:N`; the examined one when absent.
    track: Option<u32>,
}

/// Which samples.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Kept {
    /// Whether those alone that no frame comes of.
    #[serde(default)]
    not_presented: bool,
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
    app.ask(move |case| {
        let item = item(case, number)?;
        let track = case.track(&item, range.track.map(TrackNo))?;
        Ok(track.frames(range.from, count))
    })
    .await
    .map(Json)
}

/// Part of what is stored of a video track, presented or not.
#[utoipa::path(
    get, path = "/api/items/{item}/stored", tag = "items",
    params(("item" = u32, Path, description = "number of the item, from 1"), FrameRange, Kept),
    responses((status = 200, body = StoredPage), (status = 404, body = Problem))
)]
pub(in crate::http) async fn stored(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(range): Asked<FrameRange>,
    Asked(kept): Asked<Kept>,
) -> Result<Json<StoredPage>, Fault> {
    let count = range.count.min(MOST_FRAMES);
    let which = if kept.not_presented {
        Samples::NotPresented
    } else {
        Samples::All
    };
    app.ask_whole(move |case| {
        let item = item(case, number)?;
        let track = case.track(&item, range.track.map(TrackNo))?;
        track.stored(which, range.from, count)
    })
    .await
    .map(Json)
}
