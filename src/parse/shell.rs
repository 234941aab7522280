//! Commands for a shell: what in them has to be filled in before they can be run.

use std::ops::Range;

/// Languages of code blocks that hold commands.
const LANGUAGES: [&str; 9] =
    ["bash", "sh", "shell", "zsh", "console", "shell-session", "shellsession", "sh-session", "terminal"];

/// Variables that a shell, or the account of whoever works in it, sets by itself.
const KNOWN: [&str; 40] = [
    "AWS_DEFAULT_REGION",
    "AWS_PROFILE",
    "AWS_REGION",
    "BASH",
    "COLUMNS",
    "DISPLAY",
    "EDITOR",
    "EUID",
    "HOME",
    "HOSTNAME",
    "IFS",
    "KUBECONFIG",
    "LANG",
    "LINENO",
    "LINES",
    "LOGNAME",
    "OLDPWD",
    "OPTARG",
    "OPTIND",
    "OSTYPE",
    "PATH",
    "PIPESTATUS",
    "PPID",
    "PS1",
    "PWD",
    "RANDOM",
    "REPLY",
    "SECONDS",
    "SHELL",
    "SHLVL",
    "SSH_AUTH_SOCK",
    "TERM",
    "TMPDIR",
    "TZ",
    "UID",
    "USER",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
];

/// Something in a command that is not its text yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blank<'a> {
    /// `<pod>`.
    Placeholder(&'a str),
    /// `$POD` or `${POD}`.
    Variable(&'a str),
}

/// Whether a code block with this info string holds commands.
pub fn is_language(info: &str) -> bool {
    let language = info.trim_start().split(|end: char| end.is_whitespace() || "{,".contains(end)).next();
    language.is_some_and(|language| LANGUAGES.iter().any(|known| known.eq_ignore_ascii_case(language)))
}

/// The blanks in a fenced code block, with their places in it. What a session shows as output, comments, and
/// variables that another program reads in single quotes, are none.
pub fn blanks(block: &str) -> Vec<(Range<usize>, Blank<'_>)> {
    let mut scanner = Scanner { block, found: Vec::new(), quote: None, heredoc: None };
    for line in commands(block) {
        scanner.line(line);
    }
    scanner.found
}

/// What stands behind the name of a variable that is set.
const SETTING: [&str; 4] = ["=", "+=", "++", "--"];

/// Words behind which the names of variables stand.
const DECLARING: [&str; 9] =
    ["for", "select", "export", "local", "declare", "readonly", "read", "mapfile", "getopts"];

/// Whether a block runs a file in its own shell, which may set any variable.
pub fn sources(block: &str) -> bool {
    let commands = commands(block);
    let mut firsts = commands.iter().map(|line| block[line.clone()].split_whitespace().next());
    firsts.any(|first| matches!(first, Some("source" | ".")))
}

/// The names that a block gives a value to.
pub fn assigned(block: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let lines = commands(block).into_iter().filter(|line| !block[line.clone()].starts_with('#'));
    for command in lines.flat_map(|line| block[line].split([';', '&', '|', '('])) {
        let mut declares = false;
        for word in command.split_whitespace() {
            let name = &word[..name_length(word)];
            if !name.is_empty()
                && (SETTING.iter().any(|sign| word[name.len()..].starts_with(sign))
                    || (declares && name == word && word != "in"))
            {
                names.push(name);
            }
            declares = (declares && word != "in") || DECLARING.contains(&word);
        }
    }
    names
}

/// The lines of a fenced block that are commands, without prompts: in a session, those behind a prompt.
fn commands(block: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in block.split_inclusive('\n') {
        // A block can stand in a list or a quotation.
        let text = line.trim_start_matches([' ', '\t', '>']);
        lines.push(at + line.len() - text.len()..at + line.trim_end().len());
        at += line.len();
    }
    let is_fence = |line: &Range<usize>| {
        block.get(line.clone()).is_some_and(|line| line.starts_with("```") || line.starts_with("~~~"))
    };
    lines.retain(|line| line.start <= line.end && !is_fence(line));
    let is_prompt = |line: &Range<usize>| block[line.clone()].starts_with("$ ");
    if !lines.iter().any(is_prompt) {
        return lines;
    }
    let mut goes_on = false;
    lines.retain_mut(|line| {
        let is_command = goes_on || is_prompt(line);
        goes_on = is_command && block[line.clone()].ends_with('\\');
        if is_prompt(line) {
            line.start += "$ ".len();
        }
        is_command
    });
    lines
}

struct Scanner<'a> {
    block: &'a str,
    found: Vec<(Range<usize>, Blank<'a>)>,
    /// The quote that is open.
    quote: Option<char>,
    /// The word that ends a text in which variables stay as they are.
    heredoc: Option<&'a str>,
}

impl<'a> Scanner<'a> {
    fn line(&mut self, line: Range<usize>) {
        let block = self.block;
        if let Some(end) = self.heredoc {
            if block[line].trim() == end {
                self.heredoc = None;
            }
            return;
        }
        let mut at = line.start;
        while let Some(letter) = block[at..line.end].chars().next() {
            let rest = &block[at..line.end];
            let next = at + letter.len_utf8();
            match letter {
                '\\' if self.quote != Some('\'') => {
                    at = next + rest[1..].chars().next().map_or(0, char::len_utf8);
                    continue;
                }
                '\'' | '"' if self.quote.is_none() => self.quote = Some(letter),
                '\'' | '"' if self.quote == Some(letter) => self.quote = None,
                '#' if self.quote.is_none() && is_start(&block[line.start..at]) => return,
                '$' if self.quote != Some('\'') => self.variable(at, rest),
                '<' => self.angle(at, rest, &block[..at]),
                _ => {}
            }
            at = next;
        }
    }

    fn variable(&mut self, at: usize, rest: &'a str) {
        let (name, length) = match rest[1..].strip_prefix('{') {
            Some(inner) => {
                let name = &inner[..name_length(inner)];
                // `${NAME:-default}` says itself what to do without a value.
                let is_plain = inner[name.len()..].starts_with(['}', '#', '%', '/', '^', ',']);
                (if is_plain { name } else { "" }, name.len() + 3)
            }
            None => (&rest[1..][..name_length(&rest[1..])], name_length(&rest[1..]) + 1),
        };
        if !name.is_empty() && KNOWN.binary_search(&name).is_err() {
            let end = (at + length).min(at + rest.len());
            self.found.push((at..end, Blank::Variable(name)));
        }
    }

    fn angle(&mut self, at: usize, rest: &'a str, before: &str) {
        if let Some(quoted) = rest.strip_prefix("<<") {
            let quoted = quoted.trim_start_matches(['-', ' ']);
            for quote in ['\'', '"'] {
                if let Some(word) = quoted.strip_prefix(quote).and_then(|word| word.split(quote).next()) {
                    self.heredoc = Some(word);
                }
            }
            return;
        }
        let Some(end) = rest.find('>') else { return };
        let name = &rest[1..end];
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.ends_with(|last: char| last.is_alphanumeric())
            && name.chars().all(|letter| letter.is_alphanumeric() || " _-./|:".contains(letter))
            && !name.contains("://");
        // `a<b and c>d` compares.
        let is_apart = !before.ends_with(|last: char| last.is_alphanumeric() || last == '<');
        // Markup has a closing tag somewhere.
        let is_markup = self.block.contains(&format!("</{name}>"));
        if is_name && is_apart && !is_markup {
            self.found.push((at..at + end + 1, Blank::Placeholder(name)));
        }
    }
}

/// Whether a comment can begin behind `before`.
fn is_start(before: &str) -> bool {
    before.is_empty() || before.ends_with(char::is_whitespace)
}

/// The length of the name that `text` begins with.
fn name_length(text: &str) -> usize {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return 0;
    }
    text.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{Blank, assigned, blanks};

    fn found(block: &str) -> Vec<String> {
        let found = blanks(block).into_iter().map(|(place, blank)| match blank {
            Blank::Placeholder(name) => {
                assert_eq!(&block[place], format!("<{name}>"));
                format!("<{name}>")
            }
            Blank::Variable(name) => {
                assert!(block[place].starts_with('$'));
                format!("${name}")
            }
        });
        found.collect()
    }

    #[test]
    fn finds_what_has_to_be_filled_in() {
        for (block, expected) in [
            ("kubectl -n <namespace> logs $POD", vec!["<namespace>", "$POD"]),
            ("curl \"https://${HOST}/x?q=<search term>\"", vec!["$HOST", "<search term>"]),
            ("jq '.a[$i]' < in.json > out.json", vec![]),
            ("awk '{ print $1, $NF }' \"$FILE\"", vec!["$FILE"]),
            ("cat <<EOF\n$NAME\nEOF", vec!["$NAME"]),
            ("cat <<'EOF'\n$NAME <x>\nEOF\necho $B", vec!["$B"]),
            ("# set $IT to <something>\ntrue # not $THAT", vec![]),
            ("$ get pods -n <ns>\npod-<hash>  $1  $OUT\n$ rm \\\n  $POD", vec!["<ns>", "$POD"]),
            ("echo $HOME ${X:-1} $(date) $$ $? $1 \\$Y", vec![]),
            ("curl -d '<query>a</query>' localhost", vec![]),
            ("sort <in >out; diff <(a) <(b)", vec![]),
            ("psql -c 'where a<b and c>d' # <https://a.example/>", vec![]),
            ("curl <https://a.example/x>", vec![]),
        ] {
            assert_eq!(found(&format!("```sh\n{block}\n```")), expected, "{block}");
        }
    }

    #[test]
    fn knows_what_a_block_sets() {
        assert!(super::sources("```sh\n. ./env.sh\n```") && !super::sources("./env.sh"));
        let block =
            "# N=1\nA=1; export B C=2\nfor d in x y; do read -r E F; done\nif [ $x = y ]; then G=$(x); fi";
        assert_eq!(assigned(block), ["A", "B", "C", "d", "E", "F", "G"]);
    }
}
