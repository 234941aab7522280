//! Footnotes: numbers where they are referred to, texts at the end.

use std::collections::BTreeSet;

use super::state::Reference;
use super::writer::Writer;

impl Writer<'_> {
    pub(super) fn note_reference(&mut self, name: &str) {
        let next = self.notes.used.len();
        let number = *self.notes.numbers.entry(name.to_string()).or_insert(next);
        if number == next {
            self.notes.used.push((name.to_string(), 0));
        }
        self.notes.used[number].1 += 1;
        let reference = (number, self.notes.used[number].1);
        self.notes.references.push(reference);
        let id = reference_id(reference);
        let number = number + 1;
        self.own(&format!("<sup class=\"footnote\"><a href=\"#fn-{number}\" id=\"{id}\">{number}</a></sup>"));
    }

    pub(super) fn start_note(&mut self, name: &str) {
        let around = (std::mem::take(&mut self.out), std::mem::take(&mut self.notes.references));
        self.notes.around.push((around, name.to_string()));
    }

    pub(super) fn end_note(&mut self) {
        if let Some(((out, references), name)) = self.notes.around.pop() {
            let text = std::mem::replace(&mut self.out, out);
            let references = std::mem::replace(&mut self.notes.references, references);
            self.notes.texts.entry(name).or_insert((text, references));
        }
    }

    /// Writes the footnotes that are referred to, each with a way back for every reference.
    pub(super) fn notes(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        if notes.used.is_empty() {
            return;
        }
        // A definition without a reference, or that is not the first of its name, is not on the page.
        let texts = notes.used.iter().filter_map(|(name, _)| notes.texts.get(name));
        let shown = texts.flat_map(|(_, references)| references).chain(&notes.references);
        let shown: BTreeSet<Reference> = shown.copied().collect();
        self.block("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        for (number, (name, _)) in notes.used.iter().enumerate() {
            let text = notes.texts.get(name).map_or("", |(text, _)| text.as_str()).trim_end();
            let (text, close) = text.strip_suffix("</p>").map_or((text, ""), |text| (text, "</p>"));
            self.out.push_str(&format!("<li id=\"fn-{}\">{text}", number + 1));
            for &reference in shown.range((number, 0)..(number + 1, 0)) {
                let id = reference_id(reference);
                self.own(&format!(
                    " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"Back to the text\">↩</a>"
                ));
            }
            self.out.push_str(close);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}

fn reference_id((number, reference): Reference) -> String {
    let number = number + 1;
    if reference == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{reference}") }
}
