//! Ctrl-C while something is written: whoever writes is asked to stop, so that nothing of it is left behind.

use std::ops::ControlFlow;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::signal::unix::{SignalKind, signal};
use workbench::{Error, Kind};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Exit status of a program that a signal ended, as shells tell it.
const AT_ONCE: i32 = 130;

/// Takes SIGINT and SIGTERM as a wish to stop, from now on. The second one ends the program at once.
///
/// Where it cannot listen, a signal ends the program as it always does, and the next run clears away what is left.
pub fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build();
        let Ok(runtime) = runtime else { return };
        let signals = {
            let _within = runtime.enter();
            signal(SignalKind::interrupt())
                .and_then(|it| Ok((it, signal(SignalKind::terminate())?)))
        };
        let Ok((mut interrupt, mut terminate)) = signals else {
            return;
        };
        std::thread::spawn(move || {
            runtime.block_on(async {
                loop {
                    tokio::select! {
                        _ = interrupt.recv() => {}
                        _ = terminate.recv() => {}
                    }
                    if ASKED.swap(true, Ordering::Relaxed) {
                        std::process::exit(AT_ONCE);
                    }
                }
            });
        });
    });
}

/// Whether to go on.
pub fn going() -> ControlFlow<()> {
    match ASKED.load(Ordering::Relaxed) {
        false => ControlFlow::Continue(()),
        true => ControlFlow::Break(()),
    }
}

/// What went wrong, told as what it is where somebody interrupted: a terminal interrupts decoders too, and what they
/// were doing then seems to have failed by itself.
pub fn told(error: Error) -> Error {
    if going().is_continue() {
        return error;
    }
    let again = "run it again where you want it after all";
    Error::new(Kind::Failed, "interrupted: nothing half written is left")
        .hint(error.hint.unwrap_or_else(|| again.to_owned()))
}
