//! The one door to the outside: what the stages may read, and where the result goes.
//!
//! [`World`] only reads and [`Output`] only writes, so a command that is not handed an output
//! cannot change anything.

pub mod append;
mod disk;
pub mod edit;
mod failure;
pub mod git;
mod inside;
mod memory;
mod output;
mod overlay;
pub mod scaffold;
mod stamps;
mod watched;
pub mod web;

pub use disk::DiskWorld;
pub use memory::MemoryWorld;
pub use output::{DiskOutput, Inputs, MARKER, Manifest, Output, is_site};
pub use overlay::Overlay;
pub use stamps::{Stamp, is_hidden, is_watched, stamps};
pub use watched::WatchedWorld;

use std::sync::Arc;

use jiff::Zoned;
use jiff::civil::Date;

use crate::model::ReadError;

/// Read access to a project. Paths are relative to its folder, with `/` between the parts.
pub trait World: Sync {
    /// The files below `folder`, at any depth, in the order of their paths. Hidden files and folders,
    /// folders of other tools and sites that sdkb made are left out.
    fn list(&self, folder: &str) -> Listing;

    /// The bytes of a file, or why they can't be had.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;

    /// The fingerprint of the bytes of a file, where it is known without reading them.
    fn fingerprint(&self, _path: &str) -> Option<u64> {
        None
    }

    /// Whether `path` is a file that [`World::read`] would read.
    fn has_file(&self, path: &str) -> bool;

    /// The moment that it is, in the zone of this machine.
    fn now(&self) -> Zoned;

    /// The day that it is.
    fn today(&self) -> Date {
        self.now().date()
    }

    /// The day of the last change to a file, where its history is known.
    fn edited(&self, path: &str) -> Option<Date>;

    /// The bytes that the files at some paths held at the ends of some days; nothing where that is not known. Equal
    /// versions are the same `Arc`.
    fn contents_on(&self, wanted: &[(&str, Date)]) -> Vec<Option<Arc<[u8]>>>;
}

/// What a folder holds.
#[derive(Debug, Default, Clone)]
pub struct Listing {
    /// The paths of the files.
    pub files: Vec<String>,
    /// What could not be listed.
    pub read_errors: Vec<ReadError>,
    /// Whether there are symbolic links in it, through which a change elsewhere is a change here.
    pub has_links: bool,
}

/// Folders of other tools at the top of a project, which hold copies, dependencies or results but no knowledge.
const FOREIGN_FOLDERS: [&str; 6] = ["node_modules", "target", "vendor", "venv", "__pycache__", "_site"];

/// Whether a listing of the folder `listed` passes over the file or folder `name` in it. What was put
/// into a folder of documents is meant, whatever it is called.
fn is_passed_over(listed: &str, name: &str, is_folder: bool) -> bool {
    name.starts_with('.') || (is_folder && listed.is_empty() && FOREIGN_FOLDERS.contains(&name))
}
