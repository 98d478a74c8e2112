//! Everything that the fingerprinter does, for `bench/pdq.py`.
//!
//!     fingerprints WIDTH HEIGHT FILE RUNS
//!
//! FILE holds consecutive frames of WIDTH × HEIGHT bytes. Fingerprints them RUNS times as a video of 30
//! frames a second, and prints how many bytes its fingerprints take.

use std::error::Error;

use reuse::{Fingerprinter, Luma};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [width, height, file, runs] = arguments.as_slice() else {
        return Err("usage: fingerprints WIDTH HEIGHT FILE RUNS".into());
    };
    let (width, height): (usize, usize) = (width.parse()?, height.parse()?);
    let bytes = std::fs::read(file)?;
    for _ in 0..runs.parse()? {
        let mut prints = Fingerprinter::new((1, 30));
        for (no, data) in bytes.chunks_exact(width * height).enumerate() {
            let luma = Luma {
                data,
                width,
                height,
                stride: width,
            };
            prints.push(u32::try_from(no)?, i64::try_from(no)?, luma);
        }
        println!("{} bytes", prints.finish().to_bytes().len());
    }
    Ok(())
}
