//! Code to HTML with the roles of its words as classes: `<span class="tok-k">if</span>`.
//!
//! The syntaxes are Sublime's, read by syntect. Its own HTML writer names every scope of every
//! token, which makes code 24 times longer; here a theme maps scopes to some twenty classes, and
//! what touches and has one class is one element. Shell is read here, as runbooks write it, and
//! its sessions are told apart into commands and output; PromQL,
//! for which there is no syntax, by a few rules. Where a command takes a value, that place is an element of its own,
//! and says how the shell reads it.

mod cache;
mod lines;
mod output;
mod promql;
mod scopes;
mod shell;
mod slots;

pub use cache::Cache;

use syntect::parsing::SyntaxReference;

use self::lines::Lines;
use self::output::Output;
use self::scopes::syntaxes;
use crate::text::control::escaped_code;

/// A line longer than this is data, and the time for it grows faster than its length.
const MAX_LINE: usize = 2_000;

/// So is a block longer than this.
const MAX_BLOCK: usize = 200_000;

/// Every class that highlighted code can have, sorted.
pub fn classes() -> &'static [&'static str] {
    &[
        "prompt", "slot", "tok-a", "tok-c", "tok-d", "tok-e", "tok-f", "tok-h", "tok-i", "tok-k", "tok-l",
        "tok-n", "tok-o", "tok-out", "tok-p", "tok-s", "tok-t", "tok-v", "tok-x", "tok-y",
    ]
}

/// `code` as HTML: escaped, and highlighted if the language is known. Letters that would not be seen are written out.
pub fn highlight(language: &str, code: &str) -> String {
    let code: &str = &escaped_code(code);
    let is_data = code.len() > MAX_BLOCK || code.lines().any(|line| line.len() > MAX_LINE);
    if let Some(script) = crate::parse::shell::read(language, code).filter(|_| !is_data) {
        return shell::highlight(code, &script);
    }
    let mut out = Output::new(code, Vec::new());
    let language = language.to_ascii_lowercase();
    match language.as_str() {
        _ if is_data => out.push("", code),
        "promql" => promql::highlight(code, &mut out),
        _ => match syntax(&language) {
            Some(syntax) => Lines::new(syntax).highlight(code, &mut out),
            None => out.push("", code),
        },
    }
    out.finish()
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = match language {
        "" | "text" | "txt" | "plain" | "plaintext" | "none" | "output" | "logql" => return None,
        "hcl" | "tf" => "terraform",
        "golang" => "go",
        "py" | "python3" | "pycon" => "python",
        "js" | "node" | "jsx" | "mjs" => "javascript",
        "ts" => "typescript",
        "yml" | "helm" => "yaml",
        "json5" | "jsonc" | "jsonl" | "ndjson" => "json",
        "docker" | "containerfile" => "dockerfile",
        "postgres" | "postgresql" | "psql" | "mysql" | "plsql" | "pgsql" => "sql",
        "patch" => "diff",
        "conf" | "cfg" | "properties" | "systemd" => "ini",
        "kt" => "kotlin",
        "c++" => "cpp",
        "c#" => "cs",
        "pwsh" | "ps1" => "powershell",
        other => other,
    };
    syntaxes().find_syntax_by_token(name)
}

#[cfg(test)]
mod tests {
    use super::scopes::{SCOPES, highlighter, theme};
    use super::*;
    use crate::parse::shell::{Dialect, LANGUAGES};

    fn text(html: &str) -> String {
        let mut out = String::new();
        for piece in html.split('<') {
            out.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        }
        out
    }

    #[test]
    fn languages_are_known_by_the_names_people_use() {
        for (language, code) in [
            ("bash", "for x in a; do echo \"$x\"; done"),
            ("zsh", "export A=1"),
            ("yaml", "a: b # c"),
            ("yml", "a: b"),
            ("json", "{\"a\": 1}"),
            ("sql", "select 1 from x where y = 'z'"),
            ("python", "def f(x): return None"),
            ("Go", "func main() { return }"),
            ("hcl", "resource \"a\" \"b\" { c = 1 }"),
            ("terraform", "variable \"a\" {}"),
            ("dockerfile", "FROM rust:1\nRUN cargo build"),
            ("toml", "[a]\nb = \"c\""),
            ("ini", "[a]\nb=c"),
            ("diff", "- a\n+ b"),
            ("xml", "<a b=\"c\">d</a>"),
            ("html", "<p class=\"a\">b</p>"),
            ("javascript", "const a = () => 1;"),
            ("typescript", "let a: string = 'b';"),
            ("java", "public class A {}"),
            ("kotlin", "fun main() { val a = 1 }"),
            ("rust", "fn main() {}"),
            ("promql", "rate(a{b=\"c\"}[5m])"),
            ("nginx", "server { listen 80; }"),
        ] {
            let html = highlight(language, code);
            assert!(html.contains("<span class=\"tok-"), "{language}: {html}");
            assert_eq!(text(&html), text(&highlight("text", code)), "{language}");
        }
        for language in ["", "text", "logql", "no-such-language", "é"] {
            assert_eq!(highlight(language, "a <b> & \"c\""), "a &lt;b&gt; &amp; \"c\"", "{language}");
        }
    }

    #[test]
    fn sessions_are_told_apart_into_prompt_command_and_output() {
        let prompt = |prompt: &str| format!("<span class=\"prompt\">{prompt} </span>");
        let html = highlight("console", "$ ls\na <b>\nroot@host:~# ls \\\n> -l\n$\n");
        for expected in [
            prompt("$") + "<span class=\"tok-f\">ls",
            "<span class=\"tok-out\">a &lt;b&gt;\n</span>".into(),
            prompt("root@host:~#"),
        ] {
            assert!(html.contains(&expected), "{expected}\n{html}");
        }
        assert_eq!(html.matches("tok-out").count(), 1, "{html}");
        assert_eq!(html.matches("prompt").count(), 4, "{html}");
        assert!(highlight("console", "[a@b c]$ ls").contains("prompt"));
        assert!(highlight("console", "costs 5 $ a day\nx@y no").starts_with("<span class=\"tok-out\">costs"));
        // A here-document is part of its command.
        let html = highlight("console", "$ cat <<-'EOF' > x\n$ a\nEOF\nb\n");
        assert_eq!((html.matches("prompt").count(), html.matches("tok-out").count()), (1, 1), "{html}");
        assert!(highlight("console", "$ cat <<EOF\na").contains("tok-out"));
        // An open quote in one command says nothing about the next.
        assert!(
            highlight("console", "$ echo \"a\n$ ls").contains(&(prompt("$") + "<span class=\"tok-f\">ls"))
        );
    }

    #[test]
    fn scripts_may_show_a_prompt() {
        let html = highlight("bash", "$ ls -l\n# comment\necho > x");
        assert!(html.starts_with("<span class=\"prompt\">$ </span><span class=\"tok-f\">ls"), "{html}");
        assert!(html.contains("<span class=\"tok-c\"># comment"), "{html}");
        assert!(!highlight("sh", "echo $ x").contains("prompt"));
    }

    #[test]
    fn a_place_for_a_value_is_an_element_of_its_own() {
        let html = highlight("sh", "kill \"$PID of <this one>\" <x-y>");
        for expected in [
            "<span class=\"slot\" data-name=\"PID\" data-in=\"double\" data-takes=\"any\" data-first=\"-\">",
            "<span class=\"slot\" data-name=\"this one\" data-in=\"double\" data-takes=\"any\">",
            "<span class=\"slot\" data-name=\"x-y\" data-takes=\"any\" data-first=\"-\">",
        ] {
            assert!(html.contains(expected), "{expected}\n{html}");
        }
        assert_eq!(text(&html), "kill \"$PID of &lt;this one&gt;\" &lt;x-y&gt;");
        assert_eq!(html.matches("<span").count(), html.matches("</span>").count(), "{html}");
        let inner = highlight("sh", "logcli query '{pod=\"$POD\"}'");
        assert!(inner.contains("data-in=\"single\" data-takes=\"any\" data-inner=\"&quot;\""), "{inner}");
        let again = highlight("sh", "ssh db-1 'ls <folder>'");
        assert!(again.contains("data-in=\"single\" data-first=\"-%+@=,\" data-why=\"ssh reads"), "{again}");
        // The block itself says what this is.
        assert!(!highlight("sh", "POD=$(get)\nkill $POD").contains("slot"));
        assert!(!highlight("yaml", "a: $POD").contains("slot"));
    }

    #[test]
    fn each_language_of_commands_is_one_in_every_respect() {
        for (language, dialect) in LANGUAGES {
            let prompt = if dialect == Dialect::Session { "$ " } else { "" };
            let html = highlight(language, &format!("{prompt}kubectl logs $POD"));
            assert!(html.contains("<span class=\"tok-f\">kubectl"), "{language}: {html}");
            assert!(html.contains("data-name=\"POD\""), "{language}: {html}");
        }
    }

    #[test]
    fn promql_is_read_by_its_roles() {
        let html = highlight("promql", "sum by (a) (rate(b{c=~\"d\"}[5m])) > 1 # e");
        for (class, word) in [
            ("tok-f", "sum"),
            ("tok-k", "by"),
            ("tok-f", "rate"),
            ("tok-a", "c"),
            ("tok-o", "=~"),
            ("tok-s", "\"d\""),
            ("tok-n", "5m"),
            ("tok-c", "# e"),
        ] {
            assert!(html.contains(&format!("<span class=\"{class}\">{word}")), "{class} {word}\n{html}");
        }
        assert_eq!(text(&highlight("promql", "\"\\")), "\"\\");
    }

    #[test]
    fn every_class_is_declared() {
        let mut classes: Vec<_> = SCOPES.iter().map(|(_, class)| *class).collect();
        classes.extend(["prompt", "slot", "tok-o", "tok-out"]);
        classes.sort_unstable();
        classes.dedup();
        assert_eq!(classes, super::classes());
        assert_eq!(highlighter().get_default().foreground.r, 0);
        assert_eq!(theme().scopes.len(), SCOPES.len());
    }

    #[test]
    fn data_is_not_highlighted() {
        let line = format!("a: {}", "b".repeat(MAX_LINE));
        assert_eq!(highlight("yaml", &line), line);
        let block = "a: b\n".repeat(MAX_BLOCK / 5 + 1);
        assert_eq!(highlight("yaml", &block), block);
    }
}
