//! The command line: one module for each subcommand.
//!
//! Here, and nowhere else, the program prints, reads the environment and decides how it ends.

mod args;
mod bag;
mod build;
mod cache;
mod changes;
mod check;
mod console;
mod diff;
mod explain;
mod export;
mod glossary;
mod guard;
mod impose;
mod init;
mod issue;
mod keep;
mod layouts;
mod list;
mod on_paper;
mod pipeline;
mod preview;
mod publish;
mod standards;
mod timings;
mod values;
mod verify;
mod volumes;
mod watch;

use args::{Arguments, Command};
use clap::{CommandFactory, Parser};
use console::{Console, Failure};
use std::io::Write;
use std::process::ExitCode;

/// Runs the program on the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    publish::heed_signals(match &arguments.command {
        // What goes on until it is ended has done its work then.
        Command::Watch(_) | Command::Preview(_) => 0,
        _ => publish::INTERRUPTED,
    });
    let mut console = Console::new(&arguments);
    let outcome = match &arguments.command {
        Command::Build(arguments) => build::run(arguments, &mut console),
        Command::Watch(arguments) => watch::run(arguments, &mut console),
        Command::Preview(arguments) => preview::run(arguments, &mut console),
        Command::List(arguments) => list::run(arguments, &mut console),
        Command::Glossary(arguments) => glossary::run(arguments, &mut console),
        Command::Check(arguments) => check::run(arguments, &mut console),
        Command::Explain(arguments) => explain::run(arguments, &mut console),
        Command::Diff(arguments) => diff::run(arguments, &mut console),
        Command::Impose(arguments) => impose::run(arguments, &mut console),
        Command::Export(arguments) => export::run(arguments, &mut console),
        Command::Bag(arguments) => bag::run(arguments, &mut console),
        Command::Verify(arguments) => verify::run(arguments, &mut console),
        Command::Init(arguments) => init::run(arguments, &mut console),
        Command::Layout(arguments) => layouts::run(arguments, &mut console),
        Command::Cache(arguments) => cache::run(arguments, &mut console),
        Command::Completions { shell } => completions(*shell, &mut console),
        Command::Man => manual(&mut console),
    };
    match outcome {
        Ok(()) => console.exit_code(),
        Err(failure) => console.fail(&failure),
    }
}

fn completions(shell: clap_complete::Shell, console: &mut Console) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "dossier", &mut text);
    console.write(&text)
}

fn manual(console: &mut Console) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut text).map_err(|error| Failure::Use(error.to_string()))?;
    for subcommand in Arguments::command().get_subcommands() {
        writeln!(text, ".SH {}", subcommand.get_name().to_uppercase())
            .map_err(|error| Failure::Use(error.to_string()))?;
        let help = subcommand.clone().render_long_help().to_string();
        text.extend(help.lines().flat_map(|line| format!("{}\n.br\n", line.replace('-', "\\-")).into_bytes()));
    }
    console.write(&text)
}
