//! The only code that sends anything: a request for a time stamp, to the address that a person named.

use std::time::Duration;

use workbench::{Error, Kind, Result};

/// How long an authority may take in all.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longest answer that is read.
const LONGEST: u64 = 1 << 20;

/// Sends a request (RFC 3161, over HTTP as its section 3.4 says) and gives the answer.
pub fn time_stamp(address: &str, request: &[u8]) -> Result<Vec<u8>> {
    let failed = |why: ureq::Error| {
        let message = format!("{address} gave no time stamp: {why}");
        Error::new(Kind::Failed, message)
            .hint("the request waits: not yet anchored. `framewitness witness fetch` asks again")
    };
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(3)
        .user_agent(concat!("framewitness/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent();
    let answer = agent
        .post(address)
        .header("Content-Type", "application/timestamp-query")
        .header("Accept", "application/timestamp-reply")
        .send(request);
    let mut body = answer.map_err(failed)?.into_body();
    body.with_config()
        .limit(LONGEST)
        .read_to_vec()
        .map_err(failed)
}
