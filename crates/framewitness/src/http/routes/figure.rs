//! Two exact frames side by side, as one picture.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;
use workbench::Place;

use super::pictures::picture;
use crate::http::extract::Asked;
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Which two frames.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Two {
    /// Number of the one item.
    a: u32,
    /// Number of the other, or of the same.
    b: u32,
    /// Number of the frame of `a`, from 0.
    frame: u32,
    /// Number of the frame of `b`, from 0.
    beside: u32,
    /// Whether the frame of `b` is shown mirrored.
    #[serde(default)]
    mirrored: bool,
}

/// The exact pixels of two frames side by side, each in its own size, beneath each its item, number, timestamp
/// and hash. Nothing in it is masked.
#[utoipa::path(
    get, path = "/api/compare/figure.png", operation_id = "figure", tag = "pictures", params(Two),
    responses(
        (status = 200, description = "8-bit RGB; states in a text chunk which frames it shows", content_type = "image/png", body = [u8]),
        (status = 400, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn figure(
    State(app): State<Arc<App>>,
    Asked(two): Asked<Two>,
) -> Result<Response, Fault> {
    let (png, tag) = app
        .ask_frame(move |case, _| {
            let (one, other) = (item(case, two.a)?, item(case, two.b)?);
            let (at, beside) = (Place::Frame(two.frame), Place::Frame(two.beside));
            let pair = case.pair((&one, at), (&other, beside), two.mirrored)?;
            let told = case.paired(&pair)?;
            let tag = format!(
                "\"figure-{}-{}-{}-{}\"",
                told.one.hash,
                told.other.hash,
                two.mirrored,
                env!("CARGO_PKG_VERSION")
            );
            Ok((case.pair_figure(&pair)?, tag))
        })
        .await?;
    Ok(picture(png, &tag))
}
