//! What people make of an item as it was published, and of what two frames show.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::number::{MediaReviewNo, ResemblanceNo};
use store::record::ResemblanceRecord;
use store::vocabulary::{MediaCode, Resemblance};
use utoipa::ToSchema;
use workbench::record::Where;
use workbench::view::MediaReviewView;
use workbench::{Case, Place, Region};

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// A review of an item in the terms of schema.org's `MediaReview`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewMediaReview {
    /// Whose review it is; not always who types it.
    reviewer: String,
    /// What applies, at least one, none that contradicts another.
    codes: Vec<MediaCode>,
    /// How the item was shared or published when this applied.
    context: Option<String>,
    /// Why.
    reasons: String,
    /// Addresses of the evidence, such as `O2`, `S1`, `F:#1:4`, `#1#frame=37` or `E12`.
    #[serde(default)]
    evidence: Vec<String>,
    /// Number of the review that this one revises, such as `V1`.
    supersedes: Option<MediaReviewNo>,
}

/// Record a review of an item, or a revision of one.
#[utoipa::path(
    post, path = "/api/items/{item}/media-reviews", tag = "judgement", operation_id = "review_media",
    request_body = NewMediaReview,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = MediaReviewView), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn review(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<NewMediaReview>,
) -> Result<Json<MediaReviewView>, Fault> {
    let review = workbench::reviewed::NewMediaReview {
        reviewer: new.reviewer,
        codes: new.codes,
        context: new.context,
        reasons: new.reasons,
        evidence: new.evidence,
        supersedes: new.supersedes,
    };
    app.ask(move |case| case.review_media(&item(case, number)?, review))
        .await
        .map(Json)
}

/// One side of a comparison: a region on a frame.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Side {
    /// Number of the item, from 1.
    item: u32,
    /// Number of the frame.
    frame: u32,
    /// Box in display pixels of the frame.
    region: Region,
}

/// A person's judgement of how alike what two frames show is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewResemblance {
    /// One frame.
    one: Side,
    /// The other.
    other: Side,
    /// What is compared, in words that name nobody who need not be named.
    subject: String,
    /// Whose judgement it is; not always who types it.
    judge: String,
    /// What the comparison supports.
    degree: Resemblance,
    /// What was compared, at least one.
    features: Vec<String>,
    /// Why.
    reasons: String,
    /// What the pictures did not allow to compare.
    limits: String,
    /// Number of the judgement that this one revises, such as `R1`.
    supersedes: Option<ResemblanceNo>,
}

/// Every judgement of resemblance, superseded ones included.
#[utoipa::path(
    get, path = "/api/resemblances", tag = "judgement", operation_id = "resemblances",
    responses((status = 200, body = Vec<ResemblanceRecord>))
)]
pub(in crate::http) async fn resemblances(
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<ResemblanceRecord>>, Fault> {
    app.ask(|case| case.resemblances(None)).await.map(Json)
}

/// Record a person's judgement of resemblance, or a revision of one. Nothing is recognised or compared by the
/// program.
#[utoipa::path(
    post, path = "/api/resemblances", tag = "judgement", operation_id = "judge_resemblance",
    request_body = NewResemblance,
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = ResemblanceRecord), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn judge(
    State(app): State<Arc<App>>,
    Body(new): Body<NewResemblance>,
) -> Result<Json<ResemblanceRecord>, Fault> {
    app.ask(move |case: &Case| {
        let at = |side: &Side| Where {
            first: Some(Place::Frame(side.frame)),
            last: None,
            region: Some(side.region),
        };
        let judged = workbench::reviewed::NewResemblance {
            subject: new.subject,
            judge: new.judge,
            degree: new.degree,
            features: new.features,
            reasons: new.reasons,
            limits: new.limits,
            supersedes: new.supersedes,
        };
        let (one, other) = (item(case, new.one.item)?, item(case, new.other.item)?);
        case.judge_resemblance((&one, at(&new.one)), (&other, at(&new.other)), judged)
    })
    .await
    .map(Json)
}
