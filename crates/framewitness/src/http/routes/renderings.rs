//! Masked copies: rendered, looked at for leaks, fetched.

use std::io::{self, Write};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use store::number::RenderingNo;
use store::vocabulary::RenderForm;
use utoipa::ToSchema;
use workbench::Error;
use workbench::masking::RenderingView;

use crate::http::at_work::{Gone, WorkDone, awaited};
use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::flow::flow;
use crate::http::state::{App, item};

/// Masked copies of an item, oldest first, with what leaks from each.
#[utoipa::path(
    get, path = "/api/items/{item}/renderings", operation_id = "renderings", tag = "record",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    responses((status = 200, body = Vec<RenderingView>), (status = 404, body = Problem))
)]
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<Json<Vec<RenderingView>>, Fault> {
    app.ask(move |case| case.renderings(&item(case, number)?))
        .await
        .map(Json)
}

/// How to render.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewRendering {
    /// How it is coded.
    form: RenderForm,
}

/// Render an item from its original with every mask that stands, and look at the copy for leaks. The answer comes when
/// both are done; whoever goes away before cancels it, and nothing is left. A copy that leaks is kept, and says so in
/// `leaks`.
#[utoipa::path(
    post, path = "/api/items/{item}/renderings", operation_id = "render_masked", tag = "record",
    request_body = NewRendering,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = RenderingView), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn render(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<NewRendering>,
) -> Result<Json<RenderingView>, Fault> {
    let (gone, told) = (Gone::default(), Arc::clone(&app));
    let asked = gone.asked();
    app.ask_whole(move |case| {
        let item = item(case, number)?;
        let work = told.at_work.begin(number);
        case.render_masked(&item, new.form, &mut |done| {
            work.rendered(done);
            awaited(&asked)
        })
    })
    .await
    .map(Json)
}

/// How far the work on an item is that somebody waits for: a rendering, a look for leaks, or a box that is followed;
/// `null` where there is none.
#[utoipa::path(
    get, path = "/api/items/{item}/renderings/progress", operation_id = "rendering_progress", tag = "record",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    responses((status = 200, body = Option<WorkDone>), (status = 404, body = Problem))
)]
pub(in crate::http) async fn progress(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<Json<Option<WorkDone>>, Fault> {
    app.ask(move |case| item(case, number).map(drop)).await?;
    Ok(Json(app.at_work.on(number)))
}

/// Look at a masked copy for leaks once more, from what the case keeps. Nothing is recorded; whoever goes away before
/// the answer cancels it.
#[utoipa::path(
    post, path = "/api/renderings/{rendering}/check", operation_id = "check_rendering", tag = "record",
    params(("rendering" = String, Path, description = "number of the rendering, such as Y1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = RenderingView), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn check(
    State(app): State<Arc<App>>,
    Named(number): Named<RenderingNo>,
) -> Result<Json<RenderingView>, Fault> {
    let (gone, told) = (Gone::default(), Arc::clone(&app));
    let asked = gone.asked();
    app.ask_whole(move |case| {
        let of = case.rendering(number)?.rendering.rendered.item;
        let work = told.at_work.begin(case.item(&of.to_string())?.number.0);
        case.check_rendering(number, &mut |done| {
            work.rendered(done);
            awaited(&asked)
        })
    })
    .await
    .map(Json)
}

/// A masked copy as it is kept. Whether something leaks from it, the list says.
#[utoipa::path(
    get, path = "/api/renderings/{rendering}/file", operation_id = "rendering_file", tag = "record",
    params(("rendering" = String, Path, description = "number of the rendering, such as Y1")),
    responses(
        (status = 200, description = "the copy", content_type = "application/octet-stream", body = [u8]),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn file(
    State(app): State<Arc<App>>,
    Named(number): Named<RenderingNo>,
) -> Result<Response, Fault> {
    let view = app.ask(move |case| case.rendering(number)).await?;
    let kind = match view.rendering.rendered.form {
        RenderForm::Mp4 => "video/mp4",
        RenderForm::Lossless => "video/matroska",
    };
    let body = flow(&app, move |case, mut mouth| {
        let mut kept = case.open_rendering(&view.rendering)?;
        io::copy(&mut kept, &mut mouth)
            .and_then(|_| mouth.flush())
            .map_err(|error| Error::io("sending", &error))
    });
    let headers = [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, "attachment")];
    Ok((headers, body.await?).into_response())
}
