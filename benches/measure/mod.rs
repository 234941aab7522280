//! How the benchmarks take time: the stages of a build within this process, and whole programs.

mod process;
mod stages;

use std::time::{Duration, Instant};

pub(crate) use process::{Run, run};
pub(crate) use stages::stages;

/// Times of things that are done several times.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    rows: Vec<(&'static str, Vec<Duration>)>,
}

impl Clock {
    /// Does something and notes how long it took.
    pub(crate) fn time<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = std::hint::black_box(work());
        let time = start.elapsed();
        match self.rows.iter_mut().find(|(known, _)| *known == name) {
            Some((_, times)) => times.push(time),
            None => self.rows.push((name, vec![time])),
        }
        result
    }

    /// What was done, in order, each with the median of its times.
    pub(crate) fn medians(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.rows.iter().map(|(name, times)| (*name, median(times.iter().copied())))
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
