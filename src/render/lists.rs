//! Documents in groups.

use super::context::Pages;
use super::view::Group;
use crate::model::DocumentId;

impl Pages<'_> {
    /// Documents under the names of their kinds.
    pub(super) fn by_kind_groups(&self, mut documents: Vec<DocumentId>) -> Vec<Group> {
        self.graph.sort(&mut documents);
        let mut groups: Vec<Group> = Vec::new();
        for document in documents {
            let label = &self.graph.documents[document].kind.plural;
            let card = self.cards[document].clone();
            match groups.last_mut() {
                Some(group) if group.label == *label => group.items.push(card),
                _ => groups.push(Group { label: label.clone(), url: None, items: vec![card] }),
            }
        }
        groups
    }
}
