//! Real containers whose media, by their own word, lies elsewhere.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::bait::Bait;

/// Writes them all.
pub fn write(folder: &Path, bait: &Bait) {
    let place = bait.path().display().to_string();
    let web = format!("http://127.0.0.1:{}/a.mp4", bait.port());
    let clip = shoot(folder, "clip.mp4", &[]);
    let put = |name: &str, bytes: Vec<u8>| fs::write(folder.join(name), bytes).expect("write");
    put(
        "media-url.mp4",
        elsewhere(&clip, &url(&format!("file://{place}"))),
    );
    put("media-web.mp4", elsewhere(&clip, &url(&web)));
    put("media-alias.mov", elsewhere(&clip, &alias(&place)));
    put("media-movie.mov", reference_movie(&web));
    fs::rename(folder.join("clip.mp4"), folder.join("media-clip.mp4")).expect("rename");
    let named = format!("filename={place}");
    let attached = [
        "-attach",
        &place,
        "-metadata:s:t",
        "mimetype=font/ttf",
        "-metadata:s:t",
        &named,
    ];
    shoot(folder, "media-attached.mkv", &attached);
    let tags = [
        "-metadata",
        &format!("url={web}"),
        "-metadata",
        &format!("comment=file://{place}"),
    ];
    shoot(folder, "media-tags.mkv", &tags);
}

/// A clip of a few frames made by ffmpeg: its bytes.
fn shoot(folder: &Path, name: &str, more: &[&str]) -> Vec<u8> {
    let path = folder.join(name);
    let made = Command::new("ffmpeg")
        .args("-v error -nostdin -f lavfi -i testsrc2=s=32x32:r=5:d=0.4 -c:v libx264".split(' '))
        .args(more)
        .arg(&path)
        .status()
        .expect("ffmpeg is installed");
    assert!(made.success(), "{name}");
    fs::read(path).expect("read")
}

fn boxed(kind: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len() + 8)
        .expect("small")
        .to_be_bytes();
    [&length[..], kind, payload].concat()
}

/// The file with another list of places where its media lies. What a file of ffmpeg's has before `moov`
/// stays where it is, so that no offset changes.
fn elsewhere(file: &[u8], entry: &[u8]) -> Vec<u8> {
    let list = [&[0; 4][..], &1_u32.to_be_bytes(), entry].concat();
    replaced(
        file,
        &[b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"],
        &list,
    )
}

/// `bytes` with the payload of the box at this path replaced.
fn replaced(bytes: &[u8], path: &[&[u8; 4]], payload: &[u8]) -> Vec<u8> {
    let [kind, within @ ..] = path else {
        return payload.to_vec();
    };
    let (mut out, mut rest) = (Vec::new(), bytes);
    while let Some((length, _)) = rest.split_first_chunk::<4>() {
        let (this, after) = rest.split_at(u32::from_be_bytes(*length) as usize);
        if this[4..8] == **kind {
            out.extend(boxed(kind, &replaced(&this[8..], within, payload)));
        } else {
            out.extend(this);
        }
        rest = after;
    }
    out
}

/// ISO/IEC 14496-12, 8.7.2: media at an address.
fn url(address: &str) -> Vec<u8> {
    boxed(b"url ", &[&[0; 4][..], address.as_bytes(), b"\0"].concat())
}

/// QuickTime's alias of the Macintosh's file manager, with an absolute path.
fn alias(path: &str) -> Vec<u8> {
    let mut record = vec![0; 4 + 10];
    record.extend([[0; 28].as_slice(), &[0; 12]].concat());
    record.push(8);
    record.extend(b"bait.mp4");
    record.extend([0; 63 - 8 + 16]);
    // No levels up or down, which leaves the absolute path.
    record.extend([0; 4]);
    record.extend([0; 16]);
    let length = u16::try_from(path.len()).expect("short");
    record.extend(
        [
            &2_u16.to_be_bytes()[..],
            &length.to_be_bytes(),
            path.as_bytes(),
        ]
        .concat(),
    );
    record.extend(vec![0; path.len() % 2]);
    record.extend([0xff, 0xff, 0, 0]);
    boxed(b"alis", &record)
}

/// A QuickTime file that is nothing but the address of another.
fn reference_movie(address: &str) -> Vec<u8> {
    let length = u32::try_from(address.len() + 1)
        .expect("short")
        .to_be_bytes();
    let place = [&[0; 4][..], b"url ", &length, address.as_bytes(), b"\0"].concat();
    let movie = boxed(b"rmra", &boxed(b"rmda", &boxed(b"rdrf", &place)));
    [boxed(b"ftyp", b"qt  \0\0\0\0qt  "), boxed(b"moov", &movie)].concat()
}
