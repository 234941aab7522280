//! What many pages show alike.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::cache::fingerprint;

/// Something that is made ready for templates once, however many pages show it.
#[derive(Debug, Clone)]
pub struct Ready<T>(Arc<Made<T>>);

#[derive(Debug)]
struct Made<T> {
    of: T,
    value: OnceLock<tera::Value>,
    fingerprint: OnceLock<u64>,
}

impl<T> Ready<T> {
    /// Nothing is made of `of` until somebody shows it.
    pub fn new(of: T) -> Self {
        Self(Arc::new(Made { of, value: OnceLock::new(), fingerprint: OnceLock::new() }))
    }
}

impl<T> Deref for Ready<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.of
    }
}

impl<T: Hash> Hash for Ready<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.fingerprint.get_or_init(|| fingerprint(&self.0.of)).hash(state);
    }
}

impl<T: Serialize> Serialize for Ready<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Templates take a value of theirs as it is.
        self.0.value.get_or_init(|| tera::Value::from_serializable(&self.0.of)).serialize(serializer)
    }
}
