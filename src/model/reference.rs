//! References between documents, as they are written.

use std::sync::Arc;

use super::{Field, Location};

/// A reference from a document's front matter to another document.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The field that holds it.
    pub field: Arc<Field>,
    /// The field's name, with the fields that it is nested in: `actions.owner`.
    pub path: String,
    /// The text of the reference.
    pub text: String,
    /// Where it stands.
    pub location: Location,
}
