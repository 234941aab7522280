//! What the targets share: who judges pages, places and indexes, and the making of whole projects.

pub mod alone;
pub mod html;
pub mod index;
pub mod links;
pub mod places;
pub mod project;
pub mod site;
