//! A static knowledge base for service delivery, from a repository of markdown.
//!
//! # The map
//!
//! A project becomes a site in stages, in the order of these modules. [`pipeline`] runs them, and is the
//! place to start reading.
//!
//! 1. [`world`]: what may be read, and where results go. The only door to the disk.
//! 2. [`parse`]: text to settings, kinds and documents. Never fails: a broken file is a file with problems.
//! 3. [`graph`]: documents to ids, references, links, owners, relations and addresses.
//! 4. [`check`]: the rules, each one file, over all of that. [`diagnostic`] is what they find.
//! 5. [`render`]: the graph to what templates see, and that to pages.
//! 6. [`search`]: the documents to an index that browsers search.
//! 7. [`site`]: addresses to bytes, each page to be had alone. [`serve`] shows it while somebody writes.
//!
//! [`adopt`] looks at a repository that nobody prepared, and proposes settings for it. [`author`] turns kinds
//! into the beginnings of documents, and into schemas for editors.
//!
//! [`model`] holds the types that stages share, [`memo`] what they remember, [`session`] the core that
//! every command in [`cli`] holds.
//!
//! # The rules of the house
//!
//! - Only `world`, `cli` and `serve` touch disk, clock, environment or terminal. `clippy.toml` bans it
//!   elsewhere.
//! - What is wrong with content is a [`diagnostic::Diagnostic`]; all of them are reported, in one order.
//!   What is wrong around it (no project, a full disk) is an error in `cli`.
//! - The same input makes the same bytes, everywhere.
//! - A kind is one file in `kinds/`, a rule one file in `check/rules/`, a page type one template. The
//!   engine knows no kind by name.

pub mod adopt;
pub mod author;
pub mod check;
#[allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "commands talk to the system")]
pub mod cli;
pub mod diagnostic;
pub mod graph;
pub mod memo;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod render;
pub mod search;
#[allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it serves what it reads")]
pub mod serve;
pub mod session;
pub mod site;
pub mod text;
#[allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the one door to the disk")]
pub mod world;
