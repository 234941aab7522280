//! Renders markdown as a page's body, with its links resolved, its raw HTML made safe and its code highlighted.
//! Nothing panics, nothing that could run is left, and what follows the body is outside of it.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use sdkb::graph::Page;
use sdkb::render::{Content, Pages, Shared};
use sdkb_fuzz::alone::Alone;
use sdkb_fuzz::{html, places};

thread_local! {
    static PROJECT: RefCell<Alone> = RefCell::default();
}

fuzz_target!(|text: &str| {
    let mut world = Alone::world();
    world.insert("content/a.md", text);
    world.insert("content/b.md", "# B\n\n## Heading\n");
    world.insert("content/c.png", "");
    PROJECT.with_borrow_mut(|project| {
        let (base, theme, caches) = project.read(&world);
        let mut documents = base.graph.documents.iter_enumerated();
        let (at, _) = documents.find(|(_, document)| document.stem == "a").expect("it is there");
        places::judge_document(&base.graph.documents[at]);
        let shared = Shared::new(base, theme);
        let pages = Pages::new(base, &shared, &world, &caches.code);
        let content = pages.content("a.html", &Page::Document(at), theme);
        let Content::Template(_, view) = content else { panic!("documents have pages") };
        html::judge_body(&view.frame.html);
        caches.sweep(|_| true);
    });
});
