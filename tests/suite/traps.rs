//! Every setting of git that can start a program, and programs that leave a mark where they were run.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::project::git;

/// A way to start a program: its name, the settings that it needs, in which `{}` stands for the program, and
/// arguments with which plain git runs it. Without arguments, that takes a terminal, a network or a user.
pub(crate) struct Trap(
    pub(crate) &'static str,
    pub(crate) &'static [&'static str],
    pub(crate) &'static [&'static str],
);

#[rustfmt::skip]
pub(crate) const TRAPS: &[Trap] = &[
    Trap("alias", &["alias.trap=!{}"], &["trap"]),
    Trap("alternates", &["core.alternateRefsCommand={}"], &[]),
    Trap("askpass", &["core.askPass={}"], &["credential", "fill"]),
    Trap("browser", &["browser.trap.cmd={}", "web.browser=trap", "help.browser=trap"], &[]),
    Trap("browser-path", &["browser.firefox.path={}"], &[]),
    Trap("clean", &["filter.trap.clean={}"], &["add", "--renormalize", "."]),
    Trap("credential", &["credential.helper=!{}"], &["credential", "fill"]),
    Trap("credential-url", &["credential.https://x.example.helper=!{}"], &["credential", "fill"]),
    Trap("diff-command", &["diff.command.command={}"], &["diff", "HEAD~1", "HEAD", "--", "content/handbook/c.md"]),
    Trap("diff-external", &["diff.external={}"], &["diff", "HEAD~1", "HEAD"]),
    Trap("difftool", &["difftool.trap.cmd={}", "diff.tool=trap", "diff.guitool=trap"], &["difftool", "--no-prompt", "HEAD~1", "HEAD"]),
    Trap("difftool-path", &["difftool.meld.path={}"], &["difftool", "--no-prompt", "--tool=meld", "HEAD~1", "HEAD"]),
    Trap("editor", &["core.editor={}"], &["commit", "--amend"]),
    Trap("ext", &["remote.origin.url=ext::{} x", "protocol.ext.allow=always"], &["fetch", "origin"]),
    Trap("fsmonitor", &["core.fsmonitor={}"], &["status"]),
    Trap("gc-hook", &["gc.recentObjectsHook={}"], &[]),
    Trap("gpg", &["gpg.program={}", "log.showSignature=true"], &["log"]),
    Trap("gpg-format", &["gpg.openpgp.program={}", "gpg.x509.program={}", "gpg.ssh.program={}", "log.showSignature=true"], &["log"]),
    Trap("gpg-key", &["gpg.ssh.defaultKeyCommand={}"], &["-c", "gpg.format=ssh", "commit", "--allow-empty", "-S", "-m", "x"]),
    Trap("gui", &["guitool.trap.cmd={}"], &[]),
    Trap("hooks", &["core.hooksPath={}-folder"], &["commit", "--allow-empty", "-m", "x"]),
    Trap("imap", &["imap.tunnel={}"], &[]),
    Trap("include", &["include.path={}.config", "includeIf.gitdir:**.path={}.config"], &["status"]),
    Trap("insteadof", &["url.ext::{} x .insteadOf=https://x.example/", "url.ext::{} x .pushInsteadOf=https://y.example/", "protocol.ext.allow=always"], &["fetch", "https://x.example/y"]),
    Trap("instaweb", &["instaweb.httpd={}", "instaweb.browser={}"], &[]),
    Trap("interactive", &["interactive.diffFilter={}"], &[]),
    Trap("man", &["man.trap.cmd={}", "man.viewer=trap"], &[]),
    Trap("man-path", &["man.konqueror.path={}"], &[]),
    Trap("merge", &["merge.trap.driver={}"], &[]),
    Trap("mergetool", &["mergetool.trap.cmd={}", "merge.tool=trap", "merge.guitool=trap"], &[]),
    Trap("mergetool-path", &["mergetool.meld.path={}"], &[]),
    Trap("pack-hook", &["uploadpack.packObjectsHook={}"], &[]),
    Trap("pager", &["core.pager={}"], &[]),
    Trap("pager-command", &["pager.log={}", "pager.diff={}", "pager.config={}"], &[]),
    Trap("process", &["filter.process.process={}"], &["add", "--renormalize", "content/handbook/c.md"]),
    Trap("proxy", &["core.gitProxy={}"], &["fetch", "git://x.example/y"]),
    Trap("receive-pack", &["remote.origin.receivepack={}"], &["-c", "remote.origin.url=.", "push", "origin", "HEAD:x"]),
    Trap("sendemail", &["sendemail.smtpServer={}", "sendemail.sendmailCmd={}", "sendemail.toCmd={}", "sendemail.ccCmd={}", "sendemail.headerCmd={}"], &[]),
    Trap("sequence", &["sequence.editor={}"], &["rebase", "--interactive", "--autostash", "HEAD~1"]),
    Trap("smudge", &["filter.trap.smudge={}"], &["checkout", "HEAD~1", "--", "content/handbook/b.md"]),
    Trap("ssh", &["core.sshCommand={}"], &["fetch", "ssh://x.example/y"]),
    Trap("submodule", &["submodule.trap.update=!{}"], &[]),
    Trap("tar", &["tar.trap.command={}"], &["archive", "--format=trap", "HEAD"]),
    Trap("textconv", &["diff.trap.textconv={}"], &["diff", "HEAD~1", "HEAD", "--", "content/handbook/b.md"]),
    Trap("trailer", &["trailer.trap.command={}"], &["interpret-trailers", "--trailer", "trap:x"]),
    Trap("trailer-cmd", &["trailer.trap.cmd={}"], &["interpret-trailers", "--trailer", "trap:x"]),
    Trap("vcs", &["remote.origin.vcs=ext", "remote.origin.url={} x", "protocol.ext.allow=always"], &["fetch", "origin"]),
    Trap("upload-pack", &["remote.origin.uploadpack={}"], &["-c", "remote.origin.url=.", "fetch", "origin"]),
];

/// Settings whose names look as if they started programs, and that don't.
pub(crate) const HARMLESS: &[&str] = &[
    "color.pager",
    "column.clean",
    "core.logAllRefUpdates",
    "diff.<driver>.cachetextconv",
    "gitcvs.dbDriver",
    "http.proxy",
    "notes.rewrite.<command>",
    "rebase.rescheduleFailedExec",
    "receive.shallowUpdate",
    "remote.<name>.proxy",
    "remote.<name>.skipDefaultUpdate",
    "rerere.autoUpdate",
];

/// Programs that leave marks, in a folder of their own.
pub(crate) struct Marks(tempfile::TempDir);

impl Marks {
    pub(crate) fn new() -> Self {
        let marks = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir(marks.path("marks")).expect("it can be made");
        for Trap(name, ..) in TRAPS {
            marks.program(Path::new(name));
        }
        fs::write(
            marks.path("include.config"),
            format!("[core]\nfsmonitor = {}\n", marks.program(Path::new("include"))),
        )
        .expect("it can be written");
        for hook in [
            "pre-commit",
            "post-commit",
            "post-index-change",
            "post-checkout",
            "reference-transaction",
            "pre-auto-gc",
        ] {
            let hook = Path::new("hooks-folder").join(hook);
            fs::create_dir_all(marks.path("hooks-folder")).expect("it can be made");
            fs::copy(marks.path("hooks"), marks.path(&hook.to_string_lossy())).expect("it can be copied");
        }
        marks
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A program that marks that it was run. Returns its path.
    fn program(&self, path: &Path) -> String {
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = format!("#!/bin/sh\n: > '{}'\nexit 1\n", self.path("marks").join(&*name).display());
        let path = self.0.path().join(path);
        fs::write(&path, text).expect("it can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
        path.display().to_string()
    }

    /// The settings of a trap, as names and values.
    pub(crate) fn settings(&self, trap: &Trap) -> Vec<(String, String)> {
        let program = self.path(trap.0).display().to_string();
        let settings = trap.1.iter().map(|setting| {
            // The name of a setting may hold `=`, and its value too: the value begins behind the last dot's word.
            let (name, value) = setting.split_at(setting.find('=').expect("a value"));
            (name.replace("{}", &program), value[1..].replace("{}", &program))
        });
        settings.collect()
    }

    pub(crate) fn all_settings(&self) -> Vec<(String, String)> {
        TRAPS.iter().flat_map(|trap| self.settings(trap)).collect()
    }

    /// All settings as a file of git.
    pub(crate) fn config(&self, more: &[(&str, &str)]) -> String {
        let path = self.path("all.config");
        let _ = fs::remove_file(&path);
        let more = more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        for (name, value) in self.all_settings().into_iter().chain(more) {
            git(self.0.path(), &["config", "--file", "all.config", "--add", &name, &value]);
        }
        fs::read_to_string(path).expect("it was written")
    }

    /// Takes the marks away. Returns whose they were.
    pub(crate) fn take(&self) -> BTreeSet<String> {
        let found = fs::read_dir(self.path("marks"))
            .expect("it is there")
            .map(|entry| entry.expect("it is there").path());
        let names = found.map(|path| {
            fs::remove_file(&path).expect("it can be removed");
            path.file_name().expect("a name").to_string_lossy().into_owned()
        });
        names.collect()
    }
}

/// The name of a setting without the part that users choose: `diff.*.textconv`.
pub(crate) fn general(setting: &str) -> String {
    let name = setting.split('=').next().unwrap_or(setting).to_lowercase();
    match (name.find('.'), name.rfind('.')) {
        (Some(first), Some(last)) if first < last => format!("{}.*{}", &name[..first], &name[last..]),
        (Some(first), _) if ["alias", "pager"].contains(&&name[..first]) => format!("{}.*", &name[..first]),
        _ => name,
    }
}
