//! What the links in a body lead to.

use crate::model::DocumentId;

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// A document, perhaps one of its sections.
    Document {
        /// The document.
        document: DocumentId,
        /// The anchor on its page.
        anchor: Option<String>,
    },
    /// A page of the site that is no document.
    Page {
        /// Its address.
        url: String,
    },
    /// A file of the content folder, which is published beside the pages.
    File {
        /// Its path from the content folder.
        path: String,
        /// The place in it.
        anchor: Option<String>,
    },
    /// A file of the static folder.
    Static {
        /// Its path from the static folder.
        path: String,
    },
    /// An address elsewhere.
    External(String),
    /// Perhaps something, which only the generator of the repository could tell.
    Undecided(Undecided),
    /// Nothing.
    Broken(LinkProblem),
}

impl LinkTarget {
    /// The target at an anchor: the page of a picture book, the line of a script.
    pub(super) fn at(self, anchor: Option<&str>) -> Self {
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else { return self };
        match self {
            LinkTarget::File { path, .. } => LinkTarget::File { path, anchor: Some(anchor.to_owned()) },
            LinkTarget::External(address) => LinkTarget::External(format!("{address}#{anchor}")),
            other => other,
        }
    }
}

/// Why it can't be decided where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Undecided {
    /// There is a variable in the address.
    Variable,
    /// It leads to a document of a sort that is not read.
    Unread,
    /// The generator makes pages there that no document tells of.
    OtherPage,
    /// It leads out of the site, to another one on its host.
    OtherSite,
    /// It opens a program.
    Program,
    /// It stands for a chapter that is still to be written.
    Draft,
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkProblem {
    /// There is no such file or page.
    NoFile,
    /// There is a file or folder, but the site does not hold it.
    NotPublished,
    /// The document has no such heading or anchor.
    NoAnchor {
        /// The document.
        document: DocumentId,
        /// The anchor.
        anchor: String,
    },
    /// A list of documents has no sections.
    NoSection {
        /// The anchor.
        anchor: String,
    },
    /// No document has this id.
    NoDocument {
        /// The id.
        id: String,
    },
    /// Several documents have this id.
    Ambiguous(Vec<DocumentId>),
    /// The address would run something, or no program could follow it.
    Unsafe,
    /// There is no address, or none of a site.
    Empty,
}
