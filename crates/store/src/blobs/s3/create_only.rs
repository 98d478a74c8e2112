//! Completing a large upload only where nothing is: `object_store` says `If-None-Match` when it puts an
//! object at once, and not when it completes one that was put in parts.

use std::pin::Pin;

use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpRequest, HttpResponse, HttpService, ReqwestConnector,
};
use object_store::{ClientOptions, HeaderValue};

/// Makes clients that complete no upload over an object.
#[derive(Debug, Default)]
pub(super) struct Connector(ReqwestConnector);

impl HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(CreateOnly(self.0.connect(options)?)))
    }
}

#[derive(Debug)]
struct CreateOnly(HttpClient);

type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'a>>;

impl HttpService for CreateOnly {
    fn call<'a, 'b>(&'a self, mut request: HttpRequest) -> Answer<'b>
    where
        'a: 'b,
        Self: 'b,
    {
        if completes(&request) {
            // Not among the signed headers, as those of `object_store` for objects put at once are not.
            let any = HeaderValue::from_static("*");
            request.headers_mut().insert("if-none-match", any);
        }
        Box::pin(self.0.execute(request))
    }
}

/// Whether it asks to complete an upload (`CompleteMultipartUpload` of the S3 API reference).
fn completes(request: &HttpRequest) -> bool {
    let query = request.uri().query().unwrap_or_default();
    request.method().as_str() == "POST"
        && query.split('&').any(|pair| pair.starts_with("uploadId="))
}
