//! The list of the files of a site, which stands in it. It says what sdkb wrote, and so what it may replace.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Result, bail, ensure};
use walkdir::WalkDir;

/// The file of a site that holds its manifest.
pub const MARKER: &str = ".sdkb-site";

/// The file of a site under which another one is written before it takes its place.
pub(super) const PART: &str = ".sdkb-part";

/// The first line of a manifest, with the version of its format.
const HEADER: &str = "sdkb-site 1";

/// What the files of a site are: their paths with their sizes in bytes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Manifest {
    files: BTreeMap<String, u64>,
}

impl Manifest {
    /// Reads the manifest of the site in `folder`; nothing, if there is none, or another file of that name.
    pub fn read(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(MARKER)).ok()?;
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return None;
        }
        let entry = |line: &str| {
            let (size, path) = line.split_once(' ')?;
            Some((unescaped(path), size.parse().ok()?))
        };
        Some(Self { files: lines.map(entry).collect::<Option<_>>()? })
    }

    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) {
        self.files.insert(path.to_owned(), bytes.len() as u64);
    }

    /// Whether the site has a file at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// All files of both.
    pub(super) fn joined(&self, other: &Self) -> Self {
        Self {
            files: self.files.iter().chain(&other.files).map(|(path, size)| (path.clone(), *size)).collect(),
        }
    }

    /// Writes it into the site in `folder`.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let mut text = format!("{HEADER}\n");
        for (path, size) in &self.files {
            text.push_str(&format!("{size} {}\n", escaped(path)));
        }
        fs::write(folder.join(MARKER), text)
    }

    /// Makes sure that the site in `folder` has exactly these files.
    ///
    /// # Errors
    ///
    /// If it has not.
    pub(super) fn verify(&self, folder: &Path) -> Result<()> {
        let mut count = 0;
        for entry in WalkDir::new(folder) {
            let entry = entry?;
            if entry.file_type().is_dir() {
                continue;
            }
            let path = relative(entry.path(), folder);
            if path == MARKER {
                continue;
            }
            let Some(&size) = self.files.get(&path) else {
                bail!(
                    "`{path}` came into the new site, and sdkb did not write it\nhelp: build again, with nothing else at work in the folder of the site"
                );
            };
            ensure!(
                entry.file_type().is_file() && entry.metadata()?.len() == size,
                "`{path}` of the new site is not as it was written\nhelp: build again, with nothing else at work in the folder of the site"
            );
            count += 1;
        }
        let missing = self.files.len() - count;
        ensure!(
            missing == 0,
            "{missing} of {} files of the new site are gone\nhelp: build again, with nothing else at work in the folder of the site",
            self.files.len()
        );
        Ok(())
    }

    /// The files in `folder` that it does not name, but no more than `most` of them. A folder that links to another
    /// place is one.
    pub(super) fn foreign(&self, folder: &Path, most: usize) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = match entry {
                // Another process may remove the site at any time.
                Err(error)
                    if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) =>
                {
                    continue;
                }
                entry => entry?,
            };
            if entry.file_type().is_dir() {
                continue;
            }
            let path = relative(entry.path(), folder);
            if path != MARKER && path != PART && !self.has(&path) {
                found.push(path);
                if found.len() == most {
                    break;
                }
            }
        }
        Ok(found)
    }
}

/// Whether sdkb made the site in `folder`.
pub fn is_site(folder: &Path) -> bool {
    let Ok(file) = fs::File::open(folder.join(MARKER)) else { return false };
    if !file.metadata().is_ok_and(|found| found.is_file()) {
        return false;
    }
    let mut line = String::new();
    let read = BufReader::new(file).take(HEADER.len() as u64 + 1).read_line(&mut line);
    read.is_ok() && line.trim_end() == HEADER
}

/// The path of a file in `folder`, with `/` between its parts.
fn relative(path: &Path, folder: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A path on one line.
fn escaped(path: &str) -> String {
    path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::default();
        for path in ["index.html", "a b/c\\d.html", "new\nline", "back\\nslash", "é", "a\r"] {
            manifest.add(path, path.as_bytes());
        }
        manifest.write(folder.path()).unwrap();
        assert_eq!(Manifest::read(folder.path()), Some(manifest));
        assert!(is_site(folder.path()));
        for text in [
            "",
            "sdkb made this folder and replaces it whole at each build.\n",
            "sdkb-site 2\n",
            "sdkb-site 1\nx\n",
        ] {
            fs::write(folder.path().join(MARKER), text).unwrap();
            assert_eq!(Manifest::read(folder.path()), None, "{text}");
        }
    }
}
