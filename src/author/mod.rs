//! Help for authors: new documents from the templates of their kinds, and schemas for editors.
//!
//! A [`Draft`] is what is known of a new document. `questions` are what it still lacks, `path` is where it
//! goes, and [`Draft::text`] is what is written there. `json_schema` says the same kinds to editors, and `data_set` says
//! what the rows of a set hold.

pub mod annotations;
mod data_set;
mod draft;
pub mod json_schema;
mod place;
mod questions;

pub use data_set::{data_set, holds};
pub use draft::Draft;
pub(crate) use draft::scalar;
pub use place::{path, taken};
pub use questions::{Candidate, Question, offered, required, wrong};
