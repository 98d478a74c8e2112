//! Ending a program together with everything that it started.

use std::fs;
use std::process::{Child, Command};

/// Kills `child` and all that descends from it, without a chance to tidy up.
pub(crate) fn kill_tree(mut child: Child) {
    let family = family(child.id()).into_iter().map(|id| id.to_string());
    // Those that are gone by then are what it complains of.
    let killed = Command::new("kill").arg("-KILL").args(family).output();
    killed.unwrap();
    child.wait().unwrap();
}

/// `first` and all that descends from it, elders before children.
fn family(first: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten();
    let parents: Vec<(u32, u32)> = processes
        .filter_map(|entry| {
            let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            // The name in brackets may hold anything, brackets too.
            let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?;
            Some((id, parent.parse().ok()?))
        })
        .collect();
    let mut family = vec![first];
    let mut next = 0;
    while let Some(elder) = family.get(next).copied() {
        let children = parents.iter().filter(|(_, parent)| *parent == elder);
        family.extend(children.map(|(id, _)| *id));
        next += 1;
    }
    family
}
