//! Indexes texts, parted by lines of `===`. Nothing panics, the index is what `docs/search.md` says, and every word of
//! a title leads to its document.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use sdkb::search::{self, terms};
use sdkb_fuzz::alone::Alone;
use sdkb_fuzz::index;

thread_local! {
    static PROJECT: RefCell<Alone> = RefCell::default();
}

fuzz_target!(|text: &str| {
    let mut world = Alone::world();
    for (number, text) in text.split("\n===\n").take(8).enumerate() {
        world.insert(format!("content/runbooks/{number}.md"), text);
    }
    PROJECT.with_borrow_mut(|project| {
        let (base, _, caches) = project.read(&world);
        let documents = &base.graph.documents;
        let index = index::read(&search::index(base, &search::gather(base, &caches.terms)));
        assert_eq!(index.count, documents.len());
        for (number, document) in documents.iter().enumerate() {
            let leads = |term: &str| {
                index.terms.get(term).is_some_and(|found| found.iter().any(|posting| posting[0] == number))
            };
            terms::terms(&document.title, &mut |term, _| {
                // Longer ones are nothing that anybody types.
                let is_left_out = term.len() > usize::from(u16::MAX);
                assert!(leads(term) || is_left_out, "`{term}` does not lead to {:?}", document.title);
            });
        }
    });
});
