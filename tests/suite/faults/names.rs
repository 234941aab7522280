//! Files and folders with names that nobody expects, and links between them.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Run, files};
use crate::project::{GOOD, Project};

#[test]
fn names_of_all_sorts_are_published_and_linked() {
    let project = Project::new(GOOD);
    let names = [
        "a b",
        "a & 'c' #1",
        "d\"q",
        "-dash",
        "100%",
        "%41",
        "h#sh",
        "wh?t",
        "a<b>",
        "back\\slash",
        "new\nline",
        "tab\t",
        "back`tick",
        "-ünï-",
        "e\u{301}",
        "🔥",
        "a:b",
        "a;b",
        "a|b",
        "*",
        "{x}",
        "{{ x }}",
        "[x]",
        "(x)",
        "trailing ",
        " lead",
        "a.b.c",
        "x.md",
        "CON",
        "\u{202e}gnp",
        "esc\u{1b}[31m",
        "del\u{7f}",
        "$HOME",
        "@",
        "~",
        "a+b=c",
    ];
    let mut links = "# Links\n\n".to_owned();
    for name in names {
        project.write(&format!("content/notes/{name}.md"), "# A note\n");
        links += &format!("- [x]({}.md)\n", utf8_percent_encode(name, NON_ALPHANUMERIC));
    }
    // As a person writes them.
    links += "\n[s](<a b.md>) [p](<100%.md>) [nfc](é.md) [nfd](e\u{301}.md) [[a b]] [[-ünï-]]\n";
    project.write("content/notes/links.md", &links);
    project.builds(&[]);
    let page = project.read("site/notes/links.html");
    let hrefs: Vec<&str> =
        page.split("<li><a href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for name in names {
        assert!(project.path(&format!("site/notes/{name}.html")).is_file(), "{name:?}");
        let href = hrefs.iter().find(|href| {
            percent_encoding::percent_decode_str(href)
                .decode_utf8()
                .is_ok_and(|url| url == format!("{name}.html"))
        });
        assert!(
            href.is_some_and(|href| href.bytes().all(|byte| byte.is_ascii_graphic())),
            "{name:?}: {hrefs:?}"
        );
    }
    assert!(page.contains("<a href=\"e%CC%81.html\">nfc</a>"), "a link leads to the file as it is stored");
}

#[test]
fn the_longest_names_are_cut_where_the_site_has_no_room_for_them() {
    let long = "n".repeat(252);
    let umlauts = "ü".repeat(126);
    let project = Project::new(&format!(
        "{GOOD}-- content/{long}.md --\n# Long\n-- content/{umlauts}.md --\n# Umlauts\n-- content/m{}.md --\n# Like it\n\
         [to]({long}.md) [to]({umlauts}.md)\n-- content/{long}/x.md --\n# In a folder\n",
        &long[1..]
    ));
    project.builds(&[]);
    let site = files(&project.path("site"));
    for title in ["<title>Long", "<title>Umlauts", "<title>Like it", "<title>In a folder"] {
        let pages = site.values().filter(|page| String::from_utf8_lossy(page).contains(title)).count();
        assert_eq!(pages, 1, "{title}");
    }
}

#[test]
fn names_that_are_no_text_are_findings() {
    let project = Project::new(GOOD);
    fs::write(project.path("content").join(OsStr::from_bytes(b"caf\xe9.md")), "# X\n").expect("a file");
    let run = Run::sdkb(&project, &["check"]).ends_with(1);
    run.says("`content/caf\u{fffd}.md` has a name that is no UTF-8").says("help: give it a name in UTF-8");
    Run::sdkb(&project, &["build", "--allow-errors"]).ends_with(0);
}

#[test]
fn addresses_that_some_hosts_take_for_one_are_findings() {
    let project = Project::new(&format!(
        "{GOOD}-- content/X.md --\n# X\n-- content/x.md --\n# x\n-- content/é.md --\n# Composed\n-- \
         content/e\u{301}.md --\n# Decomposed\n-- content/y.markdown --\n# Y\n-- content/y.md --\n# Y\n\
         -- content/z.md --\n# Z\n-- content/z.html/in.md --\n# In\n"
    ));
    let run = Run::sdkb(&project, &["check"]).ends_with(1).says(": 4 errors\n");
    run.says("address `x.html` differs from `X.html` only in case")
        .says("only in how accents are stored")
        .says("second document at the address `y.html`")
        .says("address `z.html` is that of a folder");
    // Whoever publishes all the same still gets every document.
    Run::sdkb(&project, &["build", "--allow-errors"]).ends_with(0);
    for page in
        ["X.html", "x-2.html", "y.html", "y-2.html", "z-2.html", "z.html/in.html", "z.html/index.html"]
    {
        assert!(project.path("site").join(page).is_file(), "{page}");
    }
}

#[test]
fn links_that_loop_or_lead_out_are_findings_and_bring_nothing_in() {
    let project = Project::new(&format!(
        "{GOOD}-- content/real/e.md --\n# E\n![x](../picture.png)\n-- ../secret/secret.md --\n# Secret words\n"
    ));
    for (to, from) in [
        ("..", "content/real/loop"),
        (".", "content/self"),
        ("two.md", "content/one.md"),
        ("one.md", "content/two.md"),
        ("../../secret/secret.md", "content/out.md"),
        ("../../secret/secret.md", "content/picture.png"),
        ("../../secret", "content/folder"),
        ("/etc", "content/etc"),
        ("/dev/zero", "content/endless.md"),
        ("nothing", "content/dangling.md"),
        ("real", "content/inside"),
        ("../secret", "static"),
        ("../secret", "kinds"),
        ("../secret", "themes"),
    ] {
        symlink(to, project.path(from)).expect("links can be made");
    }
    let mut run = Run::sdkb(&project, &["check"]).ends_with(1);
    for message in [
        "`content/real/loop` is a link to a folder that holds it",
        "`content/self` is a link to a folder that holds it",
        "`content/one.md` cannot be read: Too many levels of symbolic links",
        "`content/out.md` is a link that leads out of the project",
        "`content/picture.png` is a link that leads out of the project",
        "`content/folder` is a link that leads out of the project",
        "`content/etc` is a link that leads out of the project",
        "`content/endless.md` is a link that leads out of the project",
        "`content/dangling.md` is a link to nothing",
        "`static` is a link that leads out of the project",
        "`kinds` is a link that leads out of the project",
    ] {
        run = run.says(message);
    }
    Run::sdkb(&project, &["build", "--allow-errors"]).ends_with(0);
    assert!(project.path("site/inside/e.html").is_file(), "links inside of the project are followed");
    for (path, bytes) in files(&project.path("site")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("Secret words"), "{}", path.display());
    }
}

#[test]
fn settings_that_are_no_file_of_the_project_are_not_passed_over() {
    for place in ["../settings.yml", "/dev/zero", "nothing", "content"] {
        let project = Project::new(&format!("{GOOD}-- ../settings.yml --\ntitle: Elsewhere\n"));
        project.remove("sdkb.yml");
        symlink(place, project.path("sdkb.yml")).expect("links can be made");
        Run::sdkb(&project, &["build"]).ends_with(2).says("error: `sdkb.yml` is no file of the project");
        assert!(!project.path("site").exists());
    }
    // Those of other generators are only looked at.
    let project = Project::new("-- docs/a.md --\n# A\n");
    symlink("/dev/zero", project.path("mkdocs.yml")).expect("links can be made");
    Run::sdkb(&project, &["build"]).ends_with(0);
}

#[test]
fn full_and_deep_folders_are_published() {
    let mut text = GOOD.to_owned();
    for number in 0..3_000 {
        text += &format!(
            "-- content/full/n{number}.md --\n# N {number}\n\n[next](n{}.md)\n",
            (number + 1) % 3_000
        );
    }
    let deep = "d/".repeat(200);
    text += &format!("-- content/{deep}x.md --\n# Deep\n\n[up]({}full/n7.md)\n", "../".repeat(200));
    let project = Project::new(&text);
    Run::sdkb(&project, &["build"]).ends_with(0).says(": no findings");
    let page = project.read(&format!("site/{deep}x.html"));
    assert!(page.contains(&format!("href=\"{}full/n7.html\"", "../".repeat(200))), "{page}");
    assert!(project.path("site/full/n2999.html").is_file());
}
