//! CONTRIBUTING.md, "What may be in the repository": nothing of one machine, no dead links, no
//! addresses that a build would fetch from.

use std::path::Path;

use crate::{ends, files, none, root, text};

/// Bytes, not text.
const PICTURES: &[&str] = &[
    "mp4", "m4v", "mov", "mpg", "mpeg", "ogg", "png", "webp", "ico", "woff2", "webm", "mkv", "bin",
    "db", "onnx", "ttf", "pdf",
];

#[test]
fn no_file_names_one_machine() {
    // Spelt in halves, so that the rule does not find itself.
    let places = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/tmp/", "contract"),
    ];
    let mut broken = Vec::new();
    for file in files().iter().filter(|file| !ends(file, PICTURES)) {
        for (index, line) in text(file).lines().enumerate() {
            // An address of the server is no path of a machine.
            let seen = line.replace("/api/work", "");
            if places.iter().any(|place| seen.contains(place)) {
                broken.push(format!("{file}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    none(&broken, "paths of somebody's machine");
}

#[test]
fn links_in_the_pages_lead_somewhere() {
    let mut broken = Vec::new();
    let mut followed = 0;
    for page in files().iter().filter(|file| ends(file, &["md"])) {
        for target in links(&text(page)) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            followed += 1;
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let folder = Path::new(page).parent().unwrap();
            let file = if path.is_empty() {
                Path::new(page).to_owned()
            } else {
                folder.join(path)
            };
            if !root().join(&file).exists() {
                broken.push(format!("{page}: {target}"));
            } else if !anchor.is_empty() && !has_heading(&root().join(&file), anchor) {
                broken.push(format!("{page}: {target} (no such heading)"));
            }
        }
    }
    assert!(
        followed > 10,
        "only {followed} links were found: the rule sees nothing"
    );
    none(&broken, "links that lead nowhere");
}

/// Targets of `[words](target)` outside code.
fn links(page: &str) -> Vec<String> {
    let mut targets = Vec::new();
    let mut fenced = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        let mut rest = prose.as_str();
        while let Some(start) = rest.find("](") {
            rest = &rest[start + 2..];
            let Some(end) = rest.find(')') else { break };
            targets.push(rest[..end].to_owned());
        }
    }
    targets
}

/// Whether a page has a heading with GitHub's anchor `anchor`.
fn has_heading(page: &Path, anchor: &str) -> bool {
    let page = std::fs::read_to_string(page).unwrap_or_default();
    page.lines()
        .filter_map(|line| line.strip_prefix('#'))
        .map(|heading| {
            heading
                .trim_start_matches('#')
                .trim()
                .to_lowercase()
                .chars()
                .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
                .map(|letter| if letter == ' ' { '-' } else { letter })
                .collect::<String>()
        })
        .any(|heading| heading == anchor)
}

#[test]
fn the_page_is_built_from_the_registry_alone() {
    let lock: serde_json::Value = serde_json::from_str(&text("web/package-lock.json")).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 10);
    let broken: Vec<String> = packages
        .iter()
        .filter(|(name, package)| {
            let addressed = package.get("resolved").is_some();
            addressed || (!name.is_empty() && package["integrity"].as_str().is_none())
        })
        .map(|(name, _)| name.clone())
        .collect();
    none(
        &broken,
        "packages are named by hash, never by address: npm config set omit-lockfile-registry-resolved true",
    );
}
