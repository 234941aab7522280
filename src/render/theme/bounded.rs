//! Pages that can't grow without end.

use std::io::{self, Write};

/// The bytes of a page that a template may make: more than an index of 100,000 documents has.
pub(super) const LARGEST_PAGE: usize = 128 << 20;

/// A page in the making. A template can hold a loop in a loop in a loop, and memory is finite.
pub(super) struct Bounded(Vec<u8>);

impl Bounded {
    /// An empty page with room for `capacity` bytes.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    /// The page.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST_PAGE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
