//! Coming in.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::extract::Body;
use crate::http::fault::{Fault, Problem};
use crate::http::state::App;

/// The launch token, as the server printed it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Token {
    /// 64 hexadecimal digits.
    token: String,
}

/// Swap the launch token for a session cookie.
#[utoipa::path(
    post, path = "/api/session", tag = "session", request_body = Token, security(("sign" = [])),
    responses((status = 204, description = "a session cookie was set"), (status = 401, body = Problem))
)]
pub(in crate::http) async fn enter(
    State(app): State<Arc<App>>,
    Body(body): Body<Token>,
) -> Result<Response, Fault> {
    match app.door.enter(&body.token)? {
        Some(cookie) => Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response()),
        None => Err(Fault::new(
            StatusCode::UNAUTHORIZED,
            "this is not the launch token of this server",
        )
        .hint("open the address that `framewitness serve` printed")),
    }
}
