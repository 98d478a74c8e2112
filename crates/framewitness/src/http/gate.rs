//! Blocking work off the async threads, so much at a time and no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use tokio::sync::Semaphore;
use workbench::Error;

use super::fault::Fault;

/// Lets a number of jobs run at once and a number wait. A request that is given up while it waits
/// leaves the queue without having cost anything; one that runs is finished, unless it looks
/// whether it is still wanted.
pub(super) struct Gate {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
}

/// Counts one that waits, however its waiting ends.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Gate {
    pub(super) fn new(at_once: usize, most_waiting: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_once)),
            waiting: AtomicUsize::new(0),
            most_waiting,
        }
    }

    /// Runs `job` on a thread that may block.
    pub(super) async fn run<T, F>(&self, job: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, Error> + Send + 'static,
    {
        let waiting = Waiting(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.most_waiting {
            return Err(Fault::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "too many requests are waiting",
            )
            .hint("try again shortly"));
        }
        let Ok(place) = self.places.clone().acquire_owned().await else {
            return Err(Fault::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "the server is closing",
            ));
        };
        drop(waiting);
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            job()
        });
        match done.await {
            Ok(outcome) => outcome.map_err(Fault::from),
            // The panic itself was written to standard error by its thread.
            Err(_) => Err(Fault::own()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use axum::response::IntoResponse;

    use super::*;

    #[tokio::test]
    async fn refuses_what_would_wait_too_long_and_forgets_what_was_given_up() {
        let gate = Arc::new(Gate::new(1, 2));
        let (finish, finished) = mpsc::channel::<()>();
        let busy = tokio::spawn({
            let gate = gate.clone();
            async move { gate.run(move || Ok(finished.recv().is_ok())).await }
        });
        while gate.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let wait = || {
            tokio::spawn({
                let gate = gate.clone();
                async move { gate.run(|| Ok(())).await }
            })
        };
        let (first, second) = (wait(), wait());
        while gate.waiting.load(Ordering::Relaxed) < 2 {
            tokio::task::yield_now().await;
        }
        let refused = gate.run(|| Ok(())).await.expect_err("the queue is full");
        assert_eq!(
            refused.into_response().status(),
            StatusCode::SERVICE_UNAVAILABLE
        );
        first.abort();
        assert!(first.await.is_err_and(|why| why.is_cancelled()));
        assert_eq!(gate.waiting.load(Ordering::Relaxed), 1);
        finish.send(()).expect("somebody waits");
        assert!(busy.await.expect("no panic").expect("done"));
        second.await.expect("no panic").expect("done");
    }

    #[tokio::test]
    async fn a_panic_is_one_failed_request() {
        let gate = Gate::new(1, 1);
        let fault = gate
            .run(|| -> Result<(), Error> { panic!("on purpose") })
            .await
            .expect_err("it failed");
        assert_eq!(
            fault.into_response().status(),
            StatusCode::INTERNAL_SERVER_ERROR
        );
        gate.run(|| Ok(())).await.expect("the place is free again");
    }
}
