//! The story of a case whose blobs rest in a bucket.

use std::process::Command;

use crate::program::Story;
use crate::s3::{KEY, SECRET, Service};
use crate::{REPOST, join, tell_of};

/// Tells it in this namespace, where `service` was started when loopback was up.
pub fn tell(service: Result<&Service, String>, place: &str) {
    let service = service.unwrap();
    let bucket = service.place();
    let options = format!("{place} --blobs {bucket} --endpoint {}", service.endpoint());
    let folder = tempfile::tempdir().unwrap();
    let story = Story::in_folder(folder.path());
    tell_of(&story, options.trim());
    assert!(!story.case().join("blobs").exists());
    keys_are_written_nowhere(&story);
    if !place.is_empty() {
        join(&story);
    }
    copies_may_go(&story);
    damage_is_named(&story, service, &bucket);
    without_keys_it_says_so(&story);
}

/// Loopback, which a new namespace has down, and which is still no way out.
pub fn loopback() {
    let up = Command::new("ip")
        .args(["link", "set", "lo", "up"])
        .status();
    assert!(up.unwrap().success(), "ip is needed (iproute2)");
}

fn keys_are_written_nowhere(story: &Story) {
    for secret in [KEY, SECRET] {
        let found = Command::new("grep")
            .args(["-rlaF", secret])
            .arg(story.folder())
            .output()
            .unwrap();
        let found = String::from_utf8(found.stdout).unwrap();
        assert!(found.is_empty(), "{secret} is in {found}");
    }
}

fn copies_may_go(story: &Story) {
    let before = story.one(&format!("frame {REPOST} 30 -o ../30.png"));
    std::fs::remove_dir_all(story.case().join("scratch")).unwrap();
    let after = story.one(&format!("frame {REPOST} 30 -o ../30-again.png"));
    assert_eq!(before["hash"], after["hash"]);
}

/// Whoever rules the service changes a kept video: verification names it, and no copy hides it.
fn damage_is_named(story: &Story, service: &Service, bucket: &str) {
    let items = story.json("list");
    let item = items.iter().find(|item| item["name"] == REPOST).unwrap();
    let id = item["id"].as_str().unwrap();
    let hash = id.strip_prefix("sha256:").unwrap();
    service.overwrite(
        bucket,
        &format!("sha256/{}/{hash}", &hash[..2]),
        Some(b"other"),
    );
    let output = story.run("verify");
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains(id) && said.contains("it has 5 bytes"),
        "{said}"
    );
}

fn without_keys_it_says_so(story: &Story) {
    let output = Command::new(env!("CARGO_BIN_EXE_framewitness"))
        .args(["list"])
        .current_dir(story.case())
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("AWS_SECRET_ACCESS_KEY is not set"), "{said}");
}
