//! Where the documents and static files of a project are, if its settings do not say so.

use crate::model::{Origin, within};
use crate::text::name::is_markdown;
use crate::world::World;

/// Where the documents of a project are that does not say so: in `content`, or where the one generator of it has them.
pub(super) fn content(world: &dyn World, origins: &[Origin]) -> String {
    if holds_documents(world, "content") {
        return "content".to_owned();
    }
    let [Origin { roots, is_inner: false, .. }] = origins else { return String::new() };
    let mut folders: Vec<&str> = roots.iter().map(|(folder, _)| folder.as_str()).collect();
    folders.dedup();
    // Folders of languages stand in the main one.
    let [main, ..] = folders[..] else { return String::new() };
    folders.retain(|folder| *folder == main || within(main, folder).is_none());
    match folders[..] {
        [folder] if holds_documents(world, folder) => folder.to_owned(),
        _ => String::new(),
    }
}

/// Whether there is markdown in a folder.
pub(super) fn holds_documents(world: &dyn World, folder: &str) -> bool {
    world.list(folder).files.iter().any(|path| is_markdown(path))
}

/// Where the files are that are published as they are, if the settings do not say so.
pub(super) fn statics(world: &dyn World, content: &str, origins: &[Origin]) -> String {
    let of_content = origins.iter().filter(|origin| origin.roots.iter().any(|(folder, _)| folder == content));
    let mut folders = of_content.flat_map(|origin| &origin.statics);
    // Files beside documents are published there.
    let is_apart = |folder: &&String| *folder != content && !folder.is_empty();
    let holds_files = |folder: &&String| !world.list(folder).files.is_empty();
    let found = folders.find(|folder| is_apart(folder) && holds_files(folder));
    found.map_or_else(|| "static".to_owned(), String::clone)
}
