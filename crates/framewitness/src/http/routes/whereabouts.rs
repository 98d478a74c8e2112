//! When and where what items show came about.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::event::{Ground, Position};
use store::number::{DateNo, PlaceNo};
use store::record::{ItemDate, ItemPlace};
use store::vocabulary::{Footing, PlacePrecision};
use utoipa::ToSchema;
use workbench::view::Whereabouts;
use workbench::whereabouts::{self, Judged};

use super::record::place as pinned;
use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Every date of an item, superseded ones included.
#[utoipa::path(get, path = "/api/dates", operation_id = "dates", tag = "record", responses((status = 200, body = Vec<ItemDate>)))]
pub(in crate::http) async fn dates(
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<ItemDate>>, Fault> {
    app.ask(|case| case.dates(None)).await.map(Json)
}

/// Every place of an item, superseded ones included.
#[utoipa::path(get, path = "/api/places", operation_id = "places", tag = "record", responses((status = 200, body = Vec<ItemPlace>)))]
pub(in crate::http) async fn places(
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<ItemPlace>>, Fault> {
    app.ask(|case| case.places(None)).await.map(Json)
}

/// Every date and every place of the case, superseded ones included, and what their items are called.
#[utoipa::path(
    get, path = "/api/whereabouts", operation_id = "whereabouts", tag = "record", responses((status = 200, body = Whereabouts))
)]
pub(in crate::http) async fn everywhere(
    State(app): State<Arc<App>>,
) -> Result<Json<Whereabouts>, Fault> {
    app.ask(|case| case.whereabouts()).await.map(Json)
}

/// A date to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewDate {
    /// When, written as precisely as it is known: a year, a month, a day, a minute or a time; of a range, its
    /// first date.
    from: String,
    /// The last date of a range.
    until: Option<String>,
    /// Whether it was only said, or shown.
    footing: Footing,
    /// What it rests on; at least one thing.
    grounds: Vec<Ground>,
    /// Whose judgement it is; yours when absent.
    assessor: Option<String>,
    /// Why.
    reason: String,
    /// The date that it revises: `D1`.
    supersedes: Option<DateNo>,
    /// First frame; the whole item when absent.
    first: Option<u32>,
    /// Last frame, included; the first one when absent.
    last: Option<u32>,
}

/// Record when what an item shows came about.
#[utoipa::path(
    post, path = "/api/items/{item}/dates", operation_id = "date_item", tag = "record", request_body = NewDate,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = ItemDate), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn date(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<NewDate>,
) -> Result<Json<ItemDate>, Fault> {
    let at = pinned(new.first, new.last, None);
    app.ask(move |case| {
        let date = whereabouts::NewDate {
            from: new.from,
            until: new.until,
            judged: Judged {
                footing: new.footing,
                grounds: new.grounds,
                assessor: new.assessor.unwrap_or_else(|| case.actor().to_owned()),
                reason: new.reason,
            },
            supersedes: new.supersedes,
        };
        case.date_item(&item(case, number)?, at, date)
    })
    .await
    .map(Json)
}

/// A place to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewPlace {
    /// What it is called.
    name: String,
    /// Where it is; may be absent where the place is a town or larger.
    position: Option<Position>,
    /// How precisely it is known.
    precision: PlacePrecision,
    /// Whether it was only said, or shown.
    footing: Footing,
    /// What it rests on; at least one thing.
    grounds: Vec<Ground>,
    /// Whose judgement it is; yours when absent.
    assessor: Option<String>,
    /// Why.
    reason: String,
    /// The place that it revises: `L1`.
    supersedes: Option<PlaceNo>,
    /// First frame; the whole item when absent.
    first: Option<u32>,
    /// Last frame, included; the first one when absent.
    last: Option<u32>,
}

/// Record where what an item shows came about.
#[utoipa::path(
    post, path = "/api/items/{item}/places", operation_id = "place_item", tag = "record", request_body = NewPlace,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = ItemPlace), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn place(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<NewPlace>,
) -> Result<Json<ItemPlace>, Fault> {
    let at = pinned(new.first, new.last, None);
    app.ask(move |case| {
        let place = whereabouts::NewPlace {
            name: new.name,
            position: new.position,
            precision: new.precision,
            judged: Judged {
                footing: new.footing,
                grounds: new.grounds,
                assessor: new.assessor.unwrap_or_else(|| case.actor().to_owned()),
                reason: new.reason,
            },
            supersedes: new.supersedes,
        };
        case.place_item(&item(case, number)?, at, place)
    })
    .await
    .map(Json)
}
