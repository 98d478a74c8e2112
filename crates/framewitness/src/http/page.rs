//! The page: built by `make web`, carried inside this program.

use std::borrow::Cow;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::fault::Fault;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Built;

const NOT_BUILT: &str = "The page is not built into this program. Run `make web`, then build again. \
     The HTTP interface under /api works without it.\n";

/// A file of the page.
pub(super) async fn file(uri: Uri) -> Response {
    let path = match uri.path().trim_start_matches('/') {
        "" => "index.html",
        path => path,
    };
    match Built::get(path) {
        Some(file) => found(path, file.data),
        None if path == "index.html" => {
            (StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT).into_response()
        }
        None => Fault::missing("there is nothing at this address").into_response(),
    }
}

fn found(path: &str, bytes: Cow<'static, [u8]>) -> Response {
    // Files under assets/ have a hash of their content in their name; the others are asked for again.
    let lifetime = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    (
        [
            (CONTENT_TYPE, content_type(path)),
            (CACHE_CONTROL, lifetime),
        ],
        bytes,
    )
        .into_response()
}

/// Kinds of file that the build writes; anything else is bytes.
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("json" | "map") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
