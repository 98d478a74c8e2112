//! A picture that is looked for.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tempfile::NamedTempFile;
use utoipa::IntoParams;
use workbench::view::Sighted;

use crate::http::extract::{Asked, FileBytes, Raw};
use crate::http::fault::{Fault, Problem};
use crate::http::state::App;

/// Longest picture in bytes.
pub(in crate::http) const LONGEST: usize = 64 << 20;

/// What the picture is called.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Called {
    /// Name that the answers repeat; `picture` when absent.
    name: Option<String>,
}

/// The items that a still or a screenshot shows a frame of, the surest first. Nothing is recorded, and
/// nothing of the picture is kept.
#[utoipa::path(
    post, path = "/api/pictures/find", operation_id = "find_picture", tag = "matches", params(Called),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "the file of the picture"),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Vec<Sighted>), (status = 413, body = Problem), (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn find(
    State(app): State<Arc<App>>,
    Asked(called): Asked<Called>,
    Raw(picture): Raw,
) -> Result<Json<Vec<Sighted>>, Fault> {
    let name = called.name.unwrap_or_else(|| "picture".to_owned());
    app.ask_whole(move |case| {
        let file = laid_down(&picture)
            .map_err(|error| workbench::Error::io("laying the picture down", &error))?;
        case.sightings(&case.archive()?, &name, file)
    })
    .await
    .map(Json)
}

/// A file of these bytes, as the decoder wants it: for reading alone. It has no name any more, and goes
/// when it is closed.
fn laid_down(bytes: &[u8]) -> std::io::Result<File> {
    let mut named = NamedTempFile::new()?;
    named.write_all(bytes)?;
    File::open(named.path())
}
