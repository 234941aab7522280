//! Words, with no type of ours: what any part of the crate may need to know about text.

pub mod control;
pub mod xml;
