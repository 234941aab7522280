//! How to cache: fingerprints of inputs, and slots for what was made of them. What is cached is in [`crate::caches`].

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A 64-bit hash of `value`, for keys of caches in this process.
pub fn fingerprint(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The value that was made last, and the fingerprint of everything that it was made of.
#[derive(Debug)]
pub struct CacheSlot<T>(Mutex<Option<(u64, Arc<T>)>>);

impl<T> Default for CacheSlot<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> CacheSlot<T> {
    /// The value in the slot, if it was made of the same input, else what `make` returns.
    pub fn get(&self, fingerprint: u64, make: impl FnOnce() -> T) -> Arc<T> {
        let known = lock(&self.0).clone();
        if let Some((_, made)) = known.filter(|(of, _)| *of == fingerprint) {
            return made;
        }
        let made = Arc::new(make());
        *lock(&self.0) = Some((fingerprint, Arc::clone(&made)));
        made
    }
}

/// The lock, even if a thread that held it panicked: every entry is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
