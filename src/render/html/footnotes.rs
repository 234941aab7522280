//! Footnotes: numbers where they are referred to, texts at the end.

use rustc_hash::FxHashMap;

use super::Writer;

/// Footnotes, numbered as they are first referred to.
#[derive(Default)]
pub(super) struct Notes {
    numbers: FxHashMap<String, usize>,
    /// For each number, the name and how often it is referred to.
    used: Vec<(String, usize)>,
    texts: FxHashMap<String, String>,
    /// The text around each definition that is open, and its name.
    pub(super) around: Vec<(String, String)>,
}

impl Writer<'_> {
    pub(super) fn note_reference(&mut self, name: &str) {
        let next = self.notes.used.len();
        let number = *self.notes.numbers.entry(name.to_string()).or_insert(next);
        if number == next {
            self.notes.used.push((name.to_string(), 0));
        }
        self.notes.used[number].1 += 1;
        let id = reference_id(number, self.notes.used[number].1);
        let number = number + 1;
        self.out.push_str(&format!(
            "<sup class=\"footnote\"><a href=\"#fn-{number}\" id=\"{id}\">{number}</a></sup>"
        ));
    }

    pub(super) fn end_note(&mut self) {
        if let Some((around, name)) = self.notes.around.pop() {
            let text = std::mem::replace(&mut self.out, around);
            self.notes.texts.entry(name).or_insert(text);
        }
    }

    /// Writes the footnotes that are referred to, each with a way back for every reference.
    pub(super) fn notes(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        if notes.used.is_empty() {
            return;
        }
        self.block("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        for (number, (name, references)) in notes.used.iter().enumerate() {
            let text = notes.texts.get(name).map_or("", String::as_str).trim_end();
            let (text, close) = text.strip_suffix("</p>").map_or((text, ""), |text| (text, "</p>"));
            self.out.push_str(&format!("<li id=\"fn-{}\">{text}", number + 1));
            for reference in 1..=*references {
                let id = reference_id(number, reference);
                self.out.push_str(&format!(
                    " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"Back to the text\">↩</a>"
                ));
            }
            self.out.push_str(close);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}

fn reference_id(number: usize, reference: usize) -> String {
    let number = number + 1;
    if reference == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{reference}") }
}
