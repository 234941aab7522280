//! What programs do with their arguments, as far as that is known of them.

use super::token::{Role, Word};

/// Programs that run the command that follows.
pub(super) const WRAPPERS: [&str; 21] = [
    "!", "command", "do", "doas", "elif", "else", "env", "exec", "if", "nice", "nohup", "sudo", "then",
    "time", "timeout", "until", "watch", "while", "xargs", "{", "}",
];

/// Options of wrappers that take an operand: `sudo -u postgres`, `timeout -s KILL`.
pub(super) const OPERAND_OPTIONS: [&str; 5] = ["-I", "-g", "-k", "-s", "-u"];

/// Wrappers that run what follows with its words unchanged.
const TRANSPARENT: [&str; 6] = ["command", "doas", "nice", "nohup", "sudo", "timeout"];

/// Programs that read a file where a value begins with `@`.
pub(super) const READ_FILES: [&str; 1] = ["curl"];

/// Programs to which all arguments are names, numbers or text.
const DATA: [&str; 62] = [
    "amtool",
    "basename",
    "cat",
    "cd",
    "chgrp",
    "chmod",
    "chown",
    "cksum",
    "cmp",
    "comm",
    "cp",
    "curl",
    "cut",
    "df",
    "diff",
    "dig",
    "dirname",
    "du",
    "echo",
    "egrep",
    "fgrep",
    "file",
    "fold",
    "getent",
    "grep",
    "groups",
    "head",
    "host",
    "hostname",
    "id",
    "journalctl",
    "kill",
    "ln",
    "logger",
    "ls",
    "lsof",
    "md5sum",
    "mkdir",
    "mv",
    "nl",
    "nslookup",
    "paste",
    "pgrep",
    "pidof",
    "ping",
    "pkill",
    "ps",
    "pwd",
    "readlink",
    "realpath",
    "rev",
    "rm",
    "rmdir",
    "sha256sum",
    "ss",
    "stat",
    "tac",
    "tail",
    "touch",
    "uniq",
    "wc",
    "whoami",
];

/// Programs of which one argument is in a language that can't run or write anything.
const LANGUAGE: [&str; 3] = ["jq", "logcli", "promtool"];

/// Programs to which all arguments of these commands are names or numbers.
const SUBCOMMANDS: [(&[&str], &[&str]); 4] = [
    (
        &["kubectl", "oc"],
        &["cordon", "delete", "describe", "drain", "get", "logs", "rollout", "scale", "top", "uncordon"],
    ),
    (
        &["docker", "nerdctl", "podman"],
        &[
            "images", "inspect", "kill", "logs", "port", "ps", "restart", "rm", "start", "stats", "stop",
            "top",
        ],
    ),
    (
        &["systemctl"],
        &[
            "disable",
            "enable",
            "is-active",
            "is-enabled",
            "reload",
            "restart",
            "show",
            "start",
            "status",
            "stop",
        ],
    ),
    (&["helm"], &["get", "history", "list", "rollback", "status", "uninstall"]),
];

/// Programs that evaluate expressions in their arguments or their input.
pub(super) const EVALUATORS: [&str; 22] = [
    "awk",
    "clickhouse-client",
    "cqlsh",
    "gawk",
    "influx",
    "jq",
    "lua",
    "mariadb",
    "mawk",
    "mongo",
    "mongosh",
    "mysql",
    "node",
    "perl",
    "php",
    "psql",
    "python",
    "python2",
    "python3",
    "ruby",
    "sqlite3",
    "yq",
];

/// Those of them that read data from a pipe, and no program.
pub(super) const READ_DATA: [&str; 5] = ["awk", "gawk", "jq", "mawk", "yq"];

/// Programs that print their arguments.
pub(super) const PRINTERS: [&str; 3] = ["echo", "print", "printf"];

/// Those of them whose first argument is an expression, and options before one.
pub(super) const EXPRESSION_FIRST: [&str; 6] = ["awk", "gawk", "jq", "mawk", "sqlite3", "yq"];
pub(super) const EXPRESSION_OPTIONS: [&str; 7] = ["-c", "-e", "-E", "-Q", "--command", "--eval", "--execute"];

/// Programs that read their arguments or their input once more: as commands, or in a language that can run them.
const READ_AGAIN: [&str; 62] = [
    "ash",
    "awk",
    "bash",
    "chroot",
    "crontab",
    "csh",
    "dash",
    "env",
    "eval",
    "exec",
    "expect",
    "find",
    "fish",
    "flock",
    "gawk",
    "gdb",
    "git",
    "ksh",
    "less",
    "lua",
    "make",
    "mawk",
    "mosh",
    "mysql",
    "node",
    "nsenter",
    "parallel",
    "pdsh",
    "perl",
    "php",
    "psql",
    "python",
    "python2",
    "python3",
    "read",
    "redis-cli",
    "rsync",
    "ruby",
    "runuser",
    "screen",
    "script",
    "sed",
    "setsid",
    "sh",
    "source",
    "sqlite3",
    "ssh",
    "strace",
    "su",
    "sudo",
    "systemd-run",
    "tar",
    "tcsh",
    "time",
    "tmux",
    "trap",
    "unshare",
    "vi",
    "vim",
    "watch",
    "xargs",
    "zsh",
];

/// How the words of a command are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// Each argument is data.
    Data,
    /// One of them is in a language that can't run anything.
    Language,
    /// This program reads them once more.
    Again(String),
    /// It is not known what this program does with them.
    Unknown(String),
}

/// The number of the word that is run: behind assignments, wrappers and their options.
pub(super) fn first(words: &[Word]) -> usize {
    behind_wrappers(words.iter().map(|word| (word.text.as_str(), word.role != Role::Argument)))
}

/// The words of a command from the one that is run.
pub(super) fn unwrapped<'s, 'w>(words: &'s [&'w str]) -> &'s [&'w str] {
    let first = behind_wrappers(words.iter().map(|word| (*word, is_setting(word))));
    words.get(first..).unwrap_or_default()
}

/// How many words are before the one that is run. Of each, its text, and whether it is no word that can be run.
fn behind_wrappers<'w>(words: impl Iterator<Item = (&'w str, bool)>) -> usize {
    let (mut is_wrapped, mut is_operand, mut count) = (false, false, 0);
    for (text, is_other) in words {
        let is_wrapper = WRAPPERS.contains(&text);
        // What a wrapper itself takes: `sudo -u root`, `timeout 10`.
        let is_option =
            is_wrapped && (text.starts_with('-') || text.starts_with(|first: char| first.is_ascii_digit()));
        if !(is_operand || is_wrapper || is_option || is_other || (is_wrapped && is_setting(text))) {
            return count;
        }
        is_operand = !is_operand && is_option && OPERAND_OPTIONS.contains(&text);
        is_wrapped |= is_wrapper;
        count += 1;
    }
    count
}

/// `NAME=value`.
fn is_setting(word: &str) -> bool {
    word.split_once('=')
        .is_some_and(|(name, _)| name.chars().all(|letter| letter.is_alphanumeric() || letter == '_'))
}

/// The name of the program that a command runs, without its folder, and its arguments.
pub(super) fn program(words: &[Word]) -> Option<(&str, &[Word])> {
    let [program, args @ ..] = words.get(first(words)..)? else { return None };
    Some((base(&program.text), args))
}

/// The name of a program without its folder.
pub(super) fn base(program: &str) -> &str {
    program.rsplit('/').next().unwrap_or(program)
}

/// What becomes of the words of a command.
pub(super) fn reading(words: &[Word]) -> Reading {
    let wrappers = &words[..first(words).min(words.len())];
    let is_plain_option = |text: &str| {
        matches!(text, "-n" | "-E" | "-H" | "-u" | "-g")
            || text.starts_with(|first: char| first.is_ascii_digit())
    };
    let mut takes_name = false;
    for word in wrappers.iter().filter(|word| word.role == Role::Argument) {
        let text = word.text.as_str();
        if !takes_name && !TRANSPARENT.contains(&text) && !is_plain_option(text) {
            return Reading::Again(text.to_owned());
        }
        takes_name = !takes_name && OPERAND_OPTIONS.contains(&text);
    }
    let Some((program, args)) = program(words) else { return Reading::Data };
    let args = || args.iter().filter(|word| word.role == Role::Argument).map(|word| word.text.as_str());
    let unknown = || Reading::Unknown(program.to_owned());
    // An option that names a program, or settings that may.
    let hooks =
        ["config", "command", "exec", "program", "plugin", "hook", "script", "eval", "compress", "http"];
    if args().any(|arg| arg.starts_with('-') && hooks.iter().any(|hook| arg.contains(hook))) {
        return unknown();
    }
    if READ_AGAIN.contains(&program) {
        return Reading::Again(program.to_owned());
    }
    match program {
        "printf" => {
            // Where zsh formats a number, it calculates.
            let format = args().next().unwrap_or("%");
            let is_text = !format.replace("%s", "").contains(['%', '$', '<']) && !format.starts_with('-');
            if is_text { Reading::Data } else { Reading::Again(program.to_owned()) }
        }
        "curl" if args().any(curl_reads) => unknown(),
        _ if LANGUAGE.contains(&program) => Reading::Language,
        _ if DATA.contains(&program) => Reading::Data,
        _ => {
            let known = SUBCOMMANDS.iter().find(|(programs, _)| programs.contains(&program));
            let is_data = known.is_some_and(|(_, verbs)| {
                // What follows `--` is a command.
                verb(args()).is_some_and(|verb| verbs.contains(&verb)) && !args().any(|arg| arg == "--")
            });
            if is_data { Reading::Data } else { unknown() }
        }
    }
}

/// The first argument that is neither an option nor the value of one.
fn verb<'w>(mut args: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    loop {
        match args.next()? {
            "-n" | "--namespace" | "--context" | "--cluster" | "--user" => {
                args.next();
            }
            option if option.starts_with('-') => {}
            verb => return Some(verb),
        }
    }
}

/// Whether an option of `curl` names a file: of settings, or to write.
fn curl_reads(arg: &str) -> bool {
    let short = arg.starts_with('-') && !arg.starts_with("--") && arg.contains(['K', 'o', 'O', 'T', 'F']);
    short
        || ["--output", "--remote-name", "--upload-file", "--form", "--netrc-file"]
            .iter()
            .any(|name| arg.starts_with(name))
}
