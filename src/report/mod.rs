//! What follows from documents: facts that pages show and rules report, as plain values, and the reports made of them.

pub mod action;
pub mod alerts;
pub mod attention;
pub mod deadlines;
pub mod durations;
pub mod expectations;
pub mod facets;
pub mod figures;
pub mod format;
pub mod guide;
pub mod incident;
pub mod json;
pub mod measure;
pub mod reports;
pub mod reviews;
pub mod scope;
pub mod statistics;
