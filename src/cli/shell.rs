//! `sdkb completions` and `sdkb man`: made from the definition of the commands.

use std::io::{self, Write};
use std::process::ExitCode;

use super::project::Done;

pub(super) fn completions(command: &mut clap::Command, shell: clap_complete::Shell) -> Done {
    let mut text = Vec::new();
    clap_complete::generate(shell, command, "sdkb", &mut text);
    io::stdout().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn manual(command: clap::Command) -> Done {
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    io::stdout().write_all(&text)?;
    Ok(ExitCode::SUCCESS)
}
