//! Blocks of code, with what a reader has to know before copying them.

use pulldown_cmark::CodeBlockKind;

use super::writer::Writer;
use crate::parse::{fence, shell};
use crate::render::sanitize::place_of;

/// What authors write behind the language to say what a block does, where its words do not tell.
const DESTRUCTIVE: &str = "destructive";
const HARMLESS: &str = "harmless";

impl Writer<'_> {
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        let code = self.take_text();
        let info = match kind {
            CodeBlockKind::Fenced(info) => info,
            CodeBlockKind::Indented => "",
        };
        let language = shell::language(info);
        let says = |word: &str| words(info).any(|said| said == word);
        let destroys = match shell::destructive(language, &code) {
            _ if says(HARMLESS) => None,
            None if says(DESTRUCTIVE) => Some(String::new()),
            found => found,
        };
        let (title, destroys) = (fence::title(info), destroys.as_deref());
        if self.raw {
            let around = std::mem::take(&mut self.out);
            self.figure(language, title, &code, destroys);
            self.blocks.push(std::mem::replace(&mut self.out, around));
            self.block(&format!("{}\n", place_of(self.blocks.len() - 1)));
        } else {
            self.block("");
            self.figure(language, title, &code, destroys);
            self.out.push('\n');
        }
    }

    fn figure(&mut self, language: &str, title: Option<&str>, code: &str, destroys: Option<&str>) {
        self.out.push_str(r#"<figure class="code""#);
        if !language.is_empty() {
            self.attribute("data-lang", language);
        }
        if shell::dialect(language).is_some() {
            self.attribute("data-shell", "");
        }
        if let Some(what) = destroys {
            self.attribute("data-destructive", what);
        }
        self.out.push('>');
        if !language.is_empty() || title.is_some() || destroys.is_some() {
            self.enclosed("<figcaption>", language, "");
            if let Some(title) = title {
                self.enclosed(r#" <span class="code-title">"#, title, "</span>");
            }
            if let Some(what) = destroys {
                self.out.push_str(r#" <strong class="danger">Destructive"#);
                self.enclosed(if what.is_empty() { "" } else { ": " }, what, "</strong>");
            }
            self.out.push_str("</figcaption>");
        }
        self.out.push_str(r#"<pre tabindex="0"><code>"#);
        self.out.push_str(&(self.code)(language, code));
        self.out.push_str("</code></pre></figure>");
    }
}

/// The words of an info string behind the language: `destructive` of `bash destructive` and `{.bash .destructive}`.
fn words(info: &str) -> impl Iterator<Item = &str> {
    info.split([' ', '\t', ',', '{', '}']).skip(1).map(|word| word.trim_start_matches('.'))
}
