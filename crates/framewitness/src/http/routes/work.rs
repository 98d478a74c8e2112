//! Work that the server does by itself: asked for, looked at, cancelled.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use workbench::jobs::{Asked, Task};

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::jobs::JobView;
use crate::http::state::{App, item};

/// How to inspect.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewInspection {
    /// Whether to inspect again what was inspected before; not where absent.
    #[serde(default)]
    again: bool,
    /// Whether to look for the footage in the other items afterwards; not where absent.
    #[serde(default)]
    then_match: bool,
}

/// Inspect an item. The answer comes at once: the server does one job after the other, and a job that it accepted is
/// gone on with after a restart. One that waits or runs already is given as it stands.
#[utoipa::path(
    post, path = "/api/items/{item}/inspect", operation_id = "inspect", tag = "work", request_body = NewInspection,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses((status = 202, body = JobView), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn inspect(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<NewInspection>,
) -> Result<(StatusCode, Json<JobView>), Fault> {
    let asked = Asked {
        task: Task::Inspect,
        again: new.again,
        then_match: new.then_match,
    };
    accept(&app, number, asked).await
}

/// Look for the footage of an item in every other item that was inspected, as a job of the server. New matches are
/// recorded.
#[utoipa::path(
    post, path = "/api/items/{item}/match", operation_id = "match_item", tag = "work",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses((status = 202, body = JobView), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn look_for(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<(StatusCode, Json<JobView>), Fault> {
    accept(&app, number, Asked::MATCH).await
}

async fn accept(
    app: &Arc<App>,
    number: u32,
    asked: Asked,
) -> Result<(StatusCode, Json<JobView>), Fault> {
    let jobs = Arc::clone(&app.jobs);
    let accepted = app.ask(move |case| {
        let item = item(case, number)?;
        case.writable()?;
        jobs.ask(&item, asked)
    });
    Ok((StatusCode::ACCEPTED, Json(accepted.await?)))
}

/// Jobs that run and wait, in the order in which they were accepted, with how far they are; and the last ones that
/// are over.
#[utoipa::path(get, path = "/api/work", operation_id = "work", tag = "work", responses((status = 200, body = Vec<JobView>)))]
pub(in crate::http) async fn list(State(app): State<Arc<App>>) -> Json<Vec<JobView>> {
    Json(app.jobs.all())
}

/// Cancel a job, or forget one that is over. An inspection that is cancelled leaves what it has done for the next one.
#[utoipa::path(
    delete, path = "/api/work/{job}", operation_id = "cancel_work", tag = "work",
    params(("job" = u64, Path, description = "number of the job")),
    security(("session" = [], "sign" = [])),
    responses((status = 204, description = "it is cancelled"), (status = 404, body = Problem))
)]
pub(in crate::http) async fn cancel(
    State(app): State<Arc<App>>,
    Named(number): Named<u64>,
) -> Result<StatusCode, Fault> {
    let jobs = Arc::clone(&app.jobs);
    match app.ask(move |_| jobs.cancel(number)).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Fault::missing(format!("there is no job {number}"))),
    }
}
