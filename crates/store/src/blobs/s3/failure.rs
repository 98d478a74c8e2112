//! What a service says when it does not do what it is asked.

use object_store::Error as Said;

use crate::error::Error;

const KEYS: &str = "look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, and at what that key \
                    may do in the bucket";
const BUCKET: &str = "have the bucket made first, or look at its address: Framewitness makes none";
const AWAY: &str = "try again when it can be reached; what was acknowledged is safe";

/// Sorts what `server` said.
pub(super) fn sort(said: &Said, server: &str) -> Error {
    let what = told(said);
    let hint = match said {
        Said::PermissionDenied { .. } | Said::Unauthenticated { .. } => KEYS,
        Said::NotFound { .. } => BUCKET,
        _ => AWAY,
    };
    Error::server(server, what, hint)
}

/// Code and message of the answer; else the cause beneath all others. Never the whole answer, which may
/// hold the id of a key.
fn told(said: &Said) -> String {
    let mut last: &dyn std::error::Error = said;
    while let Some(source) = last.source() {
        last = source;
    }
    let whole = said.to_string();
    match (element(&whole, "Code"), element(&whole, "Message")) {
        (Some(code), Some(message)) => format!("{code}: {}", message.trim_end_matches('.')),
        (Some(code), None) => code.to_owned(),
        _ => last.to_string().trim_end_matches([':', ' ']).to_owned(),
    }
}

fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    Some(rest.split_once('<')?.0)
}
