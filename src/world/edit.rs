//! Changes to the files of a project that its author asked for.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// The mark that some editors put before UTF-8.
const MARK: &str = "\u{feff}";

/// Puts `new` in the place of `old`, which is the whole text of a file but for a byte order mark. The file is
/// the old one or the new one at any moment, and keeps its permissions.
///
/// # Errors
///
/// If the file holds something else by now, lies outside of the project `root`, or can't be written.
pub fn replace(root: &Path, path: &str, old: &str, new: &str) -> Result<()> {
    // A link leads to the file that is meant.
    let file = fs::canonicalize(root.join(path)).with_context(|| format!("cannot find `{path}`"))?;
    ensure!(file.starts_with(root), "`{path}` lies outside of the project");
    let bytes = fs::read(&file).with_context(|| format!("cannot read `{path}`"))?;
    let is_marked = bytes.starts_with(MARK.as_bytes());
    let mark = if is_marked { MARK } else { "" };
    ensure!(bytes[mark.len()..] == *old.as_bytes(), "`{path}` is no UTF-8, or has changed in the meantime");
    let is_writable = fs::metadata(&file).is_ok_and(|metadata| !metadata.permissions().readonly());
    ensure!(is_writable, "`{path}` is read-only");
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.sdkb-{}", std::process::id()));
    let written = fs::File::create_new(&beside).and_then(|mut written| {
        written.set_permissions(fs::metadata(&file)?.permissions())?;
        written.write_all(mark.as_bytes())?;
        written.write_all(new.as_bytes())?;
        fs::rename(&beside, &file)
    });
    written.with_context(|| format!("cannot write `{path}`")).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}
