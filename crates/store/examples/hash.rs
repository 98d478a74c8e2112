//! Hashes a file as it is hashed when it is preserved, and prints SHA-256 and BLAKE3:
//! `cargo run --release -p store --example hash -- FILE`.

use std::convert::Infallible;
use std::fs::File;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("give me a file")?;
    let hashed = store::hash::<Infallible>(&mut File::open(path)?, |_, _| Ok(()));
    let hashed = hashed.map_err(|ended| format!("{ended:?}"))?;
    println!(
        "{}  blake3:{}  {} bytes",
        hashed.id, hashed.blake3, hashed.size
    );
    Ok(())
}
