//! Commands that destroy something, as far as their words tell.
//!
//! A page marks them, and lets nobody copy them by accident. A false alarm makes the true ones weaker, so what
//! only reads, only pretends (`--dry-run`), or is put right by the system itself is none.

use super::{commands, is_language};

/// Programs that show their words and do nothing to them.
const HARMLESS: [&str; 15] = [
    "awk", "cat", "echo", "egrep", "grep", "head", "history", "jq", "less", "man", "printf", "rg", "sed",
    "tail", "yq",
];

/// Programs that run the command that follows.
pub const WRAPPERS: [&str; 21] = [
    "!", "command", "do", "doas", "elif", "else", "env", "exec", "if", "nice", "nohup", "sudo", "then",
    "time", "timeout", "until", "watch", "while", "xargs", "{", "}",
];

/// Options of theirs behind which a word stands that is no command yet: `sudo -u postgres`, `timeout -s KILL`.
pub const TAKING: [&str; 5] = ["-I", "-g", "-k", "-s", "-u"];

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
    if !is_language(language) {
        return None;
    }
    let mut text = String::with_capacity(code.len());
    for line in commands(code) {
        text.push_str(&code[line]);
        text.push('\n');
    }
    script(&text)
}

fn script(text: &str) -> Option<String> {
    simple_commands(text).iter().find_map(|words| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        command(&words)
    })
}

/// The simple commands of a script as words without their quotes.
fn simple_commands(text: &str) -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut word = None::<String>;
    let mut quote = None;
    let mut letters = text.chars().peekable();
    let end_word = |word: &mut Option<String>, found: &mut Vec<Vec<String>>| {
        if let (Some(word), Some(last)) = (word.take(), found.last_mut()) {
            last.push(word);
        }
    };
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('\\', None | Some('"')) => match letters.next() {
                Some('\n') | None => {}
                Some(next) => word.get_or_insert_default().push(next),
            },
            (_, Some(open)) if letter == open => quote = None,
            (_, Some(_)) => word.get_or_insert_default().push(letter),
            ('"' | '\'', None) => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            ('#', None) if word.is_none() => while letters.next_if(|&next| next != '\n').is_some() {},
            ('\n' | ';' | '&' | '|' | '(' | ')' | '`', None) => {
                end_word(&mut word, &mut found);
                found.push(Vec::new());
            }
            (' ' | '\t', None) => end_word(&mut word, &mut found),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    end_word(&mut word, &mut found);
    found.retain(|words| !words.is_empty());
    found
}

fn command(words: &[&str]) -> Option<String> {
    let is_setting = |word: &str| {
        word.split_once('=')
            .is_some_and(|(name, _)| name.chars().all(|letter| letter.is_alphanumeric() || letter == '_'))
    };
    let mut words = words;
    let mut is_wrapped = false;
    while let [first, rest @ ..] = words {
        let is_wrapper = WRAPPERS.contains(first);
        // What a wrapper itself is told: `sudo -u root`, `timeout 10`.
        let is_told =
            is_wrapped && (first.starts_with('-') || first.starts_with(|first: char| first.is_ascii_digit()));
        if !is_setting(first) && !is_wrapper && !is_told {
            break;
        }
        is_wrapped |= is_wrapper;
        let takes_name = is_told && TAKING.contains(first);
        words = &rest[usize::from(takes_name).min(rest.len())..];
    }
    let [program, args @ ..] = words else { return None };
    let program = program.rsplit('/').next().unwrap_or(program).trim_end_matches(".sh");
    let is_dry = args.iter().any(|word| word.starts_with("--dry-run") && *word != "--dry-run=none");
    if is_dry || HARMLESS.contains(&program) || args.contains(&"--help") || args.contains(&"can-i") {
        return None;
    }
    // What another shell or program is given to run.
    if let Some(at) = args.iter().position(|word| ["--", "-exec", "-execdir"].contains(word))
        && let found @ Some(_) = command(&args[at + 1..])
    {
        return found;
    }
    if ["ssh", "sh", "bash", "su", "eval", "pdsh"].contains(&program)
        && let found @ Some(_) = args.iter().filter(|word| word.contains(' ')).find_map(|word| script(word))
    {
        return found;
    }
    own(program, args)
        .or_else(|| verb(program, args))
        .or_else(|| {
            args.iter().filter(|word| word.contains(char::is_whitespace)).find_map(|word| statement(word))
        })
        .or_else(|| statement(&words.join(" ")))
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
    use super::destructive;

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
