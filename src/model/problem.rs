//! What is wrong with one file by itself. The rules turn these into findings.

use std::sync::Arc;

use super::{Location, Source, Span};

/// Everything that is wrong with a file, or with several of one sort.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    /// Text that is not written as its format wants it.
    pub syntax: Vec<(Arc<Source>, SyntaxProblem)>,
    /// Text that is read otherwise than its author meant it.
    pub mistakes: Vec<(Arc<Source>, SyntaxProblem)>,
    /// Fields that do not fit their schema.
    pub fields: Vec<FieldProblem>,
    /// Comments that were meant to suppress a finding and can't be read.
    pub suppressions: Vec<(Arc<Source>, SyntaxProblem)>,
    /// Templates that can't be used.
    pub templates: Vec<TemplateProblem>,
    /// Files that can't be read at all.
    pub read_errors: Vec<ReadError>,
    /// Files of kinds and themes that nothing uses.
    pub unused_files: Vec<UnusedFile>,
}

impl Problems {
    /// Adds all of `other`.
    pub fn extend(&mut self, other: Problems) {
        self.syntax.extend(other.syntax);
        self.mistakes.extend(other.mistakes);
        self.fields.extend(other.fields);
        self.suppressions.extend(other.suppressions);
        self.templates.extend(other.templates);
        self.read_errors.extend(other.read_errors);
        self.unused_files.extend(other.unused_files);
    }

    /// Adds a problem with the text of `source`. A place gets one problem.
    pub fn add_syntax(&mut self, source: &Arc<Source>, problem: SyntaxProblem) {
        let is_told = |(known, told): &(Arc<Source>, SyntaxProblem)| {
            Arc::ptr_eq(known, source) && told.span.start == problem.span.start
        };
        if !self.syntax.iter().any(is_told) {
            self.syntax.push((Arc::clone(source), problem));
        }
    }
}

/// A file of settings, of a kind or of a theme that nothing uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedFile {
    /// Its path.
    pub path: String,
    /// What its author probably meant.
    pub meant: MeantFile,
}

/// What the author of a file that nothing uses probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeantFile {
    /// The file at this path, which would be used.
    Path(String),
    /// A template for a kind that does not exist.
    Kind,
    /// A template that others include or extend.
    Part,
    /// A file of the theme of this name, which is not chosen.
    Theme(String),
}

/// A file or folder that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// Its path.
    pub path: String,
    /// What has to change for it to be read.
    pub kind: ReadErrorKind,
    /// Why, in a few words that follow the path.
    pub reason: String,
}

/// What has to change for a file or folder to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// Its name, which is not UTF-8.
    Name,
    /// The file or folder itself.
    Content,
}

impl ReadError {
    /// A file or folder that is at fault itself.
    pub fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { path: path.into(), kind: ReadErrorKind::Content, reason: reason.into() }
    }
}

/// Text that is not written as its format wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxProblem {
    /// The place.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The place to change and the text to put there, where that leaves no doubt.
    pub fix: Option<(Span, String)>,
}

impl SyntaxProblem {
    /// Deeper nesting than any front matter needs. The YAML parser has a limit too, but a higher one.
    pub const MAX_DEPTH: usize = 32;

    /// A problem with the character at byte `at` of `text`.
    pub fn at(text: &str, at: usize, message: impl Into<String>, help: impl Into<String>) -> Self {
        let start = text.floor_char_boundary(at.min(text.len()));
        let end = text[start..].chars().next().map_or(start, |letter| start + letter.len_utf8());
        Self { span: Span::new(start..end), message: message.into(), help: help.into(), fix: None }
    }

    /// Adds the text that belongs in its place.
    #[must_use]
    pub fn fix(mut self, text: impl Into<String>) -> Self {
        self.fix = Some((self.span, text.into()));
        self
    }

    /// A value at byte `at` of `text` that is nested more than `deepest` deep.
    pub fn too_deep(text: &str, at: usize, deepest: usize) -> Self {
        Self::at(text, at, "nested too deeply", format!("fields may be nested {deepest} deep"))
    }
}

/// A template that can't be used, or that fails to render a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// The place in the template.
    pub location: Location,
    /// What is wrong.
    pub message: String,
    /// The address of the page that was rendered, if it took one to find it.
    pub page: Option<String>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldProblem {
    /// The schema has no such field.
    Unknown {
        /// Where its name stands.
        location: Location,
        /// The name as written.
        name: String,
        /// The names that the schema has.
        known: Arc<[String]>,
        /// Those among them that stand beside it.
        taken: Arc<[String]>,
        /// Whether it is the only unknown one of its group.
        is_alone: bool,
    },
    /// The same key stands twice in one map.
    Duplicate {
        /// The second one.
        location: Location,
        /// The first one.
        first: Location,
        /// The key.
        name: String,
    },
    /// A required field is absent.
    Missing {
        /// Where it should be.
        location: Location,
        /// Its name, with the fields that it is nested in.
        path: String,
        /// What it is for.
        help: String,
        /// A value that would be right.
        example: String,
    },
    /// The value is not of the field's type.
    Invalid {
        /// Where the value stands.
        location: Location,
        /// The field's name, with the fields that it is nested in.
        path: String,
        /// What was expected, such as `a date`.
        expected: String,
        /// What was found, or why it is wrong.
        found: String,
        /// A value that would be right.
        example: String,
        /// The choices, where only these are allowed.
        choices: Vec<String>,
    },
    /// The value is a pattern that is not of the dialect.
    Pattern {
        /// Where the culprit stands.
        location: Location,
        /// The field's name, with the fields that it is nested in.
        path: String,
        /// The culprit.
        culprit: String,
        /// What is wrong with it: `is not supported`.
        message: String,
        /// What to write instead.
        help: String,
    },
    /// A kind says of itself or of a field what makes no sense there.
    Schema {
        /// Where it says that.
        location: Location,
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// Two times contradict each other.
    Contradictory {
        /// The value that is too early.
        location: Location,
        /// Its field.
        path: String,
        /// The value that should come before it.
        earlier: Location,
        /// Its field.
        earlier_path: String,
    },
}
