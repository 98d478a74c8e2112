//! What the scratch folder keeps of removed items: logs of inspections, vectors, indexes of prints. All of
//! it can be made again, but for what is removed.

use std::fs;
use std::io;
use std::path::Path;

use journal::ContentId;

use crate::index_folder::IndexFolder;

/// Says how many tombstones were heeded in this folder.
const HEEDED: &str = "removed";

/// Clears `scratch` of what was made of `items`, once for each tombstone. What another program holds is
/// cleared when the case is next opened.
pub(super) fn clear(scratch: &Path, items: &[ContentId]) {
    let heeded = fs::read_to_string(scratch.join(HEEDED)).ok();
    let heeded = heeded.and_then(|text| text.trim().parse::<usize>().ok());
    if !scratch.is_dir() || heeded == Some(items.len()) {
        return;
    }
    let logs = items.iter().map(|id| format!("{}.pass", id.hex()));
    let logs: Vec<String> = logs.collect();
    if sweep(scratch, &logs).is_ok() {
        // Where it cannot be written, the same is done again.
        let _ = fs::write(scratch.join(HEEDED), items.len().to_string());
    }
}

fn sweep(scratch: &Path, logs: &[String]) -> io::Result<()> {
    for entry in fs::read_dir(scratch)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        // The name of a file of vectors does not say of which item they are.
        if logs.iter().any(|log| log == name) || name.ends_with(".vectors") {
            fs::remove_file(entry.path())?;
        } else if name.starts_with("index-") && entry.file_type()?.is_dir() {
            let lock = IndexFolder::open(&entry.path()).map_err(io::Error::other)?;
            fs::remove_dir_all(entry.path())?;
            drop(lock);
        }
    }
    Ok(())
}
