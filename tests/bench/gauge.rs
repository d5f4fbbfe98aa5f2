//! Time and memory of this process.
//!
//! Processor time and peak memory come from `/proc` and are blank where there is none.

use std::fmt;
use std::fs;
use std::time::Instant;

/// How many of `/proc`'s ticks are a second (`USER_HZ`, 100 on every architecture that Linux is common on).
const TICKS: f64 = 100.0;

/// What a stage took.
#[derive(Clone, Copy)]
struct Taken {
    /// Seconds on the wall.
    wall: f64,
    /// Seconds of all processors together.
    processor: Option<f64>,
    /// The most memory that the process has had so far, in megabytes.
    memory: Option<f64>,
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

fn figure(value: Option<f64>, decimals: usize) -> String {
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
        Self { wall: Instant::now(), processor: processor_seconds() }
    }

    fn taken(&self) -> Taken {
        let processor = processor_seconds().zip(self.processor).map(|(now, then)| now - then);
        Taken { wall: self.wall.elapsed().as_secs_f64(), processor, memory: peak_memory() }
    }
}

/// The seconds that all threads of the process have worked (fields 14 and 15 of `/proc/self/stat`, proc(5)).
fn processor_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, behind_name) = stat.rsplit_once(')')?;
    let ticks = behind_name.split_whitespace().skip(11).take(2).map(|field| field.parse::<f64>().ok());
    Some(ticks.sum::<Option<f64>>()? / TICKS)
}

/// The most memory that the process has had, in megabytes (`VmHWM`).
fn peak_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
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
