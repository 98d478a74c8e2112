//! Frames in a row, for watching.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use media::time::FrameNo;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use workbench::watch::{self, Way};

use crate::http::extract::{Asked, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};
use crate::http::stream;

/// What is to be watched, and how.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Wish {
    /// Number of the first frame.
    from: u32,
    /// Which way from there; forwards when absent.
    #[serde(default)]
    #[param(inline)]
    way: Direction,
    /// Pixels in a row at most, 64 to 3840; 1280 when absent.
    #[serde(default = "some_width")]
    width: u32,
    /// How many times the footage's own speed, 1/16 to 4; 1 when absent. Below 1 no frame is left out;
    /// else those for which the machine is too slow.
    #[serde(default = "own_speed")]
    speed: f64,
}

/// Which way footage is watched.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum Direction {
    /// As it was presented.
    #[default]
    Forwards,
    /// From the later to the earlier.
    Backwards,
}

fn some_width() -> u32 {
    1280
}

fn own_speed() -> f64 {
    1.0
}

/// Pictures of one frame after the other, reduced, each with the number of its frame: for watching,
/// not for citing. They come as fast as they are taken, and end with the item or the request.
///
/// Records follow each other. Each is its length in bytes (32 bits, little-endian, itself not counted)
/// and that many bytes, the first of which says what follows it: 1: number of the frame (32 bits),
/// 1 and its timestamp in ticks or 0 and nothing of meaning (8 and 64 bits), all little-endian, then
/// a JPEG; 2: a problem as JSON, after which nothing follows; 3: nothing, there are no more frames.
#[utoipa::path(
    get, path = "/api/items/{item}/watch", tag = "pictures",
    params(("item" = u32, Path, description = "number of the item, from 1"), Wish),
    responses(
        (status = 200, description = "records as described", content_type = "application/octet-stream", body = [u8]),
        (status = 404, body = Problem),
        (status = 422, description = "no such speed", body = Problem),
        (status = 503, description = "as much is being watched as this server plays at once", body = Problem),
    )
)]
pub(in crate::http) async fn watch(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(wish): Asked<Wish>,
) -> Result<Response, Fault> {
    if !(1.0 / 16.0..=4.0).contains(&wish.speed) {
        return Err(Fault::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("there is no speed {}", wish.speed),
        )
        .hint("ask for 0.0625 to 4"));
    }
    let asked = watch::Asked {
        from: FrameNo(wish.from),
        way: match wish.way {
            Direction::Forwards => Way::Forwards,
            Direction::Backwards => Way::Backwards,
        },
        width: wish.width,
        speed: wish.speed,
    };
    let place = app.watching.place().await?;
    let watch = app
        .ask_frame(move |case, _| case.watch(&item(case, number)?, asked))
        .await?;
    let records = stream::start(place, move |screen| watch.run(screen));
    let headers = [(CONTENT_TYPE, "application/octet-stream")];
    Ok((headers, Body::from_stream(records)).into_response())
}
