//! Prints what is kept of a file's sound, and what was found in it.

use std::fs::File;
use std::path::{Path, PathBuf};

use media::decoder::{Decoder, Limits, PROGRAM};
use media::inspect::inspect;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Examples are built into a folder below that of the programs.
    let exe = std::env::current_exe()?;
    let programs = exe.ancestors().nth(2).unwrap_or(Path::new("."));
    let decoder = Decoder::new(programs.join(PROGRAM), Limits::default());
    for path in std::env::args_os().skip(1).map(PathBuf::from) {
        let found = inspect(&decoder, File::open(&path)?, &mut ())?;
        println!("{}", path.display());
        if let Some(sound) = &found.sound {
            println!(
                "  {:?}, {} samples, from {:?}, {} anchors, {:?}",
                sound.form,
                sound.samples,
                sound.start(),
                sound.anchors.all().len(),
                sound.loudness
            );
        }
        for finding in &found.findings {
            if finding.method.name.starts_with("sound/") {
                println!("  {}: {}", finding.method.name, finding.summary);
            }
        }
    }
    Ok(())
}
