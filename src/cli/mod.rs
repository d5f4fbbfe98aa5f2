//! The command line: one module for each subcommand.
//!
//! Here, and nowhere else, the program prints, reads the environment and decides how it ends.

mod args;
mod build;
mod check;
mod explain;
mod glossary;
mod init;
mod layouts;
mod list;
mod session;

use args::{Arguments, Command};
use clap::{CommandFactory, Parser};
use session::{Failure, Session};
use std::io::Write;
use std::process::ExitCode;

/// Runs the program on the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let mut session = Session::new(&arguments);
    let outcome = match &arguments.command {
        Command::Build(arguments) => build::run(arguments, &mut session),
        Command::List(arguments) => list::run(arguments, &mut session),
        Command::Glossary(arguments) => glossary::run(arguments, &mut session),
        Command::Check(arguments) => check::run(arguments, &mut session),
        Command::Explain(arguments) => explain::run(arguments, &mut session),
        Command::Init(arguments) => init::run(arguments, &mut session),
        Command::Layout(arguments) => layouts::run(arguments, &mut session),
        Command::Completions { shell } => completions(*shell, &mut session),
        Command::Man => manual(&mut session),
    };
    match outcome {
        Ok(()) => session.exit_code(),
        Err(failure) => session.fail(&failure),
    }
}

fn completions(shell: clap_complete::Shell, session: &mut Session) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "dossier", &mut text);
    session.write(&text)
}

fn manual(session: &mut Session) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut text).map_err(|error| Failure::Use(error.to_string()))?;
    for subcommand in Arguments::command().get_subcommands() {
        writeln!(text, ".SH {}", subcommand.get_name().to_uppercase())
            .map_err(|error| Failure::Use(error.to_string()))?;
        let help = subcommand.clone().render_long_help().to_string();
        text.extend(help.lines().flat_map(|line| format!("{}\n.br\n", line.replace('-', "\\-")).into_bytes()));
    }
    session.write(&text)
}
