//! Files that hold something else than text with line feeds, and files that are none.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::process::Command;

use super::{Run, files};
use crate::project::{GOOD, Project};

/// What `sdkb check` says about a document of these bytes, in a project in which nothing else is wrong.
fn checked(bytes: &[u8]) -> Run {
    let project = Project::new(GOOD);
    fs::write(project.path("content/d.md"), bytes).expect("files can be written");
    let run = Run::sdkb(&project, &["check"]);
    Run::sdkb(&project, &["build", "--allow-errors"]).ends_with(0);
    run
}

#[test]
fn line_ends_and_marks_of_other_systems_are_read() {
    let text = "---\ntitle: Tides\nsummary: In\n---\n# Tides\n\n```sh\nls\n```\n\n[x](gone.md)\n";
    let windows = text.replace('\n', "\r\n");
    for text in [text.to_owned(), windows.clone(), format!("\u{feff}{text}"), format!("\u{feff}{windows}")] {
        let run = checked(text.as_bytes()).ends_with(1).says(": 1 error\n");
        run.says("content/d.md:11:5").says("no file or page `gone.md`");
    }
}

#[test]
fn bytes_that_are_no_text_are_one_finding() {
    let utf16 = |unit: fn(u16) -> [u8; 2], mark: &[u8]| {
        let text = "# Tides\n\nHigh and low.\n".encode_utf16().flat_map(unit);
        mark.iter().copied().chain(text).collect::<Vec<u8>>()
    };
    for (bytes, place, message) in [
        (utf16(u16::to_le_bytes, b"\xff\xfe"), "content/d.md", "the file is UTF-16"),
        (utf16(u16::to_be_bytes, b"\xfe\xff"), "content/d.md", "the file is UTF-16"),
        (utf16(u16::to_le_bytes, b""), "content/d.md:1:2", "the file holds a zero byte"),
        (b"# A\n\nx\0y `\0` <b id=\"\0\">\n".to_vec(), "content/d.md:3:2", "the file holds a zero byte"),
        (b"---\ntitle: \"a\0b\"\n---\n".to_vec(), "content/d.md:2:10", "the file holds a zero byte"),
        (b"# A\n\ncaf\xe9 \xff\xfe\n".to_vec(), "content/d.md:3:4", "byte `0xe9` is no UTF-8"),
        (b"---\rtitle: X\r---\r# A\r".to_vec(), "content/d.md:1:4", "lines end in a carriage return alone"),
    ] {
        checked(&bytes).ends_with(1).says(": 1 error\n").says(place).says(message);
    }
}

#[test]
fn files_of_nothing_are_documents() {
    for bytes in [&b""[..], b"\n\n", b"---\n---\n", b"\xef\xbb\xbf", b"---", b"---\n", b"+++\n+++\n", b"\r\n"]
    {
        checked(bytes).ends_with(0);
    }
}

#[test]
fn signs_that_move_the_cursor_do_not_reach_the_terminal() {
    let run = checked(b"# A\n\n[x](<g\x1b[31mone.md>) [\x07](<\x08\x7f.md>)\n").ends_with(1);
    assert!(!run.text.contains(['\u{1b}', '\u{7}', '\u{8}', '\u{7f}']), "{:?}", run.text);
    let project = Project::new(&format!("{GOOD}-- content/e\u{1b}[31m.md --\n[x](gone.md)\n"));
    let run = Run::sdkb(&project, &["check"]).ends_with(1);
    assert!(!run.text.contains('\u{1b}'), "{:?}", run.text);
}

#[test]
fn a_folder_may_be_called_like_a_file() {
    let project = Project::new(&format!(
        "{GOOD}-- content/x.md/index.md --\n# X\n-- content/x.md/y.md --\n# Y\n[up](../x.md) [down](../x.md/)\n"
    ));
    project.builds(&[]);
    assert!(project.path("site/x.md/y.html").is_file());
}

#[test]
fn what_is_neither_file_nor_folder_is_not_waited_for() {
    let project = Project::new(&format!(
        "{GOOD}-- kinds/note.md --\n---\nkind: note\n---\n-- themes/default/static/x.txt --\nx\n-- static/x.txt --\nx\n"
    ));
    let places =
        ["content/p.md", "content/p.png", "kinds/p.md", "themes/default/templates/p.html", "static/p.txt"];
    fs::create_dir_all(project.path("themes/default/templates")).expect("folders can be made");
    for place in places {
        assert!(Command::new("mkfifo").arg(project.path(place)).status().expect("mkfifo runs").success());
    }
    let _socket = UnixListener::bind(project.path("content/s.md")).expect("a socket");
    symlink("p.md", project.path("content/l.md")).expect("links can be made");
    let mut run = Run::sdkb(&project, &["check"]).ends_with(1);
    for place in places.iter().chain(&["content/s.md", "content/l.md"]) {
        run = run.says(&format!("`{place}` is neither a file nor a folder"));
    }
    Run::sdkb(&project, &["build", "--allow-errors"]).ends_with(0);
    // Of settings, nobody can tell what they would say.
    for settings in ["sdkb.yml", "mkdocs.yml"] {
        let project = Project::new(GOOD);
        project.remove("sdkb.yml");
        assert!(Command::new("mkfifo").arg(project.path(settings)).status().expect("mkfifo runs").success());
        Run::sdkb(&project, &["build"]).ends_with(if settings == "sdkb.yml" { 2 } else { 0 });
    }
}

#[test]
fn what_may_not_be_read_is_a_finding_and_the_rest_is_built() {
    let project = Project::new(&format!("{GOOD}-- content/d.md --\n# D\n-- content/in/e.md --\n# E\n"));
    let lock = |path: &str, mode| {
        fs::set_permissions(project.path(path), fs::Permissions::from_mode(mode)).expect("permissions");
    };
    lock("content/d.md", 0);
    lock("content/in", 0);
    // Nothing is locked for root, who has to become somebody else first.
    let is_root = fs::read(project.path("content/d.md")).is_ok();
    // The program may stand where only root gets to.
    let program = project.folder.path().join("sdkb");
    if is_root {
        fs::set_permissions(project.folder.path(), fs::Permissions::from_mode(0o755)).expect("permissions");
        lock("", 0o777);
        fs::copy(env!("CARGO_BIN_EXE_sdkb"), &program).expect("files can be copied");
    }
    let build = |args: &[&str]| {
        let mut build = match is_root {
            true => Command::new("setpriv"),
            false => Command::new(env!("CARGO_BIN_EXE_sdkb")),
        };
        if is_root {
            build.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
        }
        Run::of(build.current_dir(project.path("")).arg("build").args(args))
    };
    let run = build(&["--allow-errors"]).ends_with(0);
    run.says("`content/d.md` cannot be read: Permission denied")
        .says("`content/in` cannot be read: Permission denied")
        .says(": 2 errors\n");
    assert!(files(&project.path("site")).len() > 10);
    lock("content/in", 0o755);
    // Without its settings, a project would be published as something else.
    lock("sdkb.yml", 0);
    let run = build(&[]).ends_with(1);
    run.says("`sdkb.yml` cannot be read: Permission denied").says("nothing was written");
}
