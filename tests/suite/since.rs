//! `sdkb check --since` where files are reached through symbolic links, or are in repositories within the project's.

use std::path::Path;
use std::process::Command;

use crate::project::{GOOD, Project, git, git_command};

fn link(project: &Project, target: &str, path: &str) {
    std::os::unix::fs::symlink(target, project.path(path)).expect("links can be made");
}

fn passes(project: &Project) {
    let text = project.checks(&["--since", "HEAD"], 0);
    assert!(text.contains("no findings"), "{text}");
}

/// A project with a folder of notes beside its content, and links from there.
fn notes() -> Project {
    let project = Project::new(GOOD);
    project.write("notes/real.md", "# Real\n");
    project.write("notes/sub/deep.md", "# Deep\n");
    link(&project, "../notes/real.md", "content/l.md");
    link(&project, "../notes/sub", "content/dir");
    link(&project, "dir", "content/other");
    project.commit();
    passes(&project);
    project
}

#[test]
fn the_target_of_a_link_changes_with_it() {
    let project = notes();
    project.write("notes/real.md", "# Real\n[x](gone.md)\n");
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("content/l.md:2:5") && text.contains(": 1 error\n"), "{text}");
    project.commit();
    passes(&project);
    project.write("notes/sub/deep.md", "# Deep\n[x](gone.md)\n");
    project.write("notes/sub/new.md", "# New\n[x](gone.md)\n");
    let text = project.checks(&["--since", "HEAD"], 1);
    for place in ["content/dir/deep.md:2:5", "content/dir/new.md:2:5", "content/other/deep.md:2:5"] {
        assert!(text.contains(place), "{place}\n{text}");
    }
    assert!(text.contains(": 4 errors\n"), "{text}");
}

#[test]
fn what_is_gone_behind_a_link_was_there() {
    let project = notes();
    project.edit("content/handbook/b.md", "# B", "# B\n[x](../dir/deep.md) [y](../l.md)");
    project.commit();
    passes(&project);
    std::fs::remove_dir_all(project.path("notes/sub")).expect("it is there");
    project.write("notes/sub/kept.md", "# Kept\n");
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("content/handbook/b.md:2:5"), "{text}");
    assert!(text.contains("the address `dir/deep.html` is gone"), "{text}");
    project.git(&["checkout", "--quiet", "."]);
    std::fs::remove_file(project.path("notes/sub/kept.md")).expect("it is there");
    // The link itself.
    project.remove("content/l.md");
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("the address `l.html` is gone"), "{text}");
    assert!(text.contains("content/handbook/b.md:2:25"), "{text}");
}

#[test]
fn a_link_that_leads_elsewhere_changes_what_is_behind_it() {
    let project = notes();
    project.write("notes/bad.md", "# Bad\n[x](gone.md)\n");
    project.write("notes/more/deep.md", "# Deep\n[x](gone.md)\n");
    project.commit();
    project.remove("content/l.md");
    project.remove("content/dir");
    link(&project, "../notes/bad.md", "content/l.md");
    link(&project, "../notes/more", "content/dir");
    let text = project.checks(&["--since", "HEAD"], 1);
    for place in ["content/l.md:2:5", "content/dir/deep.md:2:5", "content/other/deep.md:2:5"] {
        assert!(text.contains(place), "{place}\n{text}");
    }
    project.commit();
    passes(&project);
    // What was wrong there before is old.
    project.write("notes/bad.md", "# Bad\n\nMore.\n\n[x](gone.md)\n");
    passes(&project);
}

/// A repository of documents, and a project that has it as the submodule `content/shared`.
fn shared() -> (Project, Project) {
    let module = Project::new("-- a.md --\n# A\n\nFor all.\n");
    module.commit();
    let project = Project::new(GOOD);
    project.commit();
    add(&project, &module.path(""), "content/shared");
    project.commit();
    passes(&project);
    (project, module)
}

fn add(project: &Project, module: &Path, path: &str) {
    let module = module.display().to_string();
    project.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &module, path]);
}

/// Brings a submodule to what its repository has now.
fn update(project: &Project, path: &str) {
    let folder = project.path(path);
    git(&folder, &["-c", "protocol.file.allow=always", "pull", "--quiet"]);
}

#[test]
fn a_submodule_that_moves_changes_its_files() {
    let (project, module) = shared();
    module.write("a.md", "# A\n[x](gone.md)\n");
    module.write("b.md", "# B\n[x](gone.md)\n");
    module.commit();
    update(&project, "content/shared");
    for revision in ["HEAD", "HEAD~1"] {
        let text = project.checks(&["--since", revision], 1);
        for place in ["content/shared/a.md:2:5", "content/shared/b.md:2:5"] {
            assert!(text.contains(place), "{place}\n{text}");
        }
        project.commit();
    }
    // In the work tree of the submodule alone.
    project.write("content/shared/c.md", "# C\n[x](gone.md)\n");
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("content/shared/c.md:2:5") && text.contains(": 1 error\n"), "{text}");
    project.remove("content/shared/c.md");
    passes(&project);
    project.remove("content/shared/b.md");
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("the address `shared/b.html` is gone"), "{text}");
}

#[test]
fn a_submodule_that_is_gone_was_there() {
    let (project, _module) = shared();
    project.edit("content/handbook/b.md", "# B", "# B\n[x](../shared/a.md)");
    project.commit();
    project.git(&["rm", "--quiet", "content/shared"]);
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("content/handbook/b.md:2:5"), "{text}");
    assert!(text.contains("the address `shared/a.html` is gone"), "{text}");
    std::fs::remove_dir_all(project.path(".git/modules")).expect("it is there");
    let text = project.checks(&["--since", "HEAD"], 0);
    assert!(
        text.contains("note: the submodule `content/shared` is gone and this clone does not hold"),
        "{text}"
    );
}

#[test]
fn a_submodule_without_its_old_commit_is_one_message() {
    let (project, module) = shared();
    module.write("b.md", "# B\n");
    module.commit();
    std::fs::remove_dir_all(project.path("content/shared")).expect("it is there");
    let source = format!("file://{}", module.path("").display());
    let mut clone = git_command(&project.path("content"));
    let clone = clone.args(["clone", "--quiet", "--depth=1", &source, "shared"]).output().expect("git runs");
    assert!(clone.status.success());
    let text = project.checks(&["--since", "HEAD"], 2);
    assert!(text.starts_with("error: this clone does not hold the old commit `"), "{text}");
    assert!(
        text.contains("of the submodule `content/shared`\nhelp: `git -C content/shared fetch origin "),
        "{text}"
    );
    // A clone without the submodule has none of its files, before and now.
    std::fs::remove_dir_all(project.path("content/shared")).expect("it is there");
    std::fs::create_dir(project.path("content/shared")).expect("it can be made");
    passes(&project);
}

#[test]
fn repositories_may_be_within_each_other() {
    let inner = Project::new("-- in.md --\n# In\n");
    inner.commit();
    let module = Project::new("-- a.md --\n# A\n");
    module.commit();
    add(&module, &inner.path(""), "inner");
    module.commit();
    let project = Project::new(GOOD);
    project.commit();
    add(&project, &module.path(""), "content/shared");
    project.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "update",
        "--init",
        "--recursive",
    ]);
    project.commit();
    passes(&project);
    project.write("content/shared/inner/in.md", "# In\n[x](gone.md)\n");
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("content/shared/inner/in.md:2:5") && text.contains(": 1 error\n"), "{text}");
    project.write("content/shared/inner/in.md", "# In\n");
    passes(&project);
    // A repository that nothing names.
    project.write("content/own/x.md", "# X\n[x](gone.md)\n");
    git(&project.path("content/own"), &["init", "--quiet"]);
    git(&project.path("content/own"), &["add", "--all"]);
    git(&project.path("content/own"), &["commit", "--quiet", "--message", "x"]);
    let text = project.checks(&["--since", "HEAD"], 1);
    assert!(text.contains("content/own/x.md:2:5") && text.contains(": 1 error\n"), "{text}");
    // And one that a file leads to that is no repository.
    let copied = Command::new("rm").arg("-rf").arg(project.path("content/own/.git")).status();
    assert!(copied.expect("rm runs").success());
    project.write("content/own/.git", "gitdir: /nowhere\n");
    project.sdkb(&["check", "--since", "HEAD"]);
}

#[test]
fn files_that_the_site_loses_are_found() {
    let project = Project::new(GOOD);
    project.write("static/logo.txt", "x");
    project.write("content/handbook/file.txt", "x");
    project.write("content/handbook/unlinked.txt", "x");
    project.edit("content/handbook/b.md", "# B", "# B\n[x](file.txt)");
    project.commit();
    passes(&project);
    project.edit("content/handbook/b.md", "\n[x](file.txt)", "");
    for path in ["static/logo.txt", "content/handbook/file.txt", "content/handbook/unlinked.txt"] {
        project.remove(path);
    }
    let text = project.checks(&["--since", "HEAD"], 1);
    for url in ["logo.txt", "handbook/file.txt"] {
        assert!(text.contains(&format!("the file at the address `{url}` is gone")), "{text}");
    }
    assert!(text.contains(": 2 errors\n"), "{text}");
}
