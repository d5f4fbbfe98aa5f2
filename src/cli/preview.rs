//! `dossier preview`: the pages of a folder in a browser of this computer, following every change.

mod server;
mod show;

use super::args::Preview;
use super::changes::Changes;
use super::console::{Console, Failure};
use super::pipeline::{Purpose, Workshop};
use crate::press::Draft;
use server::Server;
use show::Show;
use std::sync::Arc;

/// Shows the book of a folder, and again after every change, until it is ended.
pub fn run(arguments: &Preview, console: &mut Console) -> Result<(), Failure> {
    let making = &arguments.making;
    let mut changes = Changes::of(&making.selection.folder, &making.fonts.font_path, &[])?;
    let show = Arc::new(Show::default());
    let server = Server::open(arguments.port, Arc::clone(&show))?;
    console.write(format!("http://{}/\n", server.address()).as_bytes())?;
    server.serve();
    let mut workshop = Workshop::staying_open();
    loop {
        show.begin();
        let waiting = |draft: &Draft| show.put_draft(draft);
        match workshop.set(making, &Purpose { waiting: Some(&waiting), ..Purpose::default() }, console) {
            Ok(mut book) => {
                console.tell(std::mem::take(&mut book.pressed.diagnostics));
                show.put(&book, workshop.shop(), console.told());
                let (pages, seconds) = (book.pressed.document.pages().len(), console.seconds());
                console.say(&format!("set {pages} pages, {seconds:.1} s, {}", console.tally()));
            }
            Err(failure) => {
                console.fail(&failure);
                show.fail(console.told(), &failure);
            }
        }
        workshop.clear_up();
        let change = changes.next();
        console.begin_again();
        console.say(&format!("changed: {}", change.names()));
        if change.fonts {
            workshop.change_fonts();
        }
    }
}
