//! Where a site may go: nowhere that holds something else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::folder::parent;
use super::manifest::{MARKER, Manifest};

/// What a site is made of, which a build must not replace.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The folder of the project. A site may be in it.
    pub root: PathBuf,
    /// Folders of content, themes, kinds and files that are published as they are, with what each is. A site may not
    /// be in one of them, unless that is the project itself.
    pub folders: Vec<(&'static str, PathBuf)>,
}

/// The folder that `target` leads to. A link keeps leading to the folder that is replaced.
pub(super) fn resolve(target: &Path) -> Result<PathBuf> {
    if let Ok(found) = fs::canonicalize(target) {
        return Ok(found);
    }
    ensure!(
        fs::symlink_metadata(target).is_err(),
        "`{}` is a link to nothing\nhelp: remove the link, or make the folder that it leads to",
        target.display()
    );
    let target = std::path::absolute(target)?;
    let mut missing = Vec::new();
    let mut known = target.as_path();
    let real = loop {
        match fs::canonicalize(known) {
            Ok(real) => break real,
            Err(_) => {
                let name = known.file_name().with_context(|| {
                    format!(
                        "`{}` can't be replaced\nhelp: name a folder of its own with `--out`",
                        target.display()
                    )
                })?;
                missing.push(name.to_owned());
                known = parent(known);
            }
        }
    };
    Ok(missing.into_iter().rev().fold(real, |path, name| path.join(name)))
}

/// Refuses a target that is, holds or lies in something that the site is made of.
pub(super) fn refuse_inputs(target: &Path, inputs: &Inputs) -> Result<()> {
    let help = "help: name a folder of its own with `--out`, such as `site`";
    let shown = target.display();
    ensure!(target.file_name().is_some(), "`{shown}` can't be replaced\n{help}");
    ensure!(
        !target.iter().any(|part| part == ".git"),
        "`{shown}` is a part of the repository's `.git`\n{help}"
    );
    if holds(target, &inputs.root) {
        bail!("`{shown}` holds the project, and a build replaces the whole folder\n{help}");
    }
    let repository = inputs.root.ancestors().find(|folder| folder.join(".git").exists());
    if let Some(repository) = repository.filter(|repository| holds(target, repository)) {
        bail!(
            "`{shown}` holds the repository `{}`, and a build replaces the whole folder\n{help}",
            repository.display()
        );
    }
    if target.join(".git").exists() {
        bail!(
            "`{shown}` is a repository, and a build replaces the whole folder\nhelp: build into another folder and copy the site over"
        );
    }
    for (what, folder) in &inputs.folders {
        if holds(target, folder) {
            bail!("`{shown}` holds the {what}, and a build replaces the whole folder\n{help}");
        }
        let is_project = is_same(folder, &inputs.root);
        if !is_project && holds(folder, target) {
            bail!("`{shown}` lies in the {what} at `{}`\n{help}", folder.display());
        }
    }
    Ok(())
}

/// Whether `inner` is `outer` or lies in it, whatever links, mounts and cases the two are named by.
fn holds(outer: &Path, inner: &Path) -> bool {
    let real = fs::canonicalize(inner).unwrap_or_else(|_| inner.to_owned());
    real.starts_with(outer) || real.ancestors().any(|folder| is_same(folder, outer))
}

#[cfg(unix)]
fn is_same(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |path: &Path| fs::metadata(path).ok().map(|found| (found.dev(), found.ino()));
    a == b || id(a).is_some_and(|a| Some(a) == id(b))
}

#[cfg(not(unix))]
fn is_same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    a == b || real(a).is_some_and(|a| Some(a) == real(b))
}

/// Reads what the last build wrote at `target`, and refuses a folder with anything else in it.
pub(super) fn refuse_foreign(target: &Path) -> Result<Manifest> {
    let cannot_use = || format!("cannot use `{}` for the site", target.display());
    match fs::read_dir(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Manifest::default()),
        Err(error) => return Err(error).with_context(cannot_use),
        Ok(_) => {}
    }
    let manifest = Manifest::read(target);
    let is_marked = target.join(MARKER).symlink_metadata().is_ok();
    let help = match manifest {
        None if is_marked => {
            "its `.sdkb-site` does not list its files: if sdkb made the folder, remove it yourself"
        }
        None => "empty it yourself, or name another folder with `--out`",
        Some(_) => STATIC_FILES,
    };
    let manifest = manifest.unwrap_or_default();
    let foreign = named(&manifest, target).with_context(cannot_use)?;
    if let Some(foreign) = foreign {
        bail!("`{}` holds files that sdkb did not make: {foreign}\nhelp: {help}", target.display());
    }
    Ok(manifest)
}

/// What to do with files of one's own in a site.
pub(super) const STATIC_FILES: &str = "move what is yours into the folder of static files, which every build publishes, or name another folder with `--out`";

/// The files in `folder` that `manifest` does not name, for a message; nothing, if there are none.
pub(super) fn named(manifest: &Manifest, folder: &Path) -> io::Result<Option<String>> {
    let foreign = manifest.foreign(folder, NAMED + 1)?;
    let named = foreign.iter().take(NAMED).map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
    let more = if foreign.len() > NAMED { " and more" } else { "" };
    Ok((!foreign.is_empty()).then(|| format!("{named}{more}")))
}

/// So many files are named before the rest is "more".
const NAMED: usize = 3;
