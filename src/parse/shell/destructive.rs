//! Commands that destroy something, as far as their words tell.
//!
//! A page marks them, and asks before it copies them. A false alarm makes the true ones weaker, so what
//! only reads, only pretends (`--dry-run`), or is restored by the system itself is not marked.

use super::language::{Dialect, dialect};
use super::programs;
use super::session;

/// Programs that show their words and do nothing to them.
const HARMLESS: [&str; 15] = [
    "awk", "cat", "echo", "egrep", "grep", "head", "history", "jq", "less", "man", "printf", "rg", "sed",
    "tail", "yq",
];

/// Programs that do nothing else.
const PROGRAMS: [&str; 13] = [
    "dropdb", "dropuser", "halt", "lvremove", "poweroff", "pvremove", "reboot", "shred", "shutdown",
    "truncate", "userdel", "vgremove", "wipefs",
];

/// What commands of all kinds call it.
const VERBS: [&str; 11] = [
    "delete",
    "destroy",
    "drain",
    "flushall",
    "flushdb",
    "obliterate",
    "prune",
    "purge",
    "uninstall",
    "wipe",
    "zap",
];

/// How such words begin in cloud command lines: `aws ec2 terminate-instances`.
const VERB_BEGINNINGS: [&str; 5] = ["delete-", "destroy-", "purge-", "reboot-", "terminate-"];

/// How words begin behind which there are only names: `aws rds describe-events --source-type delete`.
const READING: [&str; 9] =
    ["create", "describe", "explain", "get", "history", "list", "logs", "show", "status"];

/// Programs in which to remove is to lose.
const REMOVERS: [&str; 10] =
    ["aws", "ceph", "docker", "etcdctl", "gsutil", "mc", "nerdctl", "podman", "redis-cli", "terraform"];

/// What in a block of code destroys something, in its own words: `kubectl delete`. Nothing, if nothing does.
pub fn destructive(language: &str, code: &str) -> Option<String> {
    let is_sql =
        ["sql", "psql", "mysql", "postgresql", "cql"].iter().any(|sql| sql.eq_ignore_ascii_case(language));
    if is_sql {
        return statement(code);
    }
    script(dialect(language)?, code, 0)
}

/// Scripts in arguments of scripts are read this deep.
const MAX_DEPTH: usize = 4;

fn script(dialect: Dialect, text: &str, depth: usize) -> Option<String> {
    let read = session::read(dialect, text);
    let commands = read.commands.iter().find_map(|found| {
        let words: Vec<&str> = found.words.iter().map(|word| word.text.as_str()).collect();
        command(words.get(programs::first(&found.words)..)?, depth)
    });
    commands.or_else(|| {
        read.documents.iter().find_map(|(reader, span)| {
            let reader = reader.and_then(|reader| programs::program(&read.commands.get(reader)?.words));
            let (program, _) = reader?;
            let code = &text[span.clone()];
            let again = SHELLS.contains(&program) && depth < MAX_DEPTH;
            let own = if again { script(Dialect::Script, code, depth + 1) } else { None };
            own.or_else(|| if HARMLESS.contains(&program) { None } else { statement(code) })
        })
    })
}

/// Programs that run commands which they are given as text.
const SHELLS: [&str; 15] = [
    "ash", "bash", "csh", "dash", "eval", "fish", "ksh", "pdsh", "runuser", "sh", "ssh", "su", "tcsh",
    "watch", "zsh",
];

/// What a command destroys. It may run others: those behind `--`, of `find -exec`, and of shells.
fn command(words: &[&str], depth: usize) -> Option<String> {
    let mut chain = vec![programs::unwrapped(words)];
    while chain.len() < MAX_DEPTH
        && let Some(at) = chain.last()?.iter().position(|word| ["--", "-exec", "-execdir"].contains(word))
    {
        chain.push(programs::unwrapped(&chain.last()?[at + 1..]));
    }
    let harmless = chain.iter().position(|words| is_harmless(words)).unwrap_or(chain.len());
    // What a program is given to run says more than the program.
    chain[..harmless].iter().rev().find_map(|words| simple_command(words, depth))
}

/// Whether a command only shows its words, or only pretends.
fn is_harmless(words: &[&str]) -> bool {
    let is_dry = |word: &&str| word.starts_with("--dry-run") && *word != "--dry-run=none";
    words.first().is_some_and(|program| HARMLESS.contains(&name(program)))
        || words.iter().any(|word| is_dry(word) || ["--help", "can-i"].contains(word))
}

/// The name of a program, without its folder and its ending.
fn name(program: &str) -> &str {
    program.rsplit('/').next().unwrap_or(program).trim_end_matches(".sh")
}

fn simple_command(words: &[&str], depth: usize) -> Option<String> {
    let [program, args @ ..] = words else { return None };
    let program = name(program);
    let texts = || args.iter().filter(|word| word.contains(char::is_whitespace));
    // Another shell may be an argument itself: `kubectl exec db-0 -- sh -c '...'`.
    let inner = if depth < MAX_DEPTH && words.iter().any(|word| SHELLS.contains(&name(word))) {
        texts().find_map(|text| script(Dialect::Script, text, depth + 1))
    } else {
        None
    };
    inner
        .or_else(|| own(program, args))
        .or_else(|| verb(program, args))
        .or_else(|| texts().find_map(|text| statement(text)))
        .or_else(|| statement(&words[..words.len().min(12)].join(" ")))
}

/// What single programs are dangerous for.
fn own(program: &str, args: &[&str]) -> Option<String> {
    let has = |wanted: &str| args.contains(&wanted);
    let short = |letters: &str| {
        let flags = args.iter().filter(|word| word.starts_with('-') && !word.starts_with("--"));
        flags.flat_map(|word| word.chars()).any(|letter| letters.contains(letter))
    };
    let said = |words: &str| Some(words.to_owned());
    match program {
        "rm" if short("rR") || has("--recursive") => said(if short("f") { "rm -rf" } else { "rm -r" }),
        "dd" => args
            .iter()
            .any(|word| word.starts_with("of=") && *word != "of=/dev/null")
            .then(|| "dd of=".into()),
        "git" if has("push") && (short("f") || args.iter().any(|word| word.starts_with("--force"))) => {
            said("git push --force")
        }
        "git" if has("reset") && has("--hard") => said("git reset --hard"),
        "git" if has("clean") && short("f") => said("git clean -f"),
        "find" if has("-delete") => said("find -delete"),
        "crontab" if has("-r") => said("crontab -r"),
        "iptables" | "ip6tables" if has("-F") || has("--flush") => Some(format!("{program} -F")),
        "init" if has("0") || has("6") => said("init"),
        "systemctl" => ["reboot", "poweroff", "halt"]
            .into_iter()
            .find(|word| has(word))
            .map(|word| format!("systemctl {word}")),
        "curl" | "http" | "wget" => {
            let deletes =
                |pair: &[&str]| ["-X", "--request", "--method"].contains(&pair[0]) && pair[1] == "DELETE";
            let is_deletion = args.windows(2).any(deletes) || has("-XDELETE") || has("--request=DELETE");
            is_deletion.then(|| format!("{program} -X DELETE"))
        }
        "kubectl" | "oc"
            if has("scale")
                && (has("--replicas=0") || args.windows(2).any(|pair| pair == ["--replicas", "0"])) =>
        {
            Some(format!("{program} scale --replicas=0"))
        }
        _ if PROGRAMS.contains(&program) || program.starts_with("mkfs") => said(program),
        _ => None,
    }
}

/// A word or flag that means the same for most programs.
fn verb(program: &str, args: &[&str]) -> Option<String> {
    let plain =
        args.iter().filter(|word| word.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-'));
    // What comes later is a name, and no command.
    for word in plain.filter(|word| !word.starts_with('-')).take(5) {
        let verb = word.to_lowercase();
        if READING.iter().any(|start| verb.starts_with(start)) {
            break;
        }
        let is_removal =
            REMOVERS.contains(&program) && ["del", "rb", "remove", "rm"].contains(&verb.as_str());
        let is_verb =
            VERBS.contains(&verb.as_str()) || VERB_BEGINNINGS.iter().any(|start| verb.starts_with(start));
        if is_removal || is_verb {
            return Some(format!("{program} {word}"));
        }
    }
    let flag = args.iter().find(|word| ["--delete", "--force", "--force=true", "-destroy"].contains(word))?;
    Some(format!("{program} {flag}"))
}

/// What SQL statements destroy.
fn statement(text: &str) -> Option<String> {
    let lines = text.lines().map(|line| line.split("--").next().unwrap_or_default());
    let text = lines.collect::<Vec<_>>().join(" ");
    text.split(';').find_map(|statement| {
        let words: Vec<String> = statement.split_whitespace().take(12).map(str::to_uppercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["DROP", what, _, ..] if what.chars().all(|letter| letter.is_ascii_alphabetic()) => {
                Some(format!("DROP {what}"))
            }
            ["TRUNCATE", _, ..] => Some("TRUNCATE".to_owned()),
            ["DELETE", "FROM", ..] => Some("DELETE FROM".to_owned()),
            ["ALTER", _, _, "DROP", what, ..] => Some(format!("DROP {what}")),
            ["SELECT", call, ..] if call.starts_with("PG_DROP_") => {
                Some(call.split('(').next()?.to_lowercase())
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::language::LANGUAGES;
    use super::{Dialect, destructive, dialect};

    #[test]
    fn commands_that_run_commands_are_followed_only_so_far() {
        for runs in ["x -- ", "x -exec ", "sudo ", "$(x ", "sh -c 'x ", "`x ", "<(x ", "{ ", "if "] {
            assert_eq!(destructive("sh", &runs.repeat(20_000)), None, "{runs}");
        }
    }

    #[test]
    fn tells_what_destroys() {
        for (code, expected) in [
            ("rm -rf /var/lib/x", "rm -rf"),
            ("sudo -u root rm --recursive x", "rm -r"),
            ("timeout -s KILL 10 rm -rf x", "rm -rf"),
            ("$ kubectl -n shop delete pod web-1\npod \"web-1\" deleted", "kubectl delete"),
            ("kubectl drain node-1 --ignore-daemonsets", "kubectl drain"),
            ("kubectl scale deploy/web --replicas=0", "kubectl scale --replicas=0"),
            ("kubectl exec -it db-0 -- rm -rf /data", "rm -rf"),
            ("ssh db-1 'systemctl stop x; rm -rf /data'", "rm -rf"),
            ("dash -c 'rm -rf /data'", "rm -rf"),
            ("helm uninstall web", "helm uninstall"),
            ("terraform destroy", "terraform destroy"),
            ("terraform apply -destroy", "terraform -destroy"),
            ("terraform state rm a.b", "terraform rm"),
            ("git push -f origin main", "git push --force"),
            ("git push --force-with-lease", "git push --force"),
            ("A=1 B=2 shutdown -h now", "shutdown"),
            ("dd if=a of=/dev/sda", "dd of="),
            ("aws --region x ec2 terminate-instances --instance-ids i", "aws terminate-instances"),
            ("aws s3 rm s3://a --recursive", "aws rm"),
            ("psql -c 'drop table users'", "DROP TABLE"),
            ("psql -c \"\n  DELETE FROM users\n  WHERE id = 1;\n\"", "DELETE FROM"),
            ("psql <<SQL\nbegin;\ndrop index a;\nSQL", "DROP INDEX"),
            ("redis-cli -h x FLUSHALL", "redis-cli FLUSHALL"),
            ("kafka-topics.sh --topic x --delete", "kafka-topics --delete"),
            ("curl -s -X DELETE localhost:9200/a", "curl -X DELETE"),
            ("for i in a b; do\n  etcdctl del $i\ndone", "etcdctl del"),
            ("kubectl get pods | xargs -n 1 kubectl delete pod", "kubectl delete"),
            ("find /x -name y -delete", "find -delete"),
            ("find /x -exec rm -r {} +", "rm -r"),
            ("chown a b && mkfs.ext4 /dev/sdb", "mkfs.ext4"),
            ("kubectl delete pod x --grace-period=0 --force", "kubectl delete"),
            ("kubectl replace --force -f x.yaml", "kubectl --force"),
        ] {
            assert_eq!(destructive("sh", code).as_deref(), Some(expected), "{code}");
        }
        for prompt in ["# ", "[root@db-1 ~]# ", "root@db-1:/srv# ", "bash-5.2# ", "/ # ", "(venv) $ ", "% "] {
            let session = format!("{prompt}rm -rf /var/lib/data\n");
            assert_eq!(destructive("console", &session).as_deref(), Some("rm -rf"), "{session}");
        }
        assert_eq!(
            destructive("console", "$ sudo -i\n# systemctl poweroff\n").as_deref(),
            Some("systemctl poweroff")
        );
        for (language, _) in LANGUAGES {
            let prompt = if dialect(language) == Some(Dialect::Session) { "$ " } else { "" };
            let found = destructive(language, &format!("{prompt}rm -rf /data"));
            assert_eq!(found.as_deref(), Some("rm -rf"), "{language}");
        }
        assert_eq!(destructive("sql", "-- first\nDROP INDEX a;").as_deref(), Some("DROP INDEX"));
        assert_eq!(destructive("SQL", "alter table a drop column b").as_deref(), Some("DROP COLUMN"));
    }

    #[test]
    fn says_nothing_of_the_rest() {
        for code in [
            "",
            "kubectl delete pod x --dry-run=client",
            "kubectl auth can-i delete pods",
            "kubectl get pods # then delete one",
            "$ kubectl get events\nweb  delete  drop table",
            "grep -r 'rm -rf' .",
            "echo drop table x",
            "rm /tmp/a",
            "rm -f /tmp/a",
            "kubectl rollout restart deploy/delete-me",
            "pip install --force-reinstall x",
            "dd if=/dev/sda of=/dev/null",
            "git push origin main; ls -f",
            "kubectl logs -l app=drain",
            "psql -c 'select * from deleted; select truncate(1.5)'",
            "aws rds describe-events --source-type delete",
            "curl -X POST localhost/delete",
            "terraform plan",
        ] {
            assert_eq!(destructive("bash", code), None, "{code}");
        }
        assert_eq!(destructive("yaml", "rm -rf /"), None);
        assert_eq!(destructive("sql", "select 1 -- drop table"), None);
    }
}
