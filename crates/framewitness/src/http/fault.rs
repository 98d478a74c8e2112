//! Errors as they leave the server: one place maps them.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use workbench::{Error, Kind};

/// What went wrong, and what can be done about it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Problem {
    /// One sentence: what happened.
    pub(super) error: String,
    /// One sentence: what to do, where there is something to do.
    pub(super) hint: Option<String>,
}

impl Problem {
    /// What an error says.
    pub(super) fn of(error: Error) -> Self {
        Self {
            error: error.message,
            hint: error.hint,
        }
    }
}

/// A problem with its HTTP status.
#[derive(Debug)]
pub(super) struct Fault {
    status: StatusCode,
    problem: Problem,
}

impl Fault {
    pub(super) fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self {
            status,
            problem: Problem {
                error: error.into(),
                hint: None,
            },
        }
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.problem.hint = Some(hint.into());
        self
    }

    /// A mistake of this program.
    pub(super) fn own() -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, "the server has a fault of its own")
    }

    /// Nothing goes by that name or number.
    pub(super) fn missing(error: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let status = match error.kind {
            Kind::Usage | Kind::Unsupported | Kind::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            Kind::Missing => StatusCode::NOT_FOUND,
            Kind::Conflict => StatusCode::CONFLICT,
            Kind::Failed | Kind::Integrity => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self {
            status,
            problem: Problem::of(error),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.status, Json(self.problem)).into_response()
    }
}
