//! A static knowledge base for service delivery, from a repository of markdown.
//!
//! # The map
//!
//! A project becomes a site in stages. [`pipeline`] runs them, and is the place to start reading. Modules stand on
//! floors, from the ground up; a module imports only modules of floors below its own, and no files import each other
//! in a circle. `tests/suite/layers.rs` holds both.
//!
//! 1. [`text`]: words and addresses, without any type of this crate. [`cache_slot`]: how to cache.
//! 2. [`model`]: the types that stages share.
//! 3. [`world`]: what may be read, and where results go. The only door to the disk. [`diagnostic`]: what rules find,
//!    and the formats of that.
//! 4. [`parse`]: text to settings, kinds and documents. Never fails: a broken file is a file with problems.
//! 5. [`graph`]: documents to ids, references, links, owners, relations and addresses.
//! 6. [`knowledge_base`]: everything that is known of a project, as a plain value.
//! 7. [`report`]: what follows from documents: deadlines, reviews, durations, expectations.
//! 8. [`check`]: the rules, each one file, over all of that.
//! 9. [`render`]: a knowledge base to pages. [`search`]: to an index that browsers search. [`author`]: kinds to the
//!    beginnings of documents, and to schemas for editors.
//! 10. [`caches`]: what is cached from one revision to the next, one field a stage.
//! 11. [`site`]: addresses to bytes, each page to be had alone.
//! 12. [`pipeline`]: the story.
//! 13. [`session`]: one project over time, the core that every command holds.
//! 14. [`serve`]: the site of a project that is being written. [`adopt`]: a repository without settings to settings.
//! 15. [`cli`]: the commands.
//!
//! # The rules of the house
//!
//! - Only `world`, `cli` and `serve` touch disk, clock, environment or terminal. `clippy.toml` bans it
//!   elsewhere.
//! - What is wrong with content is a [`diagnostic::Diagnostic`]; all of them are reported, in one order.
//!   What is wrong around it (no project, a full disk) is an error in `cli`.
//! - The same input makes the same bytes, everywhere.
//! - A kind is one file in `kinds/`, a field type one in `model/field_type/`, a generator of other sites one in
//!   `parse/generator/`, a format one in `diagnostic/format/`, a command one in `cli/`, and a line in the list beside it. A
//!   rule is a pair of files in `check/rules/`; a page type a file in `render/page/`, its questions in `graph/page.rs`, and a
//!   template. The engine knows no kind and no field by name.

pub mod adopt;
pub mod author;
pub mod cache_slot;
pub mod caches;
pub mod check;
#[allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "commands talk to the system")]
pub mod cli;
pub mod diagnostic;
pub mod graph;
pub mod knowledge_base;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod search;
#[allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it serves what it reads")]
pub mod serve;
pub mod session;
pub mod site;
pub mod text;
#[allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the one door to the disk")]
pub mod world;
