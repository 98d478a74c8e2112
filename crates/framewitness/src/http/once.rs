//! Requests that are made again: `Idempotency-Key` (IETF draft-ietf-httpapi-idempotency-key-header) is read here
//! and nowhere else.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, OpenApi, RefOr, Required, Type};

use super::as_of;
use super::fault::Fault;
use super::guard;
use super::refusals::refuses;
use super::state::App;

const HEADER: &str = "idempotency-key";

/// Lets a change that carries a key be recorded once.
pub(super) async fn repeat(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let changes = request.method() == Method::POST && request.uri().path() != guard::SESSION;
    if !changes {
        return next.run(request).await;
    }
    match key(request.headers()) {
        Ok(None) => next.run(request).await,
        Ok(Some(key)) => as_of::about(app.once(&key), next.run(request)).await,
        Err(fault) => fault.into_response(),
    }
}

/// The key: a string of RFC 9651, or its characters bare.
fn key(headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let mut given = headers.get_all(HEADER).iter();
    let Some(value) = given.next() else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default().trim();
    let quoted = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let key = quoted.unwrap_or(text);
    let fits = (1..=200).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !fits || key.contains(['"', '\\']) || given.next().is_some() {
        let fault = Fault::new(StatusCode::BAD_REQUEST, "this is no idempotency key");
        return Err(fault.hint("send one string of 1 to 200 visible characters, such as a UUID"));
    }
    Ok(Some(key.to_owned()))
}

/// Says of every change that it takes a key.
pub(super) fn describe(description: &mut OpenApi) {
    let paths = description.paths.paths.iter_mut();
    let changes = paths.filter(|(path, _)| path.as_str() != guard::SESSION);
    for change in changes.filter_map(|(_, path)| path.post.as_mut()) {
        let schema = ObjectBuilder::new().schema_type(Type::String);
        let parameter = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "A key of this request: 1 to 200 visible characters of ASCII without quotes, such as a UUID. The same \
                 request with the same key records nothing again and is answered with what it recorded, as that \
                 stands; another request with the same key is refused (422).",
            ))
            .schema(Some(schema));
        change
            .parameters
            .get_or_insert_default()
            .push(RefOr::T(parameter.build()));
        refuses(change, "400", "no idempotency key, or no such parameter");
        refuses(
            change,
            "422",
            "the idempotency key is that of another request",
        );
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn read(values: &[&str]) -> Result<Option<String>, Fault> {
        let mut headers = HeaderMap::new();
        for value in values {
            let value = HeaderValue::from_str(value).expect("a header");
            headers.append(HEADER, value);
        }
        key(&headers)
    }

    #[test]
    fn a_key_is_one_string_of_visible_characters() {
        assert_eq!(read(&[]).expect("none"), None);
        for text in ["\"8e03978e-40d5\"", "8e03978e-40d5"] {
            let key = read(&[text]).expect("a key");
            assert_eq!(key.as_deref(), Some("8e03978e-40d5"));
        }
        let long = "x".repeat(201);
        for wrong in [
            &[""][..],
            &["\"\""],
            &["a b"],
            &["\"a"],
            &["a", "b"],
            &[&long],
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
