//! The `sdkb` command.

use std::process::ExitCode;

/// A build makes and drops millions of small texts on all cores, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sdkb::cli::run()
}
