//! Code that was highlighted before: a block stands on the pages of its document and of its alerts, and in each
//! revision.

use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use super::highlight;
use crate::cache_slot::{fingerprint, lock};

/// More blocks of code than a large project has.
const MAX_BLOCKS: usize = 50_000;

/// Blocks of code by their language and text.
#[derive(Debug, Default)]
pub struct Cache {
    blocks: Mutex<FxHashMap<u64, Arc<str>>>,
}

impl Cache {
    /// `code` as HTML, like [`highlight`].
    pub fn highlight(&self, language: &str, code: &str) -> Arc<str> {
        let key = fingerprint(&(language, code));
        if let Some(known) = lock(&self.blocks).get(&key) {
            return Arc::clone(known);
        }
        let highlighted: Arc<str> = highlight(language, code).into();
        lock(&self.blocks).insert(key, Arc::clone(&highlighted));
        highlighted
    }

    /// Forgets all blocks when there are too many of them.
    pub fn sweep(&self) {
        let mut blocks = lock(&self.blocks);
        if blocks.len() > MAX_BLOCKS {
            blocks.clear();
        }
    }
}
