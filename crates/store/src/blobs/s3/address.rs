//! Which bucket, and what opens it.

use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder, Checksum};
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, RetryConfig};

use super::create_only::Connector;
use crate::error::{Error, Refusal};

/// Where blobs rest in a service that speaks the protocol of Amazon S3: holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    name: String,
    prefix: Path,
    endpoint: Option<String>,
}

/// What a service knows its user by. Neither kept nor shown by anything here.
#[derive(Clone)]
pub struct Credentials {
    /// Id of the access key.
    pub key_id: String,
    /// The secret of that key.
    pub secret: String,
    /// Token of a session, where the key is of one.
    pub token: Option<String>,
    /// Region that requests are signed for; `us-east-1` where none is given.
    pub region: Option<String>,
    /// Whether a service on another machine may be spoken to without encryption.
    pub in_clear: bool,
}

impl Bucket {
    /// Reads `s3://BUCKET/PREFIX`; `endpoint` is the address of the service, where it is not Amazon's.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is none, or holds a secret, which would be written down.
    pub fn parse(text: &str, endpoint: Option<&str>) -> Result<Self, Error> {
        let rest = text.strip_prefix("s3://").unwrap_or_default();
        let (name, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let plain = |c: char| !matches!(c, '?' | '#' | '%') && !c.is_control();
        // A path forgives an empty first part, which no object of a bucket does.
        let named = !name.is_empty() && name.chars().all(letter) && !prefix.starts_with('/');
        let path = Path::parse(prefix.trim_end_matches('/'));
        match path {
            Ok(path) if named && prefix.chars().all(plain) => Ok(Self {
                name: name.to_owned(),
                prefix: path,
                endpoint: endpoint.map(service).transpose()?,
            }),
            _ => Err(Refusal::invalid(
                "that is no address of a bucket",
                "write s3://BUCKET/PREFIX; keys belong into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
            )
            .into()),
        }
    }

    /// The address as it is written, and the service where it is not Amazon's.
    pub(super) fn shown(&self) -> String {
        let address = format!("s3://{}/{}", self.name, self.prefix);
        match &self.endpoint {
            Some(endpoint) => format!("{address} at {endpoint}"),
            None => address,
        }
    }

    /// The object called `name` under the prefix.
    pub(super) fn object(&self, name: &str) -> Path {
        name.split('/')
            .fold(self.prefix.clone(), |path, part| path.join(part))
    }

    pub(super) fn connect(&self, with: &Credentials) -> Result<AmazonS3, Error> {
        let in_clear = self.clear_is_allowed(with)?;
        // reqwest asks for the one of the process; where there is one already, it is this one too.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        let options = ClientOptions::new()
            .with_allow_http(in_clear)
            .with_timeout_disabled()
            .with_connect_timeout(Duration::from_secs(10))
            .with_read_timeout(Duration::from_secs(60));
        let retry = RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: 4,
            retry_timeout: Duration::from_secs(30),
        };
        let mut builder = AmazonS3Builder::new()
            .with_http_connector(Connector::default())
            .with_bucket_name(&self.name)
            .with_access_key_id(&with.key_id)
            .with_secret_access_key(&with.secret)
            .with_region(with.region.as_deref().unwrap_or("us-east-1"))
            .with_checksum_algorithm(Checksum::SHA256)
            .with_client_options(options)
            .with_retry(retry);
        if let Some(token) = &with.token {
            builder = builder.with_token(token);
        }
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        builder
            .build()
            .map_err(|e| Error::server(&self.shown(), e.to_string(), "look at its address"))
    }

    /// Whether requests may go unencrypted: within this machine, or where the user said so.
    fn clear_is_allowed(&self, with: &Credentials) -> Result<bool, Error> {
        let Some(address) = self
            .endpoint
            .as_deref()
            .and_then(|e| e.strip_prefix("http://"))
        else {
            return Ok(false);
        };
        if with.in_clear || is_here(address) {
            return Ok(true);
        }
        let sentence = format!(
            "{} would be spoken to without encryption over the network",
            self.shown()
        );
        let hint =
            "name an endpoint with https://, or say AWS_ALLOW_HTTP=true where the network is yours";
        Err(Refusal::invalid(sentence, hint).into())
    }
}

/// An address of a service, checked to be one without a secret.
fn service(endpoint: &str) -> Result<String, Error> {
    let endpoint = endpoint.trim_end_matches('/');
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| endpoint.strip_prefix(scheme));
    let letter = |c: char| c.is_ascii_alphanumeric() || "-._:[]/".contains(c);
    match rest {
        Some(rest) if !rest.is_empty() && rest.chars().all(letter) => Ok(endpoint.to_owned()),
        _ => Err(Refusal::invalid(
            "that is no address of a service",
            "write https://HOST or https://HOST:PORT, without user or password",
        )
        .into()),
    }
}

/// Whether `HOST:PORT/…` is this machine.
fn is_here(address: &str) -> bool {
    let authority = address.split('/').next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.chars().all(|c| c.is_ascii_digit()) => host,
        _ => authority,
    };
    let host = host.trim_matches(['[', ']']);
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_buckets_are_read_and_secrets_in_them_refused() {
        let bucket = Bucket::parse(
            "s3://evidence/kherson/may/",
            Some("https://s3.example:9000/"),
        );
        let bucket = bucket.unwrap();
        assert_eq!(
            bucket.shown(),
            "s3://evidence/kherson/may at https://s3.example:9000"
        );
        assert_eq!(
            bucket.object("sha256/ab/cd").as_ref(),
            "kherson/may/sha256/ab/cd"
        );
        for text in [
            "s3://",
            "s3:///prefix",
            "/srv/blobs",
            "s3://key:secret@evidence/x",
            "s3://evidence//x",
            "s3://evidence/../x",
            "s3://evidence/x?AWSAccessKeyId=1",
        ] {
            assert!(Bucket::parse(text, None).is_err(), "{text}");
        }
        for endpoint in [
            "s3.example",
            "ftp://s3.example",
            "https://a:b@s3.example",
            "https://",
        ] {
            assert!(
                Bucket::parse("s3://e/x", Some(endpoint)).is_err(),
                "{endpoint}"
            );
        }
    }

    #[test]
    fn nothing_goes_over_a_network_in_clear_unless_it_is_allowed() {
        let with = |in_clear| Credentials {
            key_id: "id".into(),
            secret: "secret".into(),
            token: None,
            region: None,
            in_clear,
        };
        let clear = |endpoint: &str, allowed| {
            let bucket = Bucket::parse("s3://e/x", Some(endpoint)).unwrap();
            bucket.clear_is_allowed(&with(allowed))
        };
        assert!(clear("http://s3.example", false).is_err());
        assert!(clear("http://localhost.example:80", false).is_err());
        assert!(clear("http://s3.example", true).unwrap());
        for here in [
            "http://localhost:9000",
            "http://127.0.0.1",
            "http://[::1]:9000/s3",
        ] {
            assert!(clear(here, false).unwrap(), "{here}");
        }
        assert!(!clear("https://s3.example", true).unwrap());
    }
}
