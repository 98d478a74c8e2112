//! Files signed with keys that nobody else has and that are thrown away.

use std::io::Cursor;

use c2pa::{Builder, Context, EphemeralSigner};
use serde_json::{Value, json};

/// What a camera would say of a recording.
pub fn recorded() -> Value {
    json!({
        "title": "a test",
        "claim_generator_info": [{"name": "Test Camera", "version": "7.1"}],
        "assertions": [{
            "label": "c2pa.actions",
            "data": {"actions": [{
                "action": "c2pa.created",
                "softwareAgent": {"name": "Test Camera"},
                "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
            }]},
        }],
    })
}

/// The bytes with a manifest that says so.
pub fn signed(format: &str, bytes: &[u8]) -> Vec<u8> {
    signed_by(builder(recorded()), format, bytes)
}

pub fn builder(definition: Value) -> Builder {
    let settings =
        r#"{"verify": {"verify_trust": false}, "builder": {"thumbnail": {"enabled": false}}}"#;
    let context = Context::new().with_settings(settings).expect("settings");
    Builder::from_context(context)
        .with_definition(definition)
        .expect("a definition")
}

pub fn signed_by(mut builder: Builder, format: &str, bytes: &[u8]) -> Vec<u8> {
    let signer = EphemeralSigner::new("desk.invalid").expect("keys");
    let mut out = Cursor::new(Vec::new());
    builder
        .sign(&signer, format, &mut Cursor::new(bytes), &mut out)
        .expect("signed");
    out.into_inner()
}
