//! `sdkb completions` and `sdkb man`: made from the definition of the commands.

use std::process::ExitCode;

use super::project::Done;
use super::terminal;

pub(super) fn completions(command: &mut clap::Command, shell: clap_complete::Shell) -> Done {
    let mut text = Vec::new();
    clap_complete::generate(shell, command, "sdkb", &mut text);
    terminal::print_data(&String::from_utf8_lossy(&text))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn manual(command: clap::Command) -> Done {
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    terminal::print_data(&String::from_utf8_lossy(&text))?;
    Ok(ExitCode::SUCCESS)
}
