//! Commands for a shell: what in them has to be filled in before they can be run.

use std::ops::Range;

use super::raw_html;

/// Languages of code blocks that hold commands.
const LANGUAGES: [&str; 9] =
    ["bash", "sh", "shell", "zsh", "console", "shell-session", "shellsession", "sh-session", "terminal"];

/// Variables that a shell, or the account of whoever works in it, sets by itself.
const KNOWN: [&str; 44] = [
    "AWS_DEFAULT_REGION",
    "AWS_PROFILE",
    "AWS_REGION",
    "BASH",
    "BASH_SOURCE",
    "CI",
    "COLUMNS",
    "DISPLAY",
    "EDITOR",
    "EUID",
    "FUNCNAME",
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
    "SUDO_USER",
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

/// What programs print in angle brackets.
const PRINTED: [&str; 8] = ["none", "pending", "unknown", "nil", "null", "invalid", "unset", "no value"];

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
            declares = (declares && word != "in") || DECLARING.contains(&word) || word == "-v";
        }
    }
    // `${NAME:=default}`.
    for (at, _) in block.match_indices("${") {
        let name = &block[at + 2..][..name_length(&block[at + 2..])];
        if block[at + 2 + name.len()..].trim_start_matches(':').starts_with('=') {
            names.push(name);
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
    if !lines.iter().any(|line| prompt(&block[line.clone()]) > 0) {
        return lines;
    }
    let mut goes_on = false;
    lines.retain_mut(|line| {
        let prompt = prompt(&block[line.clone()]);
        let is_command = goes_on || prompt > 0;
        goes_on = is_command && block[line.clone()].ends_with('\\');
        line.start += prompt;
        is_command
    });
    lines
}

/// The length of the prompt that a line begins with: `$ `, or `root@db-1:~# `.
fn prompt(line: &str) -> usize {
    let Some((first, _)) = line.split_once(' ') else { return 0 };
    let is_prompt = first == "$" || (first.contains('@') && first.ends_with(['$', '#']));
    if is_prompt { first.len() + 1 } else { 0 }
}

struct Scanner<'a> {
    block: &'a str,
    found: Vec<(Range<usize>, Blank<'a>)>,
    /// The quote that is open.
    quote: Option<char>,
    /// The word that ends the text that is open, and whether variables in it stay as they are.
    heredoc: Option<(&'a str, bool)>,
}

impl<'a> Scanner<'a> {
    fn line(&mut self, line: Range<usize>) {
        let block = self.block;
        let in_text = match self.heredoc {
            Some((end, _)) if block[line.clone()].trim() == end => {
                self.heredoc = None;
                return;
            }
            Some((_, is_quoted)) if is_quoted => return,
            heredoc => heredoc.is_some(),
        };
        let mut opened = None;
        let mut at = line.start;
        while let Some(letter) = block[at..line.end].chars().next() {
            let rest = &block[at..line.end];
            let next = at + letter.len_utf8();
            match letter {
                '\\' if self.quote != Some('\'') => {
                    at = next + rest[1..].chars().next().map_or(0, char::len_utf8);
                    continue;
                }
                '\'' | '"' if self.quote.is_none() && !in_text => self.quote = Some(letter),
                '\'' | '"' if self.quote == Some(letter) => self.quote = None,
                '<' if rest.starts_with("<<<") => {
                    at += "<<<".len();
                    continue;
                }
                '<' if self.quote.is_none() && rest.starts_with("<<") => {
                    opened = heredoc(&rest["<<".len()..]).or(opened);
                    at += "<<".len();
                    continue;
                }
                '#' if self.quote.is_none() && !in_text && is_start(&block[line.start..at]) => break,
                '$' if self.quote != Some('\'') => self.variable(at, rest),
                '<' => self.angle(at, rest, &block[..at]),
                _ => {}
            }
            at = next;
        }
        self.heredoc = opened.or(self.heredoc);
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
        // Names that begin with a dash below belong to some program.
        let is_own = name.starts_with('_') || KNOWN.binary_search(&name).is_ok();
        if !name.is_empty() && !is_own {
            let end = (at + length).min(at + rest.len());
            self.found.push((at..end, Blank::Variable(name)));
        }
    }

    fn angle(&mut self, at: usize, rest: &'a str, before: &str) {
        let Some(end) = rest.find('>') else { return };
        let name = &rest[1..end];
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.ends_with(|last: char| last.is_alphanumeric())
            && name.chars().all(|letter| letter.is_alphanumeric() || " _-./|".contains(letter))
            && !PRINTED.contains(&name.to_lowercase().as_str())
            && !raw_html::is_element(name);
        // `<dump.sql 2>log` reads one file and writes another.
        let is_name = is_name && name.rsplit_once(' ').is_none_or(|(_, last)| last.parse::<u8>().is_err());
        // `a<b and c>d` compares.
        let is_apart = !before.ends_with(|last: char| last.is_alphanumeric() || last == '<');
        // Markup has a closing tag somewhere.
        let is_markup = self.block.contains(&format!("</{name}>"));
        if is_name && is_apart && !is_markup {
            self.found.push((at..at + end + 1, Blank::Placeholder(name)));
        }
    }
}

/// The word that ends the text which begins on the next line, and whether variables in it stay as they are.
fn heredoc(rest: &str) -> Option<(&str, bool)> {
    let word = rest.trim_start_matches(['-', ' ']);
    let quoted = word.strip_prefix(['\'', '"', '\\']);
    let word = quoted.unwrap_or(word);
    let length = name_length(word);
    (length > 0).then(|| (&word[..length], quoted.is_some()))
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
            ("jq .id <<<\"$JSON\"\nkubectl delete pod <pod>", vec!["$JSON", "<pod>"]),
            ("cat <<EOF\ndon't $A\nEOF\necho $B", vec!["$A", "$B"]),
            ("cat <<\\EOF\n$A\nEOF\necho $B", vec!["$B"]),
            ("mysql shop <dump.sql 2>&1; grep '<title>' x; echo '<br>'", vec![]),
            ("root@db-1:~# kubectl get svc\nweb  <none>  $OUT\nroot@db-1:~# rm $POD", vec!["$POD"]),
            ("echo $_ $BASH_SOURCE \"rate(x[$__rate_interval])\"", vec![]),
        ] {
            assert_eq!(found(&format!("```sh\n{block}\n```")), expected, "{block}");
        }
    }

    #[test]
    fn knows_what_a_block_sets() {
        assert!(super::sources("```sh\n. ./env.sh\n```") && !super::sources("./env.sh"));
        let block = "# N=1\nA=1; export B C=2\nfor d in x y; do read -r E F; done; : ${H:=1}; printf -v I 1\nif [ $x = y ]; then G=$(x); fi";
        assert_eq!(assigned(block), ["A", "B", "C", "d", "E", "F", "I", "G", "H"]);
    }
}
