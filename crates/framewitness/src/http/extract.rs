//! What a request brings, refused in the same words as everything else.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::fault::Fault;

/// A JSON body.
pub(super) struct Body<T>(pub(super) T);

/// A body of any bytes.
pub(super) struct Raw(pub(super) Bytes);

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes what a body of any bytes is")]
pub(super) struct FileBytes(Vec<u8>);

/// The variable part of an address.
pub(super) struct Named<T>(pub(super) T);

/// What follows the `?`.
pub(super) struct Asked<T>(pub(super) T);

/// A number and the ending of a file, such as `12.png`.
pub(super) struct NumberedFile(pub(super) u32);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let read = Json::<T>::from_request(request, state).await;
        read.map(|Json(body)| Self(body))
            .map_err(|why| Fault::new(why.status(), why.body_text()))
    }
}

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let read = Bytes::from_request(request, state).await;
        read.map(Self)
            .map_err(|why| Fault::new(why.status(), why.body_text()))
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        read.map(|Path(name)| Self(name))
            .map_err(|why| Fault::missing(why.body_text()))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let read = Query::<T>::from_request_parts(parts, state).await;
        read.map(|Query(asked)| Self(asked))
            .map_err(|why| Fault::new(StatusCode::BAD_REQUEST, why.body_text()))
    }
}

impl NumberedFile {
    /// Reads `12.png`: digits without sign or leading zero, so that each picture has one address.
    pub(super) fn png(name: &str) -> Result<Self, Fault> {
        let number = name
            .strip_suffix(".png")
            .filter(|digits| !digits.starts_with(['+', '0']) || *digits == "0");
        let number = number.and_then(|digits| digits.parse().ok());
        number
            .map(Self)
            .ok_or_else(|| Fault::missing(format!("there is no picture {name:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::NumberedFile;

    #[test]
    fn a_picture_has_one_address() {
        let read = |name| NumberedFile::png(name).ok().map(|file| file.0);
        assert_eq!(read("0.png"), Some(0));
        assert_eq!(read("4294967295.png"), Some(u32::MAX));
        for name in [
            "00.png",
            "+1.png",
            "-1.png",
            "1",
            "1.PNG",
            ".png",
            "1.png.png",
            "4294967296.png",
            " 1.png",
            "../1.png",
        ] {
            assert_eq!(read(name), None, "{name}");
        }
    }
}
