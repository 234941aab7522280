//! Lines at the end of a file, one process at a time.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::scaffold::is_inside;

/// A file of a project that no other process appends to by this way.
pub struct Appending {
    file: File,
    path: String,
    /// What the file holds.
    pub bytes: Vec<u8>,
}

impl Appending {
    /// Waits for the file at `path` in the project `root`, and makes it where there is none.
    ///
    /// # Errors
    ///
    /// If it lies outside of the project, or can't be written.
    pub fn begin(root: &Path, path: &str) -> Result<Self> {
        ensure!(is_inside(root, path), "`{path}` lies outside of the project");
        let place: PathBuf = root.join(path);
        // A link leads to the file that is meant.
        let leads_out = |there: &PathBuf| !there.starts_with(fs::canonicalize(root).unwrap_or_default());
        ensure!(
            !fs::canonicalize(&place).is_ok_and(|there| leads_out(&there)),
            "`{path}` leads out of the project"
        );
        let opened = || {
            fs::create_dir_all(place.parent().unwrap_or(root))?;
            let mut file = OpenOptions::new().read(true).append(true).create(true).open(&place)?;
            file.lock()?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok::<_, std::io::Error>((file, bytes))
        };
        let (file, bytes) = opened().with_context(|| format!("cannot write `{path}`"))?;
        Ok(Self { file, path: path.to_owned(), bytes })
    }

    /// Writes `text` to the end of the file, at once.
    ///
    /// # Errors
    ///
    /// If the system can't.
    pub fn write(mut self, text: &str) -> Result<()> {
        let written = self.file.write_all(text.as_bytes()).and_then(|()| self.file.sync_data());
        written.with_context(|| format!("cannot write `{}`", self.path))
    }
}
