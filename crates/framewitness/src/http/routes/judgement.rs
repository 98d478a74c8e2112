//! What is supposed and judged.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::number::{AssessmentNo, HypothesisNo};
use store::record::{Assessment, Hypothesis};
use store::vocabulary::{Bearing, Confidence, Likelihood};
use utoipa::ToSchema;

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// A possible explanation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewHypothesis {
    /// The explanation in a sentence.
    text: String,
    /// Number of the item it explains; the whole case when absent.
    item: Option<u32>,
}

/// State a possible explanation of an item or of the whole case.
#[utoipa::path(
    post, path = "/api/hypotheses", tag = "judgement", request_body = NewHypothesis,
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Hypothesis), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn suppose(
    State(app): State<Arc<App>>,
    Body(new): Body<NewHypothesis>,
) -> Result<Json<Hypothesis>, Fault> {
    app.ask(move |case| {
        let item = new.item.map(|number| item(case, number)).transpose()?;
        case.suppose(item.as_ref(), new.text)
    })
    .await
    .map(Json)
}

/// How a piece of evidence bears on a hypothesis.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewLink {
    /// Address of the evidence, such as `C1`, `O2`, `S1`, `F:#1:4` (finding 4 of item 1), `#1#frame=37` or `E12`.
    evidence: String,
    /// How it bears.
    bearing: Bearing,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Weigh a piece of evidence against a hypothesis.
#[utoipa::path(
    post, path = "/api/hypotheses/{hypothesis}/evidence", tag = "judgement", request_body = NewLink,
    params(("hypothesis" = String, Path, description = "number of the hypothesis, such as H1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Hypothesis), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn link(
    State(app): State<Arc<App>>,
    Named(hypothesis): Named<HypothesisNo>,
    Body(new): Body<NewLink>,
) -> Result<Json<Hypothesis>, Fault> {
    app.ask(move |case| case.link(hypothesis, new.evidence, new.bearing, new.reason))
        .await
        .map(Json)
}

/// A judgement of a hypothesis.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewAssessment {
    /// Number of the hypothesis, such as `H1`.
    hypothesis: HypothesisNo,
    /// Whose judgement it is; not always who types it.
    assessor: String,
    /// How likely.
    likelihood: Likelihood,
    /// How sure of the basis.
    confidence: Confidence,
    /// Why.
    reasons: String,
    /// Addresses of the evidence, such as `O2`, `S1`, `F:#1:4`, `#1#frame=37` or `E12`.
    #[serde(default)]
    evidence: Vec<String>,
    /// Number of the assessment that this one revises, such as `A1`.
    supersedes: Option<AssessmentNo>,
}

/// Record a judgement, or a revision of one.
#[utoipa::path(
    post, path = "/api/assessments", tag = "judgement", request_body = NewAssessment,
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Assessment), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn assess(
    State(app): State<Arc<App>>,
    Body(new): Body<NewAssessment>,
) -> Result<Json<Assessment>, Fault> {
    let assessment = workbench::record::NewAssessment {
        hypothesis: new.hypothesis,
        assessor: new.assessor,
        likelihood: new.likelihood,
        confidence: new.confidence,
        reasons: new.reasons,
        evidence: new.evidence,
        supersedes: new.supersedes,
    };
    app.ask(move |case| case.assess(assessment)).await.map(Json)
}
