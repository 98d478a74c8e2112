//! What the reader found, in the words of `media::facts`, and bounded: labels, titles and actions are a
//! stranger's.

use std::cell::Cell;

use c2pa::Reader;
use media::facts::{Action, Check, Credentials, Ingredient, Manifest, Manifests, Outcome, Signer};
use serde_json::Value;

/// Characters of a text that are kept.
const TEXT: usize = 400;
/// Entries of each list that are kept.
const ENTRIES: usize = 64;
/// Manifests that are kept.
const MANIFESTS: usize = 16;
/// Checks that are kept.
const CHECKS: usize = 256;
/// Bytes that all of it may take: a message of the protocol holds more.
const BYTES: usize = 3 << 20;

pub(crate) fn found(reader: &Reader) -> Credentials {
    let told = reader.json_checked().map_err(|error| error.to_string());
    let store = told.and_then(|json| serde_json::from_str(&json).map_err(|it| it.to_string()));
    match store {
        Ok(store) => Credentials::Found(Box::new(Kept::default().manifests(&store))),
        Err(reason) => Credentials::Unreadable {
            reason: short(&reason),
        },
    }
}

/// The beginning of a text.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(TEXT).collect()
}

/// Counts what is left out.
#[derive(Default)]
struct Kept {
    left_out: Cell<u32>,
}

impl Kept {
    fn manifests(&self, store: &Value) -> Manifests {
        let active = text(store, "active_manifest");
        let mut labelled: Vec<_> = store["manifests"]
            .as_object()
            .into_iter()
            .flatten()
            .collect();
        // The one that speaks of the file comes first; the others by label, so that the order is always one.
        labelled.sort_by_key(|&(label, _)| {
            let first = store["active_manifest"].as_str() == Some(label);
            (!first, label.clone())
        });
        let labelled = self.first(labelled, MANIFESTS);
        let mut kept = Manifests {
            reader: format!("c2pa {}", c2pa::VERSION),
            active,
            manifests: labelled
                .iter()
                .map(|it| self.manifest(it.0, it.1))
                .collect(),
            checks: self.checks(&store["validation_results"]),
            left_out: 0,
        };
        while serde_json::to_vec(&kept).is_ok_and(|bytes| bytes.len() > BYTES)
            && kept.manifests.pop().is_some()
        {
            self.leave_out(1);
        }
        kept.left_out = self.left_out.get();
        kept
    }

    fn manifest(&self, label: &str, value: &Value) -> Manifest {
        let signer = &value["signature_info"];
        Manifest {
            label: short(label),
            title: text(value, "title"),
            generators: self.generators(value),
            signer: signer.is_object().then(|| Signer {
                issuer: text(signer, "issuer"),
                name: text(signer, "common_name"),
                serial: text(signer, "cert_serial_number"),
                algorithm: text(signer, "alg"),
                time: text(signer, "time"),
            }),
            actions: self.actions(value),
            ingredients: self.list(&value["ingredients"], |it| Ingredient {
                title: text(it, "title"),
                relationship: text(it, "relationship"),
                manifest: text(it, "active_manifest"),
            }),
            assertions: self.list(&value["assertions"], |it| {
                text(it, "label").unwrap_or_default()
            }),
        }
    }

    /// `claim_generator_info`, or the older line of text.
    fn generators(&self, manifest: &Value) -> Vec<String> {
        let listed = self.list(&manifest["claim_generator_info"], program);
        if listed.is_empty() {
            text(manifest, "claim_generator").into_iter().collect()
        } else {
            listed
        }
    }

    fn actions(&self, manifest: &Value) -> Vec<Action> {
        let assertions = manifest["assertions"].as_array().into_iter().flatten();
        let listed = assertions
            .filter(|it| {
                it["label"]
                    .as_str()
                    .is_some_and(|label| label.starts_with("c2pa.actions"))
            })
            .filter_map(|it| it["data"]["actions"].as_array())
            .flatten();
        let listed = self.first(listed.collect(), ENTRIES).into_iter();
        listed
            .map(|action| Action {
                action: text(action, "action").unwrap_or_default(),
                when: text(action, "when"),
                software: Some(program(&action["softwareAgent"])).filter(|it| !it.is_empty()),
                source_type: text(action, "digitalSourceType"),
            })
            .collect()
    }

    /// Checks of the manifest that speaks of the file, and what has changed in those of its ingredients
    /// since they were taken in.
    fn checks(&self, results: &Value) -> Vec<Check> {
        let mut groups = vec![&results["activeManifest"]];
        let deltas = results["ingredientDeltas"].as_array().into_iter().flatten();
        groups.extend(deltas.map(|it| &it["validationDeltas"]));
        let outcomes = [
            (Outcome::Failure, "failure"),
            (Outcome::Informational, "informational"),
            (Outcome::Success, "success"),
        ];
        let mut all = Vec::new();
        for (outcome, name) in outcomes {
            let listed = groups.iter().filter_map(|it| it[name].as_array()).flatten();
            all.extend(listed.map(|it| (not_made(it).unwrap_or(outcome), it)));
        }
        all.sort_by_key(|&(outcome, _)| outcome);
        let kept = self.first(all, CHECKS).into_iter();
        kept.map(|(outcome, it)| Check {
            outcome,
            code: text(it, "code").unwrap_or_default(),
            about: text(it, "url"),
            // Which tells of a check as if it had been made.
            explanation: text(it, "explanation").filter(|_| outcome != Outcome::NotMade),
        })
        .collect()
    }

    fn list<T>(&self, values: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
        let values = values.as_array().into_iter().flatten().collect();
        self.first(values, ENTRIES).into_iter().map(read).collect()
    }

    fn first<T>(&self, mut values: Vec<T>, most: usize) -> Vec<T> {
        self.leave_out(values.len().saturating_sub(most));
        values.truncate(most);
        values
    }

    fn leave_out(&self, count: usize) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.left_out.set(self.left_out.get().saturating_add(count));
    }
}

/// That a check was not made, whatever the library says: where it needs a manifest or an
/// assertion elsewhere, a certificate's status or the document of an identity; or a list
/// of whom to trust, without which the library calls time-stamps trusted.
fn not_made(check: &Value) -> Option<Outcome> {
    const BEYOND: [&str; 4] = ["inaccessible", "unavailable", ".trusted", ".untrusted"];
    let code = check["code"].as_str()?;
    let beyond = BEYOND.iter().any(|end| code.ends_with(end));
    beyond.then_some(Outcome::NotMade)
}

/// A program's name with its version.
fn program(value: &Value) -> String {
    let name = value.as_str().map(short).or_else(|| text(value, "name"));
    let version = text(value, "version").map(|version| format!(" {version}"));
    name.unwrap_or_default() + &version.unwrap_or_default()
}

fn text(value: &Value, member: &str) -> Option<String> {
    match &value[member] {
        Value::String(text) => Some(short(text)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
