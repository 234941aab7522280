//! Reads bytes as a document: as they are, and as its front matter. Nothing panics, and all that is known of the
//! document lies in its text.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sdkb::model::{Config, Kinds};
use sdkb::parse;
use sdkb_fuzz::{places, site};

static SETTINGS: LazyLock<(Config, Kinds)> = LazyLock::new(|| {
    let mut world = site::empty_world();
    world.insert("sdkb.yml", "content: content\n");
    let (config, _) = parse::config::config(&world, "test");
    let (kinds, _) = parse::kinds::kinds(&world, &config);
    (config, kinds)
});

fuzz_target!(|bytes: &[u8]| {
    let (config, kinds) = &*SETTINGS;
    let read = |path: &str, bytes: Vec<u8>| places::judge_document(&parse::read(path, bytes, config, kinds));
    read("a.md", bytes.to_vec());
    read("incidents/a.md", [b"---\n", bytes, b"\n---\n# A\n"].concat());
    read("incidents/a.md", [b"+++\n", bytes, b"\n+++\n# A\n"].concat());
});
