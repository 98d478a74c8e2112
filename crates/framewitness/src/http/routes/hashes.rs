//! PDQ hashes out, and lists of hashes in.

use std::ops::ControlFlow;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use workbench::hashes::{FrameHashes, HashHit, RADIUS, hashes, read_list};
use workbench::same::Subject;

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// A list, and how near a frame must be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Sought {
    /// One hash a line: HASH, HASH,LABEL, HASH,QUALITY,NAME or FRAME,QUALITY,HASH,SECONDS.
    list: String,
    /// Most bits of 256 that may differ; 31 when absent.
    radius: Option<u32>,
    /// Number of the item to look in; every item when absent.
    item: Option<u32>,
}

/// PDQ of every frame of an item, decoded anew.
#[utoipa::path(
    get, path = "/api/items/{item}/hashes", operation_id = "hashes", tag = "matches",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    responses((status = 200, body = FrameHashes), (status = 404, body = Problem))
)]
pub(in crate::http) async fn of_item(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<Json<FrameHashes>, Fault> {
    app.ask_whole(move |case| {
        let subject = Subject::Item(case, Box::new(item(case, number)?));
        hashes(&subject, &mut |_| ControlFlow::Continue(()))
    })
    .await
    .map(Json)
}

/// Frames that are like a hash of a list; nothing is recorded.
#[utoipa::path(
    post, path = "/api/hashes/find", operation_id = "find_hashes", tag = "matches",
    request_body = Sought, security(("session" = [], "sign" = [])),
    responses((status = 200, body = Vec<HashHit>), (status = 422, body = Problem))
)]
pub(in crate::http) async fn find(
    State(app): State<Arc<App>>,
    Body(sought): Body<Sought>,
) -> Result<Json<Vec<HashHit>>, Fault> {
    app.ask_whole(move |case| {
        let items = match sought.item {
            Some(number) => vec![item(case, number)?],
            None => case.all()?,
        };
        let list = read_list(&sought.list)?;
        case.find_hashes(&list, &items, sought.radius.unwrap_or(RADIUS))
    })
    .await
    .map(Json)
}
