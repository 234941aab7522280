//! Builds whole projects, and builds them anew after edits. Nothing panics; every page is safe, and links to what is
//! there; and what comes of edits is what comes of a clean build.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sdkb::caches::Caches;
use sdkb::session::Session;
use sdkb_fuzz::project::Project;
use sdkb_fuzz::site;

fuzz_target!(|project: Project| {
    let mut world = site::empty_world();
    project.files.iter().for_each(|(path, text)| world.insert(path.clone(), text.clone()));
    let mut session = Session::new(world, "test", Caches::new());
    let built = site::build(&session);
    site::judge(&session, &built);
    if project.edits.is_empty() {
        return;
    }
    for (path, text) in project.edits {
        match text {
            Some(text) => session.world.insert(path, text),
            None => drop(session.world.remove(&path)),
        }
    }
    let rebuilt = site::build(&session);
    let clean = site::build(&Session::new(session.world.clone(), "test", Caches::for_one_build()));
    assert!(rebuilt.findings == clean.findings, "{}\n{}", rebuilt.findings, clean.findings);
    let differing = rebuilt.files.iter().filter(|(url, bytes)| clean.files.get(*url) != Some(bytes));
    let differing: Vec<_> = differing.map(|(url, _)| url).collect();
    assert!(differing.is_empty() && rebuilt == clean, "differ: {differing:?}");
    site::judge(&session, &clean);
});
