//! The site of a project in work: served from memory, right after each change.
//!
//! 1. [`Watcher`] waits for changes to files and lets them come to rest.
//! 2. [`Project`] looks at what changed, and answers for each page when it is asked for.
//! 3. [`Server`] shows the pages on this machine, and tells browsers to look again.
//!
//! `live/` is what the pages get for that: the script that swaps them in place, and the panel of findings.

mod editor;
mod findings;
mod page;
mod project;
mod server;
mod thread;
mod watcher;

pub use editor::Editor;
pub use project::{Outcome, Project, Reply, Revision, Update};
pub use server::{Listener, Server};
pub use watcher::{Change, QUIET, Watcher};
