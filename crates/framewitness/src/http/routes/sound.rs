//! The outline of an item's sound, and the sound itself.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use workbench::view::SoundColumns;

use crate::http::extract::{Asked, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Which part of the outline, and how fine.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Columns {
    /// Seconds after the first frame at which the first column begins; 0 when absent.
    #[serde(default)]
    from_s: f64,
    /// Seconds after the first frame at which the last column ends.
    to_s: f64,
    /// Number of columns, at most 8192; 1000 when absent.
    #[serde(default = "some_columns")]
    width: u32,
}

fn some_columns() -> u32 {
    1000
}

/// Part of the outline of an item's sound, in columns of equal length.
#[utoipa::path(
    get, path = "/api/items/{item}/waveform", tag = "sound",
    params(("item" = u32, Path, description = "number of the item, from 1"), Columns),
    responses((status = 200, body = SoundColumns), (status = 404, body = Problem))
)]
pub(in crate::http) async fn waveform(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(asked): Asked<Columns>,
) -> Result<Json<SoundColumns>, Fault> {
    app.ask(move |case| {
        case.sound_columns(&item(case, number)?, asked.from_s, asked.to_s, asked.width)
    })
    .await
    .map(Json)
}

/// Which sound.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Span {
    /// Seconds after the first frame at which it begins.
    from_s: f64,
    /// Seconds after the first frame at which it ends, at most 30 later.
    to_s: f64,
}

/// What sounds between two times, as decoded; silence where nothing does.
#[utoipa::path(
    get, path = "/api/items/{item}/sound.wav", tag = "sound",
    params(("item" = u32, Path, description = "number of the item, from 1"), Span),
    responses(
        (status = 200, description = "the samples as decoded, in their own form", content_type = "audio/wav", body = [u8]),
        (status = 422, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn piece(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(span): Asked<Span>,
) -> Result<Response, Fault> {
    let file = app
        .ask_frame(move |case, _| case.sound_between(&item(case, number)?, span.from_s, span.to_s))
        .await?;
    Ok(([(CONTENT_TYPE, "audio/wav")], file).into_response())
}
