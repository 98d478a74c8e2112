//! Filmstrips: exact frames in small.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use media::filmstrip::strip;
use media::time::FrameNo;
use serde::Deserialize;
use utoipa::IntoParams;
use workbench::view::Filmstrip;
use workbench::{Error, Place, Stretch};

use super::pictures::{has, picture, unchanged};
use crate::http::extract::{Asked, Named, NumberedFile};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// What a filmstrip is to show.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Film {
    /// Seconds after the first frame at which it begins; from the start when absent.
    from_s: Option<f64>,
    /// Seconds after the first frame at which it ends; to the end when absent.
    to_s: Option<f64>,
    /// Number of cells, 1 to 200, at most; 12 when absent.
    #[serde(default = "some_cells")]
    count: u32,
    /// Width of a cell in pixels, 16 to 640; 160 when absent.
    #[serde(default = "some_width")]
    width: u32,
}

/// How large a cell is.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct CellSize {
    /// Its width in pixels, 16 to 640; 160 when absent.
    #[serde(default = "some_width")]
    width: u32,
}

fn some_cells() -> u32 {
    12
}

fn some_width() -> u32 {
    160
}

impl Film {
    fn stretch(&self) -> Stretch {
        Stretch {
            from_s: self.from_s,
            to_s: self.to_s,
            count: self.count,
            width: self.width,
        }
    }
}

/// Which frames a filmstrip shows: in each of so many parts of equal length the key frame nearest its
/// middle, else the frame at its middle.
#[utoipa::path(
    get, path = "/api/items/{item}/filmstrip", operation_id = "filmstrip", tag = "pictures",
    params(("item" = u32, Path, description = "number of the item, from 1"), Film),
    responses((status = 200, body = Filmstrip), (status = 422, body = Problem), (status = 404, body = Problem))
)]
pub(in crate::http) async fn plan(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(film): Asked<Film>,
) -> Result<Json<Filmstrip>, Fault> {
    app.ask(move |case| case.filmstrip(&item(case, number)?, film.stretch()))
        .await
        .map(Json)
}

/// A whole filmstrip.
#[utoipa::path(
    get, path = "/api/items/{item}/filmstrip.png", operation_id = "filmstrip_picture", tag = "pictures",
    params(("item" = u32, Path, description = "number of the item, from 1"), Film),
    responses(
        (status = 200, description = "cells side by side, 8-bit RGB; the text chunk `Framewitness Frames` states their numbers", content_type = "image/png", body = [u8]),
        (status = 422, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn whole(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(film): Asked<Film>,
) -> Result<Response, Fault> {
    let png = app
        .ask_film(move |case| {
            let (_, png) = case.filmstrip_png(&item(case, number)?, film.stretch())?;
            Ok(png)
        })
        .await?;
    Ok(([(CONTENT_TYPE, "image/png")], png).into_response())
}

/// A frame in small: the mean of the area that each pixel covers, from exact pixels.
#[utoipa::path(
    get, path = "/api/items/{item}/filmstrip/{frame}.png", operation_id = "filmstrip_cell", tag = "pictures",
    params(
        ("item" = u32, Path, description = "number of the item, from 1"),
        ("frame" = u32, Path, description = "number of the frame, from 0"),
        CellSize,
    ),
    responses(
        (status = 200, description = "8-bit RGB; the text chunk `Framewitness Frames` states its number", content_type = "image/png", body = [u8]),
        (status = 304, description = "the browser has it"),
        (status = 422, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn cell(
    State(app): State<Arc<App>>,
    Named((number, file)): Named<(u32, String)>,
    Asked(size): Asked<CellSize>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let no = NumberedFile::png(&file)?.0;
    let tag = app
        .ask(move |case| {
            let item = item(case, number)?;
            case.find_frame(&item, Place::Frame(no))?;
            Ok(tag(&item, no, size.width))
        })
        .await?;
    if has(&headers, &tag) {
        return Ok(unchanged(&tag));
    }
    let png = app
        .ask_film(move |case| {
            let cell = case.film_cell(&item(case, number)?, FrameNo(no), size.width)?;
            strip(&[cell]).map_err(|error| Error::io("drawing the cell", &error))
        })
        .await?;
    Ok(picture(png, &tag))
}

fn tag(item: &workbench::Item, frame: u32, width: u32) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "\"{}-film-{frame}-{width}-{version}\"",
        &item.id.hex()[..16]
    )
}
