//! What would leave with a publication, to be looked at first.

use std::io::{self, Write};
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, X_FRAME_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use store::number::PublicationNo;
use workbench::Error;
use workbench::publication::{Previewed, PublicationPreview};

use crate::http::extract::Named;
use crate::http::fault::{Fault, Problem};
use crate::http::flow::flow;
use crate::http::headers::PREVIEW_POLICY;
use crate::http::state::App;

/// What would leave with a publication if it were sealed as it stands, file by file, and what stays. Nothing leaves.
#[utoipa::path(
    get, path = "/api/publications/{publication}/preview", tag = "publications", operation_id = "preview_publication",
    params(("publication" = String, Path, description = "number of the publication, such as B1")),
    responses((status = 200, body = PublicationPreview), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn files(
    State(app): State<Arc<App>>,
    Named(number): Named<PublicationNo>,
) -> Result<Json<PublicationPreview>, Fault> {
    app.ask_whole(move |case| case.preview_publication(number))
        .await
        .map(Json)
}

/// One file of those that would leave, to the byte. A report veils its pictures itself until its reader lifts that.
#[utoipa::path(
    get, path = "/api/publications/{publication}/preview/{file}", tag = "publications", operation_id = "previewed_file",
    params(
        ("publication" = String, Path, description = "number of the publication, such as B1"),
        ("file" = String, Path, description = "path of the file within the bundle, its slashes written `%2F`: `data%2Freport.html`"),
    ),
    responses(
        (status = 200, description = "the file; pages and pictures as such, other texts as plain text", content_type = "application/octet-stream", body = [u8]),
        (status = 404, body = Problem), (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn file(
    State(app): State<Arc<App>>,
    Named((number, path)): Named<(PublicationNo, String)>,
) -> Result<Response, Fault> {
    let kind = kind(&path);
    // A page links to its neighbours, which lie with it in the folder of the payload.
    let beside = format!("data/{path}");
    let found = app.ask_whole(move |case| case.previewed(number, &[&path, &beside]));
    let body = match found.await? {
        Previewed::Bytes(bytes) => Body::from(bytes),
        Previewed::Kept(mut file) => {
            let sent = flow(&app, move |_, mut mouth| {
                io::copy(&mut file, &mut mouth)
                    .and_then(|_| mouth.flush())
                    .map_err(|why| Error::io("sending", &why))
            });
            sent.await?
        }
    };
    let place = match kind {
        "application/octet-stream" => "attachment",
        _ => "inline",
    };
    let headers: [(HeaderName, &str); 4] = [
        (CONTENT_TYPE, kind),
        (CONTENT_DISPOSITION, place),
        (CONTENT_SECURITY_POLICY, PREVIEW_POLICY),
        (X_FRAME_OPTIONS, "SAMEORIGIN"),
    ];
    Ok((headers, body).into_response())
}

/// How a browser shows a file of a bundle.
fn kind(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "html" => "text/html; charset=utf-8",
        "png" => "image/png",
        "json" | "jsonld" | "geojson" | "csv" | "edl" | "srt" | "vtt" | "txt" | "md" | "py"
        | "pem" | "note" | "sig" => "text/plain; charset=utf-8",
        _ if path == "allowed_signers" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
