//! The page is embedded from `web/dist`, which `make web` fills. Without it the program still builds.

fn main() -> std::io::Result<()> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/dist");
    std::fs::create_dir_all(page)?;
    println!("cargo:rerun-if-changed={page}");
    Ok(())
}
