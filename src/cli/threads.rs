//! The threads that a command works with.

use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, available_parallelism};

use anyhow::{Context, Result};
use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// Starts a thread a core, or fewer if the system gives no more. `needs_others` says whether threads that are not
/// among them will have work for them.
///
/// # Errors
///
/// If the system gives none, and this one can't do the work alone.
pub(super) fn start(needs_others: bool) -> Result<()> {
    let wanted = wanted();
    let mut workers = Vec::new();
    let mut failure = None;
    while workers.len() < wanted && failure.is_none() {
        match worker() {
            Ok(worker) => workers.push(worker),
            Err(error) => failure = Some(error),
        }
    }
    if failure.is_some() {
        // The others go back to the system: git wants to run too.
        workers.truncate(workers.len() / 2);
    }
    let pool = ThreadPoolBuilder::new();
    let started = match (workers.len(), failure) {
        (0, Some(error)) if needs_others => return Err(error).context("cannot start a thread"),
        (0, _) => pool.num_threads(1).use_current_thread().build_global(),
        (count, _) => {
            let next = |thread| {
                let worker = workers.pop();
                worker
                    .and_then(|worker| worker.send(thread).ok())
                    .ok_or_else(|| std::io::ErrorKind::NotFound.into())
            };
            pool.num_threads(count).spawn_handler(next).build_global()
        }
    };
    started.context("cannot start threads")
}

/// A thread that works as soon as there is work. Rayon by itself panics where it gets fewer than it asks for.
fn worker() -> std::io::Result<Sender<ThreadBuilder>> {
    let (sender, receiver) = channel::<ThreadBuilder>();
    let work = move || receiver.recv().into_iter().for_each(ThreadBuilder::run);
    Builder::new().name("worker".to_owned()).spawn(work)?;
    Ok(sender)
}

/// How many threads to start: as many as Rayon would.
fn wanted() -> usize {
    let asked = std::env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse().ok());
    let cores = || available_parallelism().map_or(1, usize::from);
    asked.filter(|number| *number > 0).unwrap_or_else(cores)
}
