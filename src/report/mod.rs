//! What follows from documents: facts that pages show and rules report, as plain values.

pub mod alerts;
pub mod attention;
pub mod deadlines;
pub mod durations;
pub mod expectations;
pub mod facets;
pub mod reviews;
