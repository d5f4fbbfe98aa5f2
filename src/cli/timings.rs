//! Where the time of a run went.
//!
//! What enters: how long each stage took. What leaves: a small table, one line for each stage, in their order.

use std::fmt::Write;
use std::time::Duration;

/// The name of the time that no stage has.
const REST: &str = "between the stages";

/// Writes the stages with their seconds and their share of the whole; of two of one name the times are added.
pub fn table(stages: &[(String, Duration)], whole: Duration) -> String {
    let mut rows: Vec<(&str, f64)> = Vec::new();
    for (name, taken) in stages {
        match rows.iter_mut().find(|(known, _)| known == name) {
            Some((_, seconds)) => *seconds += taken.as_secs_f64(),
            None => rows.push((name, taken.as_secs_f64())),
        }
    }
    let whole = whole.as_secs_f64();
    let named: f64 = rows.iter().map(|(_, seconds)| seconds).sum();
    rows.push((REST, (whole - named).max(0.0)));
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let mut table = String::new();
    for (name, seconds) in rows {
        let share = if whole > 0.0 { seconds / whole * 100.0 } else { 0.0 };
        let _ = writeln!(table, "{name:<width$} {seconds:>9.3} s {share:>5.1} %");
    }
    let _ = writeln!(table, "{:<width$} {whole:>9.3} s", "together");
    table
}

#[cfg(test)]
mod tests {
    use super::table;
    use std::time::Duration;

    #[test]
    fn the_table_adds_up() {
        let stages = [("reading", 250), ("setting pages", 500), ("reading", 50)];
        let stages = stages.map(|(name, millis)| (name.to_owned(), Duration::from_millis(millis)));
        insta::assert_snapshot!(table(&stages, Duration::from_secs(1)), @r"
        reading                0.300 s  30.0 %
        setting pages          0.500 s  50.0 %
        between the stages     0.200 s  20.0 %
        together               1.000 s
        ");
    }
}
