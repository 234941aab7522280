//! How the benchmarks take time: the stages of a build within this process, and whole programs.

mod process;
mod stages;

use std::time::Duration;

pub(crate) use process::{Run, run};
use process::{Took, take};
pub(crate) use stages::stages;

/// What things took that are done several times.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    rows: Vec<(&'static str, Vec<Took>)>,
}

impl Clock {
    /// Does something and notes what it took.
    pub(crate) fn time<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let (result, took) = take(work);
        match self.rows.iter_mut().find(|(known, _)| *known == name) {
            Some((_, all)) => all.push(took),
            None => self.rows.push((name, vec![took])),
        }
        result
    }

    /// What was done, in order, each with the median of its times and the most memory: a later run has what an
    /// earlier one has left.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&'static str, Took)> {
        self.rows.iter().map(|(name, all)| {
            let wall = median(all.iter().map(|took| took.wall));
            let cpu = median(all.iter().map(|took| took.cpu));
            let memory = all.iter().map(|took| took.memory).max().unwrap_or_default();
            (*name, Took { wall, cpu, memory })
        })
    }
}

/// Waits until what was written is on disk, so that it is not to be paid by what comes next.
pub(crate) fn settle() {
    #[cfg(unix)]
    rustix::fs::sync();
}

/// The value in the middle; the upper one of two.
pub(crate) fn median<T: Ord + Copy + Default>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A time as people read it.
pub(crate) fn seconds(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 0.1 { format!("{:.1} ms", seconds * 1e3) } else { format!("{seconds:.2} s") }
}

/// A size as people read it.
pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// A number with its thousands apart.
pub(crate) fn grouped(number: usize) -> String {
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
