//! The `sdkb` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    sdkb::cli::run()
}
