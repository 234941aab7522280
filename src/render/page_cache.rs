//! Pages that were rendered before, each with the fingerprint of what its template saw.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::cache_slot::lock;

/// The pages of earlier revisions, by address.
#[derive(Debug, Default)]
pub struct PageCache {
    pages: Mutex<FxHashMap<String, Entry>>,
    rendered: AtomicUsize,
    is_kept: bool,
}

/// The fingerprint of everything that a page was made from, and the page.
type Entry = (u64, Arc<[u8]>);

impl PageCache {
    /// A cache that keeps pages from one revision to the next. The default keeps none, for a single build.
    pub fn for_revisions() -> Self {
        Self { is_kept: true, ..Self::default() }
    }

    /// The page at `url`: as it was, if it was made from the same fingerprint, else as `render` makes it.
    ///
    /// # Errors
    ///
    /// What `render` returns.
    pub fn page<E>(
        &self,
        url: &str,
        fingerprint: impl FnOnce() -> u64,
        render: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Arc<[u8]>, E> {
        if !self.is_kept {
            self.rendered.fetch_add(1, Ordering::Relaxed);
            return render().map(Arc::from);
        }
        let fingerprint = fingerprint();
        if let Some((known, page)) = lock(&self.pages).get(url)
            && *known == fingerprint
        {
            return Ok(Arc::clone(page));
        }
        self.rendered.fetch_add(1, Ordering::Relaxed);
        let page: Arc<[u8]> = render()?.into();
        lock(&self.pages).insert(url.to_owned(), (fingerprint, Arc::clone(&page)));
        Ok(page)
    }

    /// Forgets the pages at addresses that are no longer used.
    pub fn sweep(&self, is_used: impl Fn(&str) -> bool) {
        lock(&self.pages).retain(|url, _| is_used(url));
    }

    /// How many pages were rendered since the last call.
    pub fn take_rendered(&self) -> usize {
        self.rendered.swap(0, Ordering::Relaxed)
    }
}
