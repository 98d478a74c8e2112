//! Signs a file for tests of the page, with a key that is thrown away: `sign FORMAT FILE SIGNED`, with
//! a format such as `video/mp4`. Part of no program.

#[path = "../tests/credentials/manifest.rs"]
mod manifest;

use std::{env, fs, io};

fn main() -> io::Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [format, file, signed] = &arguments[..] else {
        return Err(io::Error::other("usage: sign FORMAT FILE SIGNED"));
    };
    fs::write(signed, manifest::signed(format, &fs::read(file)?))
}
