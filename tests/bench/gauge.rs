//! Time and memory of this process and of others.
//!
//! Processor time and memory come from `/proc` and are blank where there is none.

use std::fmt;
use std::fs;
use std::io;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How many of `/proc`'s ticks are a second (`USER_HZ`, 100 on every architecture that Linux is common on).
const TICKS: f64 = 100.0;
/// How long after one look at the memory of a program the next one comes.
const LOOK: Duration = Duration::from_millis(2);

/// What a stage or a program took.
#[derive(Clone, Copy)]
pub struct Taken {
    /// Seconds on the wall.
    pub wall: f64,
    /// Seconds of all processors together, in user and in system mode.
    pub processor: Option<f64>,
    /// The most memory that the process has had so far, in megabytes.
    pub memory: Option<f64>,
}

/// A table of stages with what each took.
#[derive(Default)]
pub struct Table {
    rows: Vec<(String, Taken)>,
}

impl Table {
    /// Runs a stage and notes what it took.
    pub fn time<T>(&mut self, stage: &str, run: impl FnOnce() -> T) -> T {
        let watch = Watch::start();
        let done = run();
        self.note(stage, &watch);
        done
    }

    /// Notes what a stage took that ends now.
    pub fn note(&mut self, stage: &str, watch: &Watch) {
        self.rows.push((stage.to_owned(), watch.taken()));
    }

    /// The seconds that processors worked on the stages whose names begin so; those on the wall where nobody counts them.
    pub fn worked(&self, beginnings: &[&str]) -> f64 {
        let chosen = self.rows.iter().filter(|(stage, _)| beginnings.iter().any(|begin| stage.starts_with(begin)));
        chosen.map(|(_, taken)| taken.processor.unwrap_or(taken.wall)).sum()
    }

    /// The seconds of all stages together.
    pub fn seconds(&self) -> f64 {
        self.rows.iter().map(|(_, taken)| taken.wall).sum()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{:<44} {:>9} {:>9} {:>7} {:>9}", "stage", "wall s", "cpu s", "share", "peak MB")?;
        for (stage, taken) in &self.rows {
            let share = format!("{:.1} %", taken.wall / self.seconds() * 100.0);
            let (processor, memory) = (figure(taken.processor, 2), figure(taken.memory, 0));
            writeln!(out, "{stage:<44} {:>9.3} {processor:>9} {share:>7} {memory:>9}", taken.wall)?;
        }
        let processor = self.rows.iter().map(|(_, taken)| taken.processor).sum::<Option<f64>>();
        let memory = self.rows.last().and_then(|(_, taken)| taken.memory);
        let (processor, memory) = (figure(processor, 2), figure(memory, 0));
        writeln!(out, "{:<44} {:>9.3} {processor:>9} {:>7} {memory:>9}", "together", self.seconds(), "")
    }
}

/// Writes a figure, or a dash where nobody counts it.
pub fn figure(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.decimals$}"))
}

/// A stopwatch.
pub struct Watch {
    wall: Instant,
    processor: Option<f64>,
}

impl Watch {
    /// Starts it.
    pub fn start() -> Self {
        Self { wall: Instant::now(), processor: Worked::Own.seconds("self") }
    }

    fn taken(&self) -> Taken {
        let processor = Worked::Own.seconds("self").zip(self.processor).map(|(now, then)| now - then);
        Taken { wall: self.wall.elapsed().as_secs_f64(), processor, memory: megabytes("self", "VmHWM") }
    }
}

/// Runs a program to its end and gives what it took and what it wrote.
///
/// Its seconds are those by which the seconds of ended children grow; its memory is looked at while it runs, so that
/// what it takes in its very last moment may be missed. No other child may end meanwhile.
pub fn run(command: &mut Command) -> io::Result<(Taken, Output)> {
    let before = Worked::Children.seconds("self");
    let wall = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let process = child.id().to_string();
    let has_ended = AtomicBool::new(false);
    thread::scope(|scope| {
        let looking = scope.spawn(|| {
            let mut memory = None;
            while !has_ended.load(Ordering::Relaxed) {
                memory = megabytes(&process, "VmHWM").or(memory);
                thread::sleep(LOOK);
            }
            memory
        });
        let output = child.wait_with_output();
        let wall = wall.elapsed().as_secs_f64();
        has_ended.store(true, Ordering::Relaxed);
        let memory = looking.join().expect("looking at memory does not panic");
        let processor = Worked::Children.seconds("self").zip(before).map(|(now, then)| now - then);
        Ok((Taken { wall, processor, memory }, output?))
    })
}

/// Whose work is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Worked {
    /// That of the process, by all its threads.
    Own,
    /// That of its children that have ended.
    Children,
}

impl Worked {
    /// The seconds that a process, or `self`, has worked (fields 14 to 17 of `/proc/PID/stat`, proc(5)).
    pub fn seconds(self, process: &str) -> Option<f64> {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let (_, behind_name) = stat.rsplit_once(')')?;
        let skipped = if self == Self::Own { 11 } else { 13 };
        let ticks = behind_name.split_whitespace().skip(skipped).take(2).map(|field| field.parse::<f64>().ok());
        Some(ticks.sum::<Option<f64>>()? / TICKS)
    }
}

/// A figure of the memory of a process, or of `self`, in megabytes: `VmHWM`, the most so far, or `VmRSS`, what it has now.
pub fn megabytes(process: &str, key: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1_024.0 / 1e6)
}

/// Writes a number with separators: `1,000`.
pub fn separated(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Reads how many of something a line tells of, such as pages in `wrote book.pdf: 1,213 pages, 1,000 documents`.
pub fn told(line: &str, of: &str) -> Option<usize> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_named = |word: &str| word.trim_end_matches([',', 's']) == of;
    let number = words.windows(2).find(|pair| is_named(pair[1]))?[0];
    number.replace(',', "").parse().ok()
}
