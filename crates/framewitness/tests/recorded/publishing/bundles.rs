//! A bundle as its readers meet it.

use std::fs;

use super::desk::*;
use crate::authority::Authority;
use crate::bench::Bench;

#[test]
fn a_bundle_is_checked_by_tools_that_everybody_has() {
    let bench = recorded();
    stamped(
        &bench,
        &Authority::new("clock", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256", 0),
    );
    let number = approved(&bench, SELECTED);
    let sealed = bench
        .json(&format!("publish seal {number} --out bundle"))
        .remove(0);
    let bundle = bench.path("bundle");
    let null = std::path::Path::new("/dev/null");
    for manifest in ["tagmanifest-sha256.txt", "manifest-sha256.txt"] {
        assert!(accepts(
            &bundle,
            &format!("sha256sum --check --quiet {manifest}"),
            null
        ));
    }
    let verify = "ssh-keygen -Y verify -f allowed_signers -I Ada -n framewitness-publication -s tagmanifest-sha256.txt.sig";
    let tags = bundle.join("tagmanifest-sha256.txt");
    assert!(accepts(&bundle, verify, &tags));
    assert!(accepts(&bundle, "python3 check.py .", null));
    let stamp = "openssl ts -verify -data data/journal/checkpoint.txt -in data/journal/witness-1.tsr \
                 -CAfile data/journal/witness-1-root.pem";
    assert!(accepts(&bundle, stamp, null));
    let checked = bench.json("verify bundle").remove(0);
    assert_eq!(checked["damage"], serde_json::json!([]));
    assert_eq!(checked["stamped"].as_array().unwrap().len(), 1);
    let (code, told) = bench.refused("verify bundle --signer SHA256:AAAA");
    assert_eq!(code, 3, "{told}");
    let listed = bench.run("publish list");
    assert!(
        listed.contains(sealed["manifest"].as_str().unwrap()),
        "{listed}"
    );

    // Written again, whenever that is, it has the same bytes; and so has it in another's hands, encrypted.
    bench.run("tag add 1 later");
    bench.run(&format!("publish seal {number} --out again"));
    assert_eq!(files(&bundle), files(&bench.path("again")));
    let (code, _) = bench.refused(&format!("publish seal {number} --out bundle"));
    assert_eq!(code, 2, "nothing is mixed");
    assert!(
        bench
            .output("Ben", &format!("publish seal {number} --out bens"))
            .status
            .code()
            == Some(1)
    );
    assert!(!bench.path("bens").exists() && !bench.path("bens.framewitness-part").exists());
    bench.run("verify");
    bench.run("rebuild");
}

#[test]
fn nothing_leaves_that_was_not_selected() {
    let bench = recorded();
    let number = approved(&bench, &format!("{SELECTED} --pseudonym Cyril=Analyst-1"));
    bench.run(&format!("publish seal {number} --out bundle"));
    let files = files(&bench.path("bundle"));
    let readable = readable(&files);
    for word in KEPT_BACK {
        let leak = readable.iter().find(|(_, text)| text.contains(word));
        assert!(leak.is_none(), "{word} in {}", leak.unwrap().0);
    }
    let shown = |word: &str| readable.iter().any(|(_, text)| text.contains(word));
    for word in [
        "morning",
        "Analyst-1",
        "Whose-quay?",
        "2026-05-01",
        "shadows",
        "@harbour",
        "acted",
    ] {
        assert!(shown(word), "{word} is published");
    }
    let slice = parsed(&files, "data/journal/entries.json");
    let entries = slice["entries"].as_array().unwrap();
    let kinds = |whole: bool| {
        let of = entries
            .iter()
            .filter(|it| it.get("envelope").is_some() == whole);
        of.map(|it| it["kind"].as_str().unwrap())
            .collect::<Vec<_>>()
    };
    assert!(kinds(true).contains(&"claim.made"), "{:?}", kinds(true));
    let withheld = kinds(false);
    for kind in [
        "item.acquired",
        "item.inspected",
        "observation.made",
        "content.noted",
    ] {
        assert!(
            withheld.contains(&kind),
            "{kind} says more than is published: {withheld:?}"
        );
    }
    assert_eq!(slice["pseudonyms"][0]["name"], "Analyst-1");
    // The same person under the same key, in another publication too.
    let other = approved(
        &bench,
        "#1 O1 --title Other --summary Other. --pseudonym Cyril=Analyst-1",
    );
    bench.run(&format!("publish seal {other} --out other"));
    let again = parsed(
        &super::desk::files(&bench.path("other")),
        "data/journal/entries.json",
    );
    assert_eq!(again["pseudonyms"][0]["key"], slice["pseudonyms"][0]["key"]);
    assert_eq!(bench.output("Ada", "verify other").status.code(), Some(0));
}

#[test]
fn every_link_within_resolves_and_every_form_is_one() {
    let bench = recorded();
    let number = approved(&bench, &format!("{SELECTED} --acquisitions"));
    bench.run(&format!("publish seal {number} --out bundle"));
    let files = files(&bench.path("bundle"));
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8(bytes.clone()).unwrap();
        for link in page.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap();
            let there = match link.strip_prefix('#') {
                Some(id) => page.contains(&format!("id=\"{id}\"")),
                None => files.contains_key(&format!("data/{link}")),
            };
            assert!(there, "{link} in {path}");
        }
    }
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let reviews = parsed(&files, "data/claimreview.jsonld");
    assert_eq!(
        reviews["@graph"][0]["reviewRating"]["alternateName"],
        "contradicted"
    );
    let media = parsed(&files, "data/mediareview.jsonld");
    assert_eq!(
        media["@graph"][0]["mediaAuthenticityCategory"][0],
        "https://schema.org/StagedContent"
    );
    let places = parsed(&files, "data/places.geojson");
    assert_eq!(
        places["features"][0]["geometry"]["coordinates"],
        serde_json::json!([29.9231, 50.6412])
    );
    let cover = text("data/report.html");
    let at = |words: &str| cover.find(words).unwrap();
    assert!(at("What was asked") < at("Whose-quay?") && at("Whose-quay?") < at(">Summary<"));
    assert!(text("data/item-1.srt").contains("C1 (contradicted): morning"));
    assert!(text("data/item-1.vtt").starts_with("WEBVTT\n\n"));
    assert!(text("data/item-1.edl").contains("* FRAMES: 3-3 AT"));
    assert!(
        text("data/claims.csv").contains("C1,#1,3,3,in,contradicted")
            || text("data/claims.csv").contains("C1,#1,3,3,about,contradicted")
    );
    assert!(
        text("data/report-item-1.html").contains("rotated.mp4"),
        "it tells how it was obtained"
    );
    assert!(
        text("data/report-item-1.html").contains("Masked"),
        "who is protected is blackened"
    );
    assert!(files.contains_key("data/figures/item-1-frame-7.png"));
    fs::remove_dir_all(bench.path("bundle")).unwrap();
}

/// What witnesses sent counts with what the reader must have from elsewhere, and must be of this head.
#[test]
fn promises_and_cosignatures_in_a_bundle_are_checked() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("claim add 1 morning --frame 3");
    promised(&bench);
    let cosigner = cosigned(&bench);
    let number = approved(&bench, "#1 C1 --title Square --summary Older.");
    bench.run(&format!("publish seal {number} --out bundle"));
    let files = files(&bench.path("bundle"));
    assert!(files.contains_key("data/journal/witness-1.ots"));
    assert!(files.contains_key("data/journal/witness-2.note"));
    let checked = bench.json("verify bundle").remove(0);
    assert_eq!(checked["damage"], serde_json::json!([]));
    assert_eq!(
        checked["stamped"],
        serde_json::json!([]),
        "nothing is proven alone"
    );
    let unproven = checked["unproven"].to_string();
    assert!(
        unproven.contains("promised by https://a.calend"),
        "{unproven}"
    );
    assert!(unproven.contains("witness-2.note: cosigned"), "{unproven}");
    let with = bench
        .json(&format!("verify bundle --cosigner {cosigner}"))
        .remove(0);
    let stamped = with["stamped"][0].as_str().unwrap();
    assert!(
        stamped.ends_with("by other.example/desk, who cosigned it"),
        "{stamped}"
    );
    let (code, _) = bench.refused("verify bundle --header 00");
    assert_eq!(code, 2, "that is no header");
    assert!(accepts(
        &bench.path("bundle"),
        "python3 check.py .",
        std::path::Path::new("/dev/null")
    ));
}

#[test]
fn an_encrypted_bundle_shows_nothing() {
    let bench = recorded();
    let number = approved(&bench, SELECTED);
    let (code, _) = bench.refused(&format!("publish seal {number} --out open.tar.age"));
    assert_eq!(code, 2, "it would not be what its name says");
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"])
        .arg(bench.path("friend"))
        .status();
    assert!(made.unwrap().success());
    bench.run(&format!(
        "publish seal {number} --out bundle.tar.age --age friend.pub"
    ));
    let bytes = fs::read(bench.path("bundle.tar.age")).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    let text = String::from_utf8_lossy(&bytes);
    for word in ["report.html", "bagit.txt", "morning"] {
        assert!(!text.contains(word), "{word}");
    }
    // The journal says that it left, and as what; in the open it is the same.
    let opened = bench
        .json(&format!("publish seal {number} --out bundle"))
        .remove(0);
    let kept = bench.json("publish list").remove(0);
    assert_eq!(kept["sealed"]["manifest"], opened["manifest"]);
}
