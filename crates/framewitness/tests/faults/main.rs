//! What is left when a command is struck at any of its steps: killed, or told by the kernel that the
//! disk is full or broken. A step is one system call of the program on a file of the case or of its
//! keys; `strace` names them all, and strikes at the one that is asked for. The program is the one that
//! people run.
//!
//! Whatever happens, the case opens afterwards and verifies, what was asked for is there whole or not
//! at all, and running the command again leaves it there once. What was acknowledged is there.

#![allow(clippy::unwrap_used)]

mod command;
mod steps;
mod strike;

use std::io::Write;
use std::sync::Mutex;
use std::thread;

use command::{COMMANDS, Desk};
use steps::{Blow, Step};

/// Says it to whoever runs the tests, also where they pass.
fn tell(what: &str) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// Of how many steps one is struck at: all, where there is time for it.
fn every() -> usize {
    match std::env::var_os("FRAMEWITNESS_SOAK") {
        Some(_) => 1,
        None => 6,
    }
}

/// Strikes at every so many steps of each command, and sees what is left.
fn strike_all(what: &str, blows: &[Blow], least: usize) {
    let mut work: Vec<(&command::Planned, Step, Blow)> = Vec::new();
    for planned in &COMMANDS {
        let steps = match steps::of(planned) {
            Ok(steps) => steps,
            Err(why) => return tell(&format!("{what}: skipped: {why}")),
        };
        for step in steps {
            let may = blows.iter().filter(|blow| step.may_meet(**blow));
            work.extend(may.map(|blow| (planned, step.clone(), *blow)));
        }
    }
    let found = work.len();
    assert!(found >= least, "only {found} steps are there to strike at");
    let work: Vec<_> = work.into_iter().step_by(every()).collect();
    let broken = Mutex::new(Vec::new());
    let halves: Vec<_> = work.chunks(work.len().div_ceil(2)).collect();
    thread::scope(|scope| {
        let broken = &broken;
        for half in halves {
            scope.spawn(move || {
                for (planned, step, blow) in half {
                    let desk = Desk::prepared(planned);
                    if let Err(why) = strike::strike(&desk, planned, step, *blow) {
                        let line = format!("{} at {step}, {blow:?}: {why}", planned.name);
                        broken.lock().unwrap().push(line);
                    }
                }
            });
        }
    });
    let broken = broken.into_inner().unwrap();
    assert!(
        broken.is_empty(),
        "{} of {}:\n{}",
        broken.len(),
        work.len(),
        broken.join("\n")
    );
    tell(&format!(
        "{what}: {} of {found} steps struck at, all of them sound",
        work.len()
    ));
}

#[test]
fn a_command_killed_at_any_step_is_done_once_or_not_at_all() {
    strike_all("killed", &[Blow::Kill], 200);
}

#[test]
fn a_disk_that_is_full_or_broken_at_any_step_is_told_and_survived() {
    strike_all("full or broken disk", &[Blow::Full, Blow::Broken], 500);
}
