//! Words and addresses: text in, text out, and no type of ours.

pub mod name;
