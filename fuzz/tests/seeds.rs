//! Every seed, and what once broke a parser, goes through its check.

use std::fs;
use std::path::Path;

// One test: allocations are counted for the whole process.
#[test]
fn every_seed_holds() {
    for (name, check) in checks::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("seeds")
            .join(name);
        let mut seeds: Vec<_> = fs::read_dir(&folder)
            .expect("a folder of seeds for each target")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        seeds.sort();
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for seed in seeds {
            println!("{}", seed.display());
            let bytes = fs::read(&seed).expect("a seed");
            check(&bytes);
            // Cut short anywhere it may be refused, and never more than that.
            for length in (0..bytes.len()).step_by(1 + bytes.len() / 64) {
                check(&bytes[..length]);
            }
        }
    }
}
