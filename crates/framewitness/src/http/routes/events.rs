//! What the server tells without being asked each time.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::http::as_of;
use crate::http::events::{Moved, tell};
use crate::http::fault::{Fault, Problem};
use crate::http::jobs::JobView;
use crate::http::state::App;

/// What the stream tells, each as the `data` of events of its name.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes what a stream of events tells")]
pub(in crate::http) struct News {
    /// The journal has so many entries, whoever wrote them: at the beginning, and whenever there are more.
    moved: Moved,
    /// Every job: at the beginning, and a few times a second while they change.
    work: Vec<JobView>,
}

/// Hear that the journal moved, and how far work is: server-sent events (HTML, 9.2), until the server ends or whoever
/// listens goes. An earlier state of the case does not change and is not told of.
#[utoipa::path(
    get, path = "/api/events", operation_id = "events", tag = "work",
    responses(
        (status = 200, description = "events `moved` and `work`", content_type = "text/event-stream", body = News),
        (status = 422, body = Problem), (status = 503, body = Problem),
    )
)]
pub(in crate::http) async fn listen(State(app): State<Arc<App>>) -> Result<Response, Fault> {
    if as_of::shown().is_some() {
        let told = Fault::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "an earlier state of the case does not change",
        );
        return Err(told.hint("leave out as_of to hear of what is recorded now"));
    }
    let body = Body::from_stream(tell(&app)?);
    Ok(([(CONTENT_TYPE, "text/event-stream")], body).into_response())
}
