//! Signed heads and their witnesses, through the server.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::authority::Authority;
use crate::client::Answer;
use crate::served::Served;

const EC: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";

fn done(answer: &Answer) -> Value {
    let said = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, 200, "{said}");
    answer.json()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

#[test]
fn a_head_is_signed_and_time_stamped() {
    let served = Served::with(&["odd/rotated.mp4"]);
    assert_eq!(done(&served.get("/api/checkpoints")), json!([]));
    let note = done(&served.post("/api/checkpoints", &json!({})));
    assert!(text(&note).contains("\n\n\u{2014} "), "{note}");

    let asked = done(&served.post("/api/checkpoints/requests", &json!({"witness": "clock"})));
    let listed = done(&served.get("/api/checkpoints"));
    assert_eq!(
        (&listed[0]["checkpoint"], &listed[0]["waiting"]),
        (&note, &json!(["clock"]))
    );

    let authority = Authority::new("http", EC, 3);
    let request = STANDARD.decode(text(&asked["request"])).expect("base64");
    let mut stamp = authority.answer(&request);
    let sent = |stamp: &[u8], roots: &str| {
        let body = json!({"proof": STANDARD.encode(stamp), "roots": roots});
        served.post("/api/testimonies", &body)
    };
    let root = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        STANDARD.encode(authority.root())
    );
    let unknown = sent(&stamp, "");
    assert!(
        (400..500).contains(&unknown.status),
        "nobody vouches for it"
    );
    let kept = done(&sent(&stamp, &root));
    assert_eq!(kept["testimony"]["form"], "rfc3161");
    let again = sent(&stamp, &root);
    assert_eq!(again.status, 409, "it is kept already");
    let middle = stamp.len() / 2;
    stamp[middle] ^= 1;
    let broken = sent(&stamp, &root).status;
    assert!([409, 422].contains(&broken), "{broken}");

    let listed = done(&served.get("/api/checkpoints"));
    assert_eq!(listed[0]["waiting"], json!([]));
    assert_eq!(listed[0]["witnessed"].as_array().map(Vec::len), Some(1));
    let verified = done(&served.post("/api/verify", &json!({})));
    assert_eq!(verified["problems"], json!([]));
    assert!(
        verified["proven"].to_string().contains("existed by"),
        "{verified}"
    );
}

#[test]
fn an_entry_is_proven_and_a_journal_cosigned() {
    let (served, other) = (Served::of(&[]), Served::of(&[]));
    let proof = done(&served.get("/api/journal/1/proof"));
    assert!(
        text(&proof).starts_with("c2sp.org/tlog-proof@v1\n"),
        "{proof}"
    );
    assert_eq!(served.get("/api/journal/99/proof").status, 404);

    let note = done(&other.post("/api/checkpoints", &json!({})));
    let key = String::from_utf8(other.run(&["checkpoint", "--key"]).stdout).expect("text");
    let cosign = |key: Option<&str>| {
        let body = json!({"checkpoint": note, "key": key, "name": "desk.example"});
        served.post("/api/cosignatures", &body)
    };
    assert_eq!(cosign(None).status, 422, "whose key is it?");
    let cosigned = done(&cosign(Some(key.trim())));
    assert_eq!(cosigned["continues"], Value::Null);
    let theirs = text(&cosigned["checkpoint"]);
    assert!(theirs.contains("\u{2014} desk.example "), "{theirs}");

    let proof = STANDARD.encode(theirs);
    let body = json!({"proof": proof, "keys": [cosigned["key"]]});
    let kept = done(&other.post("/api/testimonies", &body));
    assert_eq!(kept["testimony"]["form"], "cosignature");
}
