//! New files in a project: all of them or none, and never in the place of another.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// Writes files below `root`, which is made if it is not there. Paths have `/` between their parts.
///
/// # Errors
///
/// If a file is there already, would lie outside of `root`, or can't be written. What has been written until then is
/// removed again.
pub fn create(root: &Path, files: &[(String, Vec<u8>)]) -> Result<()> {
    let mut made = Vec::new();
    let written = files.iter().try_for_each(|(path, bytes)| {
        ensure!(is_inside(root, path), "`{path}` lies outside of the project");
        write(&root.join(path), bytes, &mut made).with_context(|| format!("cannot write `{path}`"))
    });
    written.inspect_err(|_| {
        for path in made.iter().rev() {
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    })
}

/// Whether a new file would lie in `root`, wherever links lead.
pub(super) fn is_inside(root: &Path, path: &str) -> bool {
    let Ok(root) = fs::canonicalize(root) else { return true };
    let file = root.join(path);
    let there = file.ancestors().skip(1).find_map(|folder| fs::canonicalize(folder).ok());
    there.is_some_and(|folder| folder.starts_with(&root))
}

/// Writes a file, and adds to `made` what was not there before: folders first.
fn write(file: &Path, bytes: &[u8], made: &mut Vec<PathBuf>) -> Result<()> {
    let folders = file.parent().into_iter().flat_map(Path::ancestors);
    let absent: Vec<&Path> =
        folders.take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
    for folder in absent.into_iter().rev() {
        fs::create_dir(folder)?;
        made.push(folder.to_owned());
    }
    let mut new = fs::File::create_new(file)?;
    made.push(file.to_owned());
    new.write_all(bytes)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::create;

    #[test]
    fn all_files_are_written_or_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("new/kb");
        let file = |path: &str| (path.to_owned(), path.as_bytes().to_vec());
        fs::write(folder.path().join("taken"), "x").expect("files can be written");
        create(&folder.path().join("taken"), &[file("a")]).expect_err("a file is no folder");
        create(&root, &[file("a/b/c.md"), file("d.md"), file("a/b/c.md")]).expect_err("it is there");
        assert!(!folder.path().join("new").exists(), "what was begun is undone");
        create(&root, &[file("a/b/c.md"), file("d.md")]).expect("it works");
        create(&root, &[file("e/f.md"), file("d.md")]).expect_err("it is there");
        assert!(!root.join("e").exists());
        assert_eq!(fs::read(root.join("d.md")).expect("still there"), b"d.md");
    }
}
