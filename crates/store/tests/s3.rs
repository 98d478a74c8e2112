//! What a bucket of blobs does when something is wrong with it, and with the copies of it.

#![allow(clippy::unwrap_used)]

#[path = "servers/s3.rs"]
mod servers;

use std::fs;
use std::io::Read;
use std::path::Path;

use journal::ContentId;
use servers::Service;
use store::{Blobs, Bucket, Copies, Credentials, Error, Place, S3};
use tempfile::TempDir;

const MOST: u64 = 1 << 40;

fn credentials() -> Credentials {
    Credentials {
        key_id: servers::KEY.into(),
        secret: servers::SECRET.into(),
        token: None,
        region: None,
        in_clear: false,
    }
}

fn copies(folder: &Path, most: u64) -> Copies {
    Copies {
        folder: folder.to_owned(),
        most,
    }
}

/// A place for blobs in a bucket of `service`, and the folder of copies.
struct Desk<'a> {
    service: &'a Service,
    place: String,
    copies: TempDir,
}

impl<'a> Desk<'a> {
    fn new(service: &'a Service) -> Self {
        Self {
            service,
            place: service.place(),
            copies: tempfile::tempdir().unwrap(),
        }
    }

    fn bucket(&self) -> Bucket {
        Bucket::parse(&self.place, Some(&self.service.endpoint())).unwrap()
    }

    fn create(&self) -> Result<S3, Error> {
        S3::create(
            self.bucket(),
            &credentials(),
            &copies(self.copies.path(), MOST),
        )
    }

    fn open(&self) -> Result<S3, Error> {
        S3::open(
            self.bucket(),
            &credentials(),
            &copies(self.copies.path(), MOST),
        )
    }

    fn overwrite(&self, id: &ContentId, bytes: Option<&[u8]>) {
        self.service.overwrite(&self.place, &name(id), bytes);
    }

    fn copy(&self, id: &ContentId) -> std::path::PathBuf {
        self.copies.path().join(name(id))
    }
}

fn name(id: &ContentId) -> String {
    format!("sha256/{}/{}", &id.hex()[..2], id.hex())
}

fn bytes_of(blobs: &S3, id: &ContentId) -> Vec<u8> {
    let mut bytes = Vec::new();
    blobs.open(id).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// Runs `test` on each service that is installed.
fn on_each(test: fn(&Desk)) {
    for service in [servers::moto(), servers::s3s()] {
        match service {
            Ok(service) => test(&Desk::new(service)),
            Err(why) => println!("skipped: {why}"),
        }
    }
}

/// Runs `test` on a service that tells these lies.
fn on_a_liar(lies: &[&str], test: fn(&Desk)) {
    match Service::moto(lies) {
        Ok(service) => test(&Desk::new(&service)),
        Err(why) => println!("skipped: {why}"),
    }
}

/// Put in more than one part.
fn large() -> Vec<u8> {
    (0..17_u32 << 18).flat_map(u32::to_le_bytes).collect()
}

#[test]
fn a_service_that_writes_over_what_is_there_is_refused() {
    on_a_liar(&["overwrite"], |desk| {
        let error = desk.create().err().unwrap();
        assert!(
            error.to_string().contains("wrote over an object"),
            "{error}"
        );
        assert!(error.hint().unwrap().contains("If-None-Match"));
    });
}

#[test]
fn a_service_that_begins_to_do_so_is_refused_too() {
    on_a_liar(&["overwrite-later"], |desk| {
        desk.create().unwrap();
        let error = desk.open().err().unwrap();
        assert!(
            error.to_string().contains("wrote over an object"),
            "{error}"
        );
    });
}

#[test]
fn a_service_that_lies_about_large_files_alone_is_found_before_the_first() {
    on_a_liar(&["overwrite-large"], |desk| {
        let blobs = desk.create().unwrap();
        let small = blobs.put_bytes(b"small").unwrap();
        let error = blobs.put_bytes(&large()).unwrap_err();
        assert!(
            error.to_string().contains("wrote over a large object"),
            "{error}"
        );
        assert_eq!(blobs.ids().unwrap(), [small.id]);
    });
}

#[test]
fn bytes_that_come_back_otherwise_are_not_acknowledged() {
    on_a_liar(&["flip"], |desk| {
        let blobs = desk.create().unwrap();
        let error = blobs.put_bytes(b"evidence").unwrap_err();
        let id = ContentId::of(b"evidence");
        assert!(
            matches!(&error, Error::Damaged(p) if p.place == Place::Blob(id)),
            "{error}"
        );
        assert!(!desk.copy(&id).exists(), "no copy hides that");
    });
}

#[test]
fn large_blobs_are_put_in_parts_and_once() {
    on_each(|desk| {
        let (blobs, bytes) = (desk.create().unwrap(), large());
        let stored = blobs.put_bytes(&bytes).unwrap();
        assert_eq!(stored.id, ContentId::of(&bytes));
        assert!(stored.fresh && !blobs.put_bytes(&bytes).unwrap().fresh);
        fs::remove_file(desk.copy(&stored.id)).unwrap();
        assert!(bytes_of(&blobs, &stored.id) == bytes);
        assert_eq!(
            blobs.check(&stored.id, Some(bytes.len() as u64)).unwrap(),
            None
        );
    });
}

#[test]
fn damage_in_the_bucket_is_named_though_a_copy_is_sound() {
    on_each(|desk| {
        let blobs = desk.create().unwrap();
        let id = blobs.put_bytes(b"evidence").unwrap().id;
        let said = |size| blobs.check(&id, size).unwrap().unwrap().to_string();
        desk.overwrite(&id, Some(b"evidencE"));
        assert!(said(Some(8)).starts_with(&format!("blob {id}: its bytes are sha256:")));
        assert_eq!(bytes_of(&blobs, &id), b"evidence");
        fs::remove_file(desk.copy(&id)).unwrap();
        let error = blobs.open(&id).unwrap_err();
        assert!(
            matches!(&error, Error::Damaged(p) if p.place == Place::Blob(id)),
            "{error}"
        );
        desk.overwrite(&id, Some(b"evid"));
        assert_eq!(said(Some(8)), format!("blob {id}: it has 4 bytes, not 8"));
        let error = blobs.put_bytes(b"evidence").unwrap_err();
        assert!(matches!(error, Error::Damaged(_)), "{error}");
        desk.overwrite(&id, None);
        assert_eq!(said(Some(8)), format!("blob {id}: it is missing"));
    });
}

#[test]
fn a_copy_that_was_changed_is_not_believed() {
    on_each(|desk| {
        let id = desk.create().unwrap().put_bytes(b"evidence").unwrap().id;
        let spoil = || {
            fs::remove_file(desk.copy(&id)).unwrap();
            fs::write(desk.copy(&id), b"evidencE").unwrap();
        };
        spoil();
        let blobs = desk.open().unwrap();
        assert_eq!(bytes_of(&blobs, &id), b"evidence", "by another process");
        spoil();
        assert_eq!(bytes_of(&blobs, &id), b"evidence", "while it is open");
        spoil();
        assert!(!blobs.put_bytes(b"evidence").unwrap().fresh);
        assert_eq!(bytes_of(&blobs, &id), b"evidence", "when it arrives again");
    });
}

#[test]
fn copies_are_bounded_and_the_longest_unused_go_first() {
    on_each(|desk| {
        let with = copies(desk.copies.path(), 25_000);
        let blobs = S3::create(desk.bucket(), &credentials(), &with).unwrap();
        let ids = [1, 2, 3].map(|n| {
            std::thread::sleep(std::time::Duration::from_millis(20));
            let id = blobs.put_bytes(&[n; 10_000]).unwrap().id;
            if n == 2 {
                // The first was used since the second came.
                std::thread::sleep(std::time::Duration::from_millis(20));
                bytes_of(&blobs, &ContentId::of(&[1; 10_000]));
            }
            id
        });
        let here = ids.map(|id| desk.copy(&id).exists());
        assert_eq!(here, [true, false, true]);
        let huge = blobs.put_bytes(&[4; 30_000]).unwrap().id;
        assert!(desk.copy(&huge).exists() && !desk.copy(&ids[0]).exists());
        for (n, id) in (1..).zip(ids) {
            assert_eq!(bytes_of(&blobs, &id), [n; 10_000], "all are in the bucket");
        }
    });
}

#[test]
fn what_is_not_there_is_told() {
    on_each(|desk| {
        let error = desk.open().err().unwrap().to_string();
        assert!(
            error.contains("no blobs of Framewitness are kept there"),
            "{error}"
        );
    });
    // s3s-fs makes whatever bucket is named.
    let moto = servers::moto().map(Desk::new);
    let Ok(desk) = moto else {
        return println!("skipped: moto is not installed (tools/s3)");
    };
    let nowhere = Bucket::parse("s3://no-such-bucket/x", Some(&desk.service.endpoint()));
    let with = copies(desk.copies.path(), MOST);
    let error = S3::create(nowhere.unwrap(), &credentials(), &with)
        .err()
        .unwrap();
    assert!(error.to_string().contains("NoSuchBucket"), "{error}");
    assert!(
        error.hint().unwrap().contains("have the bucket made"),
        "{error:?}"
    );
}

#[test]
fn a_wrong_key_is_refused_and_not_told() {
    let Ok(service) = servers::s3s() else {
        return println!("skipped: s3s-fs is not installed (tools/s3), and moto takes any key");
    };
    let desk = Desk::new(service);
    let wrong = Credentials {
        secret: "guessed-7261".into(),
        ..credentials()
    };
    let with = copies(desk.copies.path(), MOST);
    let error = S3::create(desk.bucket(), &wrong, &with).err().unwrap();
    assert!(
        error.hint().unwrap().contains("AWS_SECRET_ACCESS_KEY"),
        "{error:?}"
    );
    let told = format!("{error} {error:?}");
    assert!(
        !told.contains("guessed-7261") && !told.contains(servers::KEY),
        "{told}"
    );
}

#[test]
fn a_service_that_is_away_is_told() {
    let with = copies(tempfile::tempdir().unwrap().path(), MOST);
    let bucket = Bucket::parse("s3://evidence/x", Some("http://127.0.0.1:9")).unwrap();
    let error = S3::create(bucket, &credentials(), &with).err().unwrap();
    assert!(error.to_string().contains("refused"), "{error}");
    assert!(error.hint().unwrap().contains("try again"), "{error:?}");
}
