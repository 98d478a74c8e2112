//! PDQ of luma planes, for `bench/pdq.py` and to compare with the reference.
//!
//!     pdq WIDTH HEIGHT FILE RUNS [LEVEL]
//!
//! FILE holds frames of WIDTH × HEIGHT bytes. Prints quality and hashes of every frame, as it is and in
//! the eight orientations; before that, hashes all frames RUNS times. LEVEL limits the instructions:
//! `sse2`, `sse4.2`, `avx2`.

use std::error::Error;
use std::hint::black_box;

use fearless_simd::Level;
use reuse::Luma;
use reuse::pdq::{Dihedral, Hasher};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [width, height, file, runs, level @ ..] = arguments.as_slice() else {
        return Err("usage: pdq WIDTH HEIGHT FILE RUNS [LEVEL]".into());
    };
    let (width, height): (usize, usize) = (width.parse()?, height.parse()?);
    let bytes = std::fs::read(file)?;
    let frames = bytes.chunks_exact(width * height).map(|data| Luma {
        data,
        width,
        height,
        stride: width,
    });
    let mut hasher = Hasher::on(limited(level.first().map(String::as_str))?);
    for _ in 0..runs.parse()? {
        for frame in frames.clone() {
            black_box(hasher.hash(frame));
        }
    }
    for frame in frames {
        let spectrum = hasher.spectrum(frame);
        let plain = hasher.hash(frame);
        print!("{} {plain}", plain.quality);
        for turned in Dihedral::ALL {
            print!(" {}", spectrum.hash(turned));
        }
        println!();
    }
    Ok(())
}

fn limited(name: Option<&str>) -> Result<Level, String> {
    let level = Level::new();
    let found = match name {
        None => Some(level),
        #[cfg(target_arch = "x86_64")]
        Some("sse2") => level.as_sse2().map(Level::Sse2),
        #[cfg(target_arch = "x86_64")]
        Some("sse4.2") => level.as_sse4_2().map(Level::Sse4_2),
        #[cfg(target_arch = "x86_64")]
        Some("avx2") => level.as_avx2().map(Level::Avx2),
        _ => None,
    };
    found.ok_or_else(|| format!("{} is not to be had here", name.unwrap_or("it")))
}
