//! Content credentials: what the manifests in the file say, and whether the file agrees with them.

use super::{finding, plural};
use crate::facts::{Check, Credentials, Facts, Manifest, Manifests, Outcome, Signer};
use crate::finding::{Finding, FindingKind};

pub(super) const CREDENTIALS: &str = "credentials/c2pa";

const LIMITS: (&str, &str) = (
    CREDENTIALS,
    "Repeats what the manifests in the file say and what the library c2pa reports of its checks. Whether \
     the signer is anybody to be trusted is not asked: no list of trusted signers is consulted, neither \
     for signers nor for time-stamps, no certificate status, and nothing is fetched; anybody can make a \
     certificate with any name. Certificates without a time-stamp are held against the day of the \
     inspection. A file without any may have been stripped of them.",
);

/// Actions, programs and codes that a sentence names.
const NAMED: usize = 6;

/// Content credentials that are attached, whether or not they can be read.
pub(super) fn attached(facts: &Facts) -> Option<Finding> {
    let (summary, values) = match facts.credentials.as_ref()? {
        Credentials::NotInstalled | Credentials::NotLookedFor { .. } | Credentials::Absent => {
            return None;
        }
        Credentials::Elsewhere { address } => (
            format!(
                "Content credentials are said to lie elsewhere, at “{address}”, which was not asked."
            ),
            Vec::new(),
        ),
        Credentials::Unreadable { reason } => (
            format!("There are content credentials that cannot be read: {reason}."),
            Vec::new(),
        ),
        Credentials::Stopped { reason } => (
            format!(
                "Whether content credentials are attached is not known: the reader stopped, {reason}."
            ),
            Vec::new(),
        ),
        Credentials::Found(manifests) => told(manifests),
    };
    let kind = FindingKind::ContentCredentials;
    Some(finding(kind, summary, None, LIMITS, &values))
}

fn told(found: &Manifests) -> (String, Vec<(&str, f64)>) {
    let failed = codes(found, Outcome::Failure);
    let values = vec![
        ("manifests", found.manifests.len() as f64),
        ("failed_checks", count(&found.checks, Outcome::Failure)),
        ("checks", found.checks.len() as f64),
    ];
    let mut sentences = vec![if failed.is_empty() {
        "Content credentials are attached.".to_owned()
    } else {
        format!(
            "Content credentials are attached, and checks of them failed: {}.",
            some(&failed)
        )
    }];
    sentences.extend(found.manifests.first().and_then(said));
    for (words, codes) in [
        ("Checks that held", codes(found, Outcome::Success)),
        (
            "Not checked, for want of what lies beyond the file",
            codes(found, Outcome::NotMade),
        ),
    ] {
        if !codes.is_empty() {
            sentences.push(format!("{words}: {}.", some(&codes)));
        }
    }
    (sentences.join(" "), values)
}

fn count(checks: &[Check], outcome: Outcome) -> f64 {
    checks.iter().filter(|it| it.outcome == outcome).count() as f64
}

/// The codes of one outcome, each once.
fn codes(found: &Manifests, outcome: Outcome) -> Vec<&str> {
    let mut codes = Vec::new();
    for check in found.checks.iter().filter(|it| it.outcome == outcome) {
        if !codes.contains(&check.code.as_str()) {
            codes.push(check.code.as_str());
        }
    }
    codes
}

/// What the manifest that speaks of the file says.
fn said(manifest: &Manifest) -> Option<String> {
    let mut words: Vec<String> = manifest.signer.iter().map(named).collect();
    let generators: Vec<_> = manifest.generators.iter().map(String::as_str).collect();
    if !generators.is_empty() {
        words.push(format!("made by {}", some(&generators)));
    }
    let actions: Vec<_> = manifest
        .actions
        .iter()
        .map(|it| it.action.as_str())
        .collect();
    if !actions.is_empty() {
        words.push(format!("actions {}", some(&actions)));
    }
    if !manifest.ingredients.is_empty() {
        let ingredients = plural(manifest.ingredients.len(), "ingredient");
        words.push(format!("from {ingredients}"));
    }
    (!words.is_empty()).then(|| format!("By their own word: {}.", words.join(", ")))
}

fn named(signer: &Signer) -> String {
    let names = [&signer.name, &signer.issuer].into_iter().flatten();
    let names: Vec<_> = names.map(|it| format!("“{it}”")).collect();
    let who = if names.is_empty() {
        "a certificate without names".to_owned()
    } else {
        names.join(" of ")
    };
    let when = signer.time.as_deref().unwrap_or("without a time");
    let how = signer.algorithm.as_deref().unwrap_or("unknown algorithm");
    format!("signed by {who} ({how}, {when})")
}

/// The first few words of a list.
fn some(words: &[&str]) -> String {
    let first = words[..words.len().min(NAMED)].join(", ");
    match words.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
