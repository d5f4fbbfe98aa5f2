//! Writes EDTF strings.
//!
//! What enters: a value. What leaves: its canonical string, which reads as the same value again. A qualifier that
//! holds for a date and everything left of it stands behind it (`2004-06~-11`); any other stands before its part
//! (`?2004-06-~11`).

use super::{Choice, Clock, Digits, Edtf, Limit, Member, Part, Qualifier, Shape, Zone};
use std::fmt;

impl<const N: usize> fmt::Display for Digits<N> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| match digit {
            Some(digit) => write!(out, "{digit}"),
            None => out.write_str("X"),
        })
    }
}

impl Qualifier {
    /// Gives the mark.
    fn mark(self) -> &'static str {
        match self {
            Self::Certain => "",
            Self::Uncertain => "?",
            Self::Approximate => "~",
            Self::Both => "%",
        }
    }
}

impl Part {
    /// Counts year, month and day.
    pub(super) fn length(&self) -> usize {
        1 + usize::from(self.month.is_some()) + usize::from(self.day.is_some())
    }

    /// Counts the parts from the left that share one qualifier while the rest are certain; `None` where there are none.
    fn group(&self) -> Option<usize> {
        let parts = &self.sureness[..self.length()];
        let shared = parts.iter().take_while(|part| **part == parts[0]).count();
        let is_group = parts[0] != Qualifier::Certain && parts[shared..].iter().all(|part| *part == Qualifier::Certain);
        is_group.then_some(shared)
    }
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = self.group();
        for at in 0..self.length() {
            if at > 0 {
                out.write_str("-")?;
            }
            if group.is_none() {
                out.write_str(self.sureness[at].mark())?;
            }
            match (at, self.month, self.day) {
                (0, ..) => write!(out, "{}", self.year)?,
                (1, Some(month), _) => write!(out, "{month}")?,
                (_, _, Some(day)) => write!(out, "{day}")?,
                _ => {}
            }
            if group == Some(at + 1) {
                out.write_str(self.sureness[at].mark())?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [hour, minute, second] = self.time;
        write!(out, "{hour:02}:{minute:02}:{second:02}")?;
        match self.zone {
            Zone::Local => Ok(()),
            Zone::Utc => out.write_str("Z"),
            Zone::Shift { is_west, hours, minutes } => {
                write!(out, "{}{hours:02}", if is_west { '-' } else { '+' })?;
                minutes.iter().try_for_each(|minutes| write!(out, ":{minutes:02}"))
            }
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => out.write_str(".."),
            Self::Unknown => Ok(()),
            Self::At(part) => write!(out, "{part}"),
        }
    }
}

impl fmt::Display for Member {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single(part) => write!(out, "{part}"),
            Self::Run(from, to) => {
                from.iter().try_for_each(|part| write!(out, "{part}"))?;
                out.write_str("..")?;
                to.iter().try_for_each(|part| write!(out, "{part}"))
            }
        }
    }
}

impl fmt::Display for Edtf {
    /// Writes the canonical EDTF string.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Shape::Single(part) => write!(out, "{part}"),
            Shape::Timed(part, clock) => write!(out, "{part}T{clock}"),
            Shape::Interval(from, to) => write!(out, "{from}/{to}"),
            Shape::Set(choice, members) => {
                let (open, close) = match choice {
                    Choice::One => ('[', ']'),
                    Choice::All => ('{', '}'),
                };
                write!(out, "{open}")?;
                for (at, member) in members.iter().enumerate() {
                    write!(out, "{}{member}", if at == 0 { "" } else { "," })?;
                }
                write!(out, "{close}")
            }
        }
    }
}
