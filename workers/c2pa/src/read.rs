//! Asking the `c2pa` crate.

use std::fs::File;

use c2pa::{Context, Error, Reader};
use media::facts::Credentials;

use crate::manifests;

/// Nothing beyond the file: no list of trusted signers, no certificate status, no manifest elsewhere.
/// The jail would refuse it too.
const SETTINGS: &str = r#"{
    "verify": {
        "verify_trust": false,
        "verify_timestamp_trust": false,
        "ocsp_fetch": false,
        "remote_manifest_fetch": false
    },
    "cawg_trust": {"verify_trust_list": false}
}"#;

/// What the file's content credentials say.
pub(crate) fn credentials(file: File) -> Credentials {
    // Without a name for the kind of file: the library goes by its first bytes.
    let reader = Context::new()
        .with_settings(SETTINGS)
        .and_then(|context| Reader::from_context(context).with_stream("", file));
    match reader {
        Ok(reader) => manifests::found(&reader),
        Err(Error::JumbfNotFound) => Credentials::Absent,
        Err(Error::UnsupportedType) => Credentials::NotLookedFor {
            reason: "the reader does not know this kind of file".to_owned(),
        },
        Err(error @ (Error::InvalidAsset(_) | Error::IoError(_))) => Credentials::NotLookedFor {
            reason: format!(
                "the reader cannot take the file apart: {}",
                manifests::short(&error.to_string())
            ),
        },
        Err(Error::RemoteManifestUrl(address)) => Credentials::Elsewhere {
            address: manifests::short(&address),
        },
        Err(error) => Credentials::Unreadable {
            reason: manifests::short(&error.to_string()),
        },
    }
}
