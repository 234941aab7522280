//! Threads of libraries that panic where they get none.

use std::io;

/// Makes sure that a thread can be started.
///
/// # Errors
///
/// If the system gives none.
pub(super) fn ensure() -> io::Result<()> {
    let thread = std::thread::Builder::new().spawn(|| ())?;
    // It does nothing that could fail.
    let _ = thread.join();
    Ok(())
}
