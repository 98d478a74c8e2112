//! The committed model is what its recipe makes.

#[path = "models/layout.rs"]
mod layout;
#[path = "models/onnx.rs"]
#[allow(dead_code)]
mod onnx;

use std::fs;
use std::path::Path;

/// With `UPDATE=1` the file is written anew.
#[test]
fn the_fixture_is_what_its_recipe_makes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/descriptor/model.onnx");
    let made = layout::model();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &made).expect("write");
    }
    assert!(
        fs::read(&path).expect("the fixture") == made,
        "run it with UPDATE=1"
    );
}
