//! Words and addresses: text in, text out, without any type of this crate.

pub mod address;
pub mod control;
pub mod digest;
pub mod escape;
pub mod name;
pub mod slug;
pub mod suggest;
pub mod table;
pub mod xml;
