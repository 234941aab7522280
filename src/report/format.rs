//! A report as text: for people in a terminal, for pages of a forge, for spreadsheets and programs.

use super::figures::{Cell, Datum, Figures, Length, Row};
use super::json::{ReportJson, json, paths};
use super::reports::Report;
use super::scope::Scope;
use crate::knowledge_base::KnowledgeBase;
use crate::model::DocumentId;
use crate::model::field_type::length;
use crate::text::table::{aligned, comma_separated};

/// A report that was made, with what it takes to write it.
pub struct Written<'a> {
    /// The project.
    pub base: &'a KnowledgeBase,
    /// The report.
    pub report: &'a Report,
    /// What it was asked for.
    pub scope: &'a Scope,
    /// What it says.
    pub figures: &'a Figures,
}

/// What a length of time is for people.
pub fn length_text(of: Length) -> String {
    if of.is_at_least { format!("at least {}", length(of.seconds)) } else { length(of.seconds) }
}

impl Written<'_> {
    /// A table below the other, for people in a terminal.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.head());
        for table in &self.figures.tables {
            text += &format!("\n{}\n", table.title);
            if table.rows.is_empty() {
                text += "none\n";
            } else {
                let heads = table.columns.iter().map(|column| column.label.clone()).collect();
                let rows = table.rows.iter().map(|row| self.cells(row));
                text += &aligned(&std::iter::once(heads).chain(rows).collect::<Vec<Vec<String>>>());
            }
            text.extend(table.notes.iter().map(|note| format!("{note}\n")));
        }
        self.add_rest(&mut text, "\n", "");
        text
    }

    /// Tables of markdown, for a pull request or an issue.
    pub fn markdown(&self) -> String {
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('|', "\\|").replace('\n', " ");
        let mut text = format!("# {}\n\n{}\n", self.report.title(), self.head());
        for table in &self.figures.tables {
            text += &format!("\n## {}\n\n", table.title);
            if table.rows.is_empty() {
                text += "None.\n";
            } else {
                let line = |cells: Vec<String>| {
                    format!(
                        "| {} |\n",
                        cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | ")
                    )
                };
                text += &line(table.columns.iter().map(|column| column.label.clone()).collect());
                text += &line(table.columns.iter().map(|_| "---".to_owned()).collect());
                text.extend(table.rows.iter().map(|row| line(self.cells(row))));
            }
            text.extend(table.notes.iter().map(|note| format!("\n{note}\n")));
        }
        self.add_rest(&mut text, "\n", "- ");
        text
    }

    /// One table of all tables: the first column names the table that a row is of, and a row has no value in columns of
    /// others. Lengths of time are in seconds, and the last column holds the paths of the documents behind a row.
    ///
    /// # Errors
    ///
    /// If a line can't be written, which memory alone decides.
    pub fn csv(&self) -> Result<String, csv::Error> {
        let mut names: Vec<String> = Vec::new();
        let name = |column: &super::figures::Column| match column.unit {
            Some(_) => format!("{}_seconds", column.name),
            None => column.name.clone(),
        };
        for column in self.figures.tables.iter().flat_map(|table| &table.columns) {
            let name = name(column);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut lines = vec![[&["table".to_owned()], names.as_slice(), &["records".to_owned()]].concat()];
        for table in &self.figures.tables {
            let place = |column| names.iter().position(|known| *known == name(column)).unwrap_or_default();
            let places: Vec<usize> = table.columns.iter().map(place).collect();
            for row in &table.rows {
                let mut line = vec![String::new(); names.len() + 2];
                line[0].clone_from(&table.name);
                for (at, cell) in places.iter().zip(&row.cells) {
                    line[at + 1] = self.raw(cell);
                }
                line[names.len() + 1] = paths(self.base, &row.records()).join(" ");
                lines.push(line);
            }
        }
        comma_separated(lines)
    }

    /// Everything, for programs.
    pub fn json(&self) -> ReportJson<'_> {
        json(self.base, self.report.id, self.scope, self.figures)
    }

    /// As of when, and what was asked for.
    fn head(&self) -> String {
        let title = |document: &Option<DocumentId>| {
            document.map(|document| self.base.graph.documents[document].title.clone())
        };
        let parts = [title(&self.scope.squad), title(&self.scope.service), self.scope.period()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let scope = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
        format!("{} as of {}{scope}", self.report.title(), self.scope.as_of)
    }

    /// What follows the tables: what there is to know, and what was left out.
    fn add_rest(&self, text: &mut String, between: &str, mark: &str) {
        if !self.figures.notes.is_empty() {
            *text += between;
        }
        text.extend(self.figures.notes.iter().map(|note| format!("{mark}{note}\n")));
        if !self.figures.left_out.is_empty() {
            *text += &format!("{between}Not counted:\n{}", if mark.is_empty() { "" } else { "\n" });
        }
        for left_out in &self.figures.left_out {
            let first =
                left_out.documents.first().map(|&document| &*self.base.graph.documents[document].source.path);
            let such = match (left_out.documents.len(), first) {
                (1, Some(first)) => format!(" (`{first}`)"),
                (_, Some(first)) => format!(" (such as `{first}`)"),
                _ => String::new(),
            };
            *text += &format!("{mark}{}: {}{such}\n", left_out.documents.len(), left_out.reason);
        }
    }

    fn cells(&self, row: &Row) -> Vec<String> {
        row.cells.iter().map(|cell| self.shown(cell)).collect()
    }

    /// A cell as people read it.
    fn shown(&self, cell: &Cell) -> String {
        match &cell.datum {
            Datum::Text(text) => text.clone(),
            Datum::Command(command) => format!("`{command}`"),
            Datum::Count(count) => count.to_string(),
            Datum::Share { part, of } => format!("{part} of {of}"),
            Datum::Length(length) => length_text(*length),
            Datum::Lengths(all) => all.iter().copied().map(length_text).collect::<Vec<_>>().join(", "),
            Datum::Day(day) => day.to_string(),
            Datum::Documents(documents) => self.titles(documents),
            Datum::Missing(why) => format!("- ({why})"),
        }
    }

    /// A cell as spreadsheets read it.
    fn raw(&self, cell: &Cell) -> String {
        let bound =
            |length: &Length| format!("{}{}", if length.is_at_least { ">=" } else { "" }, length.seconds);
        match &cell.datum {
            Datum::Length(length) => bound(length),
            Datum::Lengths(all) => all.iter().map(bound).collect::<Vec<_>>().join(" "),
            Datum::Share { part, .. } => part.to_string(),
            Datum::Command(command) => command.clone(),
            Datum::Documents(documents) => paths(self.base, documents).join(" "),
            Datum::Missing(_) => String::new(),
            Datum::Text(_) | Datum::Count(_) | Datum::Day(_) => self.shown(cell),
        }
    }

    fn titles(&self, documents: &[DocumentId]) -> String {
        documents
            .iter()
            .map(|&document| self.base.graph.documents[document].title.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }
}
