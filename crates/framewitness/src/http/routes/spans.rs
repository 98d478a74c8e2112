//! Spans of exact frames, to be taken away.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::io::Write;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use workbench::view::SavedSpan;
use workbench::{Case, Error, Item, Kind, Place, SaveAs};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::http::extract::{Asked, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::flow::{Mouth, flow};
use crate::http::state::{App, item};

/// Which frames.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Frames {
    /// First frame; 0 when absent.
    from: Option<u32>,
    /// Frame after the last; to the end when absent.
    to: Option<u32>,
}

/// Which frames, and as what.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Stills {
    /// First frame; 0 when absent.
    from: Option<u32>,
    /// Frame after the last; to the end when absent.
    to: Option<u32>,
    /// PNG when absent.
    #[serde(default, rename = "as")]
    #[param(inline)]
    form: StillForm,
    /// View filters, such as `levels=16:180,gamma=1.4`; the exact pixels when absent.
    #[serde(default)]
    view: String,
}

/// Files that stills come as.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum StillForm {
    /// PNG, as one frame is sent.
    #[default]
    Png,
    /// Lossless WebP of the same pixels.
    Webp,
}

/// A span as stills in an archive, with their listing `frames.json` behind them.
#[utoipa::path(
    get, path = "/api/items/{item}/span.zip", operation_id = "span_stills", tag = "spans",
    params(("item" = u32, Path, description = "number of the item, from 1"), Stills),
    responses(
        (status = 200, description = "the stills, stored without further compression; broken off where a frame cannot be given", content_type = "application/zip", body = [u8]),
        (status = 422, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn stills(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(asked): Asked<Stills>,
) -> Result<Response, Fault> {
    let (from, to) = (asked.from, asked.to);
    let span = app
        .ask(move |case| Ok(meant(case, number, from, to)?.1))
        .await?;
    let view = workbench::view(&asked.view)?;
    let form = match asked.form {
        StillForm::Png => SaveAs::Png,
        StillForm::Webp => SaveAs::Webp,
    };
    let body = flow(&app, move |case, mouth| {
        let mut archive = ZipWriter::new_stream(mouth);
        let saved = case.save_stills(&item(case, number)?, span, &view, form, &mut |still| {
            put(&mut archive, still.name, still.bytes).map_err(broken)
        })?;
        let listing = serde_json::to_vec_pretty(&saved);
        let listing = listing.map_err(|error| Error::new(Kind::Failed, error.to_string()))?;
        put(&mut archive, "frames.json", &listing).map_err(broken)?;
        let mut mouth = archive.finish().map_err(broken)?.into_inner();
        mouth.flush().map_err(|error| Error::io("sending", &error))
    });
    Ok(download(body.await?, "application/zip"))
}

/// A span as one clip: FFV1 and samples of sound as they are, in Matroska.
#[utoipa::path(
    get, path = "/api/items/{item}/span.mkv", operation_id = "span_clip", tag = "spans",
    params(("item" = u32, Path, description = "number of the item, from 1"), Frames),
    responses(
        (status = 200, description = "planes as decoded and every timestamp; broken off where a frame cannot be given", content_type = "video/matroska", body = [u8]),
        (status = 422, description = "a clip cannot hold this span", body = Problem),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn clip(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(asked): Asked<Frames>,
) -> Result<Response, Fault> {
    let Frames { from, to } = asked;
    let span = app
        .ask(move |case| Ok(meant(case, number, from, to)?.1))
        .await?;
    let body = flow(&app, move |case, mouth| {
        // What was sent cannot be gone back in: the patches that speed up jumping are left out.
        let item = item(case, number)?;
        let mut go_on = |_| ControlFlow::Continue(());
        let (mut mouth, _, _) = case.save_clip(&item, span, mouth, &mut go_on)?;
        mouth.flush().map_err(|error| Error::io("sending", &error))
    });
    Ok(download(body.await?, "video/matroska"))
}

/// The listing that belongs to the clip of a span.
#[utoipa::path(
    get, path = "/api/items/{item}/span.json", operation_id = "span_listing", tag = "spans",
    params(("item" = u32, Path, description = "number of the item, from 1"), Frames),
    responses((status = 200, body = SavedSpan), (status = 422, body = Problem), (status = 404, body = Problem))
)]
pub(in crate::http) async fn listing(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Asked(asked): Asked<Frames>,
) -> Result<Json<SavedSpan>, Fault> {
    app.ask(move |case| {
        let (item, span) = meant(case, number, asked.from, asked.to)?;
        case.span_listing(&item, &span)
    })
    .await
    .map(Json)
}

fn meant(
    case: &Case,
    number: u32,
    from: Option<u32>,
    to: Option<u32>,
) -> workbench::Result<(Item, Range<u32>)> {
    let item = item(case, number)?;
    let span = case.span_of(&item, from.map(Place::Frame), to.map(Place::Frame))?;
    Ok((item, span))
}

fn put(
    archive: &mut ZipWriter<zip::write::StreamWriter<Mouth>>,
    name: &str,
    bytes: &[u8],
) -> Result<(), ZipError> {
    // Stills are compressed already.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    archive.start_file(name, stored)?;
    archive.write_all(bytes)?;
    Ok(())
}

fn broken(error: ZipError) -> Error {
    Error::io("sending the archive", &error.into())
}

/// Whoever saves it names it.
fn download(body: Body, kind: &'static str) -> Response {
    let headers = [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, "attachment")];
    (headers, body).into_response()
}
