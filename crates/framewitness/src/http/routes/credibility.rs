//! How credible claims are held to be.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::event::ClaimRated;
use store::number::ClaimNo;
use store::record::Claim;
use store::vocabulary::Credibility;
use utoipa::ToSchema;

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::App;

/// How credible a claim is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewRating {
    /// Admiralty code.
    credibility: Credibility,
    /// Whose judgement it is; yours when absent.
    assessor: Option<String>,
    /// Why; may be empty only if there is evidence.
    #[serde(default)]
    reason: String,
    /// Addresses of the evidence, such as `O2`, `S1`, `F:#1:4`, `#1#frame=37` or `E12`.
    #[serde(default)]
    evidence: Vec<String>,
}

/// Judge how credible a claim is; the same person's earlier rating is superseded and stays.
#[utoipa::path(
    post, path = "/api/claims/{claim}/ratings", operation_id = "rate_claim", tag = "record", request_body = NewRating,
    params(("claim" = String, Path, description = "number of the claim, such as C1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Claim), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn rate(
    State(app): State<Arc<App>>,
    Named(claim): Named<ClaimNo>,
    Body(new): Body<NewRating>,
) -> Result<Json<Claim>, Fault> {
    app.ask(move |case| {
        case.rate_claim(ClaimRated {
            claim,
            credibility: new.credibility,
            assessor: new.assessor.unwrap_or_else(|| case.actor().to_owned()),
            reason: new.reason,
            evidence: new.evidence,
        })
    })
    .await
    .map(Json)
}
