//! What many pages show alike.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::cache_slot::fingerprint;

/// A view serialised to a template value at most once, however many pages contain it.
#[derive(Debug, Clone)]
pub struct CachedValue<T>(Arc<Entry<T>>);

#[derive(Debug)]
struct Entry<T> {
    of: T,
    value: OnceLock<tera::Value>,
    fingerprint: OnceLock<u64>,
}

impl<T> CachedValue<T> {
    /// `of` is serialised when a page first shows it.
    pub fn new(of: T) -> Self {
        Self(Arc::new(Entry { of, value: OnceLock::new(), fingerprint: OnceLock::new() }))
    }
}

impl<T> Deref for CachedValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.of
    }
}

impl<T: Hash> Hash for CachedValue<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.fingerprint.get_or_init(|| fingerprint(&self.0.of)).hash(state);
    }
}

impl<T: Serialize> Serialize for CachedValue<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Templates take a value of theirs as it is.
        self.0.value.get_or_init(|| tera::Value::from_serializable(&self.0.of)).serialize(serializer)
    }
}
