//! Small sites as text, driven as a user would.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests look at the disk as a user would"
)]

mod adoption;
mod alerts;
mod build;
mod causes;
mod cli;
mod data;
mod dogfood;
mod editors;
mod engine;
mod entities;
#[cfg(unix)]
mod failing;
#[cfg(unix)]
mod faults;
mod field_names;
mod findings;
mod formats;
mod gate;
mod generators;
mod graph;
#[cfg(unix)]
mod hostile_git;
mod init;
mod known;
mod layers;
mod left_out;
mod misread;
mod navigation;
mod new;
mod outputs;
mod own_files;
mod packaging;
mod pages;
mod patterns;
mod project;
mod properties;
mod reference;
mod reports;
mod repository;
mod rules;
mod search;
mod seeded;
#[cfg(unix)]
mod since;
mod site;
mod slips;
mod sources;
#[cfg(unix)]
mod terminal;
mod tools;
#[cfg(unix)]
mod traps;
mod untrusted;
mod watch;
mod words;
